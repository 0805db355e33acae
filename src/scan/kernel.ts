import { randomBytes } from 'node:crypto';
import { kernelBase64 } from './kernel-bytes.ts';
import {
  absent,
  type GroupLayout,
  type KernelExports,
  type Layout,
  layOut,
  oddTime,
  slackBytes,
  type TableSizes,
  usualSizes,
} from './kernel-layout.ts';
import { fixedRowWords } from './kernel-line-layout.ts';
import { KernelLines, type KernelMemory } from './kernel-lines.ts';
import type { Needles } from './needles.ts';
import type { Projection, Slice } from './projection.ts';
import type { Rows } from './rows.ts';
import { growTo, type WasmModule, webAssembly } from './wasm.ts';

/**
 * The kernel and its memory. Bytes of a block are put where `bytes` says, then lines become rows.
 *
 * ```
 * [ fields | trie | learned key order | groups with their tables | rows | doubtful lines | … | block | decoded records ]
 * ```
 */
export class Kernel implements Rows, KernelMemory {
  /** The kernel's memory. Taken anew after {@link makeRoom}. */
  bytes: Buffer;
  words: Uint32Array;
  /** Where the block may start; a multiple of the page size. */
  readonly blockStart: number;
  /** Lines of output, when rows are to become some. */
  readonly lineWriting: KernelLines | undefined;
  /** How many bytes a block may have now. */
  room: number;
  /** Rows made by the last call. */
  count = 0;
  generation = 0;
  /** Lines found by the last search. */
  found = 0;
  readonly #generations: number[] = [];
  readonly #exports: KernelExports;
  readonly #layout: Layout;
  readonly #foundLimit: number;
  #isPlainOnly = false;
  #floats: Float64Array;

  constructor(projection: Projection, blockBytes: number, sizes: TableSizes = usualSizes, needles?: Needles) {
    this.#exports = instantiate();
    this.#layout = layOut(projection, this.#exports, sizes, needles);
    this.#foundLimit = sizes.found;
    this.blockStart = this.#layout.end;
    this.room = 0;
    this.bytes = Buffer.alloc(0);
    this.words = new Uint32Array(0);
    this.#floats = new Float64Array(0);
    this.makeRoom(blockBytes);
    const { line } = this.#layout;
    this.lineWriting = line && new KernelLines(this.#exports, line, this);
  }

  generationOf(group: number): number {
    return this.#generations[group] ?? 0;
  }

  /** Makes room for a longer block. What was in `bytes` stays. */
  makeRoom(blockBytes: number): void {
    if (this.room >= blockBytes) return;
    this.room = blockBytes;
    const behind = this.blockStart + blockBytes + slackBytes;
    // What is decoded of a block is never longer than the block.
    growTo(this.#exports.memory, behind + blockBytes + slackBytes);
    if (!this.#isPlainOnly) this.#exports.setDecoded(behind);
    this.bytes = Buffer.from(this.#exports.memory.buffer);
    this.words = new Uint32Array(this.#exports.memory.buffer);
    this.#floats = new Float64Array(this.#exports.memory.buffer);
  }

  /** Leaves records that come wrapped, or behind other text, to the truth: rows are then bytes of the block. */
  takePlainOnly(): void {
    this.#isPlainOnly = true;
    this.#exports.setDecoded(0);
    this.#exports.setPrefixes(false);
  }

  /** Begins a block: lines count from 0 again, or from one further down. */
  startBlock(line = 0): void {
    this.#exports.startBlock(line);
    if (line === 0) this.#exports.resetSearch();
  }

  /**
   * Looks for lines of `[from, to)` that may match, some thousand at most. Gives where it stopped; what was found has
   * to be taken before the next call.
   */
  search(from: number, to: number): number {
    const before = this.#exports.candidates.value;
    const next = this.#exports.search(from, to, this.#layout.found, this.#foundLimit);
    this.found = this.#exports.candidates.value - before;
    return next;
  }

  /** A line found by the last search, without its newline. */
  foundStart(i: number): number {
    return this.words[this.#layout.found / 4 + 3 * i] ?? 0;
  }

  foundEnd(i: number): number {
    return this.words[this.#layout.found / 4 + 3 * i + 1] ?? 0;
  }

  /** Lines searched since the block began, and the empty ones among them. */
  get searchedLines(): number {
    return this.#exports.searchedLines.value;
  }

  get searchedBlanks(): number {
    return this.#exports.blankLines.value;
  }

  /** Makes rows of the lines found, from number `first` on. Gives how many it took, as {@link project} does. */
  projectFound(first: number): number {
    if (this.isFull) this.#forgetTuples();
    const taken = this.#exports.projectListed(this.#layout.found + 12 * first, this.found - first);
    this.count = this.#exports.rows.value;
    return taken;
  }

  /** True when the next call has to give tuples their numbers anew. */
  get isFull(): boolean {
    return this.#exports.isFull.value !== 0;
  }

  /** Empty lines and all lines taken since the block began. */
  get blanks(): number {
    return this.#exports.blanks.value;
  }

  get lines(): number {
    return this.#exports.lines.value;
  }

  /**
   * Makes rows of the lines in `[from, to)`, which are whole and end in a newline each. Gives where it stopped; rows
   * and doubtful lines have to be taken before the next call.
   */
  project(from: number, to: number): number {
    // The kernel reads ahead; what stands there must not look like the line going on.
    this.bytes.fill(0, to, to + slackBytes);
    if (this.isFull) this.#forgetTuples();
    const next = this.#exports.projectLines(from, to);
    this.count = this.#exports.rows.value;
    return next;
  }

  get doubts(): number {
    return this.#exports.doubts.value;
  }

  doubtStart(i: number): number {
    return this.words[this.#layout.doubts + 3 * i] ?? 0;
  }

  /** Where its newline stands. */
  doubtEnd(i: number): number {
    return this.words[this.#layout.doubts + 3 * i + 1] ?? 0;
  }

  doubtLine(i: number): number {
    return this.words[this.#layout.doubts + 3 * i + 2] ?? 0;
  }

  start(i: number): number {
    return this.words[this.rowWord(i)] ?? 0;
  }

  end(i: number): number {
    return this.words[this.rowWord(i) + 1] ?? 0;
  }

  lineStart(i: number): number {
    return this.words[this.rowWord(i) + 7] ?? 0;
  }

  line(i: number): number {
    return this.words[this.rowWord(i) + 2] ?? 0;
  }

  hasOddTime(i: number): boolean {
    return this.words[this.rowWord(i) + 3] === oddTime;
  }

  digits(i: number): number {
    return this.words[this.rowWord(i) + 3] ?? 0;
  }

  second(i: number): number {
    return this.#floats[(this.rowWord(i) >> 1) + 2] ?? 0;
  }

  nano(i: number): number {
    return this.words[this.rowWord(i) + 6] ?? 0;
  }

  tuple(i: number, group: number): number {
    return this.words[this.rowWord(i) + fixedRowWords + group] ?? 0;
  }

  slices(group: number, tuple: number): readonly Slice[] {
    const { fieldCount, keys } = this.#group(group);
    const words = this.words;
    const slices: Slice[] = [];
    let at = words[(keys >> 2) + 2 * tuple] ?? 0;
    for (let i = 0; i < fieldCount; i++) {
      const length = this.bytes.readUInt32LE(at);
      at += 4;
      if (length === absent) slices.push(undefined);
      else {
        slices.push(this.bytes.toString('utf8', at, at + length));
        at += length;
      }
    }
    return slices;
  }

  rowWord(i: number): number {
    return this.#layout.rows + i * this.#layout.rowWords;
  }

  #group(group: number): GroupLayout {
    const found = this.#layout.groups[group];
    if (found === undefined) throw new Error(`no group ${group}`);
    return found;
  }

  /** Of the group that has no room for more. */
  #forgetTuples(): void {
    const group = this.#exports.fullGroup.value;
    this.#exports.forget(this.#group(group).at);
    this.#generations[group] = this.generationOf(group) + 1;
    this.generation++;
  }
}

let compiled: WasmModule | undefined;

/** False where the runtime lacks WebAssembly or its SIMD instructions. */
export function kernelRuns(): boolean {
  return webAssembly?.validate(kernelCode()) ?? false;
}

function instantiate(): KernelExports {
  if (webAssembly === undefined) throw new Error('this runtime has no WebAssembly');
  compiled ??= new webAssembly.Module(kernelCode());
  // The kernel's own sources are the other side of this contract (`kernel/index.ts`).
  const exports = new webAssembly.Instance(compiled, {}).exports as KernelExports;
  exports.setSeed(randomBytes(8).readBigUInt64LE());
  return exports;
}

function kernelCode(): Uint8Array {
  return Buffer.from(kernelBase64, 'base64');
}
