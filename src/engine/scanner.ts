import { maxLineBytes, type OverlongLine } from '../input/block.ts';
import { contentOf, type MalformedLine, tooLong } from '../input/reader.ts';
import type { Question } from '../query/question.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import { Kernel } from '../scan/kernel.ts';
import type { Needles } from '../scan/needles.ts';
import { compileRowTest, type RowTest } from '../scan/row-test.ts';
import { ScannedRecords } from '../scan/scanned-records.ts';
import { type JudgedBatch, noteTime, nothingSettled, type Settled, timeOfRecord } from './batch.ts';
import { isInside, type Plan, planFor, type Verdict } from './plan.ts';

/** What a run wants to know of the lines. */
export interface ScanOptions {
  readonly question: Question;
  /** Columns that will be asked for of matches. */
  readonly columns: readonly ColumnName[];
  /** True while every record has to be handed over, matched or not. */
  readonly wantsAll: () => boolean;
  /** Matches wanted; reading stops in the line of the last one. */
  readonly most?: number | undefined;
  /** Takes the matches instead of having them handed over. */
  readonly taker?: RowTaker | undefined;
  /** Lines far down that hold none of them are only counted. */
  readonly needles?: Needles | undefined;
  /** So far into each source every line is looked at, whatever it holds. */
  readonly checkedBytes: number;
  readonly blockBytes: number;
}

/** Counts matches without making records of rows. Positions grow with input order. */
export interface RowTaker {
  /** Names what it looks at; called once, before the first row. */
  prepare(records: ScannedRecords): void;
  take(i: number, position: number): void;
  /** A match that is no row. */
  takeRecord(record: AuditRecord, position: number): void;
  /** The numbers of tuples are about to be given anew. */
  flush(): void;
}

/** Whole lines in the kernel's memory, each with its newline. */
export interface PlacedBlock {
  readonly from: number;
  readonly to: number;
  readonly firstLine: number;
  /** True when the last newline was added: the source ended without it. */
  readonly endsTorn: boolean;
  /** Over-long lines that stood before the block. */
  readonly overlong: readonly OverlongLine[];
  readonly storedBytes: number;
  /** Behind the first part of its source, every line of which is looked at. */
  readonly isFarDown: boolean;
}

/** The fast reader of one thread: the kernel, and the question compiled for its rows. */
export class Scanner {
  readonly kernel: Kernel;
  readonly checkedBytes: number;
  /** Lines that had to be parsed, and all others. */
  doubtful = 0;
  certain = 0;
  /** Lines that were not looked at, because they cannot match. */
  passed = 0;
  /** Of the next block's first line, among all lines that are read by anyone. */
  position = 0;
  readonly #options: ScanOptions;
  readonly #records = new ScannedRecords();
  readonly #plan: Plan;
  readonly #matches: RowTest;
  readonly #searches: boolean;
  #matched = 0;

  constructor(options: ScanOptions) {
    const { question, columns, taker, needles, blockBytes } = options;
    this.#options = options;
    this.checkedBytes = options.checkedBytes;
    this.#plan = planFor(question);
    this.#matches = compileRowTest(question.rest, this.#records);
    for (const name of columns) this.#records.know(name);
    taker?.prepare(this.#records);
    this.#searches = needles !== undefined;
    this.kernel = new Kernel(this.#records.groups.projection(), blockBytes, undefined, needles);
    this.#records.rows = this.kernel;
    this.#records.tuples = this.kernel;
  }

  /** True once as many matches as wanted were handed over. */
  get isDone(): boolean {
    return this.#matched >= (this.#options.most ?? Number.POSITIVE_INFINITY);
  }

  /** The lines of a block. Every batch must be dealt with before the next one is pulled. */
  *scan(block: PlacedBlock, file: string): Generator<JudgedBatch> {
    const { kernel } = this;
    const records = this.#records;
    records.bytes = plainBytes(kernel.bytes);
    records.file = file;
    records.firstLine = block.firstLine;
    kernel.startBlock();
    if (block.overlong.length > 0 || block.storedBytes > 0) yield overlongBatch(block, file);
    let from = block.from;
    if (this.#searches && block.isFarDown) {
      // A line cut off is always looked at.
      const to = block.endsTorn ? kernel.bytes.lastIndexOf(newline, block.to - 2) + 1 : block.to;
      from = Math.max(from, to);
      yield* this.#searched(block, from, file);
      kernel.startBlock(kernel.searchedLines);
    }
    if (!this.isDone) yield* this.#projected(block, from, file);
    this.position += kernel.lines;
  }

  /** All lines from `from` on. */
  *#projected(block: PlacedBlock, from: number, file: string): Generator<JudgedBatch> {
    const { kernel } = this;
    for (let at = from; at < block.to; ) {
      const linesBefore = kernel.lines;
      const blanksBefore = kernel.blanks;
      if (kernel.isFull) this.#options.taker?.flush();
      const next = kernel.project(at, block.to);
      this.#records.memos.refresh(kernel.generation);
      const judged = this.#judge(block, file);
      const blank = kernel.blanks - blanksBefore + judged.blanks;
      const tornByte = Number(block.endsTorn && next === block.to);
      yield batchOf(judged, { linesBefore, lines: kernel.lines, blank, bytes: next - at - tornByte });
      if (this.isDone) return;
      at = next;
    }
  }

  /** The lines before `to` that may match; all others are counted. */
  *#searched(block: PlacedBlock, to: number, file: string): Generator<JudgedBatch> {
    const { kernel } = this;
    for (let at = block.from; at < to; ) {
      const linesBefore = kernel.searchedLines;
      const blanksBefore = kernel.searchedBlanks;
      const next = kernel.search(at, to);
      const lines = kernel.searchedLines;
      const blank = kernel.searchedBlanks - blanksBefore;
      const { found } = kernel;
      const passed = lines - linesBefore - blank - found;
      this.passed += passed;
      const settled = { ...nothingSettled(), notMatched: passed };
      const counts = { lines: lines - linesBefore - found, blank, bytes: next - at, storedBytes: 0 };
      yield { records: [], malformed: [], settled, ...counts };
      for (let taken = 0; taken < found; ) {
        if (kernel.isFull) this.#options.taker?.flush();
        const more = kernel.projectFound(taken);
        this.#records.memos.refresh(kernel.generation);
        const judged = this.#judge(block, file);
        yield batchOf(judged, { linesBefore: 0, lines: more, blank: judged.blanks, bytes: 0 });
        taken += more;
      }
      at = next;
    }
  }

  /** Rows and doubtful lines in the order of the input. */
  #judge(block: PlacedBlock, file: string): Judged {
    const { kernel } = this;
    const judged: Judged = {
      records: [],
      verdicts: [],
      malformed: [],
      settled: nothingSettled(),
      settledCount: 0,
      blanks: 0,
      lastLine: undefined,
    };
    const { count, doubts } = kernel;
    this.certain += count;
    this.doubtful += doubts;
    let doubt = 0;
    let row = 0;
    while (row < count || doubt < doubts) {
      const rowLine = row < count ? kernel.line(row) : Number.POSITIVE_INFINITY;
      const doubtLine = doubt < doubts ? kernel.doubtLine(doubt) : Number.POSITIVE_INFINITY;
      if (doubtLine < rowLine) this.#lookAt(doubt++, block, file, judged);
      else this.#judgeRow(row++, judged);
      if (!this.isDone) continue;
      judged.lastLine = Math.min(rowLine, doubtLine) + 1;
      break;
    }
    return judged;
  }

  #judgeRow(row: number, judged: Judged): void {
    const verdict = this.#verdictOf(row);
    if (verdict === 'matched') this.#matched++;
    const { taker, wantsAll } = this.#options;
    if (taker === undefined ? verdict === 'matched' || wantsAll() : wantsAll()) {
      judged.records.push(this.#records.record(row));
      judged.verdicts.push(verdict);
      return;
    }
    judged.settledCount++;
    judged.settled[verdict]++;
    if (verdict !== 'matched') return;
    noteTime(judged.settled, this.#timeOf(row));
    taker?.take(row, this.position + this.kernel.line(row));
  }

  #verdictOf(row: number): Verdict {
    if (!this.#matches(row)) return 'notMatched';
    const { window } = this.#options.question;
    if (window === undefined) return 'matched';
    const time = this.#timeOf(row);
    if (time === undefined) return 'withoutTime';
    return isInside(time, window) ? 'matched' : 'outsideWindow';
  }

  #timeOf(row: number): Instant | undefined {
    return this.#records.time(row) ?? timeOfRecord(this.#records.record(row));
  }

  /** The truth about a line the kernel is not sure of. */
  #lookAt(doubt: number, block: PlacedBlock, file: string, judged: Judged): void {
    const { kernel } = this;
    const end = kernel.doubtEnd(doubt);
    const line = kernel.doubtLine(doubt);
    const torn = block.endsTorn && end === block.to - 1;
    const at = { file, line: block.firstLine + line };
    const content = contentOf(kernel.bytes, kernel.doubtStart(doubt), end, { at, torn });
    if (content === 'blank') judged.blanks++;
    else if ('reason' in content) judged.malformed.push(content);
    else {
      const verdict = this.#plan.judge(content);
      const { taker, wantsAll } = this.#options;
      if (verdict === 'matched') {
        this.#matched++;
        taker?.takeRecord(content, this.position + line);
      }
      if (taker === undefined || wantsAll()) {
        judged.records.push(content);
        judged.verdicts.push(verdict);
      } else {
        judged.settledCount++;
        judged.settled[verdict]++;
        if (verdict === 'matched') noteTime(judged.settled, timeOfRecord(content));
      }
    }
  }
}

const newline = 10;

function overlongBatch({ overlong, storedBytes }: PlacedBlock, file: string): JudgedBatch {
  return {
    records: [],
    malformed: overlong.map((line) => tooLong(line, file, maxLineBytes)),
    lines: overlong.length,
    blank: 0,
    bytes: overlong.reduce((sum, line) => sum + line.byteLength + Number(!line.torn), 0),
    storedBytes,
  };
}

interface Span {
  readonly linesBefore: number;
  readonly lines: number;
  readonly blank: number;
  readonly bytes: number;
}

/** When the last match wanted was found, only the lines up to it count. */
function batchOf(judged: Judged, { linesBefore, lines, blank, bytes }: Span): JudgedBatch {
  const { records, verdicts, malformed, settled, settledCount, lastLine } = judged;
  const counted = (lastLine ?? lines) - linesBefore;
  const known = malformed.length + records.length + settledCount;
  const counts = { lines: counted, blank: lastLine === undefined ? blank : counted - known, bytes, storedBytes: 0 };
  return { records, verdicts, malformed, settled, ...counts };
}

interface Judged {
  readonly records: AuditRecord[];
  readonly verdicts: Verdict[];
  readonly malformed: MalformedLine[];
  readonly settled: Settled;
  settledCount: number;
  /** Doubtful lines that turned out to be blank. */
  blanks: number;
  /** Lines of the block up to the last match wanted, when it was found. */
  lastLine: number | undefined;
}

/** Not a Buffer, whose `slice` does not copy. */
function plainBytes(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
