/**
 * Lengths of time as texts, from seconds and nanoseconds as two times differ in them: the nanoseconds may be negative,
 * and so may be the whole.
 */

/** For programs: seconds with nine digits, exact. `signed` puts a `+` before what is not negative. */
export function secondsText(second: number, nano: number, signed = false): string {
  const { isNegative, seconds, nanos } = magnitude(second, nano);
  const sign = isNegative ? '-' : signed ? '+' : '';
  return `${sign}${seconds}.${String(nanos).padStart(9, '0')}`;
}

/**
 * For people: `500 ns`, `26.8 s`, `3 m 12 s`, `7 h 30 m`, `2 d 4 h`. What does not fit into two units is cut off, not
 * rounded: a pause under half an hour never reads `30 m`.
 */
export function spanText(second: number, nano: number): string {
  const { isNegative, seconds, nanos } = magnitude(second, nano);
  const text = seconds < 60 ? shortText(seconds, nanos) : longText(seconds);
  return isNegative ? `-${text}` : text;
}

interface Magnitude {
  readonly isNegative: boolean;
  readonly seconds: number;
  readonly nanos: number;
}

function magnitude(second: number, nano: number): Magnitude {
  const carry = Math.floor(nano / 1e9);
  const seconds = second + carry;
  const nanos = nano - carry * 1e9;
  if (seconds >= 0) return { isNegative: false, seconds, nanos };
  if (nanos === 0) return { isNegative: true, seconds: -seconds, nanos };
  return { isNegative: true, seconds: -seconds - 1, nanos: 1e9 - nanos };
}

function shortText(seconds: number, nanos: number): string {
  if (seconds > 0) return oneDigit(seconds * 10 + Math.floor(nanos / 1e8), 's');
  if (nanos >= 1e6) return oneDigit(Math.floor(nanos / 1e5), 'ms');
  if (nanos >= 1e3) return oneDigit(Math.floor(nanos / 100), 'µs');
  return nanos === 0 ? '0 s' : `${nanos} ns`;
}

function oneDigit(tenths: number, unit: string): string {
  return `${Math.floor(tenths / 10)}.${tenths % 10} ${unit}`;
}

function longText(seconds: number): string {
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} m`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor(seconds / 3600) % 24} h`;
}
