import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differencesOf } from '../../src/analyze/differences.ts';
import type { Findings } from '../../src/analyze/verify/findings.ts';
import { scanText } from '../../src/analyze/verify/scan-text.ts';
import { verification } from '../../src/analyze/verify/verify.ts';
import { newDeliveries } from '../../src/engine/dedupe.ts';
import { doubles, words } from '../../src/record/ids/number-list.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { instantOfMilliseconds } from '../../src/record/time.ts';
import { evidenceDump } from '../helpers/evidence.ts';
import { randomOf } from '../helpers/random.ts';
import { recordOf } from '../helpers/records.ts';
import { projectRoot } from '../helpers/run-cli.ts';

const noFacts = {
  file: 'a.ndjson',
  bytes: 0,
  lines: 0,
  blank: 0,
  records: 0,
  noise: {},
  malformed: {},
  malformedLines: [],
  tornTail: undefined,
  complete: true,
};

async function verified(records: readonly AuditRecord[], minGap?: number): Promise<Findings> {
  const verifying = verification({ minGap });
  verifying.push(records);
  verifying.endOfSource(noFacts);
  return verifying.end(async (see) => {
    for (const record of records) if (see(record) === 'done') return;
  });
}

interface Made {
  readonly id?: unknown;
  readonly data?: JsonObject;
  readonly time?: string;
  readonly partition?: number;
  readonly offset?: number;
}

function made(list: readonly Made[]): AuditRecord[] {
  return list.map(({ id, data = {}, time = '2026-01-01T00:00:00Z', partition, offset }, i) =>
    recordOf(
      { id, type: 'io.confluent.cloud/request', time, data },
      {
        file: 'a.ndjson',
        line: i + 1,
        ...(partition !== undefined && { partition }),
        ...(offset !== undefined && { offset }),
      },
    ),
  );
}

test.each(['damaged', 'json', 'gaps', 'duplicates', 'gate'])(
  'the dump of the golden case %s is what the generator makes',
  (name) => {
    const stored = readFileSync(join(projectRoot, 'test/cases/verify', name, 'dump.txt'), 'utf8');

    expect(stored).toBe(evidenceDump({ records: 40, damaged: true }));
  },
);

test('repeats are identical, rewritten or conflicting, and conflicts tell what differs and where', async () => {
  const first = { id: 'a', data: { n: 1, m: 2 } };
  const records = [
    ...made([first, { id: 'b' }, first, { id: 'a', data: { m: 2, n: 1 } }, { id: 'a', data: { n: 1, m: 3 } }]),
  ];

  const { duplicates } = await verified(records);

  expect(duplicates).toEqual({
    identical: 1,
    rewritten: 1,
    conflicting: 1,
    notCompared: 0,
    withoutId: 0,
    examples: [{ id: 'a', first: { file: 'a.ndjson', line: 1 }, again: { file: 'a.ndjson', line: 3 } }],
    conflicts: [
      {
        id: 'a',
        first: { file: 'a.ndjson', line: 1 },
        again: { file: 'a.ndjson', line: 5 },
        differences: [{ path: 'data.m', a: '2', b: '3' }],
        more: 0,
      },
    ],
  });
});

test('repeats that cannot be read again are counted as not compared', async () => {
  const records = made([
    { id: 'a', data: { n: 1 } },
    { id: 'a', data: { n: 2 } },
  ]);
  const verifying = verification({ minGap: undefined });
  verifying.push(records);
  verifying.endOfSource(noFacts);

  const { duplicates } = await verifying.end(async (see) => {
    see(recordOf({ id: 'a', type: 't', data: { n: 'changed meanwhile' } }));
  });

  expect(duplicates).toMatchObject({ identical: 0, rewritten: 0, conflicting: 0, notCompared: 1, conflicts: [] });
});

test('the repeats found are those that were planted, whatever the ids', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', 'ä', '\u{1f600}', 'b"', '', 'c'), fc.integer({ min: 0, max: 2 })), {
        maxLength: 40,
      }),
      async (plan) => {
        const { duplicates } = await verified(made(plan.map(([id, n]) => ({ id, data: { n } }))));
        const firsts = new Map<string, number>();
        let [identical, conflicting, withoutId] = [0, 0, 0];
        for (const [id, n] of plan) {
          const before = firsts.get(id);
          if (id === '') withoutId++;
          else if (before === undefined) firsts.set(id, n);
          else if (before === n) identical++;
          else conflicting++;
        }
        expect(duplicates).toMatchObject({ identical, conflicting, withoutId, rewritten: 0, notCompared: 0 });
      },
    ),
    { seed: 11, numRuns: 200 },
  );
});

test('the holes found are the offsets taken out, in any order of input', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 3, max: 60 }), async (seed, length) => {
      const random = randomOf(seed);
      const start = 2 ** 33;
      const all = Array.from({ length }, (_, i) => start + i);
      const kept = all.filter((_, i) => i === 0 || i === length - 1 || random.chance(0.7));
      const order = random.chance(0.5) ? kept : random.shuffled(kept);
      const { offsets } = await verified(made(order.map((offset) => ({ id: `i${offset}`, partition: 3, offset }))));
      const missing = offsets.holes.flatMap(({ from, to }) =>
        Array.from({ length: to - from + 1 }, (_, i) => from + i),
      );
      expect(missing).toEqual(all.filter((offset) => !kept.includes(offset)));
      expect(offsets.partitions).toMatchObject([
        {
          partition: 3,
          records: kept.length,
          first: start,
          last: start + length - 1,
          missing: length - kept.length,
          repeated: 0,
          backwards: order.filter((offset, i) => i > 0 && offset < (order[i - 1] ?? 0)).length,
        },
      ]);
    }),
    { seed: 12, numRuns: 200 },
  );
});

test('an offset that holds two different records is a conflict of its own, but not when their id tells already', async () => {
  const place = { partition: 0, offset: 5 };
  const { offsets, duplicates } = await verified(
    made([
      { id: 'a', ...place, data: { n: 1 } },
      { id: 'a', ...place, data: { n: 2 } },
      { id: 'b', ...place },
    ]),
  );

  expect(duplicates.conflicting).toBe(1);
  expect(offsets).toMatchObject({
    conflicting: 1,
    conflicts: [{ id: 'b', first: { line: 1, ...place }, again: { line: 3, ...place } }],
  });
});

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();

test('a silence is what is far longer than the other pauses, and is told to the nanosecond', async () => {
  const times = [...Array.from({ length: 30 }, (_, i) => at(i * 20)), '2026-01-01T01:00:00.000000001Z'];

  const { silences } = await verified(made(times.map((time, i) => ({ id: `i${i}`, time }))));

  expect(silences).toMatchObject({
    minGap: 120,
    rule: { kind: 'rhythm', pauses: 30, leftOut: 3, longest: 20 },
    found: 1,
  });
  expect(silences.silences.map(({ from, to }) => [from.text, to.text])).toEqual([
    ['2026-01-01T00:09:40.000Z', '2026-01-01T01:00:00.000000001Z'],
  ]);
});

test('silences do not depend on the order of the input', async () => {
  const times = Array.from({ length: 50 }, (_, i) => at(i < 25 ? i * 30 : i * 30 + 7200));
  const records = made(times.map((time, i) => ({ id: `i${i}`, time })));
  const ordered = await verified(records);

  expect((await verified(randomOf(3).shuffled(records))).silences).toEqual(ordered.silences);
  expect(ordered.silences.found).toBe(1);
});

test('a few events have no rhythm: then only an asked length tells silences', async () => {
  const records = made([
    { id: 'a', time: at(0) },
    { id: 'b', time: at(7200) },
  ]);

  expect((await verified(records)).silences).toMatchObject({ minGap: undefined, rule: { kind: 'too-few' }, found: 0 });
  expect((await verified(records, 1800)).silences).toMatchObject({ minGap: 1800, rule: { kind: 'asked' }, found: 1 });
});

test('hours without an event are those between two hours with one', async () => {
  const { silences } = await verified(
    made([
      { id: 'a', time: at(3599) },
      { id: 'b', time: at(3 * 3600) },
    ]),
  );

  expect(silences.emptyHours).toMatchObject({ hours: 2, of: 4, allRuns: 1, runs: [{ hours: 2 }] });
  expect(silences.emptyHours?.runs[0]?.from.text).toBe('2026-01-01T01:00:00Z');
});

test('clocks are odd when an event is dated after Kafka took it, or has no usable time', async () => {
  const kafkaTime = instantOfMilliseconds(Date.UTC(2026, 0, 1));
  const [ahead, fine, sentinel, none] = [at(2), at(1), '+999999999-12-31T23:59:59.999999999-18:00', null].map(
    (time, i) => recordOf({ id: `i${i}`, type: 't', time, data: {} }, { file: 'a.ndjson', line: i + 1, kafkaTime }),
  );

  const { clock } = await verified([ahead, fine, sentinel, none].filter((record) => record !== undefined));

  expect(clock).toEqual({
    ahead: { records: 1, places: [{ file: 'a.ndjson', line: 1, time: at(2) }] },
    mostAhead: 2,
    unusable: {
      records: 1,
      places: [{ file: 'a.ndjson', line: 3, time: '+999999999-12-31T23:59:59.999999999-18:00' }],
    },
    without: { records: 1, places: [{ file: 'a.ndjson', line: 4 }] },
    compared: 2,
  });
});

test('fields that no published record has are told with their first place, in either spelling of those that it has', async () => {
  const { fields } = await verified(
    made([
      {
        id: 'a',
        data: { service_name: 'x', authentication_info: { principal: { confluent_user: { resource_id: 'u-1' } } } },
      },
      { id: 'b', data: { request: { data: { anything: { goes: 1 } } }, newPart: { inside: 1 } } },
      { id: 'c', data: { newPart: 1, cloudResources: [{ resource: { type: 'X', colour: 'red' } }] } },
    ]),
  );

  expect(fields).toEqual({
    overflow: 0,
    fields: [
      { path: 'data.newPart', records: 2, first: { file: 'a.ndjson', line: 2 } },
      { path: 'data.cloudResources.resource.colour', records: 1, first: { file: 'a.ndjson', line: 3 } },
    ],
  });
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the id read from the bytes is the one of the parsed record, or left to it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('id', '"id"', 'x', 'data'), fc.jsonValue()), { maxLength: 5 }),
      fc.constantFrom('', ' ', '\n'),
      fc.boolean(),
      (members, blank, escaped) => {
        const keys = members.map(([key, value]) => {
          const text = key === 'id' && escaped ? '"\\u0069d"' : JSON.stringify(key);
          return `${text}${blank}:${blank}${JSON.stringify(value)}`;
        });
        const raw = bytesOf(`{${keys.join(`${blank},`)}}`);
        const record: AuditRecord = {
          raw,
          at: { file: 'a', line: 1 },
          value: JSON.parse(new TextDecoder().decode(raw)),
        };
        const { idStart, idEnd } = scanText(raw);
        if (idStart >= 0) expect(new TextDecoder().decode(raw.subarray(idStart, idEnd))).toBe(cellOf(record, 'id'));
      },
    ),
    { seed: 13, numRuns: 2000 },
  );
});

test('records have the same shape when they have the same keys in the same places', () => {
  const shapeOf = (text: string): number => scanText(bytesOf(text)).shape;
  const plain = shapeOf('{"a":1,"b":{"c":"x"}}');

  expect(shapeOf('{ "a" : true , "b":{"c":"\\"d\\":{"} }')).toBe(plain);
  const others = [
    '{"a":1,"b":{"d":"x"}}',
    '{"b":{"c":"x"},"a":1}',
    '{"a":1,"b":{},"c":"x"}',
    '{"a":1,"b":[{"c":"x"}]}',
  ];
  expect(new Set([plain, ...others.map(shapeOf)]).size).toBe(5);
});

test('a list of numbers gives back what was put in, whatever its length', () => {
  for (const list of [words(), doubles()]) {
    for (let i = 0; i < 200_000; i++) list.push(i * 7);
    expect(list.length).toBe(200_000);
    expect(Array.from({ length: 200_000 }, (_, i) => list.at(i)).every((number, i) => number === i * 7)).toBe(true);
  }
});

test('too many partitions are counted and not looked at', async () => {
  const { offsets } = await verified(
    made(Array.from({ length: 10_005 }, (_, i) => ({ id: `i${i}`, partition: i, offset: 0 }))),
  );

  expect(offsets.partitions).toHaveLength(10_000);
  expect(offsets.overflow).toBe(5);
});

test('what differs in a deep nest or a long text is told in a few words', () => {
  const deep = (inner: string): unknown => JSON.parse(`${'{"a":'.repeat(100_000)}${inner}${'}'.repeat(100_000)}`);

  expect(differencesOf(deep('1'), deep('2'))).toMatchObject({ differences: [{ a: '1', b: '2' }], more: 0 });
  expect(differencesOf(deep('1'), deep('2')).differences[0]?.path.length).toBeLessThan(250);
  expect(differencesOf({ t: 'x'.repeat(5000), l: [1] }, { l: [1, { k: 1 }, ['x'.repeat(200)]], n: null })).toEqual({
    differences: [
      { path: 't', a: `"${'x'.repeat(199)}… (5002 characters)`, b: undefined },
      { path: 'l[1]', a: undefined, b: '{"k":1}' },
      { path: 'l[2]', a: undefined, b: 'a list of 1' },
      { path: 'n', a: undefined, b: 'null' },
    ],
    more: 0,
  });
});

test('--dedupe and verify tell repeats by the same rule', async () => {
  const spellings = [
    '{"id":"a","type":"t","data":{"x":1,"y":[1,2]}}',
    '{"data":{"y":[1,2],"x":1.0},"type":"t","id":"a"}',
  ];
  const others = [
    '{"id":"a","type":"t","data":{"x":1,"y":[2,1]}}',
    '{"id":"b","type":"t","data":{}}',
    '{"type":"t","data":{}}',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...spellings, ...others), { maxLength: 30 }), async (texts) => {
      const records = texts.map((text, i) => ({
        raw: bytesOf(text),
        at: { file: 'a.ndjson', line: i + 1 },
        value: JSON.parse(text) as JsonObject,
      }));
      const deliveries = records.map(newDeliveries());
      const { duplicates } = await verified(records);
      expect(duplicates.identical + duplicates.rewritten).toBe(deliveries.filter((one) => one === 'repeated').length);
      expect(duplicates.conflicting).toBe(deliveries.filter((one) => one === 'conflicting').length);
    }),
    { seed: 14, numRuns: 200 },
  );
});
