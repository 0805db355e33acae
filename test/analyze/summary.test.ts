import { describe, expect, it } from 'vitest';
import { type Summary, type SummaryOptions, summaryFold } from '../../src/analyze/summary.ts';
import { maxKeys } from '../../src/analyze/tally.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { loadZone, utc } from '../../src/record/zone.ts';
import { recordOf } from '../helpers/records.ts';
import { incidentRecords, vendorRecords } from '../record/samples.ts';

describe('a summary', () => {
  it("of the vendor's ten records", () => {
    const request = 'io.confluent.cloud/request';
    const once = (method: string, principal: string, time: string, result = 'SUCCESS') => {
      return { method, principal, result, count: 1, first: time, last: time };
    };

    expect(summaryOf(vendorRecords(), { top: 5 })).toEqual({
      records: 10,
      time: { first: '2023-09-22T16:24:15.007233032Z', last: '2023-12-01T18:14:20.929608274Z', without: 0 },
      histogram: {
        bucket: '1w',
        buckets: [
          { start: '2023-09-18T00:00:00Z', second: 1694995200, count: 9 },
          { start: '2023-09-25T00:00:00Z', second: 1695600000, count: 0 },
          { start: '2023-10-02T00:00:00Z', second: 1696204800, count: 0 },
          { start: '2023-10-09T00:00:00Z', second: 1696809600, count: 0 },
          { start: '2023-10-16T00:00:00Z', second: 1697414400, count: 0 },
          { start: '2023-10-23T00:00:00Z', second: 1698019200, count: 0 },
          { start: '2023-10-30T00:00:00Z', second: 1698624000, count: 0 },
          { start: '2023-11-06T00:00:00Z', second: 1699228800, count: 0 },
          { start: '2023-11-13T00:00:00Z', second: 1699833600, count: 0 },
          { start: '2023-11-20T00:00:00Z', second: 1700438400, count: 0 },
          { start: '2023-11-27T00:00:00Z', second: 1701043200, count: 1 },
        ],
      },
      top: [
        {
          column: 'method',
          distinct: 10,
          absent: 0,
          overflow: 0,
          values: [
            { value: 'CreateStatement', count: 1, share: 0.1 },
            { value: 'CreateWorkspace', count: 1, share: 0.1 },
            { value: 'DeleteStatement', count: 1, share: 0.1 },
            { value: 'DeleteWorkspace', count: 1, share: 0.1 },
            { value: 'GetStatement', count: 1, share: 0.1 },
          ],
        },
        {
          column: 'principal',
          distinct: 5,
          absent: 0,
          overflow: 0,
          values: [
            { value: 'u-stgccvzzdqn', kind: 'user', count: 5, share: 0.5 },
            { value: 'u-devccq71mwp', kind: 'user', count: 2, share: 0.2 },
            { value: 'u-123456', kind: 'user', count: 1, share: 0.1 },
            { value: 'u-21r8oo', kind: 'user', count: 1, share: 0.1 },
            { value: 'u-5q0mkq', kind: 'user', count: 1, share: 0.1 },
          ],
        },
        {
          column: 'result',
          distinct: 2,
          absent: 0,
          overflow: 0,
          values: [
            { value: 'SUCCESS', count: 9, share: 0.9 },
            { value: 'DENY', count: 1, share: 0.1 },
          ],
        },
        {
          column: 'ips',
          distinct: 3,
          absent: 0,
          overflow: 0,
          values: [
            { value: '134.238.202.222', count: 7, share: 0.7 },
            { value: '66.159.216.54', count: 2, share: 0.2 },
            { value: '1.2.3.4', count: 1, share: 0.1 },
          ],
        },
        {
          column: 'resourceType',
          distinct: 4,
          absent: 0,
          overflow: 0,
          values: [
            { value: 'flink-workspace', count: 5, share: 0.5 },
            { value: 'statement', count: 3, share: 0.3 },
            { value: 'flink-region', count: 1, share: 0.1 },
            { value: 'organization', count: 1, share: 0.1 },
          ],
        },
        {
          column: 'type',
          distinct: 2,
          absent: 0,
          overflow: 0,
          values: [
            { value: request, count: 9, share: 0.9 },
            { value: 'io.confluent.cloud/authorization', count: 1, share: 0.1 },
          ],
        },
      ],
      changes: {
        records: 5,
        distinct: 5,
        overflow: 0,
        rows: [
          once('CreateStatement', 'u-5q0mkq', '2023-09-22T16:45:13.689395512Z'),
          once('CreateWorkspace', 'u-stgccvzzdqn', '2023-09-22T16:24:15.007233032Z'),
          once('DeleteStatement', 'u-devccq71mwp', '2023-09-22T16:48:05.106656163Z'),
          once('DeleteWorkspace', 'u-stgccvzzdqn', '2023-09-22T16:24:41.773914645Z'),
          once('UpdateWorkspace', 'u-stgccvzzdqn', '2023-09-22T16:29:09.323947120Z'),
        ],
      },
      denials: {
        records: 1,
        distinct: 1,
        overflow: 0,
        rows: [once('ip-filter.Authorize', 'u-123456', '2023-12-01T18:14:20.929608274Z', 'DENY')],
      },
    });
  });

  it('of nothing', () => {
    const none = { records: 0, distinct: 0, overflow: 0, rows: [] };

    expect(summaryOf([])).toEqual({
      records: 0,
      time: { without: 0 },
      histogram: undefined,
      top: ['method', 'principal', 'result', 'ips', 'resourceType', 'type'].map((column) => {
        return { column, distinct: 0, absent: 0, overflow: 0, values: [] };
      }),
      changes: none,
      denials: none,
    });
  });

  it('of the incident counts as JSON.parse and a look at the raw keys do', () => {
    const records = incidentRecords();
    const found = summaryOf(records, { top: 1000 });

    expect(countsOf(found, 'method')).toEqual(countedBy(records, /"method_?name":"([^"]*)"/gi));
    expect(countsOf(found, 'type')).toEqual(countedBy(records, /"type":"(io\.[^"]*)"/g));
    expect(countsOf(found, 'ips')).toEqual(
      countedBy(records, /"(?:ip|caller_?ip|client_?ip)":"\/?([\d.]+|[\da-f:]+)(?::\d+)?"/gi),
    );
    expect(topOf(found, 'ips')?.absent).toBe(441);
  });

  it('of the incident tells its facts', () => {
    const { records, time, histogram, denials } = summaryOf(incidentRecords());

    expect([records, time, denials.records]).toEqual([
      587,
      { first: '2026-03-17T06:00:20.512Z', last: '2026-03-18T09:58:11.114Z', without: 1 },
      51,
    ]);
    expect(histogram?.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(586);
  });

  it('counts records without a value, and every address of a record', () => {
    const records = [
      event({ requestMetadata: { clientAddress: [{ ip: '192.0.2.1' }, { ip: '192.0.2.2' }, { ip: '192.0.2.1' }] } }),
      event({ requestMetadata: { clientAddress: [{ ip: '192.0.2.2' }] } }),
      event({}),
      event({}),
    ];

    expect(topOf(summaryOf(records), 'ips')).toEqual({
      column: 'ips',
      distinct: 2,
      absent: 2,
      overflow: 0,
      values: [
        { value: '192.0.2.2', count: 2, share: 0.5 },
        { value: '192.0.2.1', count: 1, share: 0.25 },
      ],
    });
  });

  it('keeps names apart that hold blanks, quotes or control characters', () => {
    const names = ['a b', 'a', ' ', 'b"],["', 'user a', '\u0000'];
    const records = names.map((name) => by(name, { methodName: 'DeleteUser', result: { status: 'FAILURE' } }));

    const found = summaryOf(records, { top: 10 });

    const sorted = names.toSorted();
    expect(topOf(found, 'principal')?.values.map(({ value, kind }) => [value, kind])).toEqual(
      sorted.map((name) => [name, 'unknown']),
    );
    expect(found.denials.rows.map(({ principal }) => principal).toSorted()).toEqual(sorted);
    expect(found.changes).toEqual(found.denials);
  });

  it('gives changes and denials the span of their usable times', () => {
    const times = ['2026-01-01T00:00:05Z', null, '2026-01-01T00:00:05.5Z', '2026-01-01T01:00:04+01:00', 'no time'];
    const denied = { authorizationInfo: { granted: false } };
    const records = [
      ...times.map((time) => by('User:u-1', { methodName: 'DeleteUser' }, time)),
      by('User:u-2', { methodName: 'DeleteUser' }, null),
      by('User:u-1', { methodName: 'GetUser', ...denied }, '2026-01-01T00:00:06Z'),
    ];

    const { time, changes, denials } = summaryOf(records);

    const change = { method: 'DeleteUser', result: 'UNKNOWN' };
    expect([time, changes, denials]).toEqual([
      { first: '2026-01-01T00:00:04Z', last: '2026-01-01T00:00:06Z', without: 3 },
      {
        records: 6,
        distinct: 2,
        overflow: 0,
        rows: [
          { ...change, principal: 'u-1', count: 5, first: '2026-01-01T00:00:04Z', last: '2026-01-01T00:00:05.5Z' },
          { ...change, principal: 'u-2', count: 1 },
        ],
      },
      {
        records: 1,
        distinct: 1,
        overflow: 0,
        rows: [
          {
            method: 'GetUser',
            principal: 'u-1',
            result: 'DENY',
            count: 1,
            first: '2026-01-01T00:00:06Z',
            last: '2026-01-01T00:00:06Z',
          },
        ],
      },
    ]);
  });

  it('is the same however the records are batched', () => {
    const records = incidentRecords();
    const fold = summaryFold({ top: 10, zone: utc, buckets: 24 });
    for (let at = 0; at < records.length; at += 7) {
      fold.push(records.slice(at, at + 7).map((record) => recordOf(record)));
    }

    expect(fold.end()).toEqual(summaryOf(records));
  });

  it('puts its buckets on the clock of the zone', async () => {
    const zone = await loadZone('Asia/Kathmandu');
    if (zone === undefined) throw new Error('no zone');

    expect(summaryOf(incidentRecords(), { zone, buckets: 3 }).histogram?.buckets.map(({ start }) => start)).toEqual([
      '2026-03-16T18:15:00Z',
      '2026-03-17T18:15:00Z',
    ]);
  });

  it('says how many values it could not tell apart, and keeps the spans of those it could', () => {
    const fold = summaryFold({ top: 2, zone: utc, buckets: 24 });
    const blank = recordOf({});
    const push = (i: number, time: string | null) =>
      fold.push([{ ...blank, value: event({ methodName: `DeleteThing${i}` }, time) }]);
    for (let i = 0; i < maxKeys + 3; i++) push(i, null);
    for (let i = maxKeys; i < maxKeys + 3; i++) push(i, '2026-01-01T00:00:00Z');
    push(0, '2026-01-01T00:00:01Z');

    const found = fold.end();

    expect(topOf(found, 'method')).toMatchObject({ distinct: maxKeys, overflow: 6 });
    expect(found.changes).toMatchObject({
      records: maxKeys + 7,
      distinct: maxKeys,
      overflow: 6,
      rows: [
        { method: 'DeleteThing0', count: 2, first: '2026-01-01T00:00:01Z', last: '2026-01-01T00:00:01Z' },
        { method: 'DeleteThing1', count: 1 },
      ],
    });
  });
});

function summaryOf(records: readonly JsonObject[], options: Partial<SummaryOptions> = {}): Summary {
  const fold = summaryFold({ top: 10, zone: utc, buckets: 24, ...options });
  fold.push(records.map((record) => recordOf(record)));
  return fold.end();
}

function event(data: JsonObject, time: string | null = null): JsonObject {
  return { specversion: '1.0', type: 'io.confluent.cloud/request', time, data };
}

function by(principal: string, data: JsonObject, time: string | null = null): JsonObject {
  return event({ authenticationInfo: { principal }, ...data }, time);
}

function topOf(summary: Summary, column: string): Summary['top'][number] | undefined {
  return summary.top.find((one) => one.column === column);
}

function countsOf(summary: Summary, column: string): Readonly<Record<string, number>> {
  return Object.fromEntries((topOf(summary, column)?.values ?? []).map(({ value, count }) => [value, count]));
}

/** How many records hold each value, as found in their text. */
function countedBy(records: readonly JsonObject[], value: RegExp): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const values = [...JSON.stringify(record).matchAll(value)].map(([, found = '']) => found);
    for (const found of new Set(values)) counts[found] = (counts[found] ?? 0) + 1;
  }
  return counts;
}
