import type { CacheSetting } from '../cache/open.ts';
import { type Source, SourceError } from '../input/block.ts';
import type { FormOptions } from '../input/dump-forms.ts';
import { readRecords } from '../input/reader.ts';
import type { Expr } from '../query/expr.ts';
import type { AuditRecord } from '../record/record.ts';
import { kernelRuns } from '../scan/kernel.ts';
import { type Needles, needlesOf } from '../scan/needles.ts';
import type { JudgedBatch } from './batch.ts';
import { type BlockOutput, type BlockTask, hangsOnLine } from './block-answer.ts';
import { CachedReader } from './cached-reading.ts';
import { addShares, type Counting, takerOf } from './counting.ts';
import { handOver, type ThreadReceiver } from './delivery.ts';
import { jobsFor, plainBytes, positionsPerStream } from './jobs.ts';
import { lineColumns } from './line-writer.ts';
import { planFor } from './plan.ts';
import type { Run } from './run.ts';
import { scanSource } from './scan-sources.ts';
import { Scanner, type ScanOptions } from './scanner.ts';
import { searchSource } from './search-sources.ts';
import { StreamThreads } from './stream-threads.ts';
import { newTaken, noted, type Taken } from './taken-lines.ts';
import { Threads } from './threads.ts';

/** How lines are read: every one of them by JSON.parse (`truth`), or by something faster that gives the same answers. */
type Engine = 'kernel' | 'js' | 'truth';

export const scanEngines = ['auto', 'kernel', 'js', 'truth'] as const;

export interface ScanSetting {
  readonly engine: Engine | 'auto';
  readonly blockBytes: number;
  /** So far into each file every line is looked at, whatever it holds. */
  readonly checkedBytes: number;
  /** How many threads; undefined leaves it to the program. */
  readonly threads: number | undefined;
}

export interface ReadingOptions
  extends Pick<ScanOptions, 'question' | 'columns' | 'wantsAll' | 'most'>,
    ThreadReceiver {
  readonly setting: ScanSetting;
  readonly sources: readonly Source[];
  /** In which forms they may be. */
  readonly forms: FormOptions;
  /** The whole content of every record counts. */
  readonly needsValues: boolean;
  /** Every line has to be looked at, because all records or all malformed lines count. */
  readonly needsEveryLine: boolean;
  /** What becomes of the matches, when that is simple enough for several threads. */
  readonly output: BlockOutput | undefined;
  /** What counts the matches, instead of having them handed over. */
  readonly counting: Counting | undefined;
  /** What of matches `onSighting` looks at. */
  readonly watched: BlockTask['watched'];
  readonly processors: number;
  /** Where big files have columns of them kept, when that is asked for. */
  readonly cache?: CacheSetting | undefined;
}

/** How the lines were read, which no answer depends on. */
export interface ScanShare {
  readonly engine: Engine;
  readonly threads: number;
  /** Lines that cannot match and were only counted. */
  readonly passedOver: number;
  /** Lines that the kernel was not sure of and left to JSON.parse; undefined where all are. */
  readonly doubtful: number | undefined;
}

/** The reader of one run. */
export interface Reading {
  readonly read: Run['read'];
  /** True when the matches are counted while reading: nothing is left for the stage. */
  readonly counts: boolean;
  /** True when records that do not match are not handed over, whoever watches. */
  readonly passesOver: boolean;
  /** Of what was read so far. */
  share(): ScanShare;
  /** Call after the last batch. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** Below this the kernel costs more to start than it saves. */
const smallInput = 1024 * 1024;

/** Below this another thread costs more to start than it saves. */
const smallForThreads = 64 * 1024 * 1024;

/** More threads than that wait for the memory. */
const mostThreads = 4;

/** The same, of compressed bytes, which hold several times as much. */
const smallPacked = 8 * 1024 * 1024;

/** One decompresses, which takes about as long as the scanning of the other. */
const streamThreads = 2;

/** Of the text of a dump to its compressed bytes. */
const usualRatio = 8;

export async function openReading(options: ReadingOptions): Promise<Reading> {
  const cached = await cachedReading(options);
  if (cached !== undefined) return cached;
  switch (engineFor(options)) {
    case 'truth':
      return { ...plainReading, read: inForms(options.forms), share: () => shareOf('truth') };
    case 'js':
      return scriptReading(options);
    case 'kernel': {
      const threads = threadsFor(options);
      if (threads > 1 && isMostlyPacked(fileBytes(options.sources))) return streamedReading(options, threads);
      return threads > 1 || writesLines(options) ? threadedReading(options, threads) : kernelReading(options);
    }
  }
}

/** The fast readers know only what can be told from a line itself. */
function saysForm({ format, recordPath }: FormOptions): boolean {
  return format !== undefined || recordPath !== undefined;
}

function inForms(forms: FormOptions): Run['read'] {
  return (source, signal) => readRecords(source, signal, forms);
}

const plainReading = { counts: false, passesOver: false, end: nothingToDo, close: nothingToDo } as const;

function shareOf(engine: Engine, more: Partial<ScanShare> = {}): ScanShare {
  return { engine, threads: 1, passedOver: 0, doubtful: undefined, ...more };
}

async function nothingToDo(): Promise<void> {
  return undefined;
}

/** Small inputs are not worth starting the kernel. */
export function engineFor({ setting, sources, forms, needsValues }: ReadingOptions): Engine {
  if (needsValues || saysForm(forms)) return 'truth';
  if (setting.engine !== 'auto') return setting.engine;
  if (sources.every(({ byteLength }) => byteLength !== undefined) && knownBytes(sources) < smallInput) return 'truth';
  return kernelRuns() ? 'kernel' : 'js';
}

function knownBytes(sources: readonly Source[]): number {
  return sources.reduce((sum, { byteLength = 0 }) => sum + byteLength, 0);
}

/** How many threads share out the blocks of the plain files. */
export function threadsFor({ setting, sources, output, most, question, wantsAll, processors }: ReadingOptions): number {
  // What stops early, or needs every record or its line, is read in one go.
  if (output === undefined || most !== undefined || readsLine(question.expr)) return 1;
  // What was passed over may have to be looked at again.
  if (!sources.every(({ rereadable }) => rereadable)) return 1;
  if (setting.threads !== undefined) return setting.threads;
  if (output.kind === 'kept' && wantsAll()) return 1;
  // Files need not be looked into.
  if (knownBytes(sources) < smallPacked) return 1;
  const { plain, packed } = fileBytes(sources);
  if (isMostlyPacked({ plain, packed })) return packed < smallPacked ? 1 : Math.min(processors, streamThreads);
  return plain < smallForThreads ? 1 : Math.min(processors, mostThreads);
}

/** Bytes of files as stored. */
interface FileBytes {
  readonly plain: number;
  /** Of those that only one thread can read: compressed, or not UTF-8. */
  readonly packed: number;
}

function fileBytes(sources: readonly Source[]): FileBytes {
  let plain = 0;
  let packed = 0;
  for (const source of sources) {
    const bytes = plainBytes(source);
    if (bytes !== undefined) plain += bytes;
    else if (source.file !== undefined) packed += source.byteLength ?? 0;
  }
  return { plain, packed };
}

function isMostlyPacked({ plain, packed }: FileBytes): boolean {
  return packed * usualRatio > plain;
}

/** Whether one thread writes matches as lines without making records of them: when nobody else wants to see those. */
function writesLines({ output, most, question, wantsAll }: ReadingOptions): boolean {
  if (output?.kind !== 'rendered' || lineColumns(output.spec) === undefined) return false;
  return most === undefined && !readsLine(question.expr) && !wantsAll();
}

/** Blocks do not know how many lines stand before them. */
function readsLine(expr: Expr): boolean {
  switch (expr.kind) {
    case 'all':
      return false;
    case 'and':
    case 'or':
      return expr.of.some(readsLine);
    case 'not':
      return readsLine(expr.of);
    case 'match': {
      const operands = expr.test.kind === 'compare' ? [expr.on, expr.test.to] : [expr.on];
      return operands.some((operand) => operand.kind === 'column' && hangsOnLine(operand.name));
    }
  }
}

/** Undefined when caches are not asked for, or cannot answer. */
async function cachedReading(options: ReadingOptions): Promise<Reading | undefined> {
  const { cache, setting, sources, forms, needsValues } = options;
  if (cache === undefined || needsValues || saysForm(forms) || setting.engine === 'truth' || setting.engine === 'js')
    return undefined;
  if (!kernelRuns()) return undefined;
  // Caches hold columns one by one, not those that are put in order together.
  const counting = options.counting?.kind === 'order' ? undefined : options.counting;
  const reader = await CachedReader.open(sources, { ...options, ...setting, counting, cache });
  if (reader === undefined) return undefined;
  return {
    read: (source, signal) => reader.read(source, signal),
    counts: counting !== undefined,
    passesOver: false,
    share: () => shareOf('kernel', { doubtful: reader.doubtful }),
    end: nothingToDo,
    close: async () => reader.close(),
  };
}

function scriptReading(options: ReadingOptions): Reading {
  const needles = needlesFor(options);
  if (needles === undefined) return { ...plainReading, read: readRecords, share: () => shareOf('js') };
  let passedOver = 0;
  return {
    ...plainReading,
    async *read(source, signal) {
      for await (const batch of searchSource(source, signal, { ...options.setting, needles })) {
        // What is settled here was not parsed.
        passedOver += batch.settled?.notMatched ?? 0;
        yield batch;
      }
    },
    passesOver: true,
    share: () => shareOf('js', { passedOver }),
  };
}

function kernelReading(options: ReadingOptions): Reading {
  const { blockBytes, checkedBytes } = options.setting;
  const taker = options.counting && takerOf(options.counting);
  const needles = needlesFor(options);
  const wantsAll = needles === undefined ? options.wantsAll : () => false;
  // What is put in order says itself what it needs.
  const columns = options.counting?.kind === 'order' ? options.watched : options.columns;
  const scanner = new Scanner({ ...options, columns, wantsAll, taker, needles, checkedBytes, blockBytes });
  return {
    read: (source, signal) => scanSource(source, signal, scanner, blockBytes),
    counts: taker !== undefined,
    passesOver: needles !== undefined,
    share: () => shareOf('kernel', { passedOver: scanner.passed, doubtful: scanner.doubtful }),
    async end() {
      taker?.flush();
    },
    close: nothingToDo,
  };
}

/** What to look for in files that are long enough for it to pay. */
export function needlesFor({ setting, sources, question, most, needsEveryLine }: ReadingOptions): Needles | undefined {
  // A limit counts the lines up to its last match, and lines passed over are counted by the thousand.
  if (most !== undefined) return undefined;
  if (needsEveryLine || !sources.every(({ rereadable }) => rereadable)) return undefined;
  const isLong = sources.some(({ file, byteLength = 0 }) => file !== undefined && byteLength > setting.checkedBytes);
  return isLong ? needlesOf(question.expr) : undefined;
}

async function threadedReading(options: ReadingOptions, count: number): Promise<Reading> {
  const { setting, sources, counting } = options;
  const { blockBytes } = setting;
  const { files, jobs, places } = jobsFor(sources, blockBytes);
  const task = taskFor(options, files, needlesFor(options));
  const threads = await Threads.start(task, jobs, Math.min(count, Math.max(1, jobs.length)), options);
  const taken = newTaken();
  async function* read(source: Source, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const place = places.get(source);
    if (place === undefined) return;
    if (place.kind === 'blocks') yield* threads.read({ ...place, name: source.name }, signal);
    else {
      const { answerer } = threads;
      answerer.scanner.position = place.position;
      for await (const batch of scanSource(source, signal, answerer.scanner, blockBytes)) {
        handOver(answerer.taken(), batch.settled?.last, options);
        yield batch;
      }
    }
  }
  return {
    read: (source, signal) => noted(read(source, signal), { source, signal, taken }),
    counts: counting !== undefined,
    passesOver: true,
    share: () => shareOf('kernel', { threads: threads.count, ...threads.share() }),
    end: () => putTogether(options, threads, taken),
    close: () => threads.close(),
  };
}

/** One thread decompresses, the others scan. */
function streamedReading(options: ReadingOptions, count: number): Reading {
  const threads = new StreamThreads(taskFor(options, [], undefined), count, options);
  const taken = newTaken();
  let sources = 0;
  return {
    read: (source, signal) =>
      noted(threads.read(source, positionsPerStream * sources++, signal), { source, signal, taken }),
    counts: options.counting !== undefined,
    passesOver: true,
    share: () => shareOf('kernel', { threads: threads.count, ...threads.share() }),
    end: () => putTogether(options, threads, taken),
    close: () => threads.close(),
  };
}

function taskFor(options: ReadingOptions, files: BlockTask['files'], needles: Needles | undefined): BlockTask {
  const { setting, question, columns, output, watched } = options;
  if (output === undefined) throw new Error('no output for threads');
  const { blockBytes, checkedBytes } = setting;
  return { question, columns, blockBytes, checkedBytes, needles, output, watched, files };
}

/** What several threads counted. */
async function putTogether(
  options: ReadingOptions,
  threads: Pick<Threads, 'shares' | 'readsRest'>,
  taken: Taken,
): Promise<void> {
  const { counting } = options;
  if (counting === undefined) return;
  const shares = await threads.shares();
  // What is spread over lines was looked at as lines too.
  if (threads.readsRest || !addShares(counting, shares)) await countInOrder(options, counting, taken);
}

/** By one thread, which keeps the order: all lines, or as many as were taken before an interrupt. */
async function countInOrder(options: ReadingOptions, counting: Counting, taken: Taken): Promise<void> {
  const { read, end } = kernelReading({ ...options, counting });
  for (const source of options.sources) {
    let left = taken.isInterrupted ? (taken.lines.get(source) ?? 0) : Number.POSITIVE_INFINITY;
    if (left === 0) continue;
    await readAgain(
      [source],
      (one) => read(one, new AbortController().signal),
      ({ lines }) => {
        left -= lines;
        return left > 0;
      },
    );
  }
  await end();
}

export interface Look extends Pick<ReadingOptions, 'setting' | 'sources' | 'forms' | 'question' | 'columns'> {
  readonly wantsMore: () => boolean;
  readonly see: (record: AuditRecord, matched: boolean) => void;
  readonly signal: AbortSignal;
}

/** Shows every record, one after the other, for as long as more are wanted. */
export async function lookThrough({
  setting,
  sources,
  forms,
  question,
  columns,
  wantsMore,
  see,
  signal,
}: Look): Promise<void> {
  const { judge } = planFor(question);
  const scanner =
    setting.engine !== 'js' && !saysForm(forms) && kernelRuns()
      ? new Scanner({ question, columns, wantsAll: () => true, ...setting })
      : undefined;
  await readAgain(
    sources,
    (source) =>
      scanner === undefined
        ? readRecords(source, signal, forms)
        : scanSource(source, signal, scanner, setting.blockBytes),
    ({ records, verdicts }) => {
      for (const [i, record] of records.entries()) see(record, (verdicts?.[i] ?? judge(record)) === 'matched');
      return wantsMore();
    },
  );
}

/** Reads sources for as long as more is wanted. What cannot be read was told the first time. */
export async function readAgain(
  sources: readonly Source[],
  read: (source: Source) => AsyncIterable<JudgedBatch>,
  take: (batch: JudgedBatch) => boolean,
): Promise<void> {
  for (const source of sources) {
    try {
      for await (const batch of read(source)) if (!take(batch)) return;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
}
