import { setImmediate } from 'node:timers/promises';
import type { JudgedBatch } from './batch.ts';
import { type BlockAnswer, BlockAnswerer, type BlockJob, type BlockTask, type FailedBlock } from './block-answer.ts';
import type { Share } from './counting.ts';
import { Delivery, sound, type ThreadReceiver } from './delivery.ts';
import { JobQueue } from './job-queue.ts';
import type { FileRest } from './scan-sources.ts';
import { type SharedJobs, Workers } from './workers.ts';

/** The jobs of one file. */
export interface JobRange {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Blocks that may be answered before their turn. Each holds at most its own output. */
const blocksAhead = 24;

/** Several threads, this one among them, that answer blocks of files; the answers come in order. */
export class Threads {
  readonly answerer: BlockAnswerer;
  readonly #jobs: readonly BlockJob[];
  readonly #queue: JobQueue;
  readonly #workers: Workers;
  readonly #delivery: Delivery;
  #readsRest = false;
  /** The first job that nobody will do, once reading was aborted. */
  #end: number | undefined;

  private constructor(answerer: BlockAnswerer, queue: SharedJobs, workers: Workers, receiver: ThreadReceiver) {
    this.answerer = answerer;
    this.#jobs = queue.jobs;
    this.#queue = new JobQueue(queue);
    this.#workers = workers;
    this.#delivery = new Delivery(receiver);
  }

  static async start(
    task: BlockTask,
    jobs: readonly BlockJob[],
    threads: number,
    receiver: ThreadReceiver,
  ): Promise<Threads> {
    const queue = { jobs, shared: JobQueue.newShared(), ahead: blocksAhead };
    const workers = new Workers({ task, queue }, threads - 1);
    return new Threads(await BlockAnswerer.create(task), queue, workers, receiver);
  }

  get count(): number {
    return this.#workers.count + 1;
  }

  /** Whether some of a file was read by the truth, so that what the threads counted may count it too. */
  get readsRest(): boolean {
    return this.#readsRest;
  }

  share(): { readonly passedOver: number; readonly doubtful: number } {
    const { passedOver, doubtful } = this.#delivery;
    return { passedOver, doubtful };
  }

  /** The answers to jobs `[from, to)` of one file, as batches. */
  async *read({ from, to, name }: JobRange, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    let linesBefore = 0;
    // Of a file before that could not be read to its end, answers may still be under way.
    this.#turnTo(from);
    for (let number = from; number < to; number++) {
      // What was begun is finished, so that the threads' sums are of what was accounted for.
      if (signal.aborted) this.#end ??= this.#queue.close();
      if (number >= (this.#end ?? to)) return;
      const answer = sound(await this.#answer(number));
      this.#turnTo(number + 1);
      yield this.#batch(answer, name, linesBefore);
      linesBefore += answer.lines;
      if (answer.rest !== undefined) {
        yield* this.#readRest(number, to, answer.rest, linesBefore, signal);
        return;
      }
      if (number === to - 1 && !answer.isLast && !signal.aborted)
        yield* this.#readOn(number, name, linesBefore, signal);
    }
  }

  /** A value is spread over lines: blocks cannot be looked at by themselves any more. */
  async *#readRest(
    number: number,
    to: number,
    { position }: FileRest,
    linesBefore: number,
    signal: AbortSignal,
  ): AsyncGenerator<JudgedBatch> {
    this.#readsRest = true;
    this.#turnTo(to);
    const job = this.#jobs[number];
    if (job === undefined || signal.aborted) return;
    const rest = { position, firstLine: linesBefore + 1 };
    for await (const batch of this.answerer.readRest(job.file, rest, signal)) {
      this.#delivery.handOver(this.answerer.taken(), batch.settled?.last);
      yield batch;
    }
  }

  #turnTo(number: number): void {
    this.#workers.turnTo(number);
    this.#queue.setTurn(number);
  }

  /** The file has grown since its blocks were counted. */
  async *#readOn(last: number, name: string, linesBefore: number, signal: AbortSignal): AsyncGenerator<JudgedBatch> {
    const job = this.#jobs[last];
    let lines = linesBefore;
    let isLast = job === undefined;
    for (let more = 1; job !== undefined && !isLast; more++) {
      const answer = sound(this.answerer.answer({ ...job, block: job.block + more }));
      isLast = answer.isLast;
      yield this.#batch(answer, name, lines);
      lines += answer.lines;
      if (answer.rest !== undefined) {
        yield* this.#readRest(last, last + 1, answer.rest, lines, signal);
        return;
      }
      await setImmediate();
    }
  }

  #batch(answer: BlockAnswer, name: string, linesBefore: number): JudgedBatch {
    return this.#delivery.batch(answer, { name, linesBefore, storedBytes: answer.bytes });
  }

  /** Answers blocks itself while it waits for the one whose turn it is. */
  async #answer(number: number): Promise<BlockAnswer | FailedBlock> {
    for (;;) {
      const answer = this.#workers.take(number);
      if (answer !== undefined) return answer;
      const own = this.#queue.hasRoom ? this.#queue.take() : undefined;
      const job = own === undefined ? undefined : this.#jobs[own];
      if (own !== undefined && job !== undefined) {
        this.#workers.put(own, this.answerer.answer(job));
        // Messages of the other threads come in only here.
        await setImmediate();
      } else await this.#workers.news();
    }
  }

  /** What the threads counted; call when everything was read. */
  async shares(): Promise<readonly Share[]> {
    // Its own share first: the others work theirs out meanwhile.
    const own = this.answerer.share();
    const others = await this.#workers.shares();
    return own === undefined ? others : [own, ...others];
  }

  async close(): Promise<void> {
    this.#queue.stop();
    this.answerer.close();
    await this.#workers.terminate();
  }
}
