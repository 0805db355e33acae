import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { SummaryState } from '../analyze/summary.ts';
import { SourceError } from '../input/block.ts';
import { dumpForms } from '../input/dump-forms.ts';
import { type AuditRecord, type Cell, keptRecord, notKnown } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import type { JudgedBatch } from './batch.ts';
import {
  type BlockAnswer,
  BlockAnswerer,
  type BlockJob,
  type BlockTask,
  type FailedBlock,
  type KeptRecords,
  type TakenMatches,
} from './block-answer.ts';
import { JobQueue, type ThreadData, type ThreadMessage } from './job-queue.ts';

/** What the threads give besides batches, in the order of the input. */
export interface ThreadReceiver {
  /** Lines of output. */
  readonly onRendered: (bytes: Uint8Array) => void;
  /** A match, with nothing but what is watched and its time. */
  readonly onSighting: (record: AuditRecord) => void;
}

/** The jobs of one file. */
export interface JobRange {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** What a thread makes of a block dies with it: more room would only be filled before it is swept. */
const youngMegabytes = 6;

/** Blocks that may be answered before their turn. Each holds at most its own output. */
const blocksAhead = 24;

/** Several threads, this one among them, that answer blocks of files; the answers come in order. */
export class Threads {
  readonly answerer: BlockAnswerer;
  readonly #jobs: readonly BlockJob[];
  readonly #queue: JobQueue;
  readonly #workers: readonly Worker[];
  #passedOver = 0;
  #doubtful = 0;
  readonly #answers = new Map<number, BlockAnswer | FailedBlock>();
  readonly #summaries: SummaryState[] = [];
  #turn = 0;
  /** The first job that nobody will do, once reading was aborted. */
  #end: number | undefined;
  #running: number;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  private constructor(answerer: BlockAnswerer, data: ThreadData, threads: number) {
    this.answerer = answerer;
    this.#jobs = data.jobs;
    this.#queue = new JobQueue(data.shared, data.jobs.length, data.ahead);
    this.#workers = Array.from({ length: threads - 1 }, () => this.#start(data));
    this.#running = this.#workers.length;
  }

  static async start(task: BlockTask, jobs: readonly BlockJob[], threads: number): Promise<Threads> {
    const data = { task, jobs, shared: JobQueue.newShared(), ahead: blocksAhead };
    return new Threads(await BlockAnswerer.create(task), data, threads);
  }

  #start(data: ThreadData): Worker {
    const worker = new Worker(new URL('./scan-worker.cjs', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    worker.on('message', (message: ThreadMessage) => this.#receive(message));
    worker.on('error', (error) => {
      this.#failure ??= { error };
      this.#wake?.();
    });
    return worker;
  }

  #receive(message: ThreadMessage): void {
    if (message.kind === 'answer') {
      if (message.number >= this.#turn) this.#answers.set(message.number, message.answer);
    } else {
      this.#running--;
      if (message.summary !== undefined) this.#summaries.push(message.summary);
    }
    this.#wake?.();
  }

  get count(): number {
    return this.#workers.length + 1;
  }

  share(): { readonly passedOver: number; readonly doubtful: number } {
    return { passedOver: this.#passedOver, doubtful: this.#doubtful };
  }

  /** The answers to jobs `[from, to)` of one file, as batches. */
  async *read(
    { from, to, name }: JobRange,
    signal: AbortSignal,
    receiver: ThreadReceiver,
  ): AsyncGenerator<JudgedBatch> {
    let linesBefore = 0;
    // Of a file before that could not be read to its end, answers may still be under way.
    this.#turnTo(from);
    for (let number = from; number < to; number++) {
      // What was begun is finished, so that the threads' sums are of what was accounted for.
      if (signal.aborted) this.#end ??= this.#queue.close();
      if (number >= (this.#end ?? to)) return;
      const answer = await this.#answer(number);
      this.#turnTo(number + 1);
      if ('trouble' in answer) throw new SourceError(answer.trouble, answer.message);
      yield this.#batch(answer, name, linesBefore, receiver);
      linesBefore += answer.lines;
      if (number === to - 1 && !answer.isLast && !signal.aborted)
        yield* this.#readOn(number, name, linesBefore, receiver);
    }
  }

  #turnTo(number: number): void {
    this.#turn = number;
    this.#queue.setTurn(number);
    for (const earlier of this.#answers.keys()) if (earlier < number) this.#answers.delete(earlier);
  }

  /** The file has grown since its blocks were counted. */
  async *#readOn(
    last: number,
    name: string,
    linesBefore: number,
    receiver: ThreadReceiver,
  ): AsyncGenerator<JudgedBatch> {
    const job = this.#jobs[last];
    let lines = linesBefore;
    let isLast = job === undefined;
    for (let more = 1; job !== undefined && !isLast; more++) {
      const answer = this.answerer.answer({ ...job, block: job.block + more });
      if ('trouble' in answer) throw new SourceError(answer.trouble, answer.message);
      isLast = answer.isLast;
      yield this.#batch(answer, name, lines, receiver);
      lines += answer.lines;
      await setImmediate();
    }
  }

  /** Answers blocks itself while it waits for the one whose turn it is. */
  async #answer(number: number): Promise<BlockAnswer | FailedBlock> {
    for (;;) {
      const answer = this.#answers.get(number);
      if (answer !== undefined) {
        this.#answers.delete(number);
        return answer;
      }
      if (this.#failure !== undefined) throw this.#failure.error;
      const own = this.#queue.hasRoom ? this.#queue.take() : undefined;
      const job = own === undefined ? undefined : this.#jobs[own];
      if (own !== undefined && job !== undefined) {
        this.#answers.set(own, this.answerer.answer(job));
        // Messages of the other threads come in only here.
        await setImmediate();
      } else await this.#news();
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #batch(answer: BlockAnswer, name: string, linesBefore: number, receiver: ThreadReceiver): JudgedBatch {
    this.#passedOver += answer.passedOver;
    this.#doubtful += answer.doubtful;
    const records = answer.kept === undefined ? [] : keptRecords(answer.kept, name, linesBefore);
    handOver(answer, answer.settled.last, receiver);
    return {
      lines: answer.lines,
      blank: answer.blank,
      noise: answer.noise,
      marks: answer.marks,
      bytes: answer.bytes,
      storedBytes: answer.bytes,
      records,
      verdicts: records.map(() => 'matched'),
      settled: answer.settled,
      malformed: answer.malformed.map((line) => ({ ...line, at: { file: name, line: linesBefore + line.at.line } })),
    };
  }

  /** What the threads counted for a summary; call when everything was read. */
  async summaries(): Promise<readonly SummaryState[]> {
    // Its own share first: the others work theirs out meanwhile.
    const own = this.answerer.summary();
    while (this.#running > 0 && this.#failure === undefined) await this.#news();
    if (this.#failure !== undefined) throw this.#failure.error;
    return own === undefined ? this.#summaries : [own, ...this.#summaries];
  }

  async close(): Promise<void> {
    this.#queue.stop();
    this.answerer.close();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** What became of matches that nobody is given as records. `last` is the last time among them. */
export function handOver({ rendered, sightings }: TakenMatches, last: Instant | undefined, to: ThreadReceiver): void {
  if (rendered !== undefined) to.onRendered(rendered);
  for (const { cells, times } of sightings) {
    const record = sightedRecord(cells);
    for (let i = 0; i < times; i++) to.onSighting(record);
  }
  if (last !== undefined) to.onSighting(sightedRecord([['time', last]]));
}

function keptRecords({ bytes, ends, lines, places }: KeptRecords, file: string, linesBefore: number): AuditRecord[] {
  const { placed } = dumpForms(file);
  return [...ends].map((end, i) => {
    const raw = bytes.subarray(ends[i - 1] ?? 0, end);
    return keptRecord(raw, placed({ ...places.get(i), file, line: linesBefore + (lines[i] ?? 0) }));
  });
}

function sightedRecord(cells: readonly (readonly [string, Cell])[]): AuditRecord {
  const known = new Map<string, Cell>(cells);
  return {
    raw: nothing,
    at: { file: '', line: 0 },
    value: {},
    known: (name) => (known.has(name) ? known.get(name) : notKnown),
  };
}

const nothing = new Uint8Array(0);
