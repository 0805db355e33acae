import { describe, expect, it } from 'vitest';
import { type Drift, driftFold } from '../../src/analyze/drift.ts';
import { maxKeys } from '../../src/analyze/tally.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';
import { incidentRecords, vendorRecords } from '../record/samples.ts';

const cloud = 'io.confluent.cloud/request';
const kafka = 'io.confluent.kafka.server/request';

describe('drift', () => {
  it.each([
    ["the vendor's records", vendorRecords()],
    ['the incident', incidentRecords()],
  ])('knows every method of %s', (_, records) => {
    expect(driftOf(records)).toEqual({ records: records.length, overflow: 0, unknown: [] });
  });

  it('tells unknown methods from known ones under another type, most frequent first', () => {
    const records = [
      event('Frobnicate', cloud, '2026-01-01T00:00:02.5Z'),
      event('GetUser', cloud, '2026-01-01T00:00:00Z'),
      event('Frobnicate', cloud, '2026-01-01T00:00:02Z'),
      event('Frobnicate', cloud, '2026-01-01T02:00:03+02:00'),
      event('GetUser', kafka, '2026-01-01T00:00:07Z'),
      event('Frobnicate', kafka, 'no time'),
      event('Adjust', cloud, '2026-01-01T00:00:09Z'),
      { specversion: '1.0', type: cloud, data: {} },
      { specversion: '1.0', data: {} },
    ];

    expect(driftOf(records)).toEqual({
      records: 9,
      overflow: 0,
      unknown: [
        {
          method: 'Frobnicate',
          type: cloud,
          unknown: 'method',
          count: 3,
          first: '2026-01-01T00:00:02Z',
          last: '2026-01-01T00:00:03Z',
        },
        { method: '', type: '', unknown: 'method', count: 1 },
        { method: '', type: cloud, unknown: 'method', count: 1 },
        { ...once('Adjust', '2026-01-01T00:00:09Z'), type: cloud, unknown: 'method' },
        { method: 'Frobnicate', type: kafka, unknown: 'method', count: 1 },
        { ...once('GetUser', '2026-01-01T00:00:07Z'), type: kafka, unknown: 'event type' },
      ],
    });
  });

  it('is the same however the records are batched', () => {
    const records = [event('A', cloud, '2026-01-01T00:00:00Z'), event('B', cloud, null), event('A', cloud, null)];
    const fold = driftFold();
    for (const record of records) fold.push([recordOf(record)]);

    expect(fold.end()).toEqual(driftOf(records));
  });

  it('says how many records it could not tell apart', () => {
    const fold = driftFold();
    for (let i = 0; i < maxKeys + 5; i++) fold.push([{ ...blank, value: event(`Unheard${i}`, cloud, null) }]);
    fold.push([recordOf(event('Unheard0', cloud, null))]);

    const { records, overflow, unknown } = fold.end();
    expect([records, overflow, unknown.length, unknown[0]]).toEqual([
      maxKeys + 6,
      5,
      maxKeys,
      { method: 'Unheard0', type: cloud, unknown: 'method', count: 2 },
    ]);
  });
});

const blank = recordOf({});

function driftOf(records: readonly JsonObject[]): Drift {
  const fold = driftFold();
  fold.push(records.map((record) => recordOf(record)));
  return fold.end();
}

function event(methodName: string, type: string, time: string | null): JsonObject {
  return { specversion: '1.0', type, time, data: { methodName } };
}

function once(method: string, time: string) {
  return { method, count: 1, first: time, last: time };
}
