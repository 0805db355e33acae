import type { SummaryState } from '../analyze/summary.ts';
import type { Source } from '../input/block.ts';
import type { JudgedBatch } from './batch.ts';
import type { BlockTask } from './block-answer.ts';
import { Delivery, sound, type ThreadReceiver } from './delivery.ts';
import { type StreamBlock, streamBlocks } from './scan-sources.ts';
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
  readonly first: Pick<StreamBlock, 'firstLine' | 'overlong'>;
  readonly byteLength: number;
  readonly endsTorn: boolean;
  readonly storedBytes: number;
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
  #waiting: Waiting[] = [];
  #next = 0;

  constructor(task: BlockTask, threads: number, receiver: ThreadReceiver) {
    this.#blockBytes = task.blockBytes;
    this.#workers = new Workers({ task, queue: undefined }, threads - 1, (memory) => this.#keep(memory));
    this.#delivery = new Delivery(receiver);
  }

  get count(): number {
    return this.#workers.count + 1;
  }

  share(): { readonly passedOver: number; readonly doubtful: number } {
    const { passedOver, doubtful } = this.#delivery;
    return { passedOver, doubtful };
  }

  /** The lines of a source as batches. `position` is that of its first line among all lines. */
  async *read(source: Source, position: number, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const place = { name: source.name, position };
    let filling: Filling | undefined;
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const block of streamBlocks(source, signal, this.#blockBytes)) {
        if (filling !== undefined && !hasRoom(filling, block)) {
          this.#hand(filling, place);
          filling = undefined;
          yield* this.#answers(source.name, bytesAhead);
        }
        filling = this.#fill(filling, block);
      }
    } catch (error) {
      failure = { error };
    }
    // What was read is answered, however the source ended, so that sums are of what was accounted for.
    if (filling !== undefined) this.#hand(filling, place);
    yield* this.#answers(source.name, 0);
    if (failure !== undefined) throw failure.error;
  }

  /** Copies a block behind those that wait for it. */
  #fill(before: Filling | undefined, block: StreamBlock): Filling {
    const { bytes, endsTorn, storedBytes } = block;
    const { memory, first, byteLength, storedBytes: stored } = before ?? this.#empty(block);
    new Uint8Array(memory).set(bytes, byteLength);
    return { memory, first, byteLength: byteLength + bytes.length, endsTorn, storedBytes: stored + storedBytes };
  }

  #empty(first: StreamBlock): Filling {
    const free = this.#free.pop();
    const needed = first.bytes.length;
    const memory =
      free !== undefined && free.byteLength >= needed ? free : new ArrayBuffer(Math.max(needed, this.#blockBytes));
    return { memory, first, byteLength: 0, endsTorn: false, storedBytes: 0 };
  }

  #hand(filling: Filling, { name, position }: { readonly name: string; readonly position: number }): void {
    const { memory, first, byteLength, endsTorn, storedBytes } = filling;
    const { firstLine, overlong } = first;
    const number = this.#next++;
    const block = { memory, byteLength, name, firstLine, endsTorn, overlong, position: position + firstLine };
    this.#workers.hand(number, block);
    this.#waiting.push({ number, byteLength, storedBytes });
  }

  /** Waits until no more than `most` bytes are still to be answered; none at all for 0. */
  async *#answers(name: string, most: number): AsyncGenerator<JudgedBatch> {
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      const answer = this.#workers.take(first.number);
      if (answer !== undefined) {
        this.#waiting = this.#waiting.slice(1);
        // Its lines are numbered as in the source.
        yield this.#delivery.batch(sound(answer), { name, linesBefore: 0, storedBytes: first.storedBytes });
      } else if (most === 0 || this.#waitingBytes() > most) await this.#workers.news();
      else return;
    }
  }

  #waitingBytes(): number {
    return this.#waiting.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Not that of a line longer than most. */
  #keep(memory: ArrayBuffer): void {
    if (memory.byteLength <= 2 * this.#blockBytes) this.#free.push(memory);
  }

  /** What the threads counted for a summary; call when everything was read. */
  summaries(): Promise<readonly SummaryState[]> {
    this.#workers.endBlocks();
    return this.#workers.summaries();
  }

  close(): Promise<void> {
    return this.#workers.terminate();
  }
}

/** Over-long lines stand before a block and not within. */
function hasRoom({ memory, byteLength }: Filling, { bytes, overlong }: StreamBlock): boolean {
  return overlong.length === 0 && byteLength + bytes.length <= memory.byteLength;
}
