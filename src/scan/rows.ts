import type { Slice } from './projection.ts';

/**
 * Records of one block as numbers. Row `i` is valid until the next rows are asked for. Whoever gives rows (the kernel,
 * the column cache) gives the same for the same line.
 */
export interface Rows {
  readonly count: number;
  /** Where the record stands in the block's bytes: from its `{` to past its `}`. */
  start(i: number): number;
  end(i: number): number;
  /** Where its line starts; before the record when that comes wrapped, or behind other text. */
  lineStart(i: number): number;
  /** Its line in the block, from 0. */
  line(i: number): number;
  /** True when its time is not spelled plainly, or missing: only the whole record can tell. */
  hasOddTime(i: number): boolean;
  /** Whole seconds since 1970. */
  second(i: number): number;
  nano(i: number): number;
  /** Fraction digits written, 0 to 9. */
  digits(i: number): number;
  /** The number of its tuple in a group. */
  tuple(i: number, group: number): number;
}

/** The tuples behind the numbers. The numbers of a group start again from 0 when its generation changes. */
export interface Tuples {
  /** Changes with that of any group. */
  readonly generation: number;
  generationOf(group: number): number;
  /** The texts of a tuple, in the order of the group's fields. */
  slices(group: number, tuple: number): readonly Slice[];
}

/** Stand for rows that are still to come. */
export const noRows: Rows = {
  count: 0,
  start: none,
  end: none,
  lineStart: none,
  line: none,
  hasOddTime: none,
  second: none,
  nano: none,
  digits: none,
  tuple: none,
};

export const noTuples: Tuples = { generation: 0, generationOf: () => 0, slices: none };

function none(): never {
  throw new Error('there are no rows yet');
}
