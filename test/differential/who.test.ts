/** `who` against a few lines over JSON.parse, read in every way there is. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnName } from '../../src/record/columns/index.ts';
import { cellOf } from '../../src/record/normalize.ts';
import { isObject } from '../../src/record/paths.ts';
import type { AuditRecord, Cell } from '../../src/record/record.ts';
import { type EngineRuns, engineRuns, engines, readableStyles } from '../helpers/engine-runs.ts';

const names = ['u-1', 'sa-1', 'a@b.example'];

describe.each(Object.entries(readableStyles))('in %s spelling', (_, style) => {
  let runs: EngineRuns;
  beforeAll(async () => {
    runs = await engineRuns(style, 47_000);
  });
  afterAll(() => runs.remove());

  test.each(engines)('%s counts what an id signed in with and from where', async (engine) => {
    for (const name of names) {
      const found = await runs.json(engine, ['who', name]);
      const ids = idsIn(found.identities);
      expect(ids).toEqual(owners(runs.records, name));
      for (const id of ids) {
        const own = runs.records.filter((record) => isSignedIn(record) && actorIn(runs.records, record) === id);
        expect(countsIn(found.emails, id)).toEqual(counted(own, (record) => [cellIn(record, 'email')]));
        expect(countsIn(found.addresses, id)).toEqual(counted(own, (record) => listOf(cellIn(record, 'ips'))));
        const keys = own.filter((record) => cellIn(record, 'principalKind') !== 'api-key');
        expect(countsIn(found.keys, id)).toEqual(counted(keys, (record) => [cellIn(record, 'credential')]));
      }
    }
  });

  test.each(engines)('%s names the record that was first', async (engine) => {
    const { names: found } = await runs.json(engine, ['who', 'u-1']);
    const own = runs.records.filter((record) => isSignedIn(record) && cellIn(record, 'principal') === 'u-1');
    const places = own.map(({ at }) => `${at.file}:${at.line}`);

    const rows = (Array.isArray(found) ? found : []).filter((row) => row.value === 'u-1');
    expect(rows).toHaveLength(1);
    expect(rows[0].count).toBe(own.length);
    expect(places).toContain(`${rows[0].file}:${rows[0].line}`);
  });
});

const cells = new WeakMap<AuditRecord, Map<ColumnName, Cell>>();

/** Each is asked for again and again. */
function cellIn(record: AuditRecord, name: ColumnName): Cell {
  const known = cells.get(record) ?? new Map<ColumnName, Cell>();
  cells.set(record, known);
  if (!known.has(name)) known.set(name, cellOf(record, name));
  return known.get(name);
}

function isSignedIn(record: AuditRecord): boolean {
  if (cellIn(record, 'principal') === undefined || cellIn(record, 'principalKind') === 'anonymous') return false;
  const { data } = record.value;
  for (const info of ['authenticationInfo', 'authentication_info']) {
    const found = isObject(data) && isObject(data[info]) ? data[info].result : undefined;
    const result = Array.isArray(found) || isObject(found) || found === '' ? undefined : found;
    if (typeof result === 'string' && result.toUpperCase() !== 'UNSET') return /^(?:success|ok)$/i.test(result);
    if (typeof result === 'string') break;
  }
  return !(cellIn(record, 'kind') === 'authentication' && cellIn(record, 'ok') === false);
}

/** The principal, or whom other records give the e-mail or number that stands in its place, if that is one. */
function actorIn(records: readonly AuditRecord[], record: AuditRecord): string {
  const own = String(cellIn(record, 'principal'));
  const owning = (spelling: (one: AuditRecord) => string | undefined): string[] =>
    records
      .filter((one) => isSignedIn(one) && spelling(one) === own)
      .map((one) => String(cellIn(one, 'principal')))
      .filter((id) => id !== own && !/@|^\d+$/.test(id));
  const byEmail = owning((one) => textOf(cellIn(one, 'email')));
  const [only = own, ...others] = new Set(byEmail.length > 0 ? byEmail : owning(numberOf));
  return others.length === 0 ? only : own;
}

function numberOf({ value: { data } }: AuditRecord): string | undefined {
  for (const info of ['authenticationInfo', 'authentication_info']) {
    const principal = isObject(data) && isObject(data[info]) ? data[info].principal : undefined;
    if (typeof principal === 'string' && principal !== '') return /^(?:[A-Za-z]+:)?(\d+)$/.exec(principal)?.[1];
    if (principal !== undefined && principal !== null && principal !== '') return undefined;
  }
  return undefined;
}

function owners(records: readonly AuditRecord[], name: string): readonly string[] {
  const signedIn = records.filter(isSignedIn);
  const ids = signedIn.flatMap((record) => {
    const isCalled = cellIn(record, 'principal') === name || cellIn(record, 'email') === name;
    const isOwner = cellIn(record, 'principal') === name || !/@|^\d+$/.test(String(cellIn(record, 'principal')));
    return isCalled && isOwner ? [actorIn(records, record)] : [];
  });
  return [...new Set(ids)].sort();
}

function idsIn(identities: unknown): readonly string[] {
  return Array.isArray(identities) ? identities.map(({ id }) => id) : [];
}

function countsIn(section: unknown, id: string): Readonly<Record<string, number>> {
  const rows = Array.isArray(section) ? section.filter(({ identity }) => identity === id) : [];
  return Object.fromEntries(rows.map(({ value, count }) => [value, count]));
}

function counted(
  records: readonly AuditRecord[],
  valuesIn: (record: AuditRecord) => readonly unknown[],
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const record of records) {
    for (const value of new Set(valuesIn(record))) {
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return Object.fromEntries(counts);
}

function listOf(cell: unknown): readonly unknown[] {
  return Array.isArray(cell) ? cell : [];
}

function textOf(cell: unknown): string | undefined {
  return typeof cell === 'string' ? cell : undefined;
}
