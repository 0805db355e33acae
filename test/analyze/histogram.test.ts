import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Histogram, type HistogramState, newHistogram } from '../../src/analyze/histogram.ts';
import { parseInstant } from '../../src/record/time.ts';
import { civilAt, loadZone, utc, type Zone } from '../../src/record/zone.ts';

const firstSecond = secondAt('0000-01-01T00:00:00Z');
const lastSecond = secondAt('9999-12-31T23:59:59Z');

/** Zones with clocks set by an hour, half an hour or two, with odd offsets, and with a day skipped or repeated. */
const zoneNames = [
  'Europe/Vienna',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Toronto',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
  'Pacific/Kwajalein',
];
const zones = new Map<string, Zone>([['UTC', utc]]);

beforeAll(async () => {
  for (const name of zoneNames) {
    const zone = await loadZone(name);
    if (zone !== undefined) zones.set(name, zone);
  }
});

describe('a histogram', () => {
  it('of nothing is none', () => {
    expect(newHistogram().end(utc, 24)).toBeUndefined();
  });

  it('of one event is one bucket', () => {
    expect(histogramOf(['2026-01-02T03:04:05Z'], 'UTC')).toEqual({
      bucket: '1s',
      buckets: [{ start: '2026-01-02T03:04:05Z', second: 1767323045, count: 1 }],
    });
  });

  it('holds the empty buckets in between, too, whatever the order of the events', () => {
    const found = histogramOf(['2026-01-02T11:59:59Z', '2026-01-02T09:00:00Z', '2026-01-02T09:59:59Z'], 'UTC', 4);

    expect(shown(found)).toEqual([
      '1h',
      ['2026-01-02T09:00:00Z', 2],
      ['2026-01-02T10:00:00Z', 0],
      ['2026-01-02T11:00:00Z', 1],
    ]);
  });

  it.each([
    [
      'half days over a change to summer',
      'Europe/Vienna',
      ['2026-03-28T12:00:00Z', '2026-03-29T03:00:00Z', '2026-03-29T12:00:00Z'],
      4,
      ['12h', ['2026-03-28T11:00:00Z', 1], ['2026-03-28T23:00:00Z', 1], ['2026-03-29T10:00:00Z', 1]],
    ],
    [
      'half days over a change to winter',
      'Europe/Vienna',
      ['2026-10-24T22:00:00Z', '2026-10-25T10:30:00Z', '2026-10-25T11:00:00Z'],
      2,
      ['12h', ['2026-10-24T22:00:00Z', 2], ['2026-10-25T11:00:00Z', 1]],
    ],
    [
      'an hour that comes twice',
      'Europe/Vienna',
      ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00Z'],
      3,
      ['1h', ['2026-10-25T00:00:00Z', 1], ['2026-10-25T01:00:00Z', 1], ['2026-10-25T02:00:00Z', 1]],
    ],
    [
      'half an hour that comes twice',
      'Australia/Lord_Howe',
      ['2026-04-04T14:10:00Z', '2026-04-04T15:10:00Z', '2026-04-04T15:40:00Z'],
      2,
      ['1h', ['2026-04-04T14:00:00Z', 2], ['2026-04-04T15:30:00Z', 1]],
    ],
    [
      'half days from a change to summer on',
      'Europe/Vienna',
      ['2026-03-29T03:00:00Z', '2026-03-29T12:00:00Z'],
      2,
      ['12h', ['2026-03-28T23:00:00Z', 1], ['2026-03-29T10:00:00Z', 1]],
    ],
    [
      'hours from a half one that comes twice on',
      'Australia/Lord_Howe',
      ['2026-04-04T15:10:00Z', '2026-04-04T15:40:00Z'],
      2,
      ['1h', ['2026-04-04T14:00:00Z', 1], ['2026-04-04T15:30:00Z', 1]],
    ],
    [
      'days from one without midnight on, the clock having sprung from 23:30 to 00:30',
      'America/Toronto',
      ['1919-03-31T04:40:00Z', '1919-04-01T04:00:00Z'],
      2,
      ['1d', ['1919-03-31T04:40:00Z', 1], ['1919-04-01T04:00:00Z', 1]],
    ],
    [
      'hours of a zone with three quarters',
      'Asia/Kathmandu',
      ['2026-01-01T00:14:59Z', '2026-01-01T00:15:00Z', '2026-01-01T02:00:00Z'],
      3,
      ['1h', ['2025-12-31T23:15:00Z', 1], ['2026-01-01T00:15:00Z', 1], ['2026-01-01T01:15:00Z', 1]],
    ],
    [
      'a day that was skipped',
      'Pacific/Apia',
      ['2011-12-29T12:00:00Z', '2011-12-30T12:00:00Z', '2011-12-31T12:00:00Z'],
      3,
      ['1d', ['2011-12-29T10:00:00Z', 1], ['2011-12-30T10:00:00Z', 1], ['2011-12-31T10:00:00Z', 1]],
    ],
    [
      'weeks, from Monday',
      'Europe/Vienna',
      ['2026-03-01T00:00:00Z', '2026-03-29T22:00:00Z'],
      7,
      [
        '1w',
        ['2026-02-22T23:00:00Z', 1],
        ['2026-03-01T23:00:00Z', 0],
        ['2026-03-08T23:00:00Z', 0],
        ['2026-03-15T23:00:00Z', 0],
        ['2026-03-22T23:00:00Z', 0],
        ['2026-03-29T22:00:00Z', 1],
      ],
    ],
    [
      'months',
      'UTC',
      ['2025-12-31T23:59:59Z', '2026-02-01T00:00:00Z'],
      4,
      ['1mo', ['2025-12-01T00:00:00Z', 1], ['2026-01-01T00:00:00Z', 0], ['2026-02-01T00:00:00Z', 1]],
    ],
    [
      'years',
      'Europe/Vienna',
      ['2024-06-01T00:00:00Z', '2025-12-31T23:00:00Z'],
      3,
      ['1y', ['2023-12-31T23:00:00Z', 1], ['2024-12-31T23:00:00Z', 0], ['2025-12-31T23:00:00Z', 1]],
    ],
    [
      'all the years there are',
      'UTC',
      ['0001-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
      24,
      [
        '1000y',
        ['0000-01-01T00:00:00Z', 1],
        ['1000-01-01T00:00:00Z', 0],
        ['2000-01-01T00:00:00Z', 1],
        ...[3, 4, 5, 6, 7, 8].map((i) => [`${i}000-01-01T00:00:00Z`, 0]),
        ['9000-01-01T00:00:00Z', 1],
      ],
    ],
    [
      'a first week that starts before the year 0000',
      'UTC',
      ['0000-01-01T00:00:00Z', '0000-01-20T00:00:00Z'],
      4,
      [
        '1w',
        ['0000-01-01T00:00:00Z', 1],
        ['0000-01-03T00:00:00Z', 0],
        ['0000-01-10T00:00:00Z', 0],
        ['0000-01-17T00:00:00Z', 1],
      ],
    ],
  ])('shows %s', (_, zone, times, most, expected) => {
    expect(shown(histogramOf(times, zone, most))).toEqual(expected);
  });

  it.each([
    [1, '1s'],
    [23, '1s'],
    [24, '5s'],
    [119, '5s'],
    [300, '15s'],
    [3600, '5m'],
    [6 * 3600, '1h'],
    [86_400, '3h'],
    [3 * 86_400, '6h'],
    [10 * 86_400, '12h'],
    [20 * 86_400, '1d'],
    [100 * 86_400, '1w'],
    [500 * 86_400, '1mo'],
    [5000 * 86_400, '1y'],
    [50_000 * 86_400, '10y'],
    [500_000 * 86_400, '100y'],
    [1_000_000 * 86_400, '1000y'],
  ])('over %i seconds has the smallest buckets of which 24 suffice', (span, bucket) => {
    const histogram = newHistogram();
    histogram.add(firstSecond);
    histogram.add(firstSecond + span);

    expect(histogram.end(utc, 24)?.bucket).toBe(bucket);
  });
});

const bases = fc.oneof(
  fc.integer({ min: firstSecond, max: lastSecond }),
  fc.constantFrom(
    firstSecond,
    lastSecond,
    ...[
      '1919-03-31T04:30:00Z',
      '1969-09-30T13:00:00Z',
      '2011-12-30T10:00:00Z',
      '2018-11-04T03:00:00Z',
      '2026-03-29T01:00:00Z',
      '2026-04-04T15:00:00Z',
      '2026-10-25T01:00:00Z',
    ].map(secondAt),
  ),
);
const spans = fc.constantFrom(1, 60, 3600, 6 * 3600, 86_400, 4 * 86_400, 40 * 86_400, 800 * 86_400, 3e9, 3e10, 3e11);
const seconds = fc
  .tuple(bases, spans, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }))
  .map(([base, span, parts]) =>
    parts.map((part) => Math.min(lastSecond, Math.max(firstSecond, base + Math.round(part * span)))),
  );

describe('the buckets of any events', () => {
  it.each(['UTC', ...zoneNames])('in %s ascend, hold each event once, and are no more than asked for', (name) => {
    const zone = zoneNamed(name);

    fc.assert(
      fc.property(seconds, fc.integer({ min: 11, max: 60 }), (times, most) => {
        const histogram = newHistogram();
        for (const second of times) histogram.add(second);
        const buckets = histogram.end(zone, most)?.buckets ?? [];

        const starts = buckets.map(({ second }) => second);
        const ends = [...starts.slice(1), Number.POSITIVE_INFINITY];
        const within = (i: number) => times.filter((second) => second >= (starts[i] ?? 0) && second < (ends[i] ?? 0));
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        expect(buckets.map(({ count }) => count)).toEqual(starts.map((_, i) => within(i).length));
        expect(total(buckets)).toBe(times.length);
        expect(buckets.at(0)?.count).toBeGreaterThan(0);
        expect(buckets.at(-1)?.count).toBeGreaterThan(0);
        expect(buckets.length).toBeLessThanOrEqual(most);
        expect(buckets.map(({ start }) => parseInstant(start)?.second)).toEqual(starts);
      }),
      { seed: 91, numRuns: 150 },
    );
  });

  it('of an impossibly low limit are the longest, and hold each event', () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: -1, max: 10 }), (times, most) => {
        const histogram = newHistogram();
        for (const second of times) histogram.add(second);
        const found = histogram.end(utc, most);

        expect(total(found?.buckets ?? [])).toBe(times.length);
        if ((found?.buckets.length ?? 0) > most) expect(found?.bucket).toBe('1000y');
      }),
      { seed: 92, numRuns: 150 },
    );
  });

  it.each([
    ['Europe/Vienna', '2026-03-20T00:00:00Z', 10],
    ['Europe/Vienna', '2026-10-17T12:00:00Z', 15],
    ['America/St_Johns', '2026-03-01T00:00:00Z', 12],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 9],
  ])('of a day in %s start at local midnight, one for each date', (name, from, days) => {
    const zone = zoneNamed(name);
    const histogram = newHistogram();
    for (let hour = 0; hour < days * 24; hour++) histogram.add(secondAt(from) + hour * 3600);

    const found = histogram.end(zone, days + 1);

    const starts = (found?.buckets ?? []).map(({ second }) => civilAt(second, zone));
    const dates = starts.map(({ year, month, day }) => Date.UTC(year, month - 1, day) / 86_400_000);
    expect(found?.bucket).toBe('1d');
    expect(starts.map(({ hour, minute, second }) => [hour, minute, second])).toEqual(starts.map(() => [0, 0, 0]));
    expect(dates).toEqual(dates.map((_, i) => (dates[0] ?? 0) + i));
  });

  it('of a day that came twice come to an end', () => {
    const histogram = newHistogram();
    for (let day = 0; day < 14; day++) histogram.add(secondAt('1969-09-24T00:00:00Z') + day * 86_400);

    const found = histogram.end(zoneNamed('Pacific/Kwajalein'), 14);

    expect([found?.bucket, total(found?.buckets ?? [])]).toEqual(['1d', 14]);
  });
});

describe('a histogram of more events than it has cells', () => {
  it.each([
    ['close together', secondAt('2026-01-01T00:00:00Z'), 1, '3h'],
    ['over twelve years', secondAt('2014-01-01T00:00:00Z'), 1500, '1y'],
    ['over all years', firstSecond, 1_570_000, '1000y'],
  ])('%s counts all of them', (_, from, step, bucket) => {
    const histogram = newHistogram();
    const count = 200_000;
    for (let i = 0; i < count; i++) histogram.add(from + i * step);

    for (const name of ['UTC', 'Asia/Kathmandu', 'Europe/Vienna']) {
      const zone = zoneNamed(name);
      const found = histogram.end(zone, 24);
      const buckets = found?.buckets ?? [];

      expect([found?.bucket, total(buckets)]).toEqual([bucket, count]);
      expect(buckets.length).toBeLessThanOrEqual(24);
      expect(buckets[0]?.second).toBeLessThanOrEqual(from);
      expect(buckets[1]?.second).toBeGreaterThan(from);
    }
  });

  it('has no buckets finer than its cells, whatever the limit', () => {
    const histogram = newHistogram();
    for (let i = 0; i < 100_001; i++) histogram.add(i);

    const found = histogram.end(utc, 1_000_000);

    expect([found?.bucket, total(found?.buckets ?? [])]).toEqual(['15s', 100_001]);
  });

  it('merges cells exactly while buckets are round quarters of an hour', () => {
    const zone = zoneNamed('Asia/Kathmandu');
    const histogram = newHistogram();
    const from = secondAt('2026-01-01T00:07:00Z');
    for (let i = 0; i < 250_000; i++) histogram.add(from + i * 7);

    const buckets = histogram.end(zone, 24)?.buckets ?? [];

    const expected = buckets.map(({ second }, i) => {
      const end = buckets[i + 1]?.second ?? Number.POSITIVE_INFINITY;
      const eventsUntil = (limit: number) => Math.min(250_000, Math.max(0, Math.ceil((limit - from) / 7)));
      return eventsUntil(end) - eventsUntil(second);
    });
    expect(buckets.map(({ count }) => count)).toEqual(expected);
  });
});

describe('the cells of a histogram', () => {
  const orders = fc.tuple(
    seconds,
    fc.integer({ min: 1, max: 12 }),
    fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }),
  );

  it('do not depend on the order of the events', () => {
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), ([times, limit], chances) => {
        const shuffled = times.map((second) => [chances.next().value, second] as const).sort(([a], [b]) => a - b);

        const cells = cellsOf(
          shuffled.map(([, second]) => second),
          limit,
        );

        expect(cells).toEqual(cellsOf(times, limit));
      }),
      { seed: 93, numRuns: 500 },
    );
  });

  it('do not depend on which events were counted together, or apart and merged in whatever order', () => {
    fc.assert(
      fc.property(orders, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), ([times, limit, partOf], parts) => {
        const whole = newHistogram(limit);
        for (const part of parts) {
          const own = newHistogram(limit);
          for (const [second, count] of timesBySecond(times.filter((_, i) => partOf[i] === part)))
            own.add(second, count);
          whole.merge(structuredClone(own.state()));
        }

        expect(sorted(whole.state())).toEqual(cellsOf(times, limit));
      }),
      { seed: 94, numRuns: 500 },
    );
  });

  it('are the finest of which no more than the limit are needed', () => {
    const sizes = [1, 10, 60, 900, 3600, 86_400, 86_400 * 30];

    fc.assert(
      fc.property(orders, ([times, limit]) => {
        const startsOf = (size: number) => new Set(times.map((second) => Math.floor(second / size) * size));
        const level = sizes.findIndex((size) => startsOf(size).size <= limit);

        const { level: found, cells } = cellsOf(times, limit);

        expect(found).toBe(level < 0 ? sizes.length - 1 : level);
        expect(cells.map(([start]) => start)).toEqual([...startsOf(sizes[found] ?? 0)].sort((a, b) => a - b));
        expect(cells.reduce((sum, [, count]) => sum + count, 0)).toBe(times.length);
      }),
      { seed: 95, numRuns: 500 },
    );
  });

  it('are coarsened as far as it takes at once, for a step that merges nothing leaves too many', () => {
    const day = 86_400;
    const times = [20_454, 20_459, 20_464].map((days) => days * day);

    expect(cellsOf(times, 2)).toEqual({
      level: 6,
      first: 20_454 * day,
      last: 20_464 * day,
      cells: [
        [20_430 * day, 2],
        [20_460 * day, 1],
      ],
    });
  });
});

interface Cells {
  readonly level: number;
  readonly first: number;
  readonly last: number;
  readonly cells: readonly (readonly [number, number])[];
}

function cellsOf(times: readonly number[], limit: number): Cells {
  const histogram = newHistogram(limit);
  for (const second of times) histogram.add(second);
  return sorted(histogram.state());
}

function sorted({ cells, ...rest }: HistogramState): Cells {
  return { ...rest, cells: [...cells].sort(([a], [b]) => a - b) };
}

function timesBySecond(times: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const second of times) counts.set(second, (counts.get(second) ?? 0) + 1);
  return counts;
}

function histogramOf(times: readonly string[], zone: string, most = 24): Histogram | undefined {
  const histogram = newHistogram();
  for (const time of times) histogram.add(secondAt(time));
  return histogram.end(zoneNamed(zone), most);
}

function shown(found: Histogram | undefined): readonly unknown[] {
  return [found?.bucket, ...(found?.buckets ?? []).map(({ start, count }) => [start, count])];
}

function total(buckets: Histogram['buckets']): number {
  return buckets.reduce((sum, { count }) => sum + count, 0);
}

function zoneNamed(name: string): Zone {
  const zone = zones.get(name);
  if (zone === undefined) throw new Error(`no zone: ${name}`);
  return zone;
}

function secondAt(time: string): number {
  return Date.parse(time) / 1000;
}
