import { expect, test } from 'vitest';
import { type CompactRecord, CompactRecords } from '../../src/engine/compact-records.ts';
import { ordered } from '../../src/engine/order.ts';
import { SortedRuns } from '../../src/engine/sorted-runs.ts';
import { TimeOrder } from '../../src/engine/time-order.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord, Cell } from '../../src/record/record.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { recordOf } from '../helpers/records.ts';

/** Runs of a few records, so that many are merged. */
const tiny = { mostBytes: 600 };

interface Timed {
  readonly record: AuditRecord;
  readonly id: string;
  /** Nanoseconds since 1970; undefined for what is no time. */
  readonly nanos: bigint | undefined;
}

/** A time close to others, written with any number of digits and any offset. */
function timedRecord(random: Random, i: number): Timed {
  const id = `r${i}`;
  const of = (time: string | undefined): AuditRecord =>
    recordOf({ id, type: 'io.confluent.cloud/request', ...(time && { time }), data: {} }, { file: 'a', line: i + 1 });
  if (random.chance(0.05))
    return { id, record: of(random.pick(['', 'soon', '+999999999-12-31T23:59:59Z'])), nanos: undefined };
  const second = 1_770_000_000 + random.below(3);
  const nano = random.chance(0.5) ? random.below(4) * 1_000_000 + random.below(3) : random.below(1_000_000_000);
  const least = String(nano).padStart(9, '0').replace(/0+$/, '').length;
  const digits = least + random.below(10 - least);
  const minutes = random.pick([0, 0, 0, 330, -225, 60]);
  const clock = new Date((second + minutes * 60) * 1000).toISOString().slice(0, 19);
  const fraction = digits === 0 ? '' : `.${String(nano).padStart(9, '0').slice(0, digits)}`;
  const two = (n: number): string => String(n).padStart(2, '0');
  const far = Math.abs(minutes);
  const offset = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(far / 60))}:${two(far % 60)}`;
  return { id, record: of(`${clock}${fraction}${offset}`), nanos: BigInt(second) * 1_000_000_000n + BigInt(nano) };
}

/** By BigInt nanoseconds, stable; what has no time last. */
function reference(all: readonly Timed[], direction: 1 | -1): string[] {
  const timed = all.filter(({ nanos }) => nanos !== undefined);
  const sorted = timed.toSorted((a, b) => direction * Number((a.nanos ?? 0n) - (b.nanos ?? 0n)));
  return [...sorted, ...all.filter(({ nanos }) => nanos === undefined)].map(({ id }) => id);
}

async function atOnce(): Promise<void> {
  return undefined;
}

test.each(Array.from({ length: propertyRuns(20).numRuns }, (_, seed) => seed))(
  'the order is that of BigInt nanoseconds, in memory and through runs (seed %i)',
  async (seed) => {
    const random = randomOf(seed);
    const all = Array.from({ length: 1 + random.below(400) }, (_, i) => timedRecord(random, i));
    for (const limits of [{}, tiny, { mostBytes: 1 }]) {
      for (const reverse of [false, true]) {
        const got: string[] = [];
        const stage = ordered(
          {
            write(batch) {
              got.push(...batch.map((record) => String(cellOf(record, 'id'))));
              return 'more';
            },
            gap: () => undefined,
            end: () => undefined,
          },
          { keyOf: (record) => cellOf(record, 'time'), reverse },
          limits,
        );
        for (const { record } of all) stage.write([record]);
        await stage.giveOn(atOnce);

        expect(got).toEqual(reference(all, reverse ? -1 : 1));
      }
      const order = new TimeOrder([['id']], limits);
      for (const { record } of all) order.push([record]);
      const kept = [...order.records()].map((record) => String(cellOf(record, 'id')));
      order.close();

      expect(kept).toEqual(reference(all, 1));
      expect(order.withoutTime).toBe(all.filter(({ nanos }) => nanos === undefined).length);
    }
  },
);

test('two can look through runs at once', () => {
  const order = new TimeOrder([['id']], tiny);
  const all = Array.from({ length: 100 }, (_, i) => timedRecord(randomOf(i), i));
  order.push(all.map(({ record }) => record));

  const one = order.records();
  const pairs = [...order.records()].map((record) => [
    cellOf(record, 'id'),
    cellOf(one.next().value as AuditRecord, 'id'),
  ]);

  expect(pairs.every(([a, b]) => a === b)).toBe(true);
  expect(pairs).toHaveLength(100);
  order.close();
});

test.each([
  { end: 'first', ids: ['r000', 'r001', 'r002'] },
  { end: 'last', ids: ['r497', 'r498', 'r499'] },
] as const)('only the $end so many are kept, through runs too', async ({ end, ids }) => {
  for (const limits of [{}, tiny, { mostBytes: 40_000 }]) {
    const got: unknown[] = [];
    const stage = ordered(
      {
        write(batch) {
          got.push(...batch.map(({ value }) => value.id));
          return 'more';
        },
        gap: () => undefined,
        end: () => got.push('end'),
      },
      { keyOf: (record) => cellOf(record, 'id'), reverse: false, wanted: { end, most: 3 } },
      limits,
    );
    for (let i = 0; i < 500; i++) {
      const id = `r${String((i * 7) % 500).padStart(3, '0')}`;
      stage.write([recordOf({ id, type: 'a', data: {} })]);
    }
    await stage.giveOn(atOnce);

    expect(got).toEqual([...ids, 'end']);
  }
});

test('keys of all kinds come back from a run as they were', async () => {
  const cells: readonly Cell[] = [
    undefined,
    'text',
    '\ud800 half a pair',
    1.5,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    true,
    ['a', 'b'],
    { second: 1, nano: 2, text: '1970-01-01T00:00:01.000000002Z' },
  ];
  for (const limits of [{}, { mostBytes: 1 }]) {
    const keys = new Map(cells.map((cell, i) => [`${i}`, cell]));
    const got: unknown[] = [];
    const stage = ordered(
      {
        write(batch) {
          got.push(...batch.map(({ value }) => value.id));
          return 'more';
        },
        gap: () => undefined,
        end: () => undefined,
      },
      { keyOf: ({ value }) => keys.get(String(value.id)), reverse: false },
      limits,
    );
    for (const id of keys.keys()) stage.write([recordOf({ id, type: 'a', data: {} })]);
    await stage.giveOn(atOnce);

    expect(got).toEqual(['5', '3', '4', '8', '7', '1', '6', '2', '0']);
  }
});

test('a place comes back from a run whole', async () => {
  const kafkaTime = { second: 5, nano: 0, text: '1970-01-01T00:00:05.000Z' };
  const at = { file: 'ü.ndjson', line: 7, partition: 3, offset: 9_007_199_254_740_991, kafkaTime, form: 'kcat' };
  const got: unknown[] = [];
  const stage = ordered(
    {
      write(batch) {
        got.push(...batch.map((record) => record.at));
        return 'more';
      },
      gap: () => undefined,
      end: () => undefined,
    },
    { keyOf: undefined, reverse: true },
    { mostBytes: 1 },
  );
  stage.write([recordOf({ id: 'a', type: 'a', data: {} }, at)]);
  await stage.giveOn(atOnce);

  expect(got).toEqual([at]);
});

test('entries of any length pass through a file', () => {
  const runs = new SortedRuns<number>({
    compare: (a, b) => a - b,
    keyOf: (entry) => entry.length,
    mostBytes: 5_000_000,
  });
  const lengths = [3_000_000, 0, 1, 70_000, 3_000_001, 2_000_000, 5, 1_048_576, 1_048_577];
  for (const length of lengths) runs.add(length, new Uint8Array(length).fill(length % 251));

  const got = [...runs.entries()].map((entry) => [entry.length, entry.every((byte) => byte === entry.length % 251)]);

  expect(got).toEqual(lengths.toSorted((a, b) => a - b).map((length) => [length, true]));
  runs.close();
});

test('a full disk ends the run with what to do', () => {
  const runs = new SortedRuns<number>({
    compare: (a, b) => a - b,
    keyOf: () => 0,
    mostBytes: 1,
    openFile: () => ({
      append() {
        throw new Error('no space');
      },
      read: () => undefined,
      close: () => undefined,
    }),
  });

  expect(() => runs.add(1, new Uint8Array(10))).toThrow('no space');
});

test('a record keeps its cells, whatever they are', () => {
  const parts = [['method', 'ok'], ['id'], ['ips']] as const;
  const ips = Array.from({ length: 6 }, (_, i) => `192.0.2.${i}`);
  const cells: Record<string, Cell>[] = [
    { id: 'a\u0000b', method: 'überblick 日次 \ud800', ok: true, ips },
    { id: 'x'.repeat(100_000), method: undefined, ok: false, ips: ['192.0.2.1'] },
    { id: undefined, method: '', ok: undefined, ips: undefined },
    { id: '', method: 'a', ok: true, ips: ['192.0.2.1', '192.0.2.2'] },
    { id: '["a"]', method: '[', ok: true, ips: ['192.0.2.1'] },
    { id: '\ud800日', method: '[', ok: true, ips: ['192.0.2.1'] },
  ];
  const compact = new CompactRecords(parts);
  for (const known of cells) {
    const record: AuditRecord = {
      raw: new Uint8Array(0),
      at: { file: 'f', line: 5_000_000_000 },
      value: {},
      known: (name) => known[name],
    };
    const kept = unpacked(compact, record).kept();

    for (const name of ['id', 'method', 'ok', 'ips'] as const) expect(cellOf(kept, name)).toEqual(known[name]);
    expect(kept.at).toEqual({ file: 'f', line: 5_000_000_000 });
    expect(cellOf(kept, 'line')).toBe(5_000_000_000);
  }
});

test('cells are kept also when there is no room for more of them in the dictionary', () => {
  const compact = new CompactRecords([['method', 'ok'], ['id']]);
  const all = Array.from({ length: 3000 }, (_, i) => ({
    method: `${'m'.repeat(1000)}${i}`,
    ok: i % 2 === 0,
    id: `${i}`,
  }));
  const kept = [...all, ...all].map((known: Record<string, Cell>) => {
    const record = {
      raw: new Uint8Array(0),
      at: { file: 'f', line: 1 },
      value: {},
      known: (name: string) => known[name],
    };
    return unpacked(compact, record).kept();
  });
  const told = kept.map((record) => ({
    method: cellOf(record, 'method'),
    ok: cellOf(record, 'ok'),
    id: cellOf(record, 'id'),
  }));

  expect(told).toEqual([...all, ...all]);
});

test('a time keeps its digits, more than nine of them too', () => {
  const compact = new CompactRecords([['id']]);
  for (const time of [
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00.10Z',
    '1969-12-31T23:59:59.123456789Z',
    '2026-01-01T00:00:00.1234567891234Z',
  ]) {
    const record = recordOf({ id: 'a', type: 'a', time, data: {} });
    expect(cellOf(unpacked(compact, record), 'time')).toMatchObject({ text: time });
  }
});

function unpacked(compact: CompactRecords, record: AuditRecord): CompactRecord {
  const { file, line } = record.at;
  return compact.unpack(compact.pack(cellOf(record, 'time'), file, line, compact.packedOf(record)));
}
