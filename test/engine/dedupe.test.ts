import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newDeliveries } from '../../src/engine/dedupe.ts';
import { digestOf } from '../../src/record/canonical.ts';
import { recordOf } from '../helpers/records.ts';

const record = (id: unknown, data: object = {}) => recordOf({ id, type: 'io.confluent.cloud/request', data });

test('the first delivery of an id is kept, the same content again is repeated, other content conflicts', () => {
  const deliveryOf = newDeliveries();

  const deliveries = [
    record('a', { n: 1 }),
    record('b', { n: 1 }),
    record('a', { n: 1 }),
    record('a', { n: 2 }),
    record('a', { n: 1 }),
  ].map(deliveryOf);

  expect(deliveries).toEqual(['first', 'first', 'repeated', 'conflicting', 'repeated']);
});

test('a record that was only re-serialised is a repeat, not a conflict', () => {
  const deliveryOf = newDeliveries();
  deliveryOf(recordOf({ id: 'a', type: 't', data: { x: 1, y: [{ p: 1, q: 2 }] } }));

  expect(deliveryOf(recordOf({ data: { y: [{ q: 2, p: 1 }], x: 1.0 }, type: 't', id: 'a' }))).toBe('repeated');
});

test('records without an id are never duplicates', () => {
  const deliveryOf = newDeliveries();

  expect([record(undefined), record(undefined), record(null), record(7)].map(deliveryOf)).toEqual([
    'first',
    'first',
    'first',
    'first',
  ]);
});

test('the memory grows without losing anything', () => {
  const deliveryOf = newDeliveries();
  const ids = Array.from({ length: 20_000 }, (_, i) => `id-${i}`);

  expect(ids.every((id) => deliveryOf(record(id)) === 'first')).toBe(true);
  expect(ids.every((id) => deliveryOf(record(id)) === 'repeated')).toBe(true);
});

test('a digest tells values apart and does not see key order', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, shuffled(member)]),
    );
  };
  const hex = (value: unknown): string => Buffer.from(digestOf(value)).toString('hex');

  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const value: unknown = JSON.parse(JSON.stringify(a));
      expect(hex(shuffled(value))).toBe(hex(value));
      const other: unknown = JSON.parse(JSON.stringify(b));
      const same = JSON.stringify(sorted(value)) === JSON.stringify(sorted(other));
      expect(hex(other) === hex(value)).toBe(same);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('a digest of a deeply nested value neither recurses nor fails', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);

  expect(digestOf(deep)).toHaveLength(16);
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, member]) => [key, sorted(member)]) };
}
