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
  add(second: number): void;
  end(zone: Zone, most: number): Histogram | undefined;
}

/** Finer cells are merged once there are this many: memory stays bounded whatever the span. */
const maxCells = 100_000;
const cellSizes = [1, 10, 60, 900, 3600, 86_400, 86_400 * 30] as const;

export function newHistogram(): HistogramFold {
  let level = 0;
  let cells = new Map<number, number>();

  const coarsen = (): void => {
    level++;
    const merged = new Map<number, number>();
    for (const [start, count] of cells) merged.set(cellStart(start), (merged.get(cellStart(start)) ?? 0) + count);
    cells = merged;
  };
  const cellStart = (second: number): number => {
    const size = cellSizes[level] ?? 1;
    return Math.floor(second / size) * size;
  };

  return {
    add(second) {
      const start = cellStart(second);
      cells.set(start, (cells.get(start) ?? 0) + 1);
      if (cells.size > maxCells && level < cellSizes.length - 1) coarsen();
    },
    end(zone, most) {
      if (cells.size === 0) return undefined;
      const starts = [...cells.keys()];
      const first = starts.reduce((a, b) => Math.min(a, b));
      const last = starts.reduce((a, b) => Math.max(a, b));
      const size =
        sizes.find((one) => one.seconds >= (cellSizes[level] ?? 1) && one.bucketsIn(first, last, zone) <= most) ??
        longest;
      return { bucket: size.name, buckets: fill(cells, first, last, size, zone) };
    },
  };
}

/** A bucket size and how to step through it in a zone. Days and longer follow the zone's calendar. */
interface Size {
  readonly name: string;
  readonly seconds: number;
  startOf(second: number, zone: Zone): number;
  next(start: number, zone: Zone): number;
  bucketsIn(first: number, last: number, zone: Zone): number;
}

function fill(
  cells: ReadonlyMap<number, number>,
  first: number,
  last: number,
  size: Size,
  zone: Zone,
): Histogram['buckets'] {
  const counts = new Map<number, number>();
  for (const [second, count] of cells) {
    const start = size.startOf(second, zone);
    counts.set(start, (counts.get(start) ?? 0) + count);
  }
  const starts = new Set(counts.keys());
  for (let start = size.startOf(first, zone); start <= last; start = size.next(start, zone)) starts.add(start);
  return [...starts]
    .sort((a, b) => a - b)
    .map((start) => ({ start: instantOf(start).text, second: start, count: counts.get(start) ?? 0 }));
}

/** Sizes up to half a day are steps of local clock time, so that they fall on round local hours. */
function clockSize(name: string, seconds: number): Size {
  const startOf = (second: number, zone: Zone): number => {
    const offset = zone.offsetAt(second);
    return Math.floor((second + offset) / seconds) * seconds - offset;
  };
  return {
    name,
    seconds,
    startOf,
    next: (start, zone) => (startOf(start + seconds, zone) > start ? startOf(start + seconds, zone) : start + seconds),
    bucketsIn: (first, last) => Math.floor((last - first) / seconds) + 2,
  };
}

function calendarSize(
  name: string,
  days: number,
  startOfCivil: (year: number, month: number, day: number) => readonly [number, number, number],
): Size {
  const startOf = (second: number, zone: Zone): number => {
    const civil = civilAt(second, zone);
    const [year, month, day] = startOfCivil(civil.year, civil.month, civil.day);
    return zone.secondOf({ year, month, day, hour: 0, minute: 0, second: 0 });
  };
  const seconds = days * 86_400;
  return {
    name,
    seconds,
    startOf,
    // From the middle of the following bucket back to its start: months and days of 23 or 25 hours differ.
    next: (start, zone) => startOf(start + seconds * 1.5, zone),
    bucketsIn: (first, last) => Math.floor((last - first) / seconds) + 2,
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

function monday(y: number, m: number, d: number): readonly [number, number, number] {
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}
