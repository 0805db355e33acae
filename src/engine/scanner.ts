import { type Batch, noMarks, noNoise } from '../input/batch.ts';
import { contentOf, mayBeginSpread } from '../input/content.ts';
import type { DumpForms } from '../input/dump-forms.ts';
import { Kernel } from '../scan/kernel.ts';
import type { Needles } from '../scan/needles.ts';
import { type JudgedBatch, nothingSettled } from './batch.ts';
import { Judge, type Judged, type JudgeOptions, kindsOf } from './judge.ts';
import { placeOfRow } from './row-place.ts';

/** What a run wants to know of the lines. */
export interface ScanOptions extends JudgeOptions {
  /** Lines far down that hold none of them are only counted. */
  readonly needles?: Needles | undefined;
  /** So far into each source every line is looked at, whatever it holds. */
  readonly checkedBytes: number;
  readonly blockBytes: number;
}

/** Whole lines in the kernel's memory, each with its newline. */
export interface PlacedBlock {
  readonly from: number;
  readonly to: number;
  readonly firstLine: number;
  /** True when the last newline was added: the source ended without it. */
  readonly endsTorn: boolean;
  readonly storedBytes: number;
  /** In which the source may be. */
  readonly forms: DumpForms;
  /** Behind the first part of its source, every line of which is looked at. */
  readonly isFarDown: boolean;
}

/** Copies lines into the kernel's memory; of a torn end the newline is added. */
export function placeLines(kernel: Kernel, lines: Uint8Array, endsTorn: boolean): Pick<PlacedBlock, 'from' | 'to'> {
  kernel.makeRoom(lines.length + 1);
  const from = kernel.blockStart;
  kernel.bytes.set(lines, from);
  if (endsTorn) kernel.bytes[from + lines.length] = newline;
  return { from, to: from + lines.length + Number(endsTorn) };
}

/** A line of a block: the place where it starts, and how many stand before it. */
export interface SpreadLine {
  readonly place: number;
  readonly line: number;
}

interface Reached {
  readonly place: number;
  /** Before that place. */
  readonly lines: number;
}

/** The fast reader of one thread: the kernel, and the question compiled for its rows. */
export class Scanner {
  readonly kernel: Kernel;
  readonly judge: Judge;
  readonly checkedBytes: number;
  /** Lines that had to be parsed. */
  doubtful = 0;
  /** Lines that were not looked at, because they cannot match. */
  passed = 0;
  /** Of the next block's first line, among all lines that are read by anyone. */
  position = 0;
  /** Where in the block scanned last a line begins a value spread over lines: the rest is for the truth. */
  spread: SpreadLine | undefined;
  readonly #options: ScanOptions;
  readonly #searches: boolean;

  constructor(options: ScanOptions) {
    const { needles, blockBytes } = options;
    this.#options = options;
    this.checkedBytes = options.checkedBytes;
    this.judge = new Judge(options);
    const { records } = this.judge;
    this.#searches = needles !== undefined;
    this.kernel = new Kernel(records.groups.projection(), blockBytes, undefined, needles);
    records.rows = this.kernel;
    records.tuples = this.kernel;
    records.lines = this.kernel.lineWriting;
  }

  /** True once as many matches as wanted were handed over. */
  get isDone(): boolean {
    return this.judge.isDone;
  }

  /** The lines of a block. Every batch must be dealt with before the next one is pulled. */
  *scan(block: PlacedBlock, file: string): Generator<JudgedBatch> {
    const { kernel } = this;
    const { records } = this.judge;
    records.bytes = plainBytes(kernel.bytes);
    records.file = file;
    records.firstLine = block.firstLine;
    records.placed = (at, row) => placeOfRow(kernel, row, at, block.forms);
    kernel.startBlock();
    this.spread = undefined;
    if (block.storedBytes > 0) yield storedBatch(block);
    let from = block.from;
    if (this.#searches && block.isFarDown) {
      // A line cut off is always looked at.
      const to = block.endsTorn ? kernel.bytes.lastIndexOf(newline, block.to - 2) + 1 : block.to;
      const reached = yield* this.#searched(block, Math.max(from, to), file);
      from = reached.place;
      kernel.startBlock(reached.lines);
    }
    if (!this.isDone) yield* this.#projected(block, from, file);
    this.position += kernel.lines;
  }

  /** What the truth has read instead. */
  take(batch: Batch): JudgedBatch {
    const judged = this.judge.judgeBatch(batch, this.position);
    this.position += batch.lines + batch.records.length;
    this.doubtful += batch.lines;
    return judged;
  }

  /** All lines from `from` on. */
  *#projected(block: PlacedBlock, from: number, file: string): Generator<JudgedBatch> {
    const { kernel } = this;
    for (let at = from; at < block.to; ) {
      const linesBefore = kernel.lines;
      const blanksBefore = kernel.blanks;
      if (kernel.isFull) this.#options.taker?.flush();
      const next = kernel.project(at, block.to);
      this.judge.records.memos.refresh(kernel);
      const judged = this.#judgeLines(block, file);
      const blank = kernel.blanks - blanksBefore + judged.blanks;
      const tornByte = Number(block.endsTorn && next === block.to);
      this.spread = this.#spreadOf(judged);
      const bytes = (this.spread?.place ?? next - tornByte) - at;
      yield batchOf(judged, { linesBefore, lines: kernel.lines, blank, bytes });
      if (this.isDone || this.spread !== undefined) return;
      at = next;
    }
  }

  #spreadOf({ spread }: Judged): SpreadLine | undefined {
    const { kernel } = this;
    return spread === undefined ? undefined : { place: kernel.doubtStart(spread), line: kernel.doubtLine(spread) };
  }

  /**
   * The lines before `to` that may match; all others are counted. Gives where it stopped: before `to` when a value
   * spread over lines comes, for what is in that must not be counted.
   */
  *#searched(block: PlacedBlock, to: number, file: string): Generator<JudgedBatch, Reached> {
    const { kernel } = this;
    let at = block.from;
    while (at < to) {
      const linesBefore = kernel.searchedLines;
      const blanksBefore = kernel.searchedBlanks;
      const next = kernel.search(at, to);
      if (this.#foundSpread()) return { place: at, lines: linesBefore };
      const lines = kernel.searchedLines;
      const blank = kernel.searchedBlanks - blanksBefore;
      const { found } = kernel;
      const passed = lines - linesBefore - blank - found;
      this.passed += passed;
      const settled = { ...nothingSettled(), notMatched: passed };
      const counts = { lines: lines - linesBefore - found, blank, noise: noNoise, bytes: next - at, storedBytes: 0 };
      yield { records: [], malformed: [], marks: noMarks, settled, ...counts };
      for (let taken = 0; taken < found; ) {
        if (kernel.isFull) this.#options.taker?.flush();
        const more = kernel.projectFound(taken);
        this.judge.records.memos.refresh(kernel);
        const judged = this.#judgeLines(block, file);
        yield batchOf(judged, { linesBefore: 0, lines: more, blank: judged.blanks, bytes: 0 });
        taken += more;
      }
      at = next;
    }
    return { place: at, lines: kernel.searchedLines };
  }

  /** Whether one of the lines found may begin a value spread over lines. */
  #foundSpread(): boolean {
    const { kernel } = this;
    for (let i = 0; i < kernel.found; i++)
      if (mayBeginSpread(kernel.bytes, kernel.foundStart(i), kernel.foundEnd(i))) return true;
    return false;
  }

  /** What the last call of the kernel made of them. */
  #judgeLines(block: PlacedBlock, file: string): Judged {
    const { kernel } = this;
    const { forms } = block;
    const lines = {
      rows: kernel,
      doubts: kernel.doubts,
      doubtLine: (doubt: number) => kernel.doubtLine(doubt),
      doubt(i: number) {
        const end = kernel.doubtEnd(i);
        const torn = block.endsTorn && end === block.to - 1;
        const at = { file, line: block.firstLine + kernel.doubtLine(i) };
        return contentOf(kernel.bytes, kernel.doubtStart(i), end, { at, torn }, forms);
      },
    };
    const judged = this.judge.judge(lines, this.position);
    for (const times of judged.noise.values()) this.doubtful -= times;
    this.doubtful += kernel.doubts;
    return judged;
  }
}

const newline = 10;

/** Bytes were read, whatever they hold. */
function storedBatch({ storedBytes }: PlacedBlock): JudgedBatch {
  const nothing = { records: [], malformed: [], lines: 0, blank: 0, noise: noNoise, marks: noMarks, bytes: 0 };
  return { ...nothing, storedBytes };
}

interface Span {
  readonly linesBefore: number;
  readonly lines: number;
  readonly blank: number;
  readonly bytes: number;
}

/** When the last match wanted was found, only the lines up to it count. */
function batchOf(judged: Judged, { linesBefore, lines, blank, bytes }: Span): JudgedBatch {
  const { records, verdicts, malformed, noise, marks, settled, rowLines, otherLines, lastLine } = judged;
  const counted = (lastLine ?? lines) - linesBefore;
  const blanks = lastLine === undefined ? blank : counted - rowLines - otherLines;
  const counts = { lines: counted, blank: blanks, noise, bytes, storedBytes: 0 };
  const kinds = kindsOf(judged, linesBefore, counted);
  return { records, verdicts, malformed, marks, settled, ...counts, ...(kinds && { kinds }) };
}

/** Not a Buffer, whose `slice` does not copy. */
function plainBytes(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
