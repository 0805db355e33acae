import type { NoiseCounts } from '../input/batch.ts';
import { type FileRef, type PlainFile, SourceError, type SourceTrouble } from '../input/block.ts';
import { type DumpForms, dumpForms, withoutOffset } from '../input/dump-forms.ts';
import { readFileBlock } from '../input/file-blocks.ts';
import type { MalformedLine } from '../input/malformed.ts';
import type { NoiseKind } from '../input/noise.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import { type RenderSpec, rowRenderer } from '../output/row-renderer.ts';
import { compileGlance, type Glance, glanceName } from '../query/glance.ts';
import type { Question } from '../query/question.ts';
import type { AuditRecord, Cell, Provenance } from '../record/record.ts';
import { type Instant, plainInstant } from '../record/time.ts';
import type { Needles } from '../scan/needles.ts';
import { type JudgedBatch, noteTime, nothingSettled, type Settled, timeOfRecord } from './batch.ts';
import { type CountingTask, type Share, type ShareCounter, shareCounter } from './counting.ts';
import { LineWriter } from './line-writer.ts';
import { type FileRest, readRest, restOf } from './scan-sources.ts';
import { type PlacedBlock, placeLines, Scanner } from './scanner.ts';

/** What every thread is asked. Plain data, so that it can be handed to one. */
export interface BlockTask {
  readonly question: Question;
  readonly columns: readonly Glance[];
  readonly blockBytes: number;
  readonly output: BlockOutput;
  readonly needles: Needles | undefined;
  readonly checkedBytes: number;
  /** What of matches somebody watches. */
  readonly watched: readonly Glance[];
  readonly files: readonly { readonly file: FileRef; readonly name: string }[];
}

/** What becomes of matches: their lines of output, their bytes, a share of what is counted, or nothing but their number. */
export type BlockOutput =
  | { readonly kind: 'rendered'; readonly spec: RenderSpec }
  | { readonly kind: 'kept' }
  | { readonly kind: 'shared'; readonly task: CountingTask }
  | { readonly kind: 'counted' };

/** One block of one of the task's files. `position` grows with the order of the input. */
export interface BlockJob {
  readonly file: number;
  readonly block: number;
  readonly position: number;
}

/** Lines of a source that only one thread can read, for another one to answer. `position` is that of the first of them. */
export interface HandedBlock {
  /** Goes from thread to thread. */
  readonly memory: ArrayBuffer;
  readonly byteLength: number;
  readonly name: string;
  readonly firstLine: number;
  readonly endsTorn: boolean;
  readonly position: number;
}

/** What a block holds, as plain data. Lines count from 1 within a block of a file, and as in the source in one handed over. */
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
  /** From where on only the truth can read the file: the line counts from 1 within the block. */
  readonly rest: FileRest | undefined;
  readonly passedOver: number;
  readonly doubtful: number;
}

/** Records end to end: where each ends, its line, and what else is known of its place, by its number. */
export interface KeptRecords {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly lines: Uint32Array;
  readonly places: ReadonlyMap<number, Omit<Provenance, 'file' | 'line'>>;
}

/** Whether a column hangs on how many lines stand before a record in its file, which a block does not know. */
export function hangsOnLine(column: string): boolean {
  return column === 'line' || column === 'offset';
}

/** Matches that are alike in all that is watched. */
export interface RecordSighting {
  readonly cells: readonly (readonly [glance: string, cell: Cell])[];
  times: number;
}

export interface FailedBlock {
  readonly trouble: SourceTrouble;
  readonly message: string;
}

/** Lines of output, and matches seen. */
export type TakenMatches = Pick<BlockAnswer, 'rendered' | 'sightings'>;

type Render = (records: readonly AuditRecord[]) => Uint8Array;

/** Matches are rendered from records or written from rows, if at all. */
interface Writing {
  readonly sightings: Sightings;
  readonly render?: Render | undefined;
  readonly lines?: LineWriter | undefined;
}

/** Answers the blocks of a task in one thread, in any order. */
export class BlockAnswerer {
  readonly scanner: Scanner;
  readonly #task: BlockTask;
  readonly #counter: ShareCounter | undefined;
  readonly #render: Render | undefined;
  readonly #lines: LineWriter | undefined;
  readonly #sightings: Sightings;
  #open: { readonly number: number; readonly file: PlainFile } | undefined;

  private constructor(task: BlockTask, { render, lines, sightings }: Writing) {
    const { question, columns, watched, needles, checkedBytes, blockBytes, output } = task;
    this.#task = task;
    this.#render = render;
    this.#counter = output.kind === 'shared' ? shareCounter(output.task) : undefined;
    this.#lines = lines;
    this.#sightings = sightings;
    this.scanner = new Scanner({
      question,
      // Of the others the line writer says what it needs.
      columns: lines === undefined ? [...columns, ...watched] : watched,
      wantsAll: () => false,
      taker: this.#counter?.taker ?? lines,
      needles,
      checkedBytes,
      blockBytes,
    });
  }

  static async create(task: BlockTask): Promise<BlockAnswerer> {
    const { output, watched } = task;
    const sightings = new Sightings(watched);
    if (output.kind !== 'rendered') return new BlockAnswerer(task, { sightings });
    const onMatch = watched.length === 0 ? undefined : (record: AuditRecord) => sightings.see(record);
    const lines = await LineWriter.create(output.spec, onMatch);
    return new BlockAnswerer(task, { sightings, lines, render: lines ? undefined : await rowRenderer(output.spec) });
  }

  /** What became of the matches since the last call. For a batch of {@link scanner}, call it before the next one. */
  taken(): TakenMatches {
    return { rendered: joined(this.#lines?.written() ?? []), sightings: this.#sightings.take() };
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

  /** What was counted of everything answered. */
  share(): Share | undefined {
    return this.#counter?.share();
  }

  close(): void {
    this.#open?.file.close();
    this.#open = undefined;
  }

  answerHanded({ memory, byteLength, name, position, ...block }: HandedBlock): BlockAnswer {
    const { scanner } = this;
    scanner.position = position;
    const lines = placeLines(scanner.kernel, new Uint8Array(memory, 0, byteLength), block.endsTorn);
    const placed = { ...block, ...lines, storedBytes: 0, isFarDown: false, forms: dumpForms(name) };
    const answer = this.#scan(placed, name);
    const { spread } = scanner;
    if (spread === undefined) return answer;
    return {
      ...answer,
      rest: { position: spread.place - lines.from, firstLine: block.firstLine + spread.line },
    };
  }

  #read(number: number, index: number): BlockAnswer {
    const { scanner } = this;
    const block = readFileBlock(this.#file(number), index, this.#task.blockBytes, scanner.kernel);
    const name = this.#task.files[number]?.name ?? '';
    const isFarDown = index * this.#task.blockBytes >= scanner.checkedBytes;
    const place = { firstLine: 1, storedBytes: 0, isFarDown, forms: blockForms(name) };
    const answer = this.#scan({ ...block, ...place }, name);
    return { ...answer, isLast: block.isLast, rest: restOf(block, scanner, 1) };
  }

  #scan(placed: PlacedBlock, name: string): BlockAnswer {
    const { scanner } = this;
    const { passed, doubtful } = scanner;
    const answer = new Gathered(this.#task, this.#render, this.#sightings);
    for (const batch of scanner.scan(placed, name)) {
      answer.add(batch);
      if (this.#lines !== undefined) answer.addLines(this.#lines.written());
    }
    return answer.end({ passedOver: scanner.passed - passed, doubtful: scanner.doubtful - doubtful });
  }

  /** The lines of one of the task's files that only the truth can read. */
  async *readRest(number: number, rest: FileRest, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const name = this.#task.files[number]?.name ?? '';
    yield* readRest({ file: this.#file(number), name, forms: dumpForms(name), ...rest }, signal, this.scanner);
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

/** An offset counted by lines would be counted from the start of the block. */
function blockForms(name: string): DumpForms {
  const forms = dumpForms(name);
  return { ...forms, placed: (at) => withoutOffset(forms.placed(at)) };
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
  readonly #keptPlaces = new Map<number, Omit<Provenance, 'file' | 'line'>>();
  readonly #sightings: Sightings;
  #keptBytes = 0;
  readonly #noise = new Map<NoiseKind, number>();
  readonly #marks = new Set<string>();
  #lines = 0;
  #blank = 0;
  #bytes = 0;

  constructor(task: BlockTask, render: Render | undefined, sightings: Sightings) {
    this.#task = task;
    this.#render = render;
    this.#sightings = sightings;
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

  addLines(lines: readonly Uint8Array[]): void {
    this.#rendered.push(...lines);
  }

  #take(matches: readonly AuditRecord[]): void {
    const { output, watched } = this.#task;
    // What is kept is handed over whole, and seen there.
    if (output.kind === 'kept') for (const record of matches) this.#keep(record);
    else {
      this.#settled.matched += matches.length;
      for (const record of matches) noteTime(this.#settled, timeOfRecord(record));
      if (this.#render !== undefined) this.#rendered.push(this.#render(matches));
      if (watched.length > 0) for (const record of matches) this.#sightings.see(record);
    }
  }

  #keep(record: AuditRecord): void {
    const copy = new Uint8Array(record.raw);
    this.#kept.push(copy);
    this.#keptBytes += copy.length;
    this.#ends.push(this.#keptBytes);
    const { file: _, line, ...place } = record.at;
    if (Object.keys(place).length > 0)
      this.#keptPlaces.set(this.#keptLines.length, { ...place, ...plainKafkaTime(place.kafkaTime) });
    this.#keptLines.push(line);
  }

  end(share: Pick<BlockAnswer, 'passedOver' | 'doubtful'>): BlockAnswer {
    const { first, last } = this.#settled;
    return {
      lines: this.#lines,
      blank: this.#blank,
      noise: this.#noise,
      marks: this.#marks,
      bytes: this.#bytes,
      settled: { ...this.#settled, first: first && plainInstant(first), last: last && plainInstant(last) },
      malformed: this.#malformed,
      rendered: joined(this.#rendered),
      kept: this.#keptRecords(),
      sightings: this.#sightings.take(),
      isLast: false,
      rest: undefined,
      ...share,
    };
  }

  #keptRecords(): KeptRecords | undefined {
    const bytes = joined(this.#kept);
    const ends = new Uint32Array(this.#ends);
    return bytes && { bytes, ends, lines: new Uint32Array(this.#keptLines), places: this.#keptPlaces };
  }
}

/** Matches that are alike are one sighting. */
class Sightings {
  readonly #glances: readonly { readonly name: string; readonly glance: (record: AuditRecord) => Cell }[];
  readonly #seen = new Map<string, RecordSighting>();

  constructor(watched: readonly Glance[]) {
    this.#glances = watched.map((glance) => ({ name: glanceName(glance), glance: compileGlance(glance) }));
  }

  see(record: AuditRecord): void {
    const seen = this.#glances.map(({ glance }) => glance(record));
    const key = JSON.stringify(seen);
    const known = this.#seen.get(key);
    if (known === undefined) {
      const cells = this.#glances.map(({ name }, i) => [name, seen[i]] as const);
      this.#seen.set(key, { cells, times: 1 });
    } else known.times++;
  }

  take(): readonly RecordSighting[] {
    const seen = [...this.#seen.values()];
    this.#seen.clear();
    return seen;
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

function plainKafkaTime(time: Instant | undefined): Pick<Provenance, 'kafkaTime'> {
  return time === undefined ? {} : { kafkaTime: plainInstant(time) };
}

/** In memory of its own, which can be handed to another thread; undefined for nothing. */
function joined(parts: readonly Uint8Array[]): Uint8Array | undefined {
  if (parts.length <= 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
