import type { Field } from '../../query/fields.ts';
import { cellOfOperand } from '../../query/operand.ts';
import type { Cell } from '../../record/record.ts';
import { isInstant } from '../../record/time.ts';
import { type Group, tooManyGroups } from '../grouping.ts';
import { joinSpans, type Span } from '../span.ts';
import { orderOfValues } from './order.ts';

/** What is kept for one aggregate of one row. */
export interface Part {
  add(group: Group): void;
  /** Adds what another part of the same aggregate holds. */
  join(other: this): void;
  cell(): Cell;
}

/** Throws when more values are held than memory is sure to have. */
export interface Limit {
  take(what: string): void;
}

export function newLimit(most: number): Limit {
  let taken = 0;
  return {
    take(what) {
      taken++;
      if (taken > most) throw tooManyGroups(what);
    },
  };
}

type Read = ReturnType<typeof cellOfOperand>;

/** The values met, as text. */
export class Members implements Part {
  readonly #texts = new Set<string>();
  readonly #read: Read;
  readonly #cellOf: (texts: ReadonlySet<string>) => Cell;
  readonly #take: () => void;

  constructor(read: Read, cellOf: (texts: ReadonlySet<string>) => Cell, take: () => void) {
    this.#read = read;
    this.#cellOf = cellOf;
    this.#take = take;
  }

  add({ record }: Group): void {
    const cell = this.#read(record);
    if (cell === undefined) return;
    if (typeof cell !== 'object') this.#put(String(cell));
    else if (isInstant(cell)) this.#put(cell.text);
    else for (const member of cell) this.#put(member);
  }

  join(other: this): void {
    for (const text of other.#texts) this.#put(text);
  }

  cell(): Cell {
    return this.#cellOf(this.#texts);
  }

  #put(text: string): void {
    if (this.#texts.has(text)) return;
    this.#take();
    this.#texts.add(text);
  }
}

/** The first or the last event time. */
export class SpanEnd implements Part {
  readonly #sign: 1 | -1;
  #span: Span | undefined;

  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }

  add({ span }: Pick<Group, 'span'>): void {
    if (span !== undefined) this.#span = joinSpans(this.#span, span);
  }

  join(other: this): void {
    this.add({ span: other.#span });
  }

  cell(): Cell {
    return this.#span?.[this.#sign < 0 ? 'first' : 'last'].time;
  }
}

export class Extreme implements Part {
  readonly #read: Read;
  readonly #sign: 1 | -1;
  readonly #order: (a: Value, b: Value) => number;
  #value: Value | undefined;

  constructor({ operand }: Field, sign: 1 | -1) {
    this.#read = cellOfOperand(operand);
    this.#sign = sign;
    this.#order = orderOfValues(operand);
  }

  add({ record }: Group): void {
    const cell = this.#read(record);
    if (cell === undefined) return;
    if (typeof cell !== 'object' || isInstant(cell)) this.#offer(cell);
    else for (const member of cell) this.#offer(member);
  }

  join(other: this): void {
    if (other.#value !== undefined) this.#offer(other.#value);
  }

  cell(): Cell {
    return this.#value;
  }

  #offer(value: Value): void {
    if (this.#value === undefined || this.#isBetter(value, this.#value)) this.#value = value;
  }

  /** `404` and `"404"` are the same there, and groups come in any order: the number is shown. */
  #isBetter(value: Value, than: Value): boolean {
    const order = this.#order(value, than);
    return order === 0 ? typeof than === 'string' && typeof value !== 'string' : order * this.#sign > 0;
  }
}

type Value = Parameters<ReturnType<typeof orderOfValues>>[0];
