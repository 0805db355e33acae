/**
 * What `stats` says equals what JSON.parse, a loop and the runtime's own calendar say, in zones whose clocks change by an
 * hour, by half of one, and not at all, whichever way the input is read.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { runCli } from '../../src/cli/cli.ts';
import { cellOfOperand, parseOperand } from '../../src/query/operand.ts';
import { isColumnName } from '../../src/record/columns/index.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord, Cell, JsonObject } from '../../src/record/record.ts';
import { isInstant } from '../../src/record/time.ts';
import { bundledCli } from '../helpers/bundled-cli.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { recordOf } from '../helpers/records.ts';
import { dumpOfSeeds } from '../helpers/spellings.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const engines = ['truth', 'js', 'kernel,block=4096', 'kernel,block=65536,threads=2'];
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];

interface Asked {
  readonly by: readonly string[];
  readonly agg: readonly string[];
  readonly pivot?: string;
}

const everything = [
  'count',
  'share',
  'distinct(ips)',
  'values(principal)',
  'min(time)',
  'max(time)',
  'min(data.request.data.size)',
  'max(method)',
  'max(line)',
];

const questions: readonly Asked[] = [
  { by: ['method'], agg: everything },
  { by: ['principal', 'result'], agg: everything },
  { by: ['ips'], agg: everything },
  { by: ['resources', 'ips'], agg: ['count', 'distinct(crns)', 'values(ips)'] },
  { by: ['data.request.data.code'], agg: ['count', 'values(data.request.data.size)'] },
  { by: ['hour'], agg: everything },
  { by: ['day'], agg: everything },
  { by: ['weekday'], agg: everything },
  { by: ['hour-of-day', 'method'], agg: ['count', 'min(time)'] },
  { by: ['weekday', 'hour'], agg: ['count', 'distinct(id)'] },
  { by: ['day', 'hour', 'principal'], agg: ['share', 'values(method)'] },
  { by: ['principal'], agg: ['count'], pivot: 'result' },
  { by: ['method'], agg: ['distinct(ips)', 'count'], pivot: 'weekday' },
  { by: ['weekday'], agg: ['count'], pivot: 'hour' },
  { by: ['principalKind'], agg: ['max(time)'], pivot: 'ips' },
];

const timeKeys: ReadonlySet<string> = new Set(['hour', 'day', 'weekday', 'hour-of-day']);

const cases = questions.flatMap((asked, i) =>
  zones.flatMap((zone, z) => {
    const isTimed = [...asked.by, asked.pivot ?? ''].some((name) => timeKeys.has(name)) || asked.agg.length > 5;
    return isTimed || z === 0 ? [{ asked, zone, engine: engines[(i + z) % engines.length] ?? 'truth' }] : [];
  }),
);

const folder = makeFolder();
const corpora = ['changes', 'spellings'] as const;
const records = new Map<string, readonly AuditRecord[]>();
let cli: typeof runCli;
afterAll(() => folder.remove());

beforeAll(async () => {
  const seeds = Array.from({ length: 120 }, (_, i) => 70_000 + i);
  const valid = dumpOfSeeds(seeds, { order: 'alternating', blanks: 'after', odd: 0, damaged: 0 }).toString();
  // Long ago offsets had seconds, and there was no year 0: RFC 3339 and the runtime's calendar say different things.
  const usual = valid.replace(/^.*"(?:0000|1900)-.*\n/gm, '');
  for (const [name, dump] of [
    ['changes', changesDump()],
    ['spellings', usual],
  ] as const) {
    const file = join(folder.path, `${name}.ndjson`);
    writeFileSync(file, dump);
    const lines = dump.trimEnd().split('\n');
    records.set(
      name,
      lines.map((line, i) => recordOf(JSON.parse(line) as JsonObject, { file, line: i + 1 })),
    );
  }
  cli = await bundledCli(join(folder.path, 'cli'));
});

test.for(cases)('$asked in $zone by $engine', async ({ asked, zone, engine }) => {
  for (const corpus of corpora) {
    const args = [
      'stats',
      join(folder.path, `${corpus}.ndjson`),
      ...['--by', asked.by.join(','), '--agg', asked.agg.join(','), '--tz', zone, '-o', 'ndjson'],
      ...(asked.pivot === undefined ? [] : ['--pivot', asked.pivot]),
    ];
    const { stdout, stderr, exit } = await runInProcess(args, { cli, env: { AUDIT_CLI_SCAN: engine } });

    expect([exit, stderr.includes('malformed'), stderr.includes(' 0 malformed')]).toEqual([0, true, true]);
    const rows = Buffer.from(stdout, 'latin1').toString().trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row))).toEqual(expectedRows(records.get(corpus) ?? [], asked, zone));
  }
});

test('all engines print the same bytes', async () => {
  for (const asked of questions) {
    const args = [
      'stats',
      join(folder.path, 'changes.ndjson'),
      '--by',
      asked.by.join(','),
      '--agg',
      asked.agg.join(','),
    ];
    const outputs = new Set<string>();
    for (const engine of engines) {
      outputs.add((await runInProcess([...args, '-o', 'json'], { cli, env: { AUDIT_CLI_SCAN: engine } })).stdout);
    }
    expect(outputs.size).toBe(1);
  }
});

/** Records round both changes of each zone's clock, some without a time, without an address or with several. */
function changesDump(): string {
  const random = randomOf(42);
  const changes = [
    '2026-03-29T01:00:00Z',
    '2026-10-25T01:00:00Z',
    '2026-03-08T07:00:00Z',
    '2026-11-01T06:00:00Z',
    '2026-04-04T15:00:00Z',
    '2026-10-03T15:30:00Z',
    '1970-01-01T00:00:00Z',
  ];
  return Array.from({ length: 400 }, (_, i) => {
    const moment = Date.parse(random.pick(changes)) + (random.below(400) - 200) * 60_000 + random.below(60) * 1000;
    return `${JSON.stringify(record(i, timeText(moment, random), random))}\n`;
  }).join('');
}

function timeText(milliseconds: number, random: Random): string {
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  return `${seconds}${random.pick(['', '.5', '.500', '.000000001', '.999999999'])}Z`;
}

function record(i: number, time: string, random: Random): JsonObject {
  const principal = random.pick(['u-1', 'u-2', 'sa-3', null]);
  return {
    specversion: '1.0',
    id: `e-${random.below(800)}`,
    type: random.pick(['io.confluent.cloud/request', 'io.confluent.kafka.server/authentication']),
    time: random.pick([time, time, time, time, time, time, time, time, 'never', null]),
    data: {
      methodName: random.pick(['CreateTopics', 'kafka.Authentication', 'DeleteStatement', `M${i % 40}`]),
      authenticationInfo: principal && { principal: { confluentUser: { resourceId: principal } } },
      requestMetadata: {
        clientAddress: random.pick([[], ['10.0.0.1'], ['10.0.0.1', '10.0.0.2'], ['2001:db8::1']]).map((ip) => ({ ip })),
      },
      resourceName: random.pick([null, 'crn://confluent.cloud/organization=o-1/environment=env-1/kafka=lkc-1/topic=t']),
      request: {
        data: { size: random.pick([1, 20, 3, null]), code: random.pick([404, '404', 'ä,"x"', null, '']) },
      },
      result: { status: random.pick(['SUCCESS', 'FAILURE', null]) },
    },
  };
}

/** The plain way: every record for every row. */
function expectedRows(all: readonly AuditRecord[], { by, agg, pivot }: Asked, zone: string): readonly object[] {
  const isOfDay = [...by, pivot].includes('weekday');
  const valuesOf = (one: AuditRecord, name: string): readonly (string | number | boolean | null)[] =>
    timeKeys.has(name) ? [bucketOf(one, name, zone, isOfDay)] : distinct(membersOf(one, name), name);
  const rows = new Map<string, { readonly key: readonly unknown[]; readonly of: AuditRecord[] }>();
  for (const one of all) {
    let keys: readonly (readonly unknown[])[] = [[]];
    for (const name of by) keys = keys.flatMap((key) => valuesOf(one, name).map((value) => [...key, value]));
    for (const key of keys) {
      const row = rows.get(JSON.stringify(key)) ?? { key, of: [] };
      rows.set(JSON.stringify(key), row);
      row.of.push(one);
    }
  }
  const across = pivot === undefined ? [] : columnsOf(all, (one) => valuesOf(one, pivot), pivot);
  return [...rows.values()]
    .sort((a, b) => b.of.length - a.of.length || orderOfKeys(a.key, b.key))
    .map(({ key, of }) => ({
      ...Object.fromEntries(by.map((name, i) => [name, key[i]])),
      ...Object.fromEntries(agg.map((text) => [text, aggregate(text, of, all.length, zone)])),
      ...Object.fromEntries(
        across.map(({ name, value }) => {
          const some = of.filter((one) => valuesOf(one, pivot ?? '').includes(value));
          return [name, aggregate(agg[0] ?? '', some, all.length, zone)];
        }),
      ),
    }));
}

function columnsOf(
  all: readonly AuditRecord[],
  valuesOf: (one: AuditRecord) => readonly (string | number | boolean | null)[],
  pivot: string,
): readonly { readonly name: string; readonly value: string | number | boolean | null }[] {
  const found = new Set(all.flatMap(valuesOf));
  const labels =
    pivot === 'hour'
      ? Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'))
      : pivot === 'weekday'
        ? weekdays
        : [];
  const values = [...new Set([...labels, ...found])];
  return values.map((value) => ({
    name: value === null ? `no ${pivot}` : pivot === 'hour' ? `hour=${value}` : String(value),
    value,
  }));
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function orderOfKeys(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, one] of a.entries()) {
    // Rows are ordered by text in UTC; labels of one zone are in the same order but for hours shown twice.
    const [x, y] = [textForOrder(one), textForOrder(b[i])];
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.indexOf(null) === -1 ? 1 : -1;
}

function textForOrder(value: unknown): string {
  const text = value === null ? '' : String(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text).toISOString() : text;
}

const readers = new Map<string, ReturnType<typeof cellOfOperand>>();

function membersOf(one: AuditRecord, name: string): readonly Cell[] {
  const read = readers.get(name) ?? cellOfOperand(parseOperand(name, 'by'));
  readers.set(name, read);
  const cell = read(one);
  if (cell === undefined) return [];
  return Array.isArray(cell) ? cell : [cell];
}

function distinct(members: readonly Cell[], name: string): readonly (string | number | boolean | null)[] {
  const plain = members.map((cell) => (isColumnName(name) ? (cell as string | number | boolean) : String(cell)));
  return plain.length === 0 ? [null] : [...new Set(plain)];
}

function aggregate(text: string, of: readonly AuditRecord[], all: number, zone: string): unknown {
  const [, word = '', name = ''] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  const values = name === '' ? [] : of.flatMap((one) => membersOf(one, name));
  switch (word) {
    case 'count':
      return of.length;
    case 'share':
      return Number((of.length / all).toFixed(6));
    case 'distinct':
      return new Set(values.map(String)).size;
    case 'values':
      return [...new Set(values.map(String))].sort();
    case 'min':
      return ends(values, zone).at(0) ?? null;
    case 'max':
      return ends(values.toReversed(), zone).at(-1) ?? null;
  }
  throw new Error(text);
}

/** In order; of equal times the one that stands first in the input comes first, and last where they were turned round. */
function ends(values: readonly Cell[], zone: string): readonly unknown[] {
  if (values.some(isInstant)) {
    const texts = values.flatMap((value) => (isInstant(value) ? [value.text] : []));
    return texts
      .toSorted((a, b) => (nanosOf(a) < nanosOf(b) ? -1 : nanosOf(a) > nanosOf(b) ? 1 : 0))
      .map((one) => inZone(one, zone));
  }
  if (values.every((value) => typeof value === 'number')) return values.toSorted((a, b) => Number(a) - Number(b));
  return values.map(String).sort();
}

function nanosOf(text: string): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  return BigInt(Math.floor(Date.parse(text) / 1000)) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function inZone(text: string, zone: string): string {
  if (zone === 'UTC') return text;
  const clock = clockAt(Date.parse(text), zone);
  return `${clock.date}T${clock.hour}:${clock.minute}:${text.slice(17, 19)}${/\.\d+/.exec(text)?.[0] ?? ''}${clock.offset}`;
}

function bucketOf(one: AuditRecord, name: string, zone: string, isOfDay: boolean): string | null {
  const time = cellOf(one, 'time');
  if (!isInstant(time)) return null;
  const minute = Math.floor(time.second / 60) * 60_000;
  const clock = clockAt(minute, zone);
  if (name === 'weekday') return clock.weekday;
  if (name === 'hour-of-day' || (name === 'hour' && isOfDay)) return clock.hour;
  const isSame = (other: Clock): boolean =>
    other.date === clock.date && (name === 'day' || (other.hour === clock.hour && other.offset === clock.offset));
  // Its first quarter of an hour, found by going back one by one: clocks change at no other times.
  let first = minute - (minute % 900_000);
  while (isSame(clockAt(first - 900_000, zone))) first -= 900_000;
  const begin = clockAt(first, zone);
  const offset = zone === 'UTC' ? (name === 'day' ? '' : 'Z') : begin.offset;
  return name === 'day' ? `${clock.date}${offset}` : `${clock.date}T${clock.hour}:${begin.minute}:00${offset}`;
}

interface Clock {
  readonly date: string;
  readonly hour: string;
  readonly minute: string;
  readonly weekday: string;
  readonly offset: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Clock>();

function clockAt(milliseconds: number, zone: string): Clock {
  const minute = Math.floor(milliseconds / 60_000);
  const known = clocks.get(`${zone} ${minute}`);
  if (known !== undefined) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
      timeZoneName: 'longOffset',
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(minute * 60_000).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const clock = {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    hour: part('hour'),
    minute: part('minute'),
    weekday: part('weekday'),
    offset: part('timeZoneName').replace(/^GMT$/, 'GMT+00:00').slice(3),
  };
  clocks.set(`${zone} ${minute}`, clock);
  return clock;
}
