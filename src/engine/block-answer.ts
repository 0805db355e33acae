import { newSummaryCounts, type SummaryCounts, type SummaryState } from '../analyze/summary.ts';
import type { NoiseCounts } from '../input/batch.ts';
import { type FileRef, maxLineBytes, type PlainFile, SourceError, type SourceTrouble } from '../input/block.ts';
import { dumpForms } from '../input/dump-forms.ts';
import { type FileBlock, readFileBlock } from '../input/file-blocks.ts';
import { type MalformedLine, tooLong } from '../input/malformed.ts';
import type { NoiseKind } from '../input/noise.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import { type RenderSpec, rowRenderer } from '../output/row-renderer.ts';
import type { Question } from '../query/question.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import type { Needles } from '../scan/needles.ts';
import { type JudgedBatch, noteTime, nothingSettled, type Settled, timeOfRecord } from './batch.ts';
import { Scanner } from './scanner.ts';
import { summaryTaker } from './summary-taker.ts';

/** What every thread is asked. Plain data, so that it can be handed to one. */
export interface BlockTask {
  readonly question: Question;
  readonly columns: readonly ColumnName[];
  readonly blockBytes: number;
  readonly output: BlockOutput;
  readonly needles: Needles | undefined;
  readonly checkedBytes: number;
  /** Columns of matches that somebody watches. */
  readonly watched: readonly ColumnName[];
  readonly files: readonly { readonly file: FileRef; readonly name: string }[];
}

/** What becomes of matches: their lines of output, their bytes, a share of the summary, or nothing but their number. */
export type BlockOutput =
  | { readonly kind: 'rendered'; readonly spec: RenderSpec }
  | { readonly kind: 'kept' }
  | { readonly kind: 'summary' }
  | { readonly kind: 'counted' };

/** One block of one of the task's files. `position` grows with the order of the input. */
export interface BlockJob {
  readonly file: number;
  readonly block: number;
  readonly position: number;
}

/** What a block holds, as plain data. Lines count from 1 within the block. */
export interface BlockAnswer {
  readonly lines: number;
  readonly blank: number;
  readonly noise: NoiseCounts;
  readonly marks: ReadonlySet<string>;
  readonly bytes: number;
  readonly settled: Settled;
  readonly malformed: readonly MalformedLine[];
  readonly rendered: Uint8Array | undefined;
  readonly kept: KeptRecords | undefined;
  readonly sightings: readonly RecordSighting[];
  /** No further block of the file has lines. */
  readonly isLast: boolean;
  readonly passedOver: number;
  readonly doubtful: number;
}

/** Records end to end: where each ends, and its line. */
export interface KeptRecords {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly lines: Uint32Array;
}

/** Matches that are alike in the watched columns. */
export interface RecordSighting {
  readonly cells: readonly (readonly [column: ColumnName, cell: Cell])[];
  times: number;
}

export interface FailedBlock {
  readonly trouble: SourceTrouble;
  readonly message: string;
}

type Render = (records: readonly AuditRecord[]) => Uint8Array;

/** Answers the blocks of a task in one thread, in any order. */
export class BlockAnswerer {
  readonly scanner: Scanner;
  readonly #task: BlockTask;
  readonly #summary: SummaryCounts | undefined;
  readonly #render: Render | undefined;
  readonly #taker: ReturnType<typeof summaryTaker> | undefined;
  #open: { readonly number: number; readonly file: PlainFile } | undefined;

  private constructor(task: BlockTask, render: Render | undefined) {
    const { question, columns, watched, needles, checkedBytes, blockBytes, output } = task;
    this.#task = task;
    this.#render = render;
    this.#summary = output.kind === 'summary' ? newSummaryCounts() : undefined;
    this.#taker = this.#summary && summaryTaker(this.#summary);
    this.scanner = new Scanner({
      question,
      columns: [...columns, ...watched],
      wantsAll: () => false,
      taker: this.#taker,
      needles,
      checkedBytes,
      blockBytes,
    });
  }

  static async create(task: BlockTask): Promise<BlockAnswerer> {
    return new BlockAnswerer(task, task.output.kind === 'rendered' ? await rowRenderer(task.output.spec) : undefined);
  }

  /** Never throws for what is wrong with a file. */
  answer({ file, block, position }: BlockJob): BlockAnswer | FailedBlock {
    try {
      this.scanner.position = position;
      return this.#read(file, block);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      return { trouble: error.trouble, message: error.message };
    }
  }

  /** The summary of everything answered. */
  summary(): SummaryState | undefined {
    this.#taker?.flush();
    return this.#summary?.state();
  }

  close(): void {
    this.#open?.file.close();
    this.#open = undefined;
  }

  #read(number: number, index: number): BlockAnswer {
    const { scanner } = this;
    const block = readFileBlock(this.#file(number), index, this.#task.blockBytes, scanner.kernel);
    const name = this.#task.files[number]?.name ?? '';
    const { passed, doubtful } = scanner;
    const answer = new Gathered(this.#render, this.#task);
    const isFarDown = index * this.#task.blockBytes >= scanner.checkedBytes;
    const forms = dumpForms(name);
    const placed = { ...block, firstLine: 1, overlong: [], storedBytes: 0, isFarDown, forms };
    for (const batch of scanner.scan(placed, name)) answer.add(batch);
    return answer.end(block, name, { passedOver: scanner.passed - passed, doubtful: scanner.doubtful - doubtful });
  }

  #file(number: number): PlainFile {
    if (this.#open?.number !== number) {
      this.close();
      const ref = this.#task.files[number]?.file;
      if (ref === undefined) throw new Error(`no file ${number}`);
      this.#open = { number, file: openPlainFile(ref) };
    }
    return this.#open.file;
  }
}

/** The batches of one block put together, with copies of what they lend. */
class Gathered {
  readonly #render: Render | undefined;
  readonly #task: BlockTask;
  readonly #settled = nothingSettled();
  readonly #malformed: MalformedLine[] = [];
  readonly #rendered: Uint8Array[] = [];
  readonly #kept: Uint8Array[] = [];
  readonly #ends: number[] = [];
  readonly #keptLines: number[] = [];
  readonly #sightings = new Map<string, RecordSighting>();
  #keptBytes = 0;
  readonly #noise = new Map<NoiseKind, number>();
  readonly #marks = new Set<string>();
  #lines = 0;
  #blank = 0;
  #bytes = 0;

  constructor(render: Render | undefined, task: BlockTask) {
    this.#render = render;
    this.#task = task;
  }

  add(batch: JudgedBatch): void {
    this.#lines += batch.lines;
    this.#blank += batch.blank;
    this.#bytes += batch.bytes;
    for (const [kind, times] of batch.noise) this.#noise.set(kind, (this.#noise.get(kind) ?? 0) + times);
    for (const mark of batch.marks) this.#marks.add(mark);
    for (const line of batch.malformed) this.#malformed.push({ ...line, bytes: new Uint8Array(line.bytes) });
    if (batch.settled !== undefined) addSettled(this.#settled, batch.settled);
    const matches: AuditRecord[] = [];
    for (const [i, record] of batch.records.entries()) {
      const verdict = batch.verdicts?.[i] ?? 'notMatched';
      if (verdict === 'matched') matches.push(record);
      else this.#settled[verdict]++;
    }
    if (matches.length > 0) this.#take(matches);
  }

  #take(matches: readonly AuditRecord[]): void {
    const { output, watched } = this.#task;
    if (output.kind === 'kept') for (const record of matches) this.#keep(record);
    else {
      this.#settled.matched += matches.length;
      for (const record of matches) noteTime(this.#settled, timeOfRecord(record));
      if (this.#render !== undefined) this.#rendered.push(this.#render(matches));
    }
    if (watched.length > 0) for (const record of matches) this.#sight(record);
  }

  #keep(record: AuditRecord): void {
    const copy = new Uint8Array(record.raw);
    this.#kept.push(copy);
    this.#keptBytes += copy.length;
    this.#ends.push(this.#keptBytes);
    this.#keptLines.push(record.at.line);
  }

  #sight(record: AuditRecord): void {
    const cells = this.#task.watched.map((column) => [column, cellOf(record, column)] as const);
    const key = JSON.stringify(cells);
    const known = this.#sightings.get(key);
    if (known === undefined) this.#sightings.set(key, { cells, times: 1 });
    else known.times++;
  }

  end(block: FileBlock, name: string, share: Pick<BlockAnswer, 'passedOver' | 'doubtful'>): BlockAnswer {
    const { overlong } = block;
    if (overlong !== undefined) {
      this.#lines++;
      this.#bytes += overlong.byteLength + Number(!overlong.torn);
      this.#malformed.push(tooLong({ ...overlong, line: this.#lines }, name, maxLineBytes));
    }
    return {
      lines: this.#lines,
      blank: this.#blank,
      noise: this.#noise,
      marks: this.#marks,
      bytes: this.#bytes,
      settled: { ...this.#settled, first: plainInstant(this.#settled.first), last: plainInstant(this.#settled.last) },
      malformed: this.#malformed,
      rendered: this.#rendered.length === 0 ? undefined : joined(this.#rendered),
      kept: this.#kept.length === 0 ? undefined : this.#keptRecords(),
      sightings: [...this.#sightings.values()],
      isLast: block.isLast,
      ...share,
    };
  }

  #keptRecords(): KeptRecords {
    const ends = new Uint32Array(this.#ends);
    return { bytes: joined(this.#kept), ends, lines: new Uint32Array(this.#keptLines) };
  }
}

function addSettled(to: Settled, more: Settled): void {
  to.notMatched += more.notMatched;
  to.outsideWindow += more.outsideWindow;
  to.withoutTime += more.withoutTime;
  to.matched += more.matched;
  noteTime(to, more.first);
  noteTime(to, more.last);
}

/** Without the accessors that do not pass from thread to thread. */
function plainInstant(instant: Instant | undefined): Instant | undefined {
  return instant && { second: instant.second, nano: instant.nano, text: instant.text };
}

/** In memory of its own, which can be handed to another thread. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
