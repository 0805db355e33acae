import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Civil, civilAt, loadZone, utc, utcSecond, type Zone } from '../../src/record/zone.ts';

const names = [
  'Europe/Vienna',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Antarctica/Troll',
];

/** 1970 to 2100. */
const seconds = fc.integer({ min: 0, max: 4_102_444_800 });

describe('loadZone', () => {
  it.each([
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['Z', 'UTC'],
    ['GMT', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['Europe/Vienna', 'Europe/Vienna'],
    ['europe/vienna', 'Europe/Vienna'],
    ['AMERICA/ST_JOHNS', 'America/St_Johns'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['EST5EDT', 'EST5EDT'],
    ['+02:00', '+02:00'],
    ['-0330', '-03:30'],
  ])('%s is %s', async (typed, name) => {
    expect((await loadZone(typed))?.name).toBe(name);
  });

  it.each([
    [''],
    [' '],
    ['Europe'],
    ['Europe/Wien'],
    ['Mars/Olympus_Mons'],
    [' Europe/Vienna'],
    ['UTC+2'],
    ['+25:00'],
    ['+02:00:01'],
    ['2'],
    ['__proto__'],
    ['2026-01-01T00:00Z'],
    ['2026-01-01T00:00+01:00[Europe/Vienna]'],
    ['+002026-01-01T00:00Z'],
  ])('%j is unknown', async (typed) => {
    expect(await loadZone(typed)).toBeUndefined();
  });

  it.each([['local'], ['LOCAL']])("%s is the machine's zone", async (typed) => {
    const zone = await loaded(typed);

    expect(zone.name).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
  });
});

describe('offsetAt', () => {
  it.each([
    ['Europe/Vienna', '2026-03-29T00:59:59Z', 3600],
    ['Europe/Vienna', '2026-03-29T01:00:00Z', 7200],
    ['Europe/Vienna', '2026-10-25T00:59:59Z', 7200],
    ['Europe/Vienna', '2026-10-25T01:00:00Z', 3600],
    ['Europe/Vienna', '1850-01-01T00:00:00Z', 3921],
    ['America/St_Johns', '2026-01-15T00:00:00Z', -12_600],
    ['America/St_Johns', '2026-07-15T00:00:00Z', -9000],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 20_700],
    ['Asia/Kathmandu', '1985-12-31T18:29:59Z', 19_800],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', -36_000],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 50_400],
    ['+02:00', '2026-07-15T00:00:00Z', 7200],
    ['UTC', '2026-07-15T00:00:00Z', 0],
  ])('%s at %s: %i', async (name, time, offset) => {
    const zone = await loaded(name);

    expect(zone.offsetAt(secondAt(time))).toBe(offset);
  });

  it.each(names)('agrees with the clocks of Intl in %s, in any order of asking', async (name) => {
    const zone = await loaded(name);
    const shown = clockOf(name);

    fc.assert(
      fc.property(seconds, (second) => {
        expect(zone.offsetAt(second)).toBe(shown(second) - second);
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  it('is right before a change also when asked at the change first', async () => {
    const zone = await loaded('Europe/Vienna');
    const change = secondAt('2026-03-29T01:00:00Z');

    expect([change, change - 1, change, change + 1].map((second) => zone.offsetAt(second))).toEqual([
      7200, 3600, 7200, 7200,
    ]);
  });

  it('answers for the first and the last year that can be written', async () => {
    const zone = await loaded('Europe/Vienna');

    expect([zone.offsetAt(-62_167_219_200), zone.offsetAt(253_402_300_799)]).toEqual([3921, 3600]);
  });
});

describe('secondOf', () => {
  it.each([
    ['an ordinary time', 'Europe/Vienna', '2026-07-15T12:00:00', '2026-07-15T10:00:00Z'],
    ['a skipped time, moved past the gap', 'Europe/Vienna', '2026-03-29T02:30:00', '2026-03-29T01:30:00Z'],
    ['a repeated time, the first of the two', 'Europe/Vienna', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z'],
    ['a skipped midnight', 'America/Sao_Paulo', '2018-11-04T00:00:00', '2018-11-04T03:00:00Z'],
    ['a skipped half hour', 'Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:45:00Z'],
    ['a skipped day, moved by a day', 'Pacific/Apia', '2011-12-30T12:00:00', '2011-12-30T22:00:00Z'],
    ['three quarters of an hour', 'Asia/Kathmandu', '2026-01-01T05:45:00', '2026-01-01T00:00:00Z'],
    ['UTC', 'UTC', '0001-01-01T00:00:00', '0001-01-01T00:00:00Z'],
  ])('%s', async (_, name, civil, expected) => {
    const zone = await loaded(name);

    expect(zone.secondOf(civilOf(civil))).toBe(secondAt(expected));
  });

  it.each([...names, 'UTC'])('undoes civilAt in %s but for the second pass of repeated times', async (name) => {
    const zone = await loaded(name);

    fc.assert(
      fc.property(seconds, (second) => {
        const found = zone.secondOf(civilAt(second, zone));
        if (found === second) return;
        // An earlier instant at which the clocks showed the same, before they were set back.
        expect(found).toBeLessThan(second);
        expect(second - found).toBe(zone.offsetAt(found) - zone.offsetAt(second));
      }),
      { seed: 52, numRuns: 300 },
    );
  });

  it('finds the first of the two instants of every repeated minute', async () => {
    const zone = await loaded('Europe/Vienna');
    const first = secondAt('2026-10-25T00:00:00Z');
    const minutes = Array.from({ length: 60 }, (_, i) => first + i * 60);

    expect(minutes.map((second) => zone.secondOf(civilAt(second, zone)))).toEqual(minutes);
    expect(minutes.map((second) => zone.secondOf(civilAt(second + 3600, zone)))).toEqual(minutes);
  });
});

describe('civilAt', () => {
  it.each([
    ['UTC', '2026-01-02T03:04:05Z', '2026-01-02T03:04:05'],
    ['Europe/Vienna', '2025-12-31T23:00:00Z', '2026-01-01T00:00:00'],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29T23:59:59'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31T00:00:00'],
    ['America/St_Johns', '1969-12-31T23:59:59Z', '1969-12-31T20:29:59'],
  ])('%s at %s: %s', async (name, time, civil) => {
    expect(civilAt(secondAt(time), await loaded(name))).toEqual(civilOf(civil));
  });
});

it('utcSecond reads the first hundred years as they are', () => {
  expect(utcSecond(civilOf('0026-01-01T00:00:00'))).toBe(secondAt('0026-01-01T00:00:00Z'));
  expect(utc.secondOf(civilOf('0000-01-01T00:00:00'))).toBe(-62_167_219_200);
});

async function loaded(name: string): Promise<Zone> {
  const zone = await loadZone(name);
  if (zone === undefined) throw new Error(`no zone: ${name}`);
  return zone;
}

/** What the clocks of the zone show, as if it were UTC. */
function clockOf(name: string): (second: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (second) => {
    const parts = new Map(format.formatToParts(second * 1000).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) / 1000;
  };
}

function civilOf(text: string): Civil {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[-T:]/).map(Number);
  return { year, month, day, hour, minute, second };
}

function secondAt(text: string): number {
  return Date.parse(text) / 1000;
}
