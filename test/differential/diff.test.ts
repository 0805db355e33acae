/** `diff` against a few lines over JSON.parse, read in every way there is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnName } from '../../src/record/columns/index.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { isInstant } from '../../src/record/time.ts';
import { type EngineRuns, engineRuns, engines, readableStyles } from '../helpers/engine-runs.ts';

/** Hours of 2026-05-01; of different lengths, and overlapping in the last. */
const periods = [
  [
    [0, 48],
    [48, 120],
  ],
  [
    [0, 24],
    [24, 120],
  ],
  [
    [0, 72],
    [48, 96],
  ],
] as const;
const keys = [['method'], ['ips'], ['principal', 'result']] as const;

describe.each(Object.entries(readableStyles))('in %s spelling', (_, style) => {
  let runs: EngineRuns;
  beforeAll(async () => {
    runs = await engineRuns(style, 27_000);
  });
  afterAll(() => runs.remove());

  test.each(engines)('%s counts both periods', async (engine) => {
    for (const [a, b] of periods) {
      const args = ['diff', '--a', spelled(a), '--b', spelled(b), '--by', keys.map((key) => key.join('+')).join(',')];
      const found = await runs.json(engine, [...args, '--factor', '1.5', '--least', '3']);

      expect(found.rows).toEqual(keys.flatMap((key) => rowsOf(runs.records, { key, a, b })));
      expect(found.a).toMatchObject({ records: within(runs.records, a).length });
      expect(found.b).toMatchObject({ records: within(runs.records, b).length });
    }
  });
});

type Hours = readonly [from: number, until: number];

function spelled(hours: Hours): string {
  return hours.map((hour) => new Date(Date.UTC(2026, 4, 1, hour)).toISOString()).join('..');
}

function within(records: readonly AuditRecord[], [from, until]: Hours): readonly AuditRecord[] {
  return records.filter((record) => {
    const time = cellOf(record, 'time');
    const hour = isInstant(time) ? (time.second - Date.UTC(2026, 4, 1) / 1000) / 3600 : Number.NaN;
    return hour >= from && hour < until;
  });
}

function rowsOf(
  records: readonly AuditRecord[],
  { key, a, b }: { readonly key: readonly ColumnName[]; readonly a: Hours; readonly b: Hours },
): readonly object[] {
  const [countsA, countsB] = [countsOf(within(records, a), key), countsOf(within(records, b), key)];
  const [hoursA, hoursB] = [a[1] - a[0], b[1] - b[0]];
  const shorter = Math.min(hoursA, hoursB);
  const rows = [...new Set([...countsA.keys(), ...countsB.keys()])].flatMap((text) => {
    const [inA, inB] = [countsA.get(text) ?? 0, countsB.get(text) ?? 0];
    const scaled = [(inA * shorter) / hoursA, (inB * shorter) / hoursB];
    const [high, low] = [Math.max(...scaled), Math.min(...scaled)];
    const differs = high >= low * 1.5 && high - low >= 3;
    const change = inA === 0 ? 'appeared' : inB === 0 ? 'vanished' : differs ? 'changed' : undefined;
    const values: (string | null)[] = JSON.parse(text);
    const value = values.length === 1 ? values[0] : values.map((one) => one ?? '-').join('+');
    return change === undefined ? [] : [{ key: key.join('+'), value, change, a: inA, b: inB, values }];
  });
  const order = ['appeared', 'vanished', 'changed'];
  rows.sort(
    (x, y) =>
      order.indexOf(x.change) - order.indexOf(y.change) ||
      Math.abs(y.a - y.b) - Math.abs(x.a - x.b) ||
      compareTexts(x.values, y.values),
  );
  return rows.map(({ values: _, ...row }) => row);
}

function compareTexts(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  const differing = a.findIndex((one, i) => one !== b[i]);
  const [left = null, right = null] = [a[differing], b[differing]];
  return left === null || (right !== null && left < right) ? -1 : 1;
}

function countsOf(records: readonly AuditRecord[], key: readonly ColumnName[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of records) {
    let tuples: (string | null)[][] = [[]];
    for (const column of key) {
      const cell = cellOf(record, column);
      const members = Array.isArray(cell) ? [...new Set<string>(cell)] : [cell === undefined ? null : String(cell)];
      tuples = tuples.flatMap((tuple) => members.map((member) => [...tuple, member]));
    }
    for (const tuple of new Set(tuples.map((one) => JSON.stringify(one)))) {
      counts.set(tuple, (counts.get(tuple) ?? 0) + 1);
    }
  }
  return counts;
}
