import type { Span } from '../analyze/span.ts';
import type { Rows } from '../scan/rows.ts';
import { SpanTable } from './span-table.ts';

/** Rows that have the same two tuples. Pairs are numbered in the order first met. */
interface Pair {
  readonly first: number;
  readonly second: number;
  readonly times: number;
  readonly span: Span;
  readonly number: number;
}

/** Counts rows by pairs of tuple numbers, in a hash table of plain numbers: Maps of objects take three times as long. */
export class PairTable {
  /** Of each pair, in the order first met: both tuples and how many rows. */
  #pairs = new Uint32Array(1024 * pairNumbers);
  readonly #spans = new SpanTable();
  /** Where a pair's hash says, or behind: its number and 1. A power of two, and never more than half full. */
  #slots = new Uint32Array(4096);

  get count(): number {
    return this.#spans.count;
  }

  /** Gives the number of the pair when row `i` is its earliest now, else -1. */
  note(first: number, second: number, rows: Rows, i: number, position: number): number {
    const pair = this.#pairOf(first, second);
    const at = pair * pairNumbers + 2;
    this.#pairs[at] = (this.#pairs[at] ?? 0) + 1;
    return this.#spans.widen(pair, rows, i, position) ? pair : -1;
  }

  *pairs(): Generator<Pair> {
    for (let pair = 0; pair < this.#spans.count; pair++) {
      const at = pair * pairNumbers;
      const [first = 0, second = 0, times = 0] = this.#pairs.subarray(at, at + pairNumbers);
      yield { first, second, times, span: this.#spans.at(pair), number: pair };
    }
  }

  clear(): void {
    this.#slots.fill(0);
    this.#spans.clear();
  }

  /** The number of the pair, which may be new. */
  #pairOf(first: number, second: number): number {
    const slots = this.#slots;
    const pairs = this.#pairs;
    const mask = slots.length - 1;
    for (let slot = hashOf(first, second) & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot] ?? 0;
      if (number === 0) return this.#add(slot, first, second);
      const at = (number - 1) * pairNumbers;
      if (pairs[at] === first && pairs[at + 1] === second) return number - 1;
    }
  }

  #add(slot: number, first: number, second: number): number {
    const pair = this.#spans.count;
    this.#slots[slot] = pair + 1;
    const at = pair * pairNumbers;
    if (at === this.#pairs.length) this.#pairs = enlarged(this.#pairs);
    this.#pairs[at] = first;
    this.#pairs[at + 1] = second;
    this.#pairs[at + 2] = 0;
    if (2 * (pair + 1) > this.#slots.length) this.#spread(pair + 1);
    return pair;
  }

  /** Puts all pairs into twice as many slots. */
  #spread(count: number): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let pair = 0; pair < count; pair++) {
      const at = pair * pairNumbers;
      let slot = hashOf(this.#pairs[at] ?? 0, this.#pairs[at + 1] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = pair + 1;
    }
    this.#slots = slots;
  }
}

const pairNumbers = 3;

/** Tuples are numbered by the program, so nobody can choose them to collide. */
function hashOf(first: number, second: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function enlarged(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
