/**
 * What the clocks of a zone show. Unlike {@link Zone} it needs nothing loaded, so that a thread that was given a zone's
 * name can begin at once. The rules are the runtime's own IANA data here too.
 */
export interface ClockTime {
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Seconds since midnight as the clock counts them: 0 to 86,399. */
  readonly secondOfDay: number;
}

/** `UTC`, an IANA name or an offset such as `+02:00`: the name of a zone that was loaded. */
export function clockIn(zoneName: string): (second: number) => ClockTime {
  const offsetAt = offsetsIn(zoneName);
  return (second) => {
    const local = second + offsetAt(second);
    const day = Math.floor(local / secondsOfDay);
    return { weekday: modulo(day + thursday, 7), secondOfDay: local - day * secondsOfDay };
  };
}

const secondsOfDay = 86_400;

/** Of 1970-01-01. */
const thursday = 4;

/** Seconds east of Greenwich at an instant. */
function offsetsIn(zoneName: string): (second: number) => number {
  if (zoneName === 'UTC') return () => 0;
  // Not every runtime that we run on takes these for zones.
  const fixed = offsetOf(`GMT${zoneName}`);
  if (fixed !== undefined) return () => fixed;
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zoneName, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  return (second) => {
    const stretch = steadyFrom(second);
    const before = known.get(stretch);
    if (before !== undefined) return before;
    const offset = offsetOf(format.format(second * 1000)) ?? 0;
    if (known.size >= mostKnown) known.clear();
    known.set(stretch, offset);
    return offset;
  };
}

/** `GMT`, `GMT+05:30`, `GMT-00:44:30`, at the end of a date or alone. */
function offsetOf(text: string): number | undefined {
  const m = /GMT(?:([+-])(\d\d):?(\d\d)?(?::(\d\d))?)?$/.exec(text);
  if (m === null) return undefined;
  const [, sign, hours = 0, minutes = 0, seconds = 0] = m;
  const distance = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -distance : distance;
}

/** Clocks change at quarter hours. Before 1973 some were not so tidy. */
function steadyFrom(second: number): number {
  return second < tidySince ? second : second - (second % 900);
}

const tidySince = Date.UTC(1973, 0, 1) / 1000;

/** Three years of quarter hours. */
const mostKnown = 100_000;

function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}
