import type { Cell } from '../../record/record.ts';
import { instantOf, isoSecond } from '../../record/time.ts';
import { civilAt, offsetMinutes, offsetText, utc, type Zone } from '../../record/zone.ts';

/** Stretches of time by the clock of a zone. */
export interface Bucket {
  readonly name: BucketName;
  readonly says: string;
  /** What the bucket of that moment is called. */
  labelOf(second: number, zone: Zone): Cell;
  /** The bucket round that moment; of buckets that come again, the one stretch of it. */
  stretchOf(second: number, zone: Zone): Stretch;
}

type BucketName = 'hour' | 'day' | 'weekday' | 'hour-of-day';

/** `[from, until)` in seconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Hours of the calendar. One that the clock shows twice is two buckets, told apart by their offsets. */
export const calendarHour: Bucket = {
  name: 'hour',
  says: 'hour of the calendar, by its start',
  labelOf: (second, zone) => instantOf(hourRound(second, zone).from, 0, ''),
  stretchOf: hourRound,
};

export const hourOfDay: Bucket = {
  name: 'hour-of-day',
  says: 'hour of the day, 00 to 23',
  labelOf: (second, zone) => hourName(civilAt(second, zone).hour),
  stretchOf: hourRound,
};

/** Named by the date, outside UTC with the offset at which the day begins. */
export const calendarDay: Bucket = {
  name: 'day',
  says: 'day of the calendar',
  labelOf(second, zone) {
    const date = dateAt(second, zone);
    return zone.name === 'UTC' ? date : `${date}${offsetText(offsetMinutes(dayRound(second, zone).from, zone))}`;
  },
  stretchOf: dayRound,
};

const weekday: Bucket = {
  name: 'weekday',
  says: 'day of the week, Mon to Sun',
  labelOf: (second, zone) => weekdays[weekdayAt(second, zone)],
  stretchOf: dayRound,
};

export const buckets: readonly Bucket[] = [calendarHour, calendarDay, weekday, hourOfDay];

export const weekdays: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export const hoursOfDay: readonly string[] = Array.from({ length: 24 }, (_, hour) => hourName(hour));

function hourName(hour: number): string {
  return String(hour).padStart(2, '0');
}

function weekdayAt(second: number, zone: Zone): number {
  const days = Math.floor((second + zone.offsetAt(second)) / secondsOfDay);
  // 1 January 1970 was a Thursday.
  return (((days + 3) % 7) + 7) % 7;
}

function dateAt(second: number, zone: Zone): string {
  const [date = ''] = isoSecond(second + zone.offsetAt(second)).split('T');
  return date;
}

const secondsOfHour = 3600;
const secondsOfDay = 86_400;

/** A change of the clock within an hour ends one bucket and begins another. */
function hourRound(second: number, zone: Zone): Stretch {
  const offset = zone.offsetAt(second);
  const local = second + offset;
  const from = second - (local - Math.floor(local / secondsOfHour) * secondsOfHour);
  const until = from + secondsOfHour;
  const isSame = (at: number): boolean => zone.offsetAt(at) === offset;
  return {
    from: isSame(from) ? from : firstThat(isSame, from, second),
    until: isSame(until - 1) ? until : firstThat((at) => !isSame(at), second, until - 1),
  };
}

function dayRound(second: number, zone: Zone): Stretch {
  const days = Math.floor((second + zone.offsetAt(second)) / secondsOfDay);
  const [from, until] = [days, days + 1].map((one) => zone.secondOf(civilAt(one * secondsOfDay, utc)));
  return { from: from ?? second, until: until ?? second };
}

/** The first of `(after, to]` for which it holds, where it holds from one point on. */
function firstThat(holds: (second: number) => boolean, after: number, to: number): number {
  let low = after;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether the clock showed that time twice, on the same or the other side of a change. */
export function isRepeated(second: number, zone: Zone): boolean {
  const local = second + zone.offsetAt(second);
  return [second - secondsOfDay, second + secondsOfDay].some((beside) => {
    const other = local - zone.offsetAt(beside);
    return other !== second && other + zone.offsetAt(other) === local;
  });
}

/** Whether the clock showed no time of that hour on a day, named as by `day`: it was turned past it. */
export function isSkipped(hour: number, date: string, zone: Zone): boolean {
  const [, year, month, ofMonth] = /^([+-]?\d+)-(\d\d)-(\d\d)/.exec(date) ?? [];
  const wanted = { year: Number(year), month: Number(month), day: Number(ofMonth), hour, minute: 0, second: 0 };
  const found = civilAt(zone.secondOf(wanted), zone);
  return found.hour !== hour || found.day !== wanted.day;
}
