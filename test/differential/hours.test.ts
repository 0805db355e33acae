/** Hours and days by the clock of a zone: whatever reads the input, the answer is that of the runtime's own calendar. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runInProcess } from '../helpers/in-process.ts';
import { randomOf } from '../helpers/random.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const folder = makeFolder().path;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scans = ['truth', 'js', 'kernel,block=4096', 'kernel,block=4096,threads=2'];

const zones = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Apia',
];

const times = timesOf(randomOf(11));
const dump = join(folder, 'dump.ndjson');
writeFileSync(
  dump,
  times
    .map((time, i) => `${JSON.stringify({ id: String(i), type: 'io.confluent.cloud/request', time, data: {} })}\n`)
    .join(''),
);

/** Any time of the centuries around, and many round the changes of clocks in a few years. */
function timesOf(random: ReturnType<typeof randomOf>): (string | undefined)[] {
  const quarter = 900_000;
  const anywhere = Array.from({ length: 150 }, () =>
    Date.UTC(1900 + random.below(250), random.below(12), 1 + random.below(28), random.below(24), random.below(60)),
  );
  const lately = Array.from(
    { length: 300 },
    () => Date.UTC(2026, random.below(24), 1 + random.below(31)) + random.below(96) * quarter,
  );
  const changes = [
    '2026-03-29T01:00Z',
    '2026-10-25T01:00Z',
    '2026-03-08T07:00Z',
    '2026-04-04T15:00Z',
    '2011-12-30T10:00Z',
  ];
  const borders = changes.flatMap((text) =>
    [-5, -4, -1, 0, 1, 4].map((i) => Date.parse(text) + i * quarter - random.below(2)),
  );
  return [...[...anywhere, ...lately, ...borders].map((ms) => new Date(ms).toISOString()), undefined, 'never'];
}

interface Asked {
  readonly args: readonly string[];
  readonly keeps: (weekday: string, minute: number) => boolean;
}

const workday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'];
const asked: readonly Asked[] = [
  { args: ['--hours', '8-18'], keeps: (_, minute) => minute >= 480 && minute < 1080 },
  { args: ['--hours', '22:30-6'], keeps: (_, minute) => minute >= 1350 || minute < 360 },
  { args: ['--hours', '2-3'], keeps: (_, minute) => minute >= 120 && minute < 180 },
  { args: ['--days', 'sat-mon'], keeps: (day) => ['Sat', 'Sun', 'Mon'].includes(day) },
  { args: ['--outside-hours'], keeps: (day, minute) => !(workday.includes(day) && minute >= 480 && minute < 1080) },
];

test.each(scans)('the answer of %s is that of the calendar', async (scan) => {
  for (const zone of zones) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const clocks = times.map((time) => {
      if (time === undefined || time === 'never') return undefined;
      const parts = new Map(format.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
      return { day: parts.get('weekday') ?? '', minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
    });
    for (const { args, keeps } of asked) {
      const { stdout } = await runInProcess(
        ['filter', '-o', 'csv', '--no-header', '-F', 'id', '--tz', zone, ...args, dump],
        {
          env: { AUDIT_CLI_SCAN: scan },
        },
      );
      const expected = clocks.flatMap((clock, i) => (clock && keeps(clock.day, clock.minute) ? [String(i)] : []));
      expect(stdout.split('\n').filter(Boolean), `${args.join(' ')} ${zone}`).toEqual(expected);
    }
  }
});
