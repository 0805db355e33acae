import type { Sighting, Span } from '../analyze/span.ts';
import { writtenInstant } from '../record/time.ts';
import type { Rows } from '../scan/rows.ts';

/**
 * The earliest and latest row of each of some sets of rows, as plain numbers beside each other. Of equal times the one
 * noted first is kept.
 */
export class SpanTable {
  /** Sets so far; they are numbered from 0 on. */
  count = 0;
  /** Of each set the earliest row and the latest: second, nano, digits and position. */
  #numbers = new Float64Array(16 * spanNumbers);

  /** Row `i` is one of the set; the first row of a new set makes it. Tells whether it is the earliest now. */
  widen(set: number, rows: Rows, i: number, position: number): boolean {
    const first = set * spanNumbers;
    const last = first + timeNumbers;
    if (set === this.count) {
      this.#add();
      this.#write(first, rows, i, position);
      this.#write(last, rows, i, position);
      return true;
    }
    const numbers = this.#numbers;
    const second = rows.second(i);
    const lastSecond = numbers[last] ?? 0;
    if (second > lastSecond || (second === lastSecond && rows.nano(i) > (numbers[last + 1] ?? 0))) {
      this.#write(last, rows, i, position);
      return false;
    }
    const firstSecond = numbers[first] ?? 0;
    const isEarlier = second < firstSecond || (second === firstSecond && rows.nano(i) < (numbers[first + 1] ?? 0));
    if (isEarlier) this.#write(first, rows, i, position);
    return isEarlier;
  }

  at(set: number): Span {
    const first = set * spanNumbers;
    return { first: this.#sighting(first), last: this.#sighting(first + timeNumbers) };
  }

  clear(): void {
    this.count = 0;
  }

  #add(): void {
    this.count++;
    if (this.count * spanNumbers <= this.#numbers.length) return;
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }

  #write(at: number, rows: Rows, i: number, position: number): void {
    const numbers = this.#numbers;
    numbers[at] = rows.second(i);
    numbers[at + 1] = rows.nano(i);
    numbers[at + 2] = rows.digits(i);
    numbers[at + 3] = position;
  }

  #sighting(at: number): Sighting {
    const [second = 0, nano = 0, digits = 0, position = 0] = this.#numbers.subarray(at, at + timeNumbers);
    return { time: { second, nano, text: writtenInstant(second, nano, digits) }, position };
  }
}

const timeNumbers = 4;
const spanNumbers = 2 * timeNumbers;
