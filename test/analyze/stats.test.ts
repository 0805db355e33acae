import { describe, expect, it } from 'vitest';
import { groupOfOne } from '../../src/analyze/grouping.ts';
import { parseAggregates } from '../../src/analyze/stats/aggregates.ts';
import { parseKeys } from '../../src/analyze/stats/keys.ts';
import { type Stats, statsFold } from '../../src/analyze/stats/stats.ts';
import { AuditError } from '../../src/diag/diagnostic.ts';
import type { AuditRecord, Cell } from '../../src/record/record.ts';
import { isInstant } from '../../src/record/time.ts';
import { loadZone, utc, type Zone } from '../../src/record/zone.ts';
import { randomOf } from '../helpers/random.ts';
import { recordOf } from '../helpers/records.ts';

interface Asked {
  readonly by: string;
  readonly agg?: string;
  readonly pivot?: string;
  readonly tz?: string;
  readonly most?: number;
}

interface Event {
  readonly time?: string;
  readonly method?: string;
  readonly ips?: readonly string[];
  readonly size?: unknown;
}

describe('stats', () => {
  it('count the records of each value, most first, then by text', async () => {
    expect(
      await rowsOf([{ method: 'b' }, { method: 'c' }, { method: 'a' }, { method: 'c' }], { by: 'method' }),
    ).toEqual([
      ['c', 2],
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('give records without a value a row of their own, apart from those with an empty one at a raw path', async () => {
    const events = [{ size: '' }, {}, { size: null }, { size: '-' }];

    expect(await rowsOf(events, { by: 'data.size' })).toEqual([
      [undefined, 2],
      ['', 1],
      ['-', 1],
    ]);
  });

  it('take a number and a text that looks the same for one value, as --where does', async () => {
    expect(
      await rowsOf([{ size: 404 }, { size: '404' }, { size: true }, { size: 'true' }], { by: 'data.size' }),
    ).toEqual([
      ['404', 2],
      ['true', 2],
    ]);
  });

  it('count a record once for each different member of a list', async () => {
    const events = [{ ips: ['10.0.0.1', '10.0.0.2', '10.0.0.1'] }, { ips: ['10.0.0.1'] }, {}];

    expect(await rowsOf(events, { by: 'ips', agg: 'count,share' })).toEqual([
      ['10.0.0.1', 2, 2 / 3],
      [undefined, 1, 1 / 3],
      ['10.0.0.2', 1, 1 / 3],
    ]);
  });

  it('combine the members of two lists', async () => {
    expect(await rowsOf([{ ips: ['10.0.0.1', '10.0.0.2'], size: ['x', 'y'] }], { by: 'ips,data.size' })).toEqual([
      ['10.0.0.1', 'x', 1],
      ['10.0.0.1', 'y', 1],
      ['10.0.0.2', 'x', 1],
      ['10.0.0.2', 'y', 1],
    ]);
  });

  it('say how many different values there are, which, and the ends', async () => {
    const events = [
      { method: 'm', ips: ['10.0.0.9'], size: 9, time: '2026-03-01T00:00:00.5Z' },
      { method: 'm', ips: ['10.0.0.10', '10.0.0.9'], size: 10, time: '2026-03-01T00:00:00.50Z' },
      { method: 'm' },
    ];

    expect(
      await rowsOf(events, {
        by: 'method',
        agg: 'distinct(ips),values(ips),min(data.size),max(data.size),min(time),max(time)',
      }),
    ).toEqual([['m', 2, ['10.0.0.10', '10.0.0.9'], 9, 10, '2026-03-01T00:00:00.5Z', '2026-03-01T00:00:00.5Z']]);
  });

  it('order numbers before times before other texts where a path holds all of them, whatever comes first', async () => {
    const sizes = ['x', '2026-03-01T00:00:00+01:00', 7, '10', '2026-02-28T23:30:00Z', '-2'];
    const asked = { by: 'method', agg: 'min(data.size),max(data.size)' };
    const random = randomOf(7);

    for (let i = 0; i < 20; i++) {
      const events = random.shuffled(sizes).map((size) => ({ method: 'm', size }));
      expect(await rowsOf(events, asked)).toEqual([['m', '-2', 'x']]);
    }
  });

  it('show the number where a text at a path looks the same, whatever comes first', async () => {
    const asked = { by: 'method', agg: 'min(data.size),max(data.size)' };
    const events = ['404', 404].map((size) => ({ method: 'm', size }));

    expect(await rowsOf(events, asked)).toEqual([['m', 404, 404]]);
    expect(await rowsOf(events.toReversed(), asked)).toEqual([['m', 404, 404]]);
  });

  it('say nothing of values where there are none', async () => {
    expect(await rowsOf([{ method: 'm' }], { by: 'method', agg: 'distinct(ip),values(ip),min(ip),max(time)' })).toEqual(
      [['m', 0, [], undefined, undefined]],
    );
  });

  it('are the same whatever the order and whether records come alone or as groups', async () => {
    const random = randomOf(1);
    const events = Array.from({ length: 60 }, () => ({
      method: random.pick(['a', 'b', 'c']),
      ips: random.pick([[], ['10.0.0.1'], ['10.0.0.1', '10.0.0.2']]),
      time: `2026-10-25T0${random.below(3)}:30:00Z`,
    }));
    const asked = { by: 'method,hour', agg: 'count,distinct(ips),min(time)', tz: 'Europe/Berlin', pivot: 'ips' };
    const alone = await statsOf(events, asked);
    const positions = random.shuffled(events.map((_, i) => i));
    const fold = await foldFor(asked);
    for (const position of positions) {
      const record = recordFrom(events[position] ?? {});
      const group = groupOfOne(record, position, fold.grouping);
      fold.grouping.add({ ...group, times: 3 });
    }
    const grouped = fold.end();

    expect(grouped.records).toBe(180);
    expect(grouped.rows.map(({ keys, count, cells }) => [keys, count / 3, cells.slice(1)])).toEqual(
      alone.rows.map(({ keys, count, cells }) => [keys, count, cells.slice(1)]),
    );
    expect(grouped.pivots.map(({ cell, count }) => [cell, count / 3])).toEqual(
      alone.pivots.map(({ cell, count }) => [cell, count]),
    );
  });

  it('are refused where there are too many rows, cells or values', async () => {
    const events = [1, 2, 3].map((n) => ({ method: `m${n}`, ips: [`10.0.0.${n}`] }));

    for (const asked of [
      { by: 'method', most: 2 },
      { by: 'kind', pivot: 'method', most: 2 },
      { by: 'kind', agg: 'distinct(ip)', most: 2 },
    ]) {
      await expect(statsOf(events, asked)).rejects.toThrow(/more than 500,000 different .*: they do not fit in memory/);
      expect((await statsOf(events, { ...asked, most: 3 })).records).toBe(3);
    }
  });
});

it('one record with two long lists is refused before its combinations are made', async () => {
  const texts = Array.from({ length: 100_000 }, (_, i) => `x${i}`);

  await expect(statsOf([{ ips: texts, size: texts }], { by: 'ips,data.size' })).rejects.toThrow('more than 500,000');
});

describe('a pivot', () => {
  const events = [
    { method: 'a', size: 'x' },
    { method: 'a', size: 'y', ips: ['10.0.0.1'] },
    { method: 'a', size: 'z', ips: ['10.0.0.1', '10.0.0.2'] },
    { method: 'b', size: 'x' },
  ];

  it('gives the first aggregate of each value, the most frequent first', async () => {
    const { rows, pivots } = await statsOf(events, { by: 'method', pivot: 'data.size' });

    expect(pivots).toEqual([
      { cell: 'x', count: 2 },
      { cell: 'y', count: 1 },
      { cell: 'z', count: 1 },
    ]);
    expect(rows.map((row) => [...row.keys, row.count, ...pivots.map((value) => row.across([value]))])).toEqual([
      ['a', 3, 1, 1, 1],
      ['b', 1, 1, undefined, undefined],
    ]);
  });

  it('puts several values together without counting one twice', async () => {
    const { rows, pivots } = await statsOf(events, { by: 'method', pivot: 'data.size', agg: 'distinct(ips)' });

    expect(rows.map((row) => row.across(pivots))).toEqual([2, 0]);
  });
});

describe('stretches of time', () => {
  it('are hours of the calendar in UTC', async () => {
    const events = [{ time: '2026-03-18T02:59:59.999999999Z' }, { time: '2026-03-18T02:00:00Z' }, { time: 'never' }];

    expect(await rowsOf(events, { by: 'hour' })).toEqual([
      ['2026-03-18T02:00:00Z', 2],
      [undefined, 1],
    ]);
    expect((await statsOf(events, { by: 'hour' })).withoutTime).toBe(1);
  });

  it('an hour shown twice is two hours of the calendar', async () => {
    const events = [{ time: '2026-10-25T00:30:00Z' }, { time: '2026-10-25T01:30:00Z' }];

    expect(await rowsOf(events, { by: 'hour', tz: 'Europe/Berlin' })).toEqual([
      ['2026-10-25T00:00:00Z', 1],
      ['2026-10-25T01:00:00Z', 1],
    ]);
  });

  it('an hour shown twice is one hour of the day, and its records are told', async () => {
    const events = ['00:30', '01:30', '02:30'].map((clock) => ({ time: `2026-10-25T${clock}:00Z` }));
    const stats = await statsOf(events, { by: 'weekday,hour', tz: 'Europe/Berlin' });

    expect(stats.rows.map(({ keys, count }) => [...keys, count])).toEqual([
      ['Sun', '02', 2],
      ['Sun', '03', 1],
    ]);
    expect(stats.repeated).toBe(2);
  });

  it('an hour begins where a change of half an hour cuts it', async () => {
    // At 02:00+11:00 the clock of Lord Howe goes back to 01:30+10:30.
    const autumn = ['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z', '2026-04-04T15:45:00Z'].map((time) => ({ time }));
    // At 02:00+10:30 it goes on to 02:30+11:00.
    const spring = ['2026-10-03T15:15:00Z', '2026-10-03T15:45:00Z'].map((time) => ({ time }));

    expect(await rowsOf(autumn, { by: 'hour', tz: 'Australia/Lord_Howe' })).toEqual([
      ['2026-04-04T14:00:00Z', 1],
      ['2026-04-04T15:00:00Z', 1],
      ['2026-04-04T15:30:00Z', 1],
    ]);
    expect(await rowsOf(spring, { by: 'hour', tz: 'Australia/Lord_Howe' })).toEqual([
      ['2026-10-03T14:30:00Z', 1],
      ['2026-10-03T15:30:00Z', 1],
    ]);
    expect((await statsOf(autumn, { by: 'hour-of-day', tz: 'Australia/Lord_Howe' })).repeated).toBe(2);
  });

  it('an hour is one of the calendar unless weekdays are told apart, or days across from it', () => {
    const ofDay = (by: string, pivot?: string): boolean => {
      const { rows, pivot: across } = parseKeys([by], pivot);
      return [...rows, across].some((key) => key?.kind === 'bucket' && key.bucket.name === 'hour-of-day');
    };

    expect([ofDay('hour'), ofDay('hour,day'), ofDay('method', 'hour'), ofDay('day', 'method')]).not.toContain(true);
    expect([ofDay('hour,weekday'), ofDay('weekday', 'hour'), ofDay('hour', 'weekday')]).not.toContain(false);
    expect([ofDay('hour', 'day'), ofDay('day', 'hour'), ofDay('day,method', 'hour')]).not.toContain(false);
    expect(parseKeys(['weekday', 'hour'], undefined).rows.map(({ name }) => name)).toEqual(['weekday', 'hour']);
  });

  it('a day has the offset at which it begins', async () => {
    const events = [{ time: '2026-03-29T12:00:00Z' }, { time: '2026-03-29T22:00:00Z' }];

    expect(await rowsOf(events, { by: 'day', tz: 'Europe/Berlin' })).toEqual([
      ['2026-03-29+01:00', 1],
      ['2026-03-30+02:00', 1],
    ]);
    expect(await rowsOf(events, { by: 'day' })).toEqual([['2026-03-29', 2]]);
  });

  it('before 1970 they are right, too', async () => {
    const events = [{ time: '1969-12-31T23:59:59Z' }, { time: '1969-12-31T23:59:58Z' }];

    expect(await rowsOf(events, { by: 'weekday,hour,day' })).toEqual([['Wed', '23', '1969-12-31', 2]]);
  });
});

describe('what is asked', () => {
  it.each([
    ['time', /nearly every record has a time of its own/],
    ['hours', /no such column or stretch of time/],
    ['metod', /no such column/],
    [' , ', /a column was expected, found none/],
  ])('is refused: --by %s', (by, message) => {
    expect(() => parseKeys([by], undefined)).toThrow(message);
  });

  it.each([
    ['total', /no such aggregate/],
    ['count(ip)', /takes no column/],
    ['distinct', /needs a column in parentheses/],
    ['distinct()', /needs a column in parentheses/],
    ['distinct(iip)', /no such column/],
    ['values(time)', /nearly every record has a time of its own/],
    ['constructor(ip)', /no such aggregate/],
    ['', /an aggregate was expected/],
  ])('is refused: --agg %s', (agg, message) => {
    expect(() => parseAggregates([agg])).toThrow(message);
  });

  it('a pivot is no key', () => {
    expect(() => parseKeys(['method,hour'], 'hour')).toThrow(AuditError);
  });

  it('commas in brackets and parentheses belong to a name', () => {
    expect(parseKeys(['method, data["a,b"]', 'method'], undefined).rows.map(({ name }) => name)).toEqual([
      'method',
      'data["a,b"]',
    ]);
    expect(parseAggregates(['count, values(data["a),b"]),share', 'count']).map(({ name }) => name)).toEqual([
      'count',
      'values(data["a),b"])',
      'share',
    ]);
  });
});

async function foldFor({ by, agg = 'count', pivot, tz, most }: Asked): Promise<ReturnType<typeof statsFold>> {
  const keys = parseKeys([by], pivot);
  const zone: Zone = tz === undefined ? utc : ((await loadZone(tz)) ?? utc);
  return statsFold({ keys, aggregates: parseAggregates([agg]), zone, ...(most !== undefined && { most }) });
}

async function statsOf(events: readonly Event[], asked: Asked): Promise<Stats> {
  const fold = await foldFor(asked);
  fold.push(events.map(recordFrom));
  return fold.end();
}

/** Keys and aggregates of each row; times as text in UTC. */
async function rowsOf(events: readonly Event[], asked: Asked): Promise<readonly (readonly Cell[])[]> {
  const { rows } = await statsOf(events, asked);
  return rows.map(({ keys, cells }) => [...keys, ...cells].map((cell) => (isInstant(cell) ? cell.text : cell)));
}

function recordFrom({ time, method, ips, size }: Event): AuditRecord {
  const clientAddress = ips?.map((ip) => ({ ip }));
  return recordOf({ type: 't/request', time, data: { methodName: method, requestMetadata: { clientAddress }, size } });
}
