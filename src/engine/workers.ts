import { Worker } from 'node:worker_threads';
import type { BlockAnswer, BlockJob, BlockTask, FailedBlock, HandedBlock } from './block-answer.ts';
import type { Share } from './counting.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly task: BlockTask;
  /** Where it finds its work; without, blocks are handed to it. */
  readonly queue: SharedJobs | undefined;
}

/** What a {@link JobQueue} is made of. */
export interface SharedJobs {
  readonly jobs: readonly BlockJob[];
  readonly shared: SharedArrayBuffer;
  /** How many blocks may be answered before their turn to be written. */
  readonly ahead: number;
}

/** To a thread without a queue. */
export type ToThread =
  | { readonly kind: 'block'; readonly number: number; readonly block: HandedBlock }
  | { readonly kind: 'end' };

export type FromThread =
  | {
      readonly kind: 'answer';
      readonly number: number;
      readonly answer: BlockAnswer | FailedBlock;
      /** The memory of the block, to be used again. */
      readonly memory?: ArrayBuffer;
    }
  | { readonly kind: 'done'; readonly share: Share | undefined };

/** What a thread makes of a block dies with it: more room would only be filled before it is swept. */
const youngMegabytes = 6;

/** The other threads, and their answers until somebody takes them. */
export class Workers {
  readonly #workers: readonly Worker[];
  readonly #answers = new Map<number, BlockAnswer | FailedBlock>();
  readonly #shares: Share[] = [];
  readonly #onReturned: ((number: number, memory: ArrayBuffer) => void) | undefined;
  #turn = 0;
  #running: number;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(data: ThreadData, count: number, onReturned?: (number: number, memory: ArrayBuffer) => void) {
    this.#onReturned = onReturned;
    this.#running = count;
    this.#workers = Array.from({ length: count }, () => this.#start(data));
  }

  #start(workerData: ThreadData): Worker {
    const worker = new Worker(new URL('./scan-worker.cjs', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error) => {
      this.#failure ??= { error };
      this.#wake?.();
    });
    return worker;
  }

  #receive(message: FromThread): void {
    if (message.kind === 'answer') {
      this.put(message.number, message.answer);
      if (message.memory !== undefined) this.#onReturned?.(message.number, message.memory);
    } else {
      this.#running--;
      if (message.share !== undefined) this.#shares.push(message.share);
    }
    this.#wake?.();
  }

  get count(): number {
    return this.#workers.length;
  }

  /** Hands a block to one of them, and its memory with it. */
  hand(number: number, block: HandedBlock): void {
    const message: ToThread = { kind: 'block', number, block };
    this.#workers[number % this.#workers.length]?.postMessage(message, [block.memory]);
  }

  /** No more blocks are handed over. */
  endBlocks(): void {
    const message: ToThread = { kind: 'end' };
    for (const worker of this.#workers) worker.postMessage(message);
  }

  put(number: number, answer: BlockAnswer | FailedBlock): void {
    if (number >= this.#turn) this.#answers.set(number, answer);
  }

  /** The answer if it is there. */
  take(number: number): BlockAnswer | FailedBlock | undefined {
    const answer = this.#answers.get(number);
    if (answer === undefined && this.#failure !== undefined) throw this.#failure.error;
    this.#answers.delete(number);
    return answer;
  }

  /** Answers before this one are of no use any more. */
  turnTo(number: number): void {
    this.#turn = number;
    for (const earlier of this.#answers.keys()) if (earlier < number) this.#answers.delete(earlier);
  }

  /** Resolves when one of them has said something. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }

  /** What each counted, once all are done. */
  async shares(): Promise<readonly Share[]> {
    while (this.#running > 0 && this.#failure === undefined) await this.news();
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#shares;
  }

  async terminate(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
