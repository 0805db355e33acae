import type { SharedJobs } from './workers.ts';

const next = 0;
const turn = 1;
const stopped = 2;

/** More than there are jobs. */
const closed = 2 ** 30;

/** Jobs shared out among threads: each takes the next one, and nobody runs far ahead of what was written. */
export class JobQueue {
  readonly #words: Int32Array;
  readonly #count: number;
  readonly #ahead: number;

  constructor({ shared, jobs, ahead }: SharedJobs) {
    this.#words = new Int32Array(shared);
    this.#count = jobs.length;
    this.#ahead = ahead;
  }

  static newShared(): SharedArrayBuffer {
    return new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
  }

  /** The number of a job that is the caller's now; undefined when all are taken. */
  take(): number | undefined {
    if (this.isStopped) return undefined;
    const number = Atomics.add(this.#words, next, 1);
    return number < this.#count ? number : undefined;
  }

  /** Whether a job taken now could be answered at once. */
  get hasRoom(): boolean {
    const number = Atomics.load(this.#words, next);
    return number < this.#count && number < Atomics.load(this.#words, turn) + this.#ahead;
  }

  /** Blocks the thread until the job is near enough; false when all was stopped. */
  waitForTurn(number: number): boolean {
    while (!this.isStopped) {
      const now = Atomics.load(this.#words, turn);
      if (number < now + this.#ahead) return true;
      Atomics.wait(this.#words, turn, now);
    }
    return false;
  }

  /** Everything before this job was written. */
  setTurn(number: number): void {
    Atomics.store(this.#words, turn, number);
    Atomics.notify(this.#words, turn);
  }

  /** No job is given out any more; those before the number given are with somebody. */
  close(): number {
    return Math.min(Atomics.exchange(this.#words, next, closed), this.#count);
  }

  get isStopped(): boolean {
    return Atomics.load(this.#words, stopped) !== 0;
  }

  stop(): void {
    Atomics.store(this.#words, stopped, 1);
    // Wakes those who wait for a turn that will not come.
    Atomics.add(this.#words, turn, this.#ahead);
    Atomics.notify(this.#words, turn);
  }
}
