import { type Instant, instantOf } from '../record/time.ts';
import { type Civil, civilAt, type Zone } from '../record/zone.ts';

/** A length of time: calendar months, then exact seconds and nanoseconds (0 to 999,999,999). */
export interface Duration {
  readonly months: number;
  readonly second: number;
  readonly nano: number;
}

/**
 * `2h`, `1d12h`, `1.5h`, `90 minutes`, `1y 6mo`; undefined for anything else. `m` is minutes, months
 * are `mo`; days and weeks are 24 and 168 hours. Units are lower case: elsewhere `M` means months.
 */
export function parseDuration(text: string): Duration | undefined {
  const part = /\s*(\d{1,12})(?:\.(\d{1,9}))?\s*([a-z]+)/y;
  let months = 0;
  let nanos = 0n;
  let end = 0;
  for (let m = part.exec(text); m !== null; m = part.exec(text)) {
    const [, whole = '', fraction = '', word = ''] = m;
    const unit = units.get(word);
    if (unit === undefined || (unit.months > 0 && fraction !== '')) return undefined;
    months += Number(whole) * unit.months;
    nanos += BigInt(whole) * unit.nanos + (BigInt(fraction.padEnd(9, '0')) * unit.nanos) / nanosPerSecond;
    end = part.lastIndex;
  }
  if (end === 0 || text.slice(end).trim() !== '') return undefined;
  return { months, second: Number(nanos / nanosPerSecond), nano: Number(nanos % nanosPerSecond) };
}

/** The instant a duration before (`-1`) or after (`1`) another; undefined outside the years 0000 to 9999. Months count on the zone's calendar. */
export function shift(from: Instant, duration: Duration, direction: 1 | -1, zone: Zone): Instant | undefined {
  const moved = duration.months === 0 ? from.second : shiftMonths(from.second, direction * duration.months, zone);
  if (moved === undefined) return undefined;
  const nano = from.nano + direction * duration.nano;
  const carry = Math.floor(nano / 1e9);
  return instantWithin(moved + direction * duration.second + carry, nano - carry * 1e9);
}

/** An instant, or undefined outside the years 0000 to 9999, which RFC 3339 cannot write. */
export function instantWithin(second: number, nano = 0, digits?: string): Instant | undefined {
  if (second < -62_167_219_200 || second > 253_402_300_799) return undefined;
  return digits === undefined ? instantOf(second, nano) : instantOf(second, nano, digits);
}

const nanosPerSecond = 1_000_000_000n;

interface Unit {
  readonly months: number;
  readonly nanos: bigint;
}

const units: ReadonlyMap<string, Unit> = new Map([
  ...named('ms millisecond milliseconds', { months: 0, nanos: 1_000_000n }),
  ...named('s sec secs second seconds', seconds(1n)),
  ...named('m min mins minute minutes', seconds(60n)),
  ...named('h hr hrs hour hours', seconds(3600n)),
  ...named('d day days', seconds(86_400n)),
  ...named('w week weeks', seconds(604_800n)),
  ...named('mo month months', { months: 1, nanos: 0n }),
  ...named('y yr yrs year years', { months: 12, nanos: 0n }),
]);

function seconds(count: bigint): Unit {
  return { months: 0, nanos: count * nanosPerSecond };
}

function named(words: string, unit: Unit): [string, Unit][] {
  return words.split(' ').map((word) => [word, unit]);
}

/** The same day and time of day in another month; a day the month lacks becomes its last. */
function shiftMonths(second: number, months: number, zone: Zone): number | undefined {
  const civil = civilAt(second, zone);
  const count = civil.year * 12 + civil.month - 1 + months;
  const year = Math.floor(count / 12);
  if (year < 0 || year > 9999) return undefined;
  const month = count - year * 12 + 1;
  return zone.secondOf({ ...civil, year, month, day: Math.min(civil.day, daysIn(year, month)) } satisfies Civil);
}

function daysIn(year: number, month: number): number {
  const firstOfNext = new Date(0);
  firstOfNext.setUTCFullYear(year, month, 0);
  return firstOfNext.getUTCDate();
}
