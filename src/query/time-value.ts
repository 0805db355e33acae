import { type Instant, parseInstant } from '../record/time.ts';
import { civilAt, utc, type Zone } from '../record/zone.ts';
import { badValue } from './bad-value.ts';
import { instantWithin, parseDuration, shift } from './duration.ts';

/** What a time typed by a user is read against. */
export interface TimeContext {
  /** Relative times count from here. */
  readonly now: Instant;
  /** Dates and times without a zone are in this one. */
  readonly zone: Zone;
}

/** Shown whenever a time cannot be read. */
export const timeExamples: readonly string[] = ['2h', '2026-05-01', '2026-05-01T10:00Z'];

/**
 * A time as users type it (`help time`); undefined when it is none.
 * - RFC 3339 with any fraction; a blank for `T`, no seconds and no zone are fine; a date is the start of that day;
 * - epoch seconds, milli-, micro- or nanoseconds by the number of digits (10, 13, 16, 19); `@5` is always seconds;
 * - `2h`, `-2h`, `2h ago` before now, `+2h` after it; `1d12h`, `90m`, `6mo`;
 * - now, today, yesterday, tomorrow; a weekday is the start of the latest such day, today included.
 */
export function parseTime(text: string, context: TimeContext): Instant | undefined {
  const typed = text.trim();
  return dateTime(typed, context.zone) ?? epoch(typed) ?? relativeTime(typed)?.(context);
}

/** True when the value depends on what "now" is. */
export function usesNow(text: string): boolean {
  return relativeTime(text.trim()) !== undefined;
}

/** The time a flag was given, or the error that says what a time looks like. */
export function requireTime(flag: string, text: string, context: TimeContext): Instant {
  const instant = parseTime(text, context);
  if (instant !== undefined) return instant;
  throw badValue({ code: 'bad-time', flag, value: text, reason: 'not a time', examples: timeExamples });
}

/** `--now`: `last` stands for the newest record, anything else is a time. */
export function parseNow(text: string, context: TimeContext): Instant | 'last' {
  if (text.trim().toLowerCase() === 'last') return 'last';
  const instant = parseTime(text, context);
  if (instant !== undefined) return instant;
  const examples = ['last', '2026-05-01', '2026-05-01T10:00Z'];
  throw badValue({ code: 'bad-time', flag: 'now', value: text, reason: 'neither a time nor last', examples });
}

const civilForm =
  /^(\d{4}-\d\d-\d\d)(?:(?:[Tt]| +)(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?([Zz]|UTC|[+-]\d\d(?::?\d\d)?))?)?$/;

function dateTime(text: string, zone: Zone): Instant | undefined {
  const m = civilForm.exec(text);
  if (m === null) return undefined;
  const [, date = '', minute = '00:00', second = '00', digits = '', offset] = m;
  const civil = `${date}T${minute}:${second}${digits === '' ? '' : `.${digits}`}`;
  if (offset !== undefined) return withinYears(parseInstant(civil + rfc3339Offset(offset)));
  const asUtc = parseInstant(`${civil}Z`);
  return asUtc && instantWithin(zone.secondOf(civilAt(asUtc.second, utc)), asUtc.nano, digits);
}

/** `+02`, `+0200` and `+02:00` are one offset. */
function rfc3339Offset(offset: string): string {
  if (!/^[+-]/.test(offset)) return 'Z';
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  return `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

function withinYears(instant: Instant | undefined): Instant | undefined {
  return instant && instantWithin(instant.second) && instant;
}

function epoch(text: string): Instant | undefined {
  const m = /^(@?)(\d{1,19})(?:\.(\d+))?$/.exec(text);
  if (m === null) return undefined;
  const [, at, whole = '', digits = ''] = m;
  // A short number is a year or a slip sooner than a time in the seventies: say so rather than search there.
  if (at === '' && whole.length < 9) return undefined;
  if (whole.length <= 11) return instantWithin(Number(whole), Number(digits.slice(0, 9).padEnd(9, '0')), digits);
  if (digits !== '') return undefined;
  const fractionDigits = whole.length <= 14 ? 3 : whole.length <= 17 ? 6 : 9;
  const cut = whole.length - fractionDigits;
  const fraction = whole.slice(cut);
  return instantWithin(Number(whole.slice(0, cut)), Number(fraction.padEnd(9, '0')), fraction);
}

type Relative = (context: TimeContext) => Instant | undefined;

function relativeTime(text: string): Relative | undefined {
  const word = text.toLowerCase();
  if (word === 'now') return ({ now }) => now;
  const days = dayWords.get(word);
  if (days !== undefined) return (context) => startOfDay(context, days);
  const weekday = weekdays.findIndex((day) => word === day || word === day.slice(0, 3));
  if (weekday >= 0) return (context) => startOfDay(context, -daysSince(weekday, context));
  return shiftFromNow(text);
}

function shiftFromNow(text: string): Relative | undefined {
  const m = /^([+-]?)(.*?)(\s+ago)?$/s.exec(text);
  if (m === null) return undefined;
  const [, sign, length = '', ago] = m;
  const duration = sign !== '' && ago !== undefined ? undefined : parseDuration(length);
  return duration && (({ now, zone }) => shift(now, duration, sign === '+' ? 1 : -1, zone));
}

const dayWords: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', -1],
  ['tomorrow', 1],
]);

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Days from the latest such weekday to today, 0 to 6. */
function daysSince(weekday: number, { now, zone }: TimeContext): number {
  const today = new Date((now.second + zone.offsetAt(now.second)) * 1000).getUTCDay();
  return (today - weekday + 7) % 7;
}

/** Midnight on the zone's calendar, `days` from today. */
function startOfDay({ now, zone }: TimeContext, days: number): Instant | undefined {
  const today = { ...civilAt(now.second, zone), hour: 0, minute: 0, second: 0 };
  const shifted = civilAt(utc.secondOf(today) + days * 86_400, utc);
  return instantWithin(zone.secondOf(shifted));
}
