import { instantOf } from '../record/time.ts';
import { civilAt, type Zone } from '../record/zone.ts';

/** Events over time in buckets whose size is chosen from the span, so that a terminal can show them all. */
export interface Histogram {
  /** Width of a bucket, such as `15m`, `1h`, `1d`, `1mo`. */
  readonly bucket: string;
  /** Every bucket from the first to the last, empty ones included; `start` is an RFC 3339 instant in UTC. */
  readonly buckets: readonly { readonly start: string; readonly second: number; readonly count: number }[];
}

export interface HistogramFold {
  add(second: number, times?: number): void;
  /** At most `most` buckets; ten thousand years take eleven of the longest, whatever is asked. Undefined without events. */
  end(zone: Zone, most: number): Histogram | undefined;
  /** Adds what another histogram counted. */
  merge(part: HistogramState): void;
  /** Lent until more is added. */
  state(): HistogramState;
}

/** A histogram as plain data: counts of cells by their first second. */
export interface HistogramState {
  /** Index of the size of all cells. */
  readonly level: number;
  readonly first: number;
  readonly last: number;
  readonly cells: ReadonlyMap<number, number>;
}

/**
 * Finer cells are merged once there are more than this many: memory stays bounded whatever the span.
 * From cells of an hour on (seven months of events), an event near the border of a bucket may be
 * counted in the bucket before. Five times as many cells would make a summary of a week peak 20 MB higher.
 */
const maxCells = 20_000;

/**
 * Each divides the next, so cells merge whole; and the size in the end is the finest of which the
 * events need no more than the limit. Both together make the order of events and of merges without effect.
 */
const cellSizes = [1, 10, 60, 900, 3600, 86_400, 86_400 * 30] as const;

export function newHistogram(limit = maxCells): HistogramFold {
  let level = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let cells = new Map<number, number>();

  const coarsenTo = (coarser: number): void => {
    if (coarser === level) return;
    level = coarser;
    const finer = cells;
    cells = new Map();
    for (const [start, count] of finer) addToCell(start, count);
  };
  const addToCell = (second: number, times: number): void => {
    const size = cellSizes[level] ?? 1;
    const start = Math.floor(second / size) * size;
    cells.set(start, (cells.get(start) ?? 0) + times);
  };
  // One step may merge nothing: events can lie far apart.
  const keepToLimit = (): void => {
    while (cells.size > limit && level < cellSizes.length - 1) coarsenTo(level + 1);
  };

  return {
    add(second, times = 1) {
      first = Math.min(first, second);
      last = Math.max(last, second);
      addToCell(second, times);
      keepToLimit();
    },
    end(zone, most) {
      if (cells.size === 0) return undefined;
      for (const size of sizes) {
        if (size.seconds < (cellSizes[level] ?? 1)) continue;
        const starts = startsOf(size, { first, last, zone, most });
        if (starts !== undefined) return { bucket: size.name, buckets: counted(cells, starts) };
      }
      const starts = startsOf(longest, { first, last, zone, most: Number.POSITIVE_INFINITY }) ?? [];
      return { bucket: longest.name, buckets: counted(cells, starts) };
    },
    merge(part) {
      first = Math.min(first, part.first);
      last = Math.max(last, part.last);
      coarsenTo(Math.max(level, part.level));
      for (const [start, count] of part.cells) addToCell(start, count);
      keepToLimit();
    },
    state: () => ({ level, first, last, cells }),
  };
}

/** A bucket size and how to step through it in a zone. Days and longer follow the zone's calendar. */
interface Size {
  readonly name: string;
  readonly seconds: number;
  /** At or before the second. */
  startOf(second: number, zone: Zone): number;
  /** After the start. */
  next(start: number, zone: Zone): number;
}

interface Span {
  readonly first: number;
  readonly last: number;
  readonly zone: Zone;
  readonly most: number;
}

/** Where the buckets from the one of `first` to the one of `last` start; undefined when they are more than `most`. */
function startsOf(size: Size, { first, last, zone, most }: Span): number[] | undefined {
  let start = size.startOf(first, zone);
  // Clocks that were set between the start and `first` can bring another start in between.
  for (let next = size.next(start, zone); next <= first; next = size.next(start, zone)) start = next;
  const starts: number[] = [];
  for (; start <= last; start = size.next(start, zone)) {
    if (starts.length >= most) return undefined;
    starts.push(Math.max(start, yearZero));
  }
  return starts;
}

/** RFC 3339 cannot write an earlier instant. */
const yearZero = Date.parse('0000-01-01T00:00:00Z') / 1000;

/**
 * A bucket ends where the next one starts, so every cell is counted once, and the zone is asked
 * about the few starts and not about every cell.
 */
function counted(cells: ReadonlyMap<number, number>, starts: readonly number[]): Histogram['buckets'] {
  const counts = starts.map(() => 0);
  let index = 0;
  for (const [second, count] of [...cells].sort(([a], [b]) => a - b)) {
    while ((starts[index + 1] ?? Number.POSITIVE_INFINITY) <= second) index++;
    counts[index] = (counts[index] ?? 0) + count;
  }
  return starts.map((start, i) => ({ start: instantOf(start).text, second: start, count: counts[i] ?? 0 }));
}

/** Sizes up to half a day are steps of local clock time, so that they fall on round local hours. */
function clockSize(name: string, seconds: number): Size {
  const roundedDown = (second: number, zone: Zone): number => {
    const offset = zone.offsetAt(second);
    return Math.floor((second + offset) / seconds) * seconds - offset;
  };
  return {
    name,
    seconds,
    // A time is round only by the offset in force at that time itself; clocks may have been set since.
    startOf: (second, zone) => roundedDown(roundedDown(second, zone), zone),
    next(start, zone) {
      const round = roundedDown(start + seconds, zone);
      return roundedDown(round, zone) === round ? round : round + seconds;
    },
  };
}

type CivilDate = readonly [year: number, month: number, day: number];

function calendarSize(
  name: string,
  days: number,
  startOfCivil: (year: number, month: number, day: number) => CivilDate,
): Size {
  const seconds = Math.round(days * 86_400);
  const startOf = (second: number, zone: Zone): number => {
    const civil = civilAt(second, zone);
    const [year, month, day] = startOfCivil(civil.year, civil.month, civil.day);
    // A midnight that was skipped by a change is moved past it, perhaps past `second`.
    return Math.min(second, zone.secondOf({ year, month, day, hour: 0, minute: 0, second: 0 }));
  };
  return {
    name,
    seconds,
    startOf,
    next(start, zone) {
      // From the middle of the following bucket back to its start: months and days of 23 or 25 hours differ. A zone
      // that moved across the date line has had a day twice, so the middle may lie in the same bucket still.
      let middle = start + Math.floor(seconds * 1.5);
      while (startOf(middle, zone) <= start) middle += seconds;
      return startOf(middle, zone);
    },
  };
}

function yearsSize(count: number): Size {
  return calendarSize(`${count}y`, 365.2425 * count, (y) => [Math.floor(y / count) * count, 1, 1]);
}

const longest = yearsSize(1000);

const sizes: readonly Size[] = [
  clockSize('1s', 1),
  clockSize('5s', 5),
  clockSize('15s', 15),
  clockSize('1m', 60),
  clockSize('5m', 300),
  clockSize('15m', 900),
  clockSize('1h', 3600),
  clockSize('3h', 3 * 3600),
  clockSize('6h', 6 * 3600),
  clockSize('12h', 12 * 3600),
  calendarSize('1d', 1, (y, m, d) => [y, m, d]),
  calendarSize('1w', 7, monday),
  calendarSize('1mo', 30, (y, m) => [y, m, 1]),
  yearsSize(1),
  yearsSize(10),
  yearsSize(100),
  longest,
];

function monday(y: number, m: number, d: number): CivilDate {
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}
