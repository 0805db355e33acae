import { bytesOf } from './dictionary-builder.ts';
import { type ColumnKey, oddTime, type Section, type Stretch } from './format.ts';
import type { SectionWriter } from './section-writer.ts';

/** A row whose numbers count from the start of the file. */
export interface PlacedRow {
  readonly start: number;
  readonly length: number;
  readonly line: number;
  /** Undefined when the truth must read it. */
  readonly time: { readonly second: number; readonly nano: number; readonly digits: number } | undefined;
}

/** The columns of one stretch while it fills. Used again for each. */
export class StretchBuilder {
  readonly #most: number;
  readonly #start: Uint32Array;
  readonly #length: Uint32Array;
  readonly #line: Uint32Array;
  readonly #second: Uint32Array;
  readonly #nano: Uint32Array;
  readonly #digits: Uint32Array;
  readonly #tuples: readonly Uint32Array[];
  #doubts: { readonly start: number; readonly length: number; readonly line: number }[] = [];
  #rows = 0;
  #from = 0;
  #firstLine = 1;

  constructor(rows: number, groups: number) {
    this.#most = rows;
    const column = (): Uint32Array => new Uint32Array(rows);
    this.#start = column();
    this.#length = column();
    this.#line = column();
    this.#second = column();
    this.#nano = column();
    this.#digits = column();
    this.#tuples = Array.from({ length: groups }, column);
  }

  /** Whether a line that starts there still fits. */
  hasRoomFor(start: number): boolean {
    return this.#rows < this.#most && this.#doubts.length < this.#most && start - this.#from < 2 ** 32;
  }

  /** Begins a stretch at a line. */
  begin(from: number, firstLine: number): void {
    this.#rows = 0;
    this.#doubts = [];
    this.#from = from;
    this.#firstLine = firstLine;
  }

  /** Gives the row's place, for its tuples. */
  addRow({ start, length, line, time }: PlacedRow): number {
    const i = this.#rows++;
    this.#start[i] = start - this.#from;
    this.#length[i] = length;
    this.#line[i] = line - this.#firstLine;
    this.#second[i] = time?.second ?? 0;
    this.#nano[i] = time?.nano ?? 0;
    this.#digits[i] = time?.digits ?? oddTime;
    return i;
  }

  setTuple(i: number, group: number, tuple: number): void {
    const column = this.#tuples[group];
    if (column !== undefined) column[i] = tuple;
  }

  addDoubt(start: number, length: number, line: number): void {
    this.#doubts.push({ start: start - this.#from, length, line: line - this.#firstLine });
  }

  /** `kept`: the groups whose tuples are worth writing. */
  write(writer: SectionWriter, kept: (group: number) => boolean): Stretch {
    const rows = this.#rows;
    const doubts = this.#doubts;
    const add = (numbers: Uint32Array): Section => writer.add(bytesOf(narrow(numbers.subarray(0, rows))));
    const columns: Record<ColumnKey, Section> = {
      start: add(this.#start),
      length: add(this.#length),
      line: isCounting(this.#line, rows) ? writer.add(new Uint8Array(0)) : add(this.#line),
      second: add(this.#second),
      nano: add(this.#nano),
      digits: add(this.#digits),
      doubtStart: writer.add(bytesOf(narrow(Uint32Array.from(doubts, ({ start }) => start)))),
      doubtLength: writer.add(bytesOf(Float64Array.from(doubts, ({ length }) => length))),
      doubtLine: writer.add(bytesOf(narrow(Uint32Array.from(doubts, ({ line }) => line)))),
    };
    const tuples = this.#tuples.map((column, group) => (kept(group) ? add(column) : null));
    return { from: this.#from, firstLine: this.#firstLine, rows, doubts: doubts.length, columns, tuples };
  }
}

/** As few bytes wide as will do. */
function narrow(numbers: Uint32Array): Uint8Array | Uint16Array | Uint32Array {
  let most = 0;
  for (const number of numbers) if (number > most) most = number;
  if (most > 0xffff) return numbers;
  return most > 0xff ? Uint16Array.from(numbers) : Uint8Array.from(numbers);
}

/** 0, 1, 2 …: the row's place says as much. */
function isCounting(numbers: Uint32Array, count: number): boolean {
  return count === 0 || (numbers[0] === 0 && numbers[count - 1] === count - 1);
}
