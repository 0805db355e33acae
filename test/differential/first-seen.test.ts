/** `first-seen` against a few lines over JSON.parse, read in every way there is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnName } from '../../src/record/columns/index.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { isInstant } from '../../src/record/time.ts';
import { type EngineRuns, engineRuns, engines, readableStyles } from '../helpers/engine-runs.ts';

const until = '2026-05-03T12:00:00.000000001Z';
const keys = [['principal'], ['ips', 'method'], ['crns', 'ips'], ['result', 'credential', 'email']] as const;

describe.each(Object.entries(readableStyles))('in %s spelling', (_, style) => {
  let runs: EngineRuns;
  beforeAll(async () => {
    runs = await engineRuns(style, 7000);
  });
  afterAll(() => runs.remove());

  test.each(engines)('%s finds the tuples that no earlier record has', async (engine) => {
    for (const key of keys) {
      const args = ['first-seen', '--key', key.join(','), '--baseline-until', until];
      const { rows, baseline, since, withoutTime } = await runs.json(engine, args);

      expect({ rows, baseline, since, withoutTime }, key.join()).toEqual(expected(runs.records, key));
    }
  });
});

/** Nanoseconds since 1970, which order times as numbers of any size. */
function nanosOf(record: AuditRecord): bigint | undefined {
  const time = cellOf(record, 'time');
  return isInstant(time) ? BigInt(time.second) * 1_000_000_000n + BigInt(time.nano) : undefined;
}

function expected(records: readonly AuditRecord[], key: readonly ColumnName[]): object {
  const border = BigInt(Date.parse('2026-05-03T12:00:00Z')) * 1_000_000n + 1n;
  const timed = records.flatMap((record, i) => {
    const at = nanosOf(record);
    return at === undefined ? [] : [{ record, at, i }];
  });
  const inOrder = timed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.i - b.i));
  const before = inOrder.filter(({ at }) => at < border);
  const after = inOrder.filter(({ at }) => at >= border);
  const known = new Set(before.flatMap(({ record }) => tuplesOf(record, key)));
  const rows = new Map<string, { [column: string]: unknown; count: number; failed: number }>();
  for (const { record } of after) {
    for (const tuple of tuplesOf(record, key).sort()) {
      if (known.has(tuple)) continue;
      const values: (string | null)[] = JSON.parse(tuple);
      const row = rows.get(tuple) ?? {
        ...Object.fromEntries(key.map((column, i) => [column, values[i]])),
        time: textOf(record),
        method: cellOf(record, 'method') ?? null,
        id: cellOf(record, 'id') ?? null,
        count: 0,
        failed: 0,
        file: record.at.file,
        line: record.at.line,
      };
      rows.set(tuple, {
        ...row,
        count: row.count + 1,
        failed: row.failed + (cellOf(record, 'ok') === false ? 1 : 0),
      });
    }
  }
  return {
    rows: expect.toSatisfy((actual: readonly { time: string }[]) => isSameRows(actual, [...rows.values()])),
    baseline: { ...stretch(before.map(({ record }) => record)), distinct: known.size },
    since: stretch(after.map(({ record }) => record)),
    withoutTime: records.length - timed.length,
  };
}

/** Rows of one record stand in the order of their values, which is not looked at here. */
function isSameRows(actual: readonly object[], wanted: readonly object[]): boolean {
  const place = (row: object): string => ('file' in row && 'line' in row ? `${row.file}:${row.line}` : '');
  expect(actual.map(place)).toEqual(wanted.map(place));
  const texts = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
  expect(texts(actual)).toEqual(texts(wanted));
  return true;
}

function tuplesOf(record: AuditRecord, key: readonly ColumnName[]): string[] {
  let tuples: (string | null)[][] = [[]];
  for (const column of key) {
    const cell = cellOf(record, column);
    const members = Array.isArray(cell) ? [...new Set<string>(cell)] : [cell === undefined ? null : String(cell)];
    tuples = tuples.flatMap((tuple) => members.map((member) => [...tuple, member]));
  }
  return [...new Set(tuples.map((tuple) => JSON.stringify(tuple)))];
}

function textOf(record: AuditRecord): string | null {
  const time = cellOf(record, 'time');
  return isInstant(time) ? time.text : null;
}

function stretch(records: readonly AuditRecord[]): object {
  const [first] = records;
  const last = records.at(-1);
  const lastOnes = records.filter((record) => last !== undefined && nanosOf(record) === nanosOf(last));
  return {
    records: records.length,
    first: first === undefined ? null : textOf(first),
    last: lastOnes[0] === undefined ? null : textOf(lastOnes[0]),
  };
}
