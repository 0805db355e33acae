import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockIn } from '../../src/record/local-clock.ts';
import { civilAt, loadZone } from '../../src/record/zone.ts';

const names = ['UTC', 'Europe/Vienna', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Monrovia', '-03:30', '+0545'];
const zones = await Promise.all(names.map(async (name) => (await loadZone(name)) ?? expect.fail(name)));

test('shows what the calendar of the zone says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: -2e9, max: 5e9 }), (zone, second) => {
      const { weekday, secondOfDay } = clockIn(zone.name)(second);
      const { year, month, day, hour, minute, second: sec } = civilAt(second, zone);
      const date = new Date(0);
      date.setUTCFullYear(year, month - 1, day);
      // Both count the seconds that offsets had in former times.
      expect([weekday, secondOfDay]).toEqual([date.getUTCDay(), hour * 3600 + minute * 60 + sec]);
    }),
  );
});

test('begins the week on Sunday and the day at midnight', () => {
  const clock = clockIn('UTC');

  expect(clock(0)).toEqual({ weekday: 4, secondOfDay: 0 });
  expect(clock(-1)).toEqual({ weekday: 3, secondOfDay: 86_399 });
  expect(clock(Date.parse('2026-05-10T23:59:59Z') / 1000)).toEqual({ weekday: 0, secondOfDay: 86_399 });
});
