import { describe, expect, test } from 'vitest';
import { type Diff, type DiffOptions, diffFold } from '../../src/analyze/diff.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { instantOf } from '../../src/record/time.ts';
import { recordOf } from '../helpers/records.ts';

const start = Date.UTC(2026, 4, 1) / 1000;
const day = 24;
const byPrincipal = { name: 'principal', operands: [{ kind: 'column', name: 'principal' }] } as const;
const days: DiffOptions = { ...window(0, day, 2 * day), keys: [byPrincipal], factor: 2, least: 5 };

describe('diff', () => {
  test('tells what appeared, vanished and changed, the greatest difference first', () => {
    const records = [
      ...of('u-steady', 10, 12),
      ...of('u-new', 0, 1),
      ...of('u-newer', 0, 7),
      ...of('u-gone', 3, 0),
      ...of('u-louder', 5, 40),
      ...of('u-quieter', 12, 4),
    ];

    expect(rowsOf(diff(records))).toEqual([
      ['u-newer', 'appeared', 0, 7],
      ['u-new', 'appeared', 0, 1],
      ['u-gone', 'vanished', 3, 0],
      ['u-louder', 'changed', 5, 40],
      ['u-quieter', 'changed', 12, 4],
    ]);
    expect(diff(records).keys.map(({ unchanged }) => unchanged)).toEqual([1]);
  });

  test('a change takes twice the rate and five records more', () => {
    expect(rowsOf(diff(of('u-1', 5, 9)))).toEqual([]);
    expect(rowsOf(diff(of('u-1', 5, 10)))).toHaveLength(1);
    expect(rowsOf(diff(of('u-1', 4, 8)))).toEqual([]);
    expect(rowsOf(diff(of('u-1', 5, 9), { ...days, factor: 1.5, least: 4 }))).toHaveLength(1);
  });

  test('the same for as many records as in a tenth of the time is a change, by the length of the shorter period', () => {
    const uneven = { ...days, ...window(0, day, day + 2.4) };
    const times = (a: number, b: number): AuditRecord[] => [...spread('u-1', a, 0, day), ...spread('u-1', b, day, 2)];

    expect(diff(times(10, 10), uneven).keys[0]?.rows).toEqual([
      { tuple: ['u-1'], change: 'changed', a: 10, b: 10, ratio: expect.closeTo(10, 9) },
    ]);
    expect(rowsOf(diff(times(100, 10), uneven))).toEqual([]);
    expect(rowsOf(diff(times(40, 1), uneven))).toEqual([]);
  });

  test('an end left open is where the records end', () => {
    const { a, b } = diff([...of('u-1', 2, 2)], { ...days, a: { until: at(day) }, b: { from: at(day) } });

    expect(a.seconds).toBe(24 * 3600 - 60);
    expect(b.seconds).toBe(60 + 1);
  });

  test('the end of a period is not part of it, and records in both count in both', () => {
    const records = [event('u-1', 0), event('u-1', day), event('u-1', 1.5 * day), event('u-1', 2 * day)];
    const found = diff(records, { ...days, a: { from: at(0), until: at(1.75 * day) }, least: 0 });

    expect(found).toMatchObject({ a: { records: 3 }, b: { records: 2 }, inBoth: 2, outside: 1, withoutTime: 0 });
  });

  test('records without a time are told, and count nowhere', () => {
    const found = diff([event('u-1', undefined), event('u-2', 1)]);

    expect(found).toMatchObject({ withoutTime: 1, a: { records: 1 }, b: { records: 0 } });
    expect(rowsOf(found)).toEqual([['u-2', 'vanished', 1, 0]]);
  });

  test('rather than part of the answer there is none', () => {
    const fold = diffFold(days, 1);

    expect(() => fold.push([event('u-1', 1), event('u-2', 1)])).toThrow(/different principal/);
  });
});

function diff(records: readonly AuditRecord[], options: DiffOptions = days): Diff {
  const fold = diffFold(options);
  fold.push(records);
  return fold.end();
}

function rowsOf({ keys }: Diff): readonly (readonly unknown[])[] {
  return keys.flatMap(({ rows }) => rows.map(({ tuple, change, a, b }) => [...tuple, change, a, b]));
}

function window(from: number, border: number, until: number): Pick<DiffOptions, 'a' | 'b'> {
  return { a: { from: at(from), until: at(border) }, b: { from: at(border), until: at(until) } };
}

/** So many hours after the start. */
function at(hours: number) {
  return instantOf(start + hours * 3600);
}

/** So many records a minute into the first day, and so many into the second. */
function of(who: string, a: number, b: number): AuditRecord[] {
  return [...spread(who, a, 1 / 60, 0), ...spread(who, b, day + 1 / 60, 0)];
}

function spread(who: string, times: number, from: number, hours: number): AuditRecord[] {
  return Array.from({ length: times }, (_, i) => event(who, from + (hours * i) / times + (hours === 0 ? i / 3600 : 0)));
}

function event(who: string, hours: number | undefined): AuditRecord {
  return recordOf({
    type: 'io.confluent.kafka.server/authorization',
    ...(hours !== undefined && { time: at(Math.floor(hours * 3600) / 3600).text }),
    data: { authenticationInfo: { principal: `User:${who}` } },
  });
}
