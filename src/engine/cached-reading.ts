import { setImmediate } from 'node:timers/promises';
import type { CachedDump, Piece } from '../cache/cached-dump.ts';
import { type CacheSetting, openCachedDump } from '../cache/open.ts';
import type { Batch } from '../input/batch.ts';
import { type Source, SourceError } from '../input/block.ts';
import { type DumpForms, dumpForms } from '../input/dump-forms.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import type { Expr } from '../query/expr.ts';
import { columnOfGlance } from '../query/glance.ts';
import { groupOfColumn, groupOfMatch } from '../scan/groups.ts';
import type { Group } from '../scan/projection.ts';
import type { JudgedBatch } from './batch.ts';
import { type Counting, takerOf } from './counting.ts';
import { Judge, type JudgeOptions, kindsOf, type RowTaker } from './judge.ts';
import { type FileRest, plainTextFile, readRest, scanSource } from './scan-sources.ts';
import { Scanner } from './scanner.ts';

export interface CachedOptions extends Omit<JudgeOptions, 'taker'> {
  readonly cache: CacheSetting;
  /** What counts the matches. */
  readonly counting: Counting | undefined;
  readonly blockBytes: number;
}

/** Reads big plain files through their caches and scans everything else, one after the other. */
export class CachedReader {
  /** Lines that had to be parsed. */
  doubtful = 0;
  readonly #options: CachedOptions;
  /** The first source that has a cache, opened already. */
  #ahead: CachedSource | undefined;
  #scanner: Scanner | undefined;
  readonly #scannerTaker: RowTaker | undefined;
  #position = 0;
  #matched = 0;

  private constructor(options: CachedOptions, ahead: CachedSource) {
    this.#options = options;
    this.#ahead = ahead;
    this.#scannerTaker = options.counting && takerOf(options.counting);
  }

  /**
   * The first big file tells whether caches can answer the question: undefined when they cannot, for other readers are
   * faster then.
   */
  static async open(sources: readonly Source[], options: CachedOptions): Promise<CachedReader | undefined> {
    const source = sources.find((one) => isCacheable(one, options.cache.leastBytes));
    const ahead = source && (await openCachedSource(source, options));
    return ahead && new CachedReader(options, ahead);
  }

  async *read(source: Source, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const cached = await this.#openFor(source);
    yield* cached === undefined ? this.#scan(source, signal) : this.#readCached(cached, signal);
  }

  close(): void {
    this.#ahead?.dump.close();
    this.#ahead = undefined;
  }

  async #openFor(source: Source): Promise<CachedSource | undefined> {
    const ahead = this.#ahead;
    if (ahead?.source === source) {
      this.#ahead = undefined;
      return ahead;
    }
    return isCacheable(source, this.#options.cache.leastBytes) ? openCachedSource(source, this.#options) : undefined;
  }

  async *#readCached(cached: CachedSource, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const { dump, judge } = cached;
    judge.matched = this.#matched;
    this.doubtful += dump.doubtful;
    try {
      const batches = cachedBatches(cached, this.#position);
      for (let next = batches.next(); ; next = batches.next()) {
        if (next.done === true) {
          if (next.value !== undefined) yield* this.#readRest(cached, next.value, signal);
          return;
        }
        yield next.value;
        if (signal.aborted) return;
        this.#position += next.value.lines;
        await setImmediate();
      }
    } finally {
      this.#matched = judge.matched;
      cached.taker?.flush();
      dump.close();
    }
  }

  /** What only the truth can read, from a place of the dump on. */
  async *#readRest({ source, judge }: CachedSource, rest: FileRest, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    if (source.file === undefined) return;
    const take = (batch: Batch): JudgedBatch => {
      const judged = judge.judgeBatch(batch, this.#position);
      this.#position += batch.lines + batch.records.length;
      this.doubtful += batch.lines;
      return judged;
    };
    const file = openPlainFile(source.file);
    try {
      yield* readRest({ file, name: source.name, forms: dumpForms(source.name), ...rest }, signal, { take });
    } finally {
      file.close();
    }
  }

  async *#scan(source: Source, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const { blockBytes } = this.#options;
    this.#scanner ??= new Scanner({
      ...this.#options,
      taker: this.#scannerTaker,
      checkedBytes: Number.POSITIVE_INFINITY,
    });
    const scanner = this.#scanner;
    const { doubtful } = scanner;
    scanner.position = this.#position;
    scanner.judge.matched = this.#matched;
    try {
      yield* scanSource(source, signal, scanner, blockBytes);
    } finally {
      this.#position = scanner.position;
      this.#matched = scanner.judge.matched;
      this.doubtful += scanner.doubtful - doubtful;
      this.#scannerTaker?.flush();
    }
  }
}

/** A dump opened through its cache, and the question compiled for it. */
interface CachedSource {
  readonly source: Source;
  readonly dump: CachedDump;
  readonly judge: Judge;
  readonly taker: RowTaker | undefined;
}

/** Undefined when the source has to be read in another way. */
async function openCachedSource(
  source: Source,
  { cache, counting, ...options }: CachedOptions,
): Promise<CachedSource | undefined> {
  if (!looksAtValuesOnly(options.question.rest)) return undefined;
  let compiled: { readonly judge: Judge; readonly taker: RowTaker | undefined } | undefined;
  const groups = (holds: (group: Group) => boolean): readonly Group[] => {
    // Each dump numbers its tuples in its own way.
    const taker = counting && takerOf(counting);
    // For the values of other columns the record itself is asked.
    const columns = options.columns.filter((glance) => {
      const group = groupOfColumn(columnOfGlance(glance));
      return group !== undefined && holds(group);
    });
    const judge = new Judge({ ...options, columns, taker });
    compiled = { judge, taker };
    return judge.records.groups.projection().groups;
  };
  const dump = await openCachedDump({ name: source.name, groups }, cache);
  return dump && compiled && { source, dump, ...compiled };
}

/** All lines, in order; `position` is that of the first one. Every batch must be dealt with before the next is pulled. */
function* cachedBatches(
  { source, dump, judge }: CachedSource,
  position: number,
): Generator<JudgedBatch, FileRest | undefined> {
  const file = source.name;
  const forms = dumpForms(file);
  const { records } = judge;
  records.rows = dump.rows;
  records.tuples = dump.rows;
  records.bytes = dump.text;
  records.file = file;
  records.placed = forms.placed;
  for (const piece of dump.pieces()) {
    records.firstLine = piece.firstLine;
    const { batch, rest } = judgePiece(piece, dump, judge, { file, forms, position: position + piece.firstLine - 1 });
    yield batch;
    if (judge.isDone || rest !== undefined) return rest;
  }
  return undefined;
}

function judgePiece(
  piece: Piece,
  { rows, text, byteLength }: CachedDump,
  judge: Judge,
  { file, forms, position }: { readonly file: string; readonly forms: DumpForms; readonly position: number },
): { readonly batch: JudgedBatch; readonly rest: FileRest | undefined } {
  const { doubts, doubtFrom, doubtTo, firstLine } = piece;
  text.expect(numbersOf(doubtFrom, doubtTo).map((i) => doubts.span(i)));
  const lines = {
    rows,
    doubts: doubtTo - doubtFrom,
    doubtLine: (i: number) => doubts.line(doubtFrom + i),
    doubt(i: number) {
      const at = { file, line: firstLine + doubts.line(doubtFrom + i) };
      return doubts.content(doubtFrom + i, text, at, byteLength, forms);
    },
  };
  const judged = judge.judge(lines, position);
  const { records, verdicts, matches, malformed, noise, marks, settled, rowLines, otherLines, lastLine } = judged;
  const { spread } = judged;
  text.expect(matches.map((row) => ({ start: rows.start(row), end: rows.end(row) })));
  // When the last match wanted was found, only the lines up to it count.
  const counted = lastLine === undefined ? piece.lines : lastLine - piece.linesBefore;
  const blank = counted - rowLines - otherLines;
  const rest =
    spread === undefined
      ? undefined
      : { position: doubts.start(doubtFrom + spread), firstLine: firstLine + doubts.line(doubtFrom + spread) };
  const bytes = rest === undefined ? piece.bytes : rest.position - piece.place;
  const counts = { lines: counted, blank, noise, bytes, storedBytes: 0 };
  const kinds = kindsOf(judged, piece.linesBefore, counted);
  return { batch: { records, verdicts, malformed, marks, settled, ...counts, ...(kinds && { kinds }) }, rest };
}

function numbersOf(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** A plain file that is long enough. What cannot be read is told by whoever scans it. */
function isCacheable({ file, byteLength = 0 }: Source, leastBytes: number): boolean {
  if (file === undefined || !('path' in file) || byteLength < leastBytes) return false;
  try {
    const opened = plainTextFile(file);
    opened?.close();
    return opened !== undefined;
  } catch (error) {
    if (error instanceof SourceError) return false;
    throw error;
  }
}

/** Whether some values of a record and its time decide. */
function looksAtValuesOnly(expr: Expr): boolean {
  switch (expr.kind) {
    case 'all':
      return true;
    case 'and':
    case 'or':
      return expr.of.every(looksAtValuesOnly);
    case 'not':
      return looksAtValuesOnly(expr.of);
    case 'match':
      if (expr.on.kind === 'column' && expr.on.name === 'time') return expr.test.kind !== 'compare';
      return groupOfMatch(expr) !== undefined;
  }
}
