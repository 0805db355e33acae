import { type Block, maxLineBytes } from './block.ts';
import type { Chunks } from './chunks.ts';
import { countNewlines } from './lines.ts';

export interface BlockOptions {
  /** A line longer than that is in no block. */
  readonly longest?: number | undefined;
  readonly blockBytes?: number | undefined;
  /** Number of the first line. */
  readonly firstLine?: number | undefined;
}

/**
 * Cuts a stream of chunks into blocks of whole lines. A block is given on as soon as a chunk
 * completes a line, so a live pipe is answered at once and a block is about as long as a chunk, at
 * most `blockBytes` and one line. How the chunks were split changes the blocks but no line of them.
 *
 * Ends before a line that is too long, whose bytes are put back. Whoever leaves the loop earlier finds what was in no
 * block put back as well.
 *
 * When the chunks fail, the torn tail is delivered before the error; when reading was aborted, it
 * is not, for its end was never seen.
 */
export async function* blocksOf(
  chunks: Chunks,
  signal: AbortSignal,
  { longest = maxLineBytes, blockBytes = smallBlockBytes, firstLine = 1 }: BlockOptions = {},
): AsyncGenerator<Block> {
  const assembler = new BlockAssembler(longest, firstLine);
  // A step is never longer than the longest line, so only a line begun in an earlier step can be too long.
  const step = Math.max(1, Math.min(blockBytes, longest));
  let rest = noBytes;
  try {
    for (;;) {
      const chunk = await chunks.nextOrNone();
      if (chunk === undefined) break;
      for (rest = chunk; rest.length > 0; ) {
        const piece = rest.subarray(0, step);
        if (assembler.isTooLong(piece)) {
          yield assembler.endBeforeLongLine();
          return;
        }
        rest = rest.subarray(piece.length);
        const block = assembler.add(piece);
        if (block !== undefined) yield block;
      }
    }
    if (signal.aborted) return;
    const tail = assembler.end();
    if (tail !== undefined) yield tail;
  } finally {
    chunks.putBack(rest);
    chunks.putBack(assembler.begun());
  }
  // What made the stream end is thrown now.
  await chunks.next();
}

/**
 * Small enough that the records of a block die young: their values weigh several times their text,
 * and with blocks of 1 MiB they outlived the collector's first generation. Summary of 300 MB on
 * Node 26 peaked at 157 MB with 128 KiB and at 123 MB with 32 KiB, and was no slower.
 */
const smallBlockBytes = 32 * 1024;

const noBytes: Uint8Array = new Uint8Array(0);
const newline = 10;

/**
 * ```
 * #bytes   [ given out | whole lines … | begun line | free ]
 *          0         #from                        #used
 * ```
 */
class BlockAssembler {
  readonly #longest: number;
  #bytes = new Uint8Array(0);
  /** What lies before belongs to the block given out last. */
  #from = 0;
  #used = 0;
  #nextLine: number;

  constructor(longest: number, firstLine: number) {
    this.#longest = longest;
    this.#nextLine = firstLine;
  }

  /** Whether the line begun earlier is too long with these bytes. */
  isTooLong(piece: Uint8Array): boolean {
    const begun = this.#used - this.#from;
    if (begun + piece.length <= this.#longest) return false;
    const found = piece.indexOf(newline);
    return begun + (found < 0 ? piece.length : found) > this.#longest;
  }

  add(piece: Uint8Array): Block | undefined {
    this.#forgetGivenOut();
    const cut = piece.lastIndexOf(newline) + 1;
    const end = cut === 0 ? 0 : this.#used + cut;
    this.#append(piece);
    return end > 0 ? this.#giveOut(end, false) : undefined;
  }

  end(): Block | undefined {
    this.#forgetGivenOut();
    return this.#used > 0 ? this.#giveOut(this.#used, true) : undefined;
  }

  endBeforeLongLine(): Block {
    const line = this.#nextLine;
    return { bytes: noBytes, firstLine: line, lineCount: 0, endsTorn: false, endsBeforeLongLine: true };
  }

  /** Of the line begun: not in any block yet. */
  begun(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#used);
  }

  #giveOut(end: number, endsTorn: boolean): Block {
    const bytes = this.#bytes.subarray(0, end);
    const firstLine = this.#nextLine;
    const lineCount = countNewlines(bytes) + Number(endsTorn);
    this.#nextLine += lineCount;
    this.#from = end;
    return { bytes, firstLine, lineCount, endsTorn, endsBeforeLongLine: false };
  }

  #forgetGivenOut(): void {
    if (this.#from === 0) return;
    this.#bytes.copyWithin(0, this.#from, this.#used);
    this.#used -= this.#from;
    this.#from = 0;
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#used + bytes.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, Math.min(this.#bytes.length * 2, this.#longest + bytes.length)));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#used);
    this.#used = needed;
  }
}
