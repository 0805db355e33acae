import { type Batch, kindOf, type LineKind, noMarks } from '../input/batch.ts';
import { classOf, type LineContent } from '../input/content.ts';
import type { MalformedLine } from '../input/malformed.ts';
import type { NoiseKind } from '../input/noise.ts';
import type { Glance } from '../query/glance.ts';
import type { Question } from '../query/question.ts';
import { isInside } from '../query/time-window.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import { compileRowTest, type RowTest } from '../scan/row-test.ts';
import type { Rows } from '../scan/rows.ts';
import { ScannedRecords } from '../scan/scanned-records.ts';
import { type JudgedBatch, noteTime, nothingSettled, type Settled, timeOfRecord } from './batch.ts';
import { type Plan, planFor, type Verdict } from './plan.ts';

/** What is to be judged, and what becomes of it. */
export interface JudgeOptions {
  readonly question: Question;
  /** What will be asked for of matches. */
  readonly columns: readonly Glance[];
  /** True while every record has to be handed over, matched or not. */
  readonly wantsAll: () => boolean;
  /** Matches wanted; judging stops in the line of the last one. */
  readonly most?: number | undefined;
  /** Takes the matches instead of having them handed over. */
  readonly taker?: RowTaker | undefined;
}

/** Counts matches without making records of rows. Positions grow with input order. */
export interface RowTaker {
  /** Names what it looks at; called once, before the first row. */
  prepare(records: ScannedRecords): void;
  take(i: number, position: number): void;
  /** The same for all rows of a range, every one of them with a plain time; `position` is that of line 0. */
  takeAll(range: RowRange, position: number): void;
  /** A match that is no row. */
  takeRecord(record: AuditRecord, position: number): void;
  /** The numbers of tuples are about to be given anew. */
  flush(): void;
}

/** The rows of `[from, to)`, and which of them came first and last in time: the first in the input among equal ones. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Rows, and among them lines that only the truth can tell about. All lines count from the same one. */
export interface RowsAndDoubts {
  readonly rows: Rows;
  readonly doubts: number;
  doubtLine(i: number): number;
  doubt(i: number): LineContent;
}

export interface Judged {
  readonly records: AuditRecord[];
  readonly verdicts: Verdict[];
  /** The rows among `records` that matched. */
  readonly matches: number[];
  readonly malformed: MalformedLine[];
  readonly settled: Settled;
  /** Lines that were rows. */
  rowLines: number;
  /** Doubtful lines that turned out to be blank, and all others. */
  blanks: number;
  otherLines: number;
  readonly noise: Map<NoiseKind, number>;
  /** How lines count, by their number, while all records are handed over; all others are blank. */
  readonly kinds: Map<number, LineKind> | undefined;
  readonly marks: Set<string>;
  /** How many lines there are up to the last match wanted, when it was found, or before a value spread over lines. */
  lastLine: number | undefined;
  /** The doubtful line in which such a value begins: from there on only the truth can read. */
  spread: number | undefined;
}

type JudgedRecords = Pick<Judged, 'records' | 'verdicts' | 'settled'>;

/** The question compiled for rows, whoever makes them. `records` is told which rows to look at. */
export class Judge {
  readonly records = new ScannedRecords();
  /** Matches found so far; set it to what others found before. */
  matched = 0;
  readonly #options: JudgeOptions;
  readonly #plan: Plan;
  readonly #matches: RowTest;
  /** Every row is a match that the taker takes. */
  readonly #takesAll: boolean;

  constructor(options: JudgeOptions) {
    const { question, columns, taker } = options;
    this.#options = options;
    this.#plan = planFor(question);
    this.#matches = compileRowTest(question.rest, this.records);
    for (const glance of columns) this.records.know(glance);
    taker?.prepare(this.records);
    const { rest, window } = question;
    this.#takesAll = rest.kind === 'all' && window === undefined && taker !== undefined && options.most === undefined;
  }

  /** True once as many matches as wanted were found. */
  get isDone(): boolean {
    return this.matched >= (this.#options.most ?? Number.POSITIVE_INFINITY);
  }

  /** All of the rows and doubtful lines, in the order of the input; `position` is that of line 0. */
  judge(lines: RowsAndDoubts, position: number): Judged {
    // Whoever looks on sees records when all of these are judged, so that this cannot change meanwhile.
    const handsAll = this.#options.wantsAll();
    const judged: Judged = {
      records: [],
      verdicts: [],
      matches: [],
      malformed: [],
      settled: nothingSettled(),
      rowLines: 0,
      blanks: 0,
      otherLines: 0,
      noise: new Map(),
      kinds: handsAll ? new Map() : undefined,
      marks: new Set(),
      lastLine: undefined,
      spread: undefined,
    };
    const { rows, doubts } = lines;
    let row = 0;
    for (let doubt = 0; doubt <= doubts; doubt++) {
      const doubtLine = doubt < doubts ? lines.doubtLine(doubt) : Number.POSITIVE_INFINITY;
      const end = doubt < doubts ? firstBehind(rows, row, doubtLine) : rows.count;
      const range = this.#takesAll && !handsAll ? plainRange(rows, row, end) : undefined;
      if (range !== undefined) this.#takeAll(range, position, judged);
      else {
        for (; row < end; row++) {
          judged.kinds?.set(rows.line(row), 'records');
          if (!this.#judgeRow(row, position, handsAll, judged)) continue;
          judged.lastLine = rows.line(row) + 1;
          break;
        }
      }
      if (judged.lastLine !== undefined || doubt === doubts) break;
      row = end;
      const content = lines.doubt(doubt);
      if (content.spread !== undefined) {
        judged.lastLine = doubtLine;
        judged.spread = doubt;
        break;
      }
      judged.kinds?.set(doubtLine, kindOf(content));
      this.#judgeContent(content, position + doubtLine, handsAll, judged);
      if (this.isDone) {
        judged.lastLine = doubtLine + 1;
        break;
      }
    }
    return judged;
  }

  /** What the truth has read; without a taker whoever pulls it judges it. */
  judgeBatch(batch: Batch, position: number): JudgedBatch {
    if (this.#options.taker === undefined) return batch;
    const judged = { records: [], verdicts: [], settled: nothingSettled() };
    const handsAll = this.#options.wantsAll();
    for (const [i, record] of batch.records.entries()) this.#judgeRecord(record, position + i, handsAll, judged);
    return { ...batch, ...judged };
  }

  /** Every row is a match, and only counted. */
  #takeAll(range: RowRange, position: number, judged: Judged): void {
    const count = range.to - range.from;
    this.matched += count;
    judged.rowLines += count;
    judged.settled.matched += count;
    noteTime(judged.settled, this.#timeOf(range.earliest));
    noteTime(judged.settled, this.#timeOf(range.latest));
    this.#options.taker?.takeAll(range, position);
  }

  /** True when that was the last match wanted. */
  #judgeRow(row: number, position: number, handsAll: boolean, judged: Judged): boolean {
    const { records } = this;
    judged.rowLines++;
    const { taker } = this.#options;
    const verdict = this.#verdictOf(row);
    const isMatch = verdict === 'matched';
    if (isMatch) {
      this.matched++;
      taker?.take(row, position + records.rows.line(row));
    }
    if (handsAll || (isMatch && taker === undefined)) {
      judged.records.push(records.record(row));
      judged.verdicts.push(verdict);
      if (isMatch) judged.matches.push(row);
    } else {
      judged.settled[verdict]++;
      if (isMatch) noteTime(judged.settled, this.#timeOf(row));
    }
    return isMatch && this.isDone;
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
    return this.records.time(row) ?? timeOfRecord(this.records.record(row));
  }

  /** The truth about a line nobody else is sure of. */
  #judgeContent(content: LineContent, position: number, handsAll: boolean, judged: Judged): void {
    const { records, malformed, noise, marks } = content;
    for (const mark of marks ?? noMarks) judged.marks.add(mark);
    const kind = classOf(content);
    if (kind === 'blank') judged.blanks++;
    else judged.otherLines++;
    if (malformed !== undefined) judged.malformed.push(malformed);
    else if (kind === 'noise' && noise !== undefined) judged.noise.set(noise, (judged.noise.get(noise) ?? 0) + 1);
    for (const record of records) {
      this.#judgeRecord(record, position, handsAll, judged);
      if (this.isDone) return;
    }
  }

  #judgeRecord(record: AuditRecord, position: number, handsAll: boolean, judged: JudgedRecords): void {
    const verdict = this.#plan.judge(record);
    const { taker } = this.#options;
    if (verdict === 'matched') {
      this.matched++;
      taker?.takeRecord(record, position);
    }
    if (handsAll || taker === undefined) {
      judged.records.push(record);
      judged.verdicts.push(verdict);
    } else {
      judged.settled[verdict]++;
      if (verdict === 'matched') noteTime(judged.settled, timeOfRecord(record));
    }
  }
}

/** How each of `count` lines counts, from line `first` on; undefined unless all records were handed over. */
export function kindsOf({ kinds }: Judged, first: number, count: number): readonly LineKind[] | undefined {
  return kinds && Array.from({ length: count }, (_, i) => kinds.get(first + i) ?? 'blank');
}

/** Undefined when the range is empty, or a row has a time that only the whole record can tell. */
function plainRange(rows: Rows, from: number, to: number): RowRange | undefined {
  if (from === to || rows.hasOddTime(from)) return undefined;
  let earliest = from;
  let latest = from;
  let [firstSecond, firstNano] = [rows.second(from), rows.nano(from)];
  let [lastSecond, lastNano] = [firstSecond, firstNano];
  for (let i = from + 1; i < to; i++) {
    if (rows.hasOddTime(i)) return undefined;
    const second = rows.second(i);
    if (second > firstSecond && second < lastSecond) continue;
    const nano = rows.nano(i);
    if (second < firstSecond || (second === firstSecond && nano < firstNano)) {
      earliest = i;
      [firstSecond, firstNano] = [second, nano];
    }
    if (second > lastSecond || (second === lastSecond && nano > lastNano)) {
      latest = i;
      [lastSecond, lastNano] = [second, nano];
    }
  }
  return { from, to, earliest, latest };
}

/** The first row from `from` on that stands behind a line. */
function firstBehind(rows: Rows, from: number, line: number): number {
  let low = from;
  for (let high = rows.count; low < high; ) {
    const middle = (low + high) >> 1;
    if (rows.line(middle) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
