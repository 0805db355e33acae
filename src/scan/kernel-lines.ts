import type { KernelExports } from './kernel-layout.ts';
import type { LineLayout, ToldLayout } from './kernel-line-layout.ts';
import type { Slice } from './projection.ts';
import type { Tuples } from './rows.ts';

/** Why the kernel stopped writing lines, as `kernel/lines.ts` numbers it. */
const stops = ['done', 'cell', 'row', 'full'] as const;

export type LineStop = (typeof stops)[number];

/** The kernel's memory as it is now: it moves when it grows. */
export interface KernelMemory extends Tuples {
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  /** The word at which a row starts. */
  rowWord(i: number): number;
}

/**
 * Rows written as lines of output in the kernel's memory. Rows are chosen, then written in that order; whatever the
 * kernel cannot do alone it stops for.
 */
export class KernelLines {
  readonly #exports: KernelExports;
  readonly #layout: LineLayout;
  readonly #memory: KernelMemory;
  readonly #told: readonly (ToldCells | undefined)[];
  #chosen = 0;
  #next = 0;

  constructor(exports: KernelExports, layout: LineLayout, memory: KernelMemory) {
    this.#exports = exports;
    this.#layout = layout;
    this.#memory = memory;
    this.#told = layout.parts.map(({ told }) => told && new ToldCells(told));
  }

  /** A line for row `i`, after those chosen before. */
  choose(i: number): void {
    this.#memory.words[(this.#layout.chosen >> 2) + this.#chosen++] = i;
  }

  /**
   * Writes on, until
   * - `done`: all rows chosen were written;
   * - `cell`: {@link tell} it the cell at {@link part} and {@link tuple};
   * - `row`: the next line is of {@link row}, which somebody else has to write: {@link skip} it;
   * - `full`: {@link take} what was written.
   */
  write(): LineStop {
    for (const told of this.#told) told?.refresh(this.#memory);
    this.#next = this.#exports.writeLines(this.#next, this.#chosen);
    const stop = stops[this.#exports.stop.value] ?? 'row';
    if (stop === 'done') {
      this.#next = 0;
      this.#chosen = 0;
    }
    return stop;
  }

  get part(): number {
    return this.#exports.stopPart.value;
  }

  get tuple(): number {
    return this.#exports.stopTuple.value;
  }

  get row(): number {
    return this.#memory.words[(this.#layout.chosen >> 2) + this.#next] ?? 0;
  }

  skip(): void {
    this.#next++;
  }

  /** False when there is no room for a text as long as that: the row is to be written by somebody else. */
  tell(text: string): boolean {
    return this.#told[this.part]?.add(this.tuple, text, this.#memory) ?? false;
  }

  /** The lines written since the last call, in memory of their own. */
  take(): Uint8Array {
    const { out } = this.#layout;
    const bytes = new Uint8Array(this.#memory.bytes.subarray(out, out + this.#exports.written.value));
    this.#exports.startOut();
    return bytes;
  }

  /** The value of row `i` that a part copies. */
  copied(i: number, part: number): Slice {
    const { words, bytes } = this.#memory;
    const at = this.#memory.rowWord(i) + (this.#layout.parts[part]?.rowWord ?? 0);
    const [start = 0, length = 0] = [words[at], words[at + 1]];
    return length === 0 ? undefined : bytes.toString('utf8', start, start + length);
  }
}

/** The cells of one part by tuple. When there is no room for more they are forgotten, and told again as they come up. */
class ToldCells {
  readonly #layout: ToldLayout;
  #used = 0;
  #generation = 0;

  constructor(layout: ToldLayout) {
    this.#layout = layout;
  }

  /** Call when rows were made anew: tuples may have other numbers. */
  refresh(memory: KernelMemory): void {
    const generation = memory.generationOf(this.#layout.group);
    if (generation !== this.#generation) this.#forget(memory);
    this.#generation = generation;
  }

  add(tuple: number, text: string, memory: KernelMemory): boolean {
    const { cells, arena, arenaBytes } = this.#layout;
    const length = Buffer.byteLength(text);
    if (length > arenaBytes) return false;
    if (this.#used + length > arenaBytes) this.#forget(memory);
    const at = arena + this.#used;
    memory.bytes.write(text, at);
    memory.words.set([at, length], (cells >> 2) + 2 * tuple);
    this.#used += length;
    return true;
  }

  #forget({ bytes }: KernelMemory): void {
    const { cells, cellsBytes } = this.#layout;
    bytes.fill(0, cells, cells + cellsBytes);
    this.#used = 0;
  }
}
