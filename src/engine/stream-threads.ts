import { type Block, maxLineBytes, type Source } from '../input/block.ts';
import { blocksOf } from '../input/blocks.ts';
import type { Chunks } from '../input/chunks.ts';
import { dumpForms } from '../input/dump-forms.ts';
import { readText, textOf } from '../input/reader.ts';
import type { JudgedBatch } from './batch.ts';
import type { BlockTask } from './block-answer.ts';
import type { Share } from './counting.ts';
import { Delivery, sound, type ThreadReceiver } from './delivery.ts';
import type { FileRest } from './scan-sources.ts';
import { Workers } from './workers.ts';

/** Text that may be with the threads: enough that they need not wait for more. */
const bytesAhead = 4 * 1024 * 1024;

/** What was handed over and whose answer was not taken yet. */
interface Waiting {
  readonly number: number;
  readonly byteLength: number;
  readonly storedBytes: number;
}

/** Blocks on their way into one piece of memory. */
interface Filling {
  readonly memory: ArrayBuffer;
  readonly firstLine: number;
  readonly byteLength: number;
  readonly endsTorn: boolean;
  readonly storedBytes: number;
}

/** The source under way. */
interface Stream {
  readonly name: string;
  /** Of its first line among all lines. */
  readonly position: number;
  readonly chunks: Chunks;
  readonly takeStored: () => number;
}

/**
 * Other threads that scan what this one decompresses. Sources are read one after the other from their start. Blocks
 * are small, for a stream is given on as it comes; so several are copied into one piece of memory, which goes to a
 * thread and comes back with the answer.
 */
export class StreamThreads {
  readonly #blockBytes: number;
  readonly #workers: Workers;
  readonly #delivery: Delivery;
  readonly #free: ArrayBuffer[] = [];
  /** What came back with answers that were not taken yet, by their numbers. */
  readonly #returned = new Map<number, ArrayBuffer>();
  #waiting: Waiting[] = [];
  #next = 0;
  #readsRest = false;

  constructor(task: BlockTask, threads: number, receiver: ThreadReceiver) {
    this.#blockBytes = task.blockBytes;
    this.#workers = new Workers({ task, queue: undefined }, threads - 1, (number, memory) =>
      this.#returned.set(number, memory),
    );
    this.#delivery = new Delivery(receiver);
  }

  get count(): number {
    return this.#workers.count + 1;
  }

  /** Whether some of a source was read by the truth, so that what the threads counted may count it too. */
  get readsRest(): boolean {
    return this.#readsRest;
  }

  share(): { readonly passedOver: number; readonly doubtful: number } {
    const { passedOver, doubtful } = this.#delivery;
    return { passedOver, doubtful };
  }

  /** The lines of a source as batches. `position` is that of its first line among all lines. */
  async *read(source: Source, position: number, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const { chunks, takeStored } = textOf(source, signal);
    const stream = { name: source.name, position, chunks, takeStored };
    try {
      const firstLine = yield* this.#readBlocks(stream, signal);
      if (firstLine === undefined) return;
      this.#readsRest = true;
      const place = { file: source.name, forms: dumpForms(source.name), longest: maxLineBytes, firstLine, takeStored };
      yield* readText(chunks, signal, place);
    } finally {
      await chunks.close();
    }
  }

  /** Gives the line from which on the truth has to read what is left of the chunks. */
  async *#readBlocks(stream: Stream, signal: AbortSignal): AsyncGenerator<JudgedBatch, number | undefined> {
    let filling: Filling | undefined;
    let failure: { readonly error: unknown } | undefined;
    let longLine: number | undefined;
    let stopped: { readonly block: Block; readonly rest: FileRest } | undefined;
    try {
      for await (const block of blocksOf(stream.chunks, signal, { blockBytes: this.#blockBytes })) {
        if (filling !== undefined && !hasRoom(filling, block)) {
          this.#hand(filling, stream);
          filling = undefined;
          const rest = yield* this.#answers(stream, bytesAhead);
          if (rest !== undefined) {
            stopped = { block, rest };
            break;
          }
        }
        filling = this.#fill(filling, block, stream.takeStored());
        if (block.endsBeforeLongLine) longLine = block.firstLine + block.lineCount;
      }
    } catch (error) {
      failure = { error };
    }
    if (stopped !== undefined) {
      // Behind what waits, and before what was in no block.
      stream.chunks.putBack(stopped.block.bytes);
      return this.#putBack(stream, stopped.rest);
    }
    // What was read is answered, however the source ended, so that sums are of what was accounted for.
    if (filling !== undefined) this.#hand(filling, stream);
    const rest = yield* this.#answers(stream, 0);
    if (rest !== undefined) return this.#putBack(stream, rest);
    if (failure !== undefined) throw failure.error;
    return longLine;
  }

  /** Copies a block behind those that wait for it. */
  #fill(before: Filling | undefined, { bytes, firstLine: line, endsTorn }: Block, storedBytes: number): Filling {
    const { memory, firstLine, byteLength, storedBytes: stored } = before ?? this.#empty(bytes.length, line);
    new Uint8Array(memory).set(bytes, byteLength);
    return { memory, firstLine, byteLength: byteLength + bytes.length, endsTorn, storedBytes: stored + storedBytes };
  }

  #empty(needed: number, firstLine: number): Filling {
    const free = this.#free.pop();
    const memory =
      free !== undefined && free.byteLength >= needed ? free : new ArrayBuffer(Math.max(needed, this.#blockBytes));
    return { memory, firstLine, byteLength: 0, endsTorn: false, storedBytes: 0 };
  }

  #hand(filling: Filling, { name, position }: Stream): void {
    const { memory, firstLine, byteLength, endsTorn, storedBytes } = filling;
    const number = this.#next++;
    this.#workers.hand(number, { memory, byteLength, name, firstLine, endsTorn, position: position + firstLine });
    this.#waiting.push({ number, byteLength, storedBytes });
  }

  /**
   * Waits until no more than `most` bytes are still to be answered; none at all for 0. Stops at a block of which only
   * the truth can read the rest, and gives that.
   */
  async *#answers({ name }: Stream, most: number): AsyncGenerator<JudgedBatch, FileRest | undefined> {
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      const answer = this.#workers.take(first.number);
      if (answer !== undefined) {
        const sure = sound(answer);
        // Its lines are numbered as in the source.
        yield this.#delivery.batch(sure, { name, linesBefore: 0, storedBytes: first.storedBytes });
        const { rest } = sure;
        if (rest !== undefined) return rest;
        this.#waiting = this.#waiting.slice(1);
        this.#keep(first.number);
      } else if (most === 0 || this.#waitingBytes() > most) await this.#workers.news();
      else return undefined;
    }
    return undefined;
  }

  /** Puts back what was handed over from the place in the first block on. Gives its line. */
  async #putBack({ chunks }: Stream, { position, firstLine }: FileRest): Promise<number> {
    for (const { number } of this.#waiting) while (!this.#returned.has(number)) await this.#workers.news();
    for (const [i, { number, byteLength }] of [...this.#waiting.entries()].reverse()) {
      const memory = this.#returned.get(number);
      this.#workers.take(number);
      this.#returned.delete(number);
      const start = i === 0 ? position : 0;
      if (memory !== undefined) chunks.putBack(new Uint8Array(memory, start, byteLength - start));
    }
    this.#waiting = [];
    return firstLine;
  }

  #waitingBytes(): number {
    return this.#waiting.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Memory to be used again; not that of a line longer than most. */
  #keep(number: number): void {
    const memory = this.#returned.get(number);
    this.#returned.delete(number);
    if (memory !== undefined && memory.byteLength <= 2 * this.#blockBytes) this.#free.push(memory);
  }

  /** What the threads counted; call when everything was read. */
  shares(): Promise<readonly Share[]> {
    this.#workers.endBlocks();
    return this.#workers.shares();
  }

  close(): Promise<void> {
    return this.#workers.terminate();
  }
}

function hasRoom({ memory, byteLength }: Filling, { bytes }: Block): boolean {
  return byteLength + bytes.length <= memory.byteLength;
}
