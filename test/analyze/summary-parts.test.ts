/**
 * A summary of groups, or of parts that were counted apart, is the summary of the records one by one. The groups are made
 * as a fast reader makes them: of records cut down to what a facet's columns read.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { principalOf, verdictOf } from '../../src/analyze/activity.ts';
import type { Facet } from '../../src/analyze/facet.ts';
import type { Span } from '../../src/analyze/span.ts';
import { newSummaryCounts, type SummaryCounts, type SummaryState, summaryFold } from '../../src/analyze/summary.ts';
import { columnNamed } from '../../src/record/columns/index.ts';
import { cellOf } from '../../src/record/normalize.ts';
import { isObject, type Steps, stepsOf } from '../../src/record/paths.ts';
import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { compareInstants, isInstant } from '../../src/record/time.ts';
import { utc } from '../../src/record/zone.ts';
import { recordLines } from '../helpers/hostile-records.ts';
import { incidentRecords } from '../record/samples.ts';

interface Placed {
  readonly record: AuditRecord;
  readonly position: number;
}

const options = { top: 1000, zone: utc, buckets: 24 };

/** Instants that are equal in several spellings, and no times. */
const someTime = fc.constantFrom<unknown>(
  ...[
    '2026-05-01T00:00:01Z',
    '2026-05-01T00:00:01.0Z',
    '2026-05-01T02:00:01.00+02:00',
    '2026-05-01T00:00:01.0000000009Z',
  ],
  ...['2026-05-01T00:00:02.5Z', '2026-05-01T00:00:02.500Z', '2026-05-01T00:00:02.5000000001Z'],
  ...['2026-04-30T00:00:00Z', '2026-04-30T00:00:00.000Z', '2026-06-01T00:00:00Z', '2026-05-31T23:59:60.0Z'],
  ...['no time', null, 5],
);

/** Few records that come often, at other times; as text, because failing examples are printed and records nest deep. */
const inputs: fc.Arbitrary<Input> = fc.record({
  lines: recordLines,
  events: fc.array(fc.record({ pick: fc.nat(7), time: someTime }), { maxLength: 40 }),
});

interface Input {
  readonly lines: readonly string[];
  readonly events: readonly { readonly pick: number; readonly time: unknown }[];
}

function recordsOf({ lines, events }: Input): readonly Placed[] {
  // Groups are told apart by JSON.stringify, which knows no such depths.
  const shallow = lines.filter((line) => !/(?:\[\[){9}|(?:\{"a":){9}/.test(line));
  const values = shallow.map((line) => JSON.parse(Buffer.from(line, 'latin1').toString('utf8')) as JsonObject);
  return events.map(({ pick, time }, position) => placed({ ...values[pick % values.length], time }, position));
}

describe('a summary fed with groups', () => {
  it('is that of the records one by one, however few keys are told apart', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom(1, 2, 3, 5, 200_000), (input, limit) => {
        const records = recordsOf(input);
        const counts = newSummaryCounts(limit);
        addGrouped(counts, records);

        const oneByOne = countedOneByOne(records, limit);
        expect(counts.end(options)).toStrictEqual(oneByOne.end(options));
        expect(counts.overflowed()).toBe(oneByOne.overflowed());
      }),
      { seed: 95, numRuns: 300 },
    );
  });

  it('takes groups again, block by block', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }), (input, length, limit) => {
        const records = recordsOf(input);
        const counts = newSummaryCounts(limit);
        for (let at = 0; at < records.length; at += length) addGrouped(counts, records.slice(at, at + length));

        expect(counts.end(options)).toStrictEqual(countedOneByOne(records, limit).end(options));
      }),
      { seed: 96, numRuns: 200 },
    );
  });

  it('of the incident is that of its records', () => {
    const records = incidentRecords().map(placed);
    const counts = newSummaryCounts();
    addGrouped(counts, records);

    const fold = summaryFold(options);
    fold.push(records.map(({ record }) => record));
    expect(counts.end(options)).toStrictEqual(fold.end());
  });
});

describe('a summary put together from parts', () => {
  it('is that of the whole, whichever records are in which part and whichever part comes first', () => {
    fc.assert(
      fc.property(inputs, partings, (input, parting) => {
        const records = recordsOf(input);
        const whole = newSummaryCounts();
        for (const state of statesOf(records, parting)) whole.merge(state);

        expect(whole.end(options)).toStrictEqual(countedOneByOne(records).end(options));
      }),
      { seed: 97, numRuns: 300 },
    );
  });

  it('holds to its limits, says when one was met, by a part or by the sum, and is not given out then', () => {
    fc.assert(
      fc.property(inputs, partings, fc.integer({ min: 1, max: 12 }), (input, parting, limit) => {
        const records = recordsOf(input);
        const whole = newSummaryCounts(limit);
        for (const state of statesOf(records, parting, limit)) whole.merge(state);

        const oneByOne = countedOneByOne(records, limit);
        expect(whole.overflowed()).toBe(oneByOne.overflowed());
        expect(whole.state().changes.spans.size).toBeLessThanOrEqual(limit);
        if (whole.overflowed()) expect(() => whole.end(options)).toThrow('put together');
        else expect(whole.end(options)).toStrictEqual(oneByOne.end(options));
      }),
      { seed: 98, numRuns: 300 },
    );
  });

  it('goes on counting, records and parts alike', () => {
    const records = incidentRecords().map(placed);
    const fold = summaryFold(options);

    fold.push(records.slice(0, 100).map(({ record }) => record));
    fold.counts.merge(countedOneByOne(records.slice(300)).state());
    addGrouped(fold.counts, records.slice(100, 300));

    expect(fold.end()).toStrictEqual(countedOneByOne(records).end(options));
  });

  it('leaves the parts as they were', () => {
    const records = incidentRecords().map(placed);
    const part = countedOneByOne(records.slice(0, 300));
    const before = structuredClone(part.state());

    const whole = newSummaryCounts();
    whole.merge(part.state());
    whole.merge(countedOneByOne(records.slice(300)).state());

    expect(part.state()).toStrictEqual(before);
  });
});

describe('the times of a summary', () => {
  it.each([
    ['in input order', [0, 1, 2, 3]],
    ['last part first', [3, 2, 1, 0]],
    ['in no order', [2, 0, 3, 1]],
  ])('keep the text that stands first among equal instants, parts merged %s', (_, order) => {
    const data = { methodName: 'DeleteUser', authorizationInfo: { granted: false } };
    const times = [
      '2026-01-01T00:00:00.5Z',
      '2026-01-01T00:00:00.500Z',
      '2026-01-01T00:00:00.50Z',
      '2026-01-01T00:00:00Z',
    ];
    const parts = times.map((time, position) =>
      countedOneByOne([placed({ type: 'io.confluent.cloud/request', time, data }, position)]).state(),
    );

    const whole = newSummaryCounts();
    for (const index of order) whole.merge(parts[index] ?? newSummaryCounts().state());

    const { time, changes, denials } = whole.end(options);
    const span = { first: '2026-01-01T00:00:00Z', last: '2026-01-01T00:00:00.5Z' };
    const rows = [{ method: 'DeleteUser', principal: '', result: 'DENY', count: 4, ...span }];
    const activity = { records: 4, distinct: 1, overflow: 0, rows };
    expect([time, changes, denials]).toEqual([{ ...span, without: 0 }, activity, activity]);
  });
});

/** Into which part each record goes, which parts count one by one, and in what order the parts are put together. */
interface Parting {
  readonly partOf: readonly number[];
  readonly areGrouped: readonly boolean[];
  readonly order: readonly number[];
}

const partings: fc.Arbitrary<Parting> = fc.integer({ min: 1, max: 5 }).chain((parts) =>
  fc.record({
    partOf: fc.array(fc.nat(parts - 1), { minLength: 40, maxLength: 40 }),
    areGrouped: fc.array(fc.boolean(), { minLength: parts, maxLength: parts }),
    order: fc.shuffledSubarray([...Array(parts).keys()], { minLength: parts }),
  }),
);

function statesOf(records: readonly Placed[], { partOf, areGrouped, order }: Parting, limit?: number): SummaryState[] {
  return order.map((part) => {
    const own = records.filter(({ position }) => partOf[position] === part);
    const counts = newSummaryCounts(limit);
    if (areGrouped[part]) addGrouped(counts, own);
    else for (const { record, position } of own) counts.add(record, position);
    return structuredClone(counts.state());
  });
}

function countedOneByOne(records: readonly Placed[], limit?: number): SummaryCounts {
  const counts = newSummaryCounts(limit);
  for (const { record, position } of records) counts.add(record, position);
  return counts;
}

function addGrouped(counts: SummaryCounts, records: readonly Placed[]): void {
  for (const facet of Object.values(counts.facets)) {
    for (const { skeleton, members } of groupsOf(records, facet)) facet.add(skeleton, members.length);
  }
  for (const { skeleton: verdictOnly, members } of groupsOf(records, counts.facets.verdict)) {
    const verdict = verdictOf(verdictOnly);
    if (verdict === undefined) continue;
    for (const { skeleton, members: same } of groupsOf(members, counts.facets.principal)) {
      counts.addDeeds({ verdict, principal: principalOf(skeleton), times: same.length, span: spanInOrder(same) });
    }
  }
  const seconds = new Map<number | undefined, number>();
  for (const { record } of records) {
    const time = cellOf(record, 'time');
    const second = isInstant(time) ? time.second : undefined;
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  for (const [second, times] of seconds) {
    if (second === undefined) counts.addWithoutTime(times);
    else counts.addTime(second, times);
  }
  const span = spanInOrder(records);
  if (span !== undefined) counts.addSpan(span);
}

interface Group {
  readonly skeleton: AuditRecord;
  readonly members: readonly Placed[];
}

/** Records that are alike in what the facet's columns read, in the order they were first met. */
function groupsOf(records: readonly Placed[], { columns }: Facet): readonly Group[] {
  const wanted = columns.flatMap((name) => Object.values(columnNamed(name).reads)).map((path) => stepsOf(path));
  const groups = new Map<string, { readonly skeleton: AuditRecord; readonly members: Placed[] }>();
  for (const one of records) {
    const value = cutDown(one.record.value, wanted) ?? {};
    const key = JSON.stringify(value);
    const group = groups.get(key) ?? { skeleton: recordOf(value as JsonObject), members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What stands at the ends of the paths, in its place; undefined when there is nothing. */
function cutDown(value: unknown, wanted: readonly Steps[]): unknown {
  if (wanted.some((steps) => steps.length === 0)) return value;
  if (!isObject(value)) return undefined;
  const kept = Object.keys(value).flatMap((key) => {
    const below = wanted.filter(([keys]) => keys?.includes(key)).map((steps) => steps.slice(1));
    const member = below.length === 0 ? undefined : cutDown(value[key], below);
    return member === undefined ? [] : [[key, member] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** As somebody finds it who reads from the top and lets only an earlier or later time take the place of one. */
function spanInOrder(records: readonly Placed[]): Span | undefined {
  let span: Span | undefined;
  for (const { record, position } of records) {
    const time = cellOf(record, 'time');
    if (!isInstant(time)) continue;
    const sighting = { time, position };
    span = {
      first: span === undefined || compareInstants(time, span.first.time) < 0 ? sighting : span.first,
      last: span === undefined || compareInstants(time, span.last.time) > 0 ? sighting : span.last,
    };
  }
  return span;
}

function placed(value: JsonObject, position: number): Placed {
  return { record: recordOf(value), position };
}

/** Without bytes: nothing here looks at them, and some of the records are large. */
function recordOf(value: JsonObject): AuditRecord {
  return { raw: new Uint8Array(), at: { file: 'test.ndjson', line: 1 }, value };
}
