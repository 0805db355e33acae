/**
 * Time zones. UTC needs nothing; others load the zone rules on demand. The zone's rules come from
 * the runtime's own IANA data.
 */
export interface Zone {
  /** `UTC` or the IANA name. */
  readonly name: string;
  /** Seconds east of Greenwich in force at an instant. */
  offsetAt(second: number): number;
  /** The instant of a civil time. A time skipped by a change is moved past it; a repeated one is the first. */
  secondOf(civil: Civil): number;
}

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export const utc: Zone = {
  name: 'UTC',
  offsetAt: () => 0,
  secondOf: (civil) => utcSecond(civil),
};

/** The zone of that name (`local` is the machine's), or undefined when there is none. */
export async function loadZone(name: string): Promise<Zone | undefined> {
  if (/^(utc|z|gmt|etc\/utc)$/i.test(name)) return utc;
  const { Temporal } = await import('temporal-polyfill');
  const id = name.toLowerCase() === 'local' ? Temporal.Now.timeZoneId() : name;
  // Temporal would also take the zone out of a whole timestamp.
  if (!zoneName.test(id)) return undefined;
  try {
    return zoneFrom(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An IANA name or an offset such as `+02:00`. */
const zoneName = /^(?:[A-Za-z][\w+/-]*|[+-]\d\d(?::?\d\d)?)$/;

/** A civil time read as UTC. */
export function utcSecond({ year, month, day, hour, minute, second }: Civil): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 1000 + hour * 3600 + minute * 60 + second;
}

/** The civil time a clock in the zone shows at an instant. */
export function civilAt(second: number, zone: Zone): Civil {
  const date = new Date((second + zone.offsetAt(second)) * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** The offset in force, as RFC 3339 can write it: offsets before about 1920 had seconds. */
export function offsetMinutes(second: number, zone: Zone): number {
  return Math.trunc(zone.offsetAt(second) / 60);
}

/** `+01:00` */
export function offsetText(minutes: number): string {
  const distance = Math.abs(minutes);
  const twoDigits = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
}

type ZonedDateTime = import('temporal-polyfill').Temporal.ZonedDateTime;

/** One stretch of time with a constant offset, `[from, until)`. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

function zoneFrom(sample: ZonedDateTime): Zone {
  let stretch: Stretch = { from: 0, until: 0, offset: 0 };
  return {
    name: sample.timeZoneId,
    offsetAt(second) {
      if (second < stretch.from || second >= stretch.until) stretch = stretchAt(sample, second);
      return stretch.offset;
    },
    secondOf(civil) {
      const { epochMilliseconds } = sample
        .toPlainDateTime()
        .with({ ...civil, millisecond: 0, microsecond: 0, nanosecond: 0 })
        .toZonedDateTime(sample.timeZoneId, { disambiguation: 'compatible' });
      return Math.floor(epochMilliseconds / 1000);
    },
  };
}

function stretchAt(sample: ZonedDateTime, second: number): Stretch {
  const at = sample.add({ seconds: second - Math.floor(sample.epochMilliseconds / 1000) });
  const next = at.getTimeZoneTransition('next');
  // `previous` looks strictly before, so ask from just after the instant.
  const previous = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: previous === null ? Number.NEGATIVE_INFINITY : Math.floor(previous.epochMilliseconds / 1000),
    until: next === null ? Number.POSITIVE_INFINITY : Math.floor(next.epochMilliseconds / 1000),
    offset: Math.round(at.offsetNanoseconds / 1e9),
  };
}
