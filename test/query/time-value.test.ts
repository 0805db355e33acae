import { beforeAll, describe, expect, it } from 'vitest';
import { parseNow, parseTime, requireTime, usesNow } from '../../src/query/time-value.ts';
import { parseInstant } from '../../src/record/time.ts';
import { loadZone, utc, type Zone } from '../../src/record/zone.ts';
import { errorOf, now } from './ask.ts';

/** Now is Wednesday 2026-05-06T12:30:00Z. */
const inUtc = { now, zone: utc };

let vienna: Zone;

beforeAll(async () => {
  vienna = (await loadZone('Europe/Vienna')) ?? utc;
});

describe('a time as typed', () => {
  it.each([
    ['2026-05-01T10:00:00Z', '2026-05-01T10:00:00Z'],
    ['2026-05-01t10:00:00z', '2026-05-01T10:00:00Z'],
    ['2026-05-01 10:00:00Z', '2026-05-01T10:00:00Z'],
    ['2026-05-01 10:00:00 +02:00', '2026-05-01T08:00:00Z'],
    ['2026-05-01T10:00:00+0200', '2026-05-01T08:00:00Z'],
    ['2026-05-01T10:00:00+02', '2026-05-01T08:00:00Z'],
    ['2026-05-01T10:00:00-05:30', '2026-05-01T15:30:00Z'],
    ['2026-05-01T10:00:00.5Z', '2026-05-01T10:00:00.5Z'],
    ['2026-05-01T10:00:00.123456789Z', '2026-05-01T10:00:00.123456789Z'],
    ['2026-05-01T10:00Z', '2026-05-01T10:00:00Z'],
    ['2026-05-01T10:00', '2026-05-01T10:00:00Z'],
    ['2026-05-01 10:00 UTC', '2026-05-01T10:00:00Z'],
    ['2026-05-01T10:00:05.25', '2026-05-01T10:00:05.25Z'],
    ['2026-05-01', '2026-05-01T00:00:00Z'],
    ['  2026-05-01  ', '2026-05-01T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['1777629600', '2026-05-01T10:00:00Z'],
    ['1777629600.5', '2026-05-01T10:00:00.5Z'],
    ['1777629600123', '2026-05-01T10:00:00.123Z'],
    ['1777629600123456', '2026-05-01T10:00:00.123456Z'],
    ['1777629600123456789', '2026-05-01T10:00:00.123456789Z'],
    ['@5', '1970-01-01T00:00:05Z'],
    ['@1777629600', '2026-05-01T10:00:00Z'],
    ['999999999', '2001-09-09T01:46:39Z'],
    ['now', '2026-05-06T12:30:00Z'],
    ['NOW', '2026-05-06T12:30:00Z'],
    ['2h', '2026-05-06T10:30:00Z'],
    ['-2h', '2026-05-06T10:30:00Z'],
    ['2h ago', '2026-05-06T10:30:00Z'],
    ['10 minutes ago', '2026-05-06T12:20:00Z'],
    ['+2h', '2026-05-06T14:30:00Z'],
    ['1d12h', '2026-05-05T00:30:00Z'],
    ['45s', '2026-05-06T12:29:15Z'],
    ['250ms', '2026-05-06T12:29:59.750Z'],
    ['2w', '2026-04-22T12:30:00Z'],
    ['1mo', '2026-04-06T12:30:00Z'],
    ['3mo', '2026-02-06T12:30:00Z'],
    ['5mo', '2025-12-06T12:30:00Z'],
    ['1y', '2025-05-06T12:30:00Z'],
    ['today', '2026-05-06T00:00:00Z'],
    ['Yesterday', '2026-05-05T00:00:00Z'],
    ['tomorrow', '2026-05-07T00:00:00Z'],
    ['wednesday', '2026-05-06T00:00:00Z'],
    ['tue', '2026-05-05T00:00:00Z'],
    ['Thursday', '2026-04-30T00:00:00Z'],
  ])('%s is %s', (typed, expected) => {
    expect(parseTime(typed, inUtc)?.text).toBe(expected);
  });

  it.each([
    '',
    'yesturday',
    '2026-13-01',
    '2026-02-29',
    '2026-05-01T24:00',
    '2026-05-01T10',
    '2026-05-01T10:00:00.Z',
    '2026-05-01T10:00+25:00',
    '2026-5-1',
    '20260501',
    '2026',
    '5',
    '-5',
    '1777629600123.5',
    '5M',
    '-2h ago',
    '9999999999999y',
    '99999y',
    '+8000y',
    '99999999999999999999',
    '+999999999-12-31T23:59:59.999999999-18:00',
    '1e9',
    '2026-05-01T10:00Z; rm',
  ])('%j is none', (typed) => {
    expect(parseTime(typed, inUtc)).toBe(undefined);
    expect(errorOf(() => requireTime('since', typed, inUtc))).toBe(
      `bad-time: --since "${typed}": not a time\ntry 2h, 2026-05-01 or 2026-05-01T10:00Z`,
    );
  });

  it('keeps every instant it is given as RFC 3339 to the nanosecond', () => {
    const text = '2026-05-01T10:00:00.000000001+02:00';

    expect(parseTime(text, inUtc)).toEqual(parseInstant(text));
  });
});

describe('a time without a zone', () => {
  it.each([
    ['2026-05-01', '2026-04-30T22:00:00Z'],
    ['2026-01-15', '2026-01-14T23:00:00Z'],
    ['2026-05-01T10:00', '2026-05-01T08:00:00Z'],
    ['2026-05-01T10:00:00.5', '2026-05-01T08:00:00.5Z'],
    ['2026-05-01T10:00Z', '2026-05-01T10:00:00Z'],
    ['today', '2026-05-05T22:00:00Z'],
    ['yesterday', '2026-05-04T22:00:00Z'],
    ['monday', '2026-05-03T22:00:00Z'],
    // Skipped by the change to summer time: moved past it. Repeated by the change back: the first.
    ['2026-03-29T02:30', '2026-03-29T01:30:00Z'],
    ['2026-10-25T02:30', '2026-10-25T00:30:00Z'],
  ])('is in the zone asked for: %s in Vienna is %s', (typed, expected) => {
    expect(parseTime(typed, { now, zone: vienna })?.text).toBe(expected);
  });

  it('takes the day from the zone when the days differ', () => {
    const lateEvening = parseInstant('2026-05-06T22:30:00Z') ?? now;

    expect(parseTime('today', { now: lateEvening, zone: vienna })?.text).toBe('2026-05-06T22:00:00Z');
    expect(parseTime('today', { now: lateEvening, zone: utc })?.text).toBe('2026-05-06T00:00:00Z');
  });

  it('counts months on the calendar and hours on the clock', () => {
    const march30 = parseInstant('2026-03-30T10:00:00.25Z') ?? now;

    // Noon in Vienna both times, one hour apart in UTC; February has no 30th.
    expect(parseTime('1mo', { now: march30, zone: vienna })?.text).toBe('2026-02-28T11:00:00.250Z');
    expect(parseTime('1mo', { now: march30, zone: utc })?.text).toBe('2026-02-28T10:00:00.250Z');
    expect(parseTime('48h', { now: march30, zone: vienna })?.text).toBe('2026-03-28T10:00:00.250Z');
    expect(parseTime('+11mo', { now: march30, zone: utc })?.text).toBe('2027-02-28T10:00:00.250Z');
  });
});

describe('usesNow', () => {
  it.each(['now', 'today', 'Yesterday', 'fri', '2h', '+3d', '2h ago'])('%s: true', (typed) => {
    expect(usesNow(typed)).toBe(true);
  });

  it.each(['2026-05-01', '2026-05-01T10:00Z', '1777629600', '@5', 'nonsense'])('%s: false', (typed) => {
    expect(usesNow(typed)).toBe(false);
  });
});

describe('--now', () => {
  it('is the newest record, or a time', () => {
    expect(parseNow('last', inUtc)).toBe('last');
    expect(parseNow(' Last ', inUtc)).toBe('last');
    expect(parseNow('2026-05-01', inUtc)).toEqual(parseInstant('2026-05-01T00:00:00Z'));
  });

  it('refuses anything else', () => {
    expect(errorOf(() => parseNow('first', inUtc))).toBe(
      'bad-time: --now "first": neither a time nor last\ntry last, 2026-05-01 or 2026-05-01T10:00Z',
    );
  });
});
