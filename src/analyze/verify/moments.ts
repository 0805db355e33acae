import { compareInstants, type Instant } from '../../record/time.ts';

/** When there were events, in any order of input: the first and last of each cell of time that has any. */
export interface Moments {
  add(time: Instant): void;
  /** Seconds of a cell: pauses that are shorter may hide inside one. */
  readonly cell: number;
  /** In order of time. */
  cells(): readonly Moment[];
}

export interface Moment {
  first: Instant;
  last: Instant;
}

/** A week of seconds that all have events is told in cells of ten. */
const mostCells = 100_000;

/** Each divides the next, so that cells merge whole, and all of them divide an hour until there is no other way. */
const cellSizes = [1, 10, 60, 600, 3600, 86_400, 86_400 * 30, 86_400 * 360] as const;

export function newMoments(limit = mostCells): Moments {
  let level = 0;
  let cells = new Map<number, Moment>();
  let current: Moment | undefined;
  let currentNumber = Number.NaN;
  let size: number = cellSizes[0];

  const coarsen = (): void => {
    level++;
    size = cellSizes[level] ?? size;
    const finer = [...cells.values()];
    cells = new Map();
    currentNumber = Number.NaN;
    for (const { first, last } of finer) {
      put(first);
      put(last);
    }
  };

  const put = (time: Instant): void => {
    const number = Math.floor(time.second / size);
    if (number !== currentNumber) {
      currentNumber = number;
      current = cells.get(number);
    }
    if (current === undefined) {
      current = { first: time, last: time };
      cells.set(number, current);
    } else if (compareInstants(time, current.first) < 0) current.first = time;
    else if (compareInstants(time, current.last) > 0) current.last = time;
  };

  return {
    add(time) {
      put(time);
      while (cells.size > limit && level < cellSizes.length - 1) coarsen();
    },
    get cell() {
      return size;
    },
    cells: () => [...cells].sort(([a], [b]) => a - b).map(([, moment]) => moment),
  };
}
