/**
 * Instants with nanoseconds. `Date` keeps milliseconds, and text order is wrong when the number
 * of digits differs (`…00.5Z` sorts before `…00Z`), so times are compared as (second, nanosecond).
 * record-shapes §4 and §13.1.
 */

export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z; negative before it. */
  readonly second: number;
  /** 0 to 999,999,999. Digits past the ninth are kept in `text` only. */
  readonly nano: number;
  /** RFC 3339 in UTC with `Z` and exactly the fraction digits that were given. */
  readonly text: string;
}

/** An instant without its text. */
export type Moment = Pick<Instant, 'second' | 'nano'>;

/** Date, time, fraction, zone. Letters may be lower case and the `T` a blank (RFC 3339 §5.6). */
const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([Zz])|([+-])(\d\d):(\d\d))$/;

/** The instant of an RFC 3339 text with a zone, or undefined: sentinels, other spellings and impossible dates are no time. */
export function parseInstant(text: string): Instant | undefined {
  const m = rfc3339.exec(text);
  if (m === null) return undefined;
  const [, year, month, day, hour, minute, sec, digits = '', zulu, sign, offsetHour, offsetMinute] = m;
  const seconds = civilSecond(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(sec));
  if (seconds === undefined) return undefined;
  const oh = zulu === undefined ? Number(offsetHour) : 0;
  const om = zulu === undefined ? Number(offsetMinute) : 0;
  if (oh > 23 || om > 59) return undefined;
  const second = seconds - (oh * 60 + om) * 60 * (sign === '-' ? -1 : 1);
  // RFC 3339 has four digits for the year: an instant that falls outside of them in UTC could not be written.
  if (second < yearZero || second >= yearTenThousand) return undefined;
  // Nearly every time is recorded in the very form it is shown in.
  if (zulu === 'Z' && text[10] === 'T' && sec !== '60') return { second, nano: nanoOf(digits), text };
  return instantOf(second, nanoOf(digits), digits);
}

const yearZero = Date.parse('0000-01-01T00:00:00Z') / 1000;
const yearTenThousand = Date.parse('+010000-01-01T00:00:00Z') / 1000;

/** An instant from its parts. `digits` are the fraction digits to show; by default as few groups of three as say it exactly. */
export function instantOf(second: number, nano = 0, digits = shortestDigits(nano)): Instant {
  return { second, nano, text: `${isoSecond(second)}${digits === '' ? '' : `.${digits}`}Z` };
}

/** An instant as Kafka keeps it, with three fraction digits. */
export function instantOfMilliseconds(milliseconds: number): Instant {
  const second = Math.floor(milliseconds / 1000);
  const rest = milliseconds - second * 1000;
  return instantOf(second, rest * 1e6, String(rest).padStart(3, '0'));
}

/** `second` and `nano` with so many fraction digits, as it was written in UTC. */
export function writtenInstant(second: number, nano: number, digits: number): string {
  const minute = Math.floor(second / 60);
  if (minute !== lastMinute) {
    lastMinute = minute;
    lastMinuteText = isoSecond(minute * 60).slice(0, -2);
  }
  const sec = second - minute * 60;
  const fraction = digits === 0 ? '' : `.${String(nano).padStart(9, '0').slice(0, digits)}`;
  return `${lastMinuteText}${sec < 10 ? '0' : ''}${sec}${fraction}Z`;
}

/** Events come in bursts, and a minute's text costs ten times the rest. */
let lastMinute = Number.NaN;
let lastMinuteText = '';

/** Negative, zero or positive as `a` is before, at or after `b`. */
export function compareInstants(a: Moment, b: Moment): number {
  return a.second - b.second || a.nano - b.nano;
}

/** Without accessors, which do not pass from thread to thread. */
export function plainInstant({ second, nano, text }: Instant): Instant {
  return { second, nano, text };
}

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'object' && value !== null && 'nano' in value && 'second' in value;
}

/** `YYYY-MM-DDTHH:MM:SS` in UTC. Years before 0000 or after 9999 get the sign and six digits of ISO 8601. */
export function isoSecond(second: number): string {
  const iso = new Date(second * 1000).toISOString();
  return iso.slice(0, iso.indexOf('.'));
}

function civilSecond(y: number, mo: number, d: number, h: number, mi: number, s: number): number | undefined {
  // A leap second is the instant after :59; RFC 3339 §5.7 allows :60.
  if (mo < 1 || mo > 12 || d < 1 || h > 23 || mi > 59 || s > 60) return undefined;
  if (d > daysInMonth(y, mo)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(y, mo - 1, d);
  return date.getTime() / 1000 + h * 3600 + mi * 60 + s;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function nanoOf(digits: string): number {
  return digits === '' ? 0 : Number(digits.slice(0, 9).padEnd(9, '0'));
}

function shortestDigits(nano: number): string {
  if (nano === 0) return '';
  const all = String(nano).padStart(9, '0');
  return nano % 1_000_000 === 0 ? all.slice(0, 3) : nano % 1000 === 0 ? all.slice(0, 6) : all;
}
