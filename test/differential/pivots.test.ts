/**
 * `around`, `related` and `show --diff previous` equal what JSON.parse and whole numbers of nanoseconds say, and so do the
 * remarks on empty answers, whichever way the input is read.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { runCli } from '../../src/cli/cli.ts';
import { bundledCli } from '../helpers/bundled-cli.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const engines = ['truth', 'js,block=4096,checked=0', 'kernel,block=4096', 'kernel,block=65536,threads=2,checked=0'];

interface Made {
  readonly id: string;
  readonly time: string | undefined;
  readonly nanos: bigint | undefined;
  readonly method: string;
  readonly workspace: string;
  readonly requestIds: readonly string[];
  readonly connectionId: string | undefined;
  readonly correlationId: string | undefined;
  readonly pool: string | null;
  readonly file: string;
  readonly line: number;
}

const base = BigInt(Date.UTC(2026, 4, 1, 10)) * 1_000_000n;

function timeOf(random: Random): Pick<Made, 'time' | 'nanos'> {
  if (random.chance(0.05)) return { time: random.chance(0.5) ? 'soon' : undefined, nanos: undefined };
  const digits = random.pick([0, 3, 6, 9]);
  const unit = 10n ** BigInt(9 - digits);
  const nanos = ((base + BigInt(random.below(40)) * 250_000_000n + BigInt(random.below(3))) / unit) * unit;
  const second = new Date(Number(nanos / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const fraction = String(nanos % 1_000_000_000n)
    .padStart(9, '0')
    .slice(0, digits);
  return { time: `${second}${digits === 0 ? '' : `.${fraction}`}Z`, nanos };
}

function made(seed: number, file: string, count: number): Made[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `${file}-${i}`,
    ...timeOf(random),
    method: random.pick(['UpdateWorkspace', 'DeleteWorkspace']),
    workspace: random.pick(['w-1', 'w-2', 'w-3']),
    requestIds: random.pick([[], ['r-1'], ['r-1', 'r-2'], [`r-${random.below(40)}`]]),
    connectionId: random.chance(0.3) ? undefined : random.pick(['c-1', `c-${random.below(20)}`]),
    correlationId: random.chance(0.25) ? undefined : random.pick(['-1', String(random.below(4)), 'abc-def']),
    pool: random.pick([null, 'p-1', 'p-2']),
    file,
    line: i + 1,
  }));
}

function lineOf(record: Made, random: Random): string {
  const { id, time, method, workspace, requestIds, connectionId, correlationId, pool } = record;
  const ids = random.chance(0.3) && requestIds.length === 1 ? requestIds[0] : requestIds;
  const connection = random.pick(['connectionId', 'connection_id']);
  const value = {
    id,
    type: 'io.confluent.cloud/request',
    ...(time !== undefined && { time }),
    data: {
      methodName: method,
      resourceName: `crn://confluent.cloud/organization=o/environment=e/flink-workspace=${workspace}`,
      [random.pick(['requestMetadata', 'request_metadata'])]: {
        [random.pick(['requestId', 'request_id'])]: ids,
        ...(connectionId !== undefined && { [connection]: connectionId }),
      },
      request: {
        ...(correlationId !== undefined && { [random.pick(['correlationId', 'correlation_id'])]: correlationId }),
        data: { pool },
      },
    },
  };
  return JSON.stringify(value);
}

const dumps = [made(1, 'one', 150), made(2, 'two', 150)] as const;
const records: readonly Made[] = dumps.flat();
const folder = makeFolder();
const paths = [join(folder.path, 'one.ndjson'), join(folder.path, 'two.ndjson.gz')];
let cli: typeof runCli;
afterAll(() => folder.remove());

beforeAll(async () => {
  const random = randomOf(3);
  const texts = dumps.map((dump) => dump.map((record) => `${lineOf(record, random)}\n`).join(''));
  writeFileSync(paths[0] ?? '', texts[0] ?? '');
  writeFileSync(paths[1] ?? '', gzipSync(texts[1] ?? ''));
  cli = await bundledCli(join(folder.path, 'cli'));
});

async function answer(args: readonly string[], engine: string) {
  const result = await runInProcess([...args, ...paths], { env: { AUDIT_CLI_SCAN: engine }, cli });
  const rows: readonly Record<string, unknown>[] = result.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  return { ...result, rows };
}

function deltaText(from: bigint | undefined, to: bigint | undefined): string | null {
  if (from === undefined || to === undefined) return null;
  const delta = to - from;
  const size = delta < 0n ? -delta : delta;
  const nanos = String(size % 1_000_000_000n).padStart(9, '0');
  return `${delta < 0n ? '-' : '+'}${size / 1_000_000_000n}.${nanos}`;
}

/** By time, those without one last; Array.sort keeps the order of the input. */
function inOrder(found: readonly Made[]): readonly Made[] {
  return [...found].sort((a, b) => {
    if (a.nanos === undefined || b.nanos === undefined)
      return Number(a.nanos === undefined) - Number(b.nanos === undefined);
    return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
  });
}

const anchors = records.filter(({ nanos }, i) => nanos !== undefined && i % 37 === 5);

test.for(engines)('around equals the records of the window, with %s', async (engine) => {
  for (const anchor of anchors) {
    for (const [window, nanos] of [
      ['1s', 1_000_000_000n],
      ['250ms', 250_000_000n],
    ] as const) {
      const from = anchor.nanos ?? 0n;
      const isNear = (time: bigint | undefined): boolean =>
        time !== undefined && time >= from - nanos && time <= from + nanos;
      const { rows } = await answer(['around', '--id', anchor.id, '--window', window, '-o', 'ndjson'], engine);
      const expected = inOrder(records.filter((record) => isNear(record.nanos)));

      expect(rows.map(({ id, delta, line, anchor: isAnchor }) => ({ id, delta, line, isAnchor }))).toEqual(
        expected.map((record) => ({
          id: record.id,
          delta: deltaText(anchor.nanos, record.nanos),
          line: record.line,
          isAnchor: record === anchor,
        })),
      );
      const narrowed = await answer(
        ['around', '--id', anchor.id, '--window', window, '-o', 'ndjson', '-m', 'DeleteWorkspace'],
        engine,
      );
      expect(narrowed.rows.map(({ id }) => id)).toEqual(
        expected.filter((one) => one === anchor || one.method === 'DeleteWorkspace').map(({ id }) => id),
      );
    }
  }
});

function viaOf(anchor: Made, other: Made): readonly string[] {
  if (anchor === other) return [];
  const sameConnection = anchor.connectionId !== undefined && anchor.connectionId === other.connectionId;
  const sameNumber =
    anchor.correlationId !== undefined && anchor.correlationId !== '-1' && anchor.correlationId === other.correlationId;
  return [
    ...(anchor.requestIds.some((id) => other.requestIds.includes(id)) ? ['requestId'] : []),
    ...(sameConnection ? ['connectionId'] : []),
    ...(sameNumber && (sameConnection || anchor.correlationId === 'abc-def') ? ['correlationId'] : []),
  ];
}

test.for(engines)('related equals the records that share an id, with %s', async (engine) => {
  for (const anchor of records.filter((_, i) => i % 29 === 3)) {
    const { rows, exit } = await answer(['related', '--id', anchor.id, '-o', 'ndjson'], engine);
    const expected = inOrder(records.filter((one) => one === anchor || viaOf(anchor, one).length > 0));

    expect(rows.map(({ id, delta, via }) => ({ id, delta, via }))).toEqual(
      expected.map((one) => ({ id: one.id, delta: deltaText(anchor.nanos, one.nanos), via: viaOf(anchor, one) })),
    );
    expect(exit).toBe(expected.length > 1 ? 0 : 1);
  }
});

test.for(engines)('show --diff previous finds the latest earlier record, with %s', async (engine) => {
  for (const anchor of anchors) {
    const { stdout } = await runInProcess(['show', '--id', anchor.id, '--diff', 'previous', '-o', 'json', ...paths], {
      env: { AUDIT_CLI_SCAN: engine },
      cli,
    });
    const earlier = inOrder(records).filter(
      (one) =>
        one.method === anchor.method &&
        one.workspace === anchor.workspace &&
        one.nanos !== undefined &&
        one.nanos < (anchor.nanos ?? 0n),
    );
    const latest = earlier.find((one) => one.nanos === earlier.at(-1)?.nanos);
    const [shown] = JSON.parse(stdout).records;

    expect(shown.previous?.id ?? null).toBe(latest?.id ?? null);
    expect(shown.differences).toEqual(
      latest === undefined || latest.pool === anchor.pool
        ? []
        : [
            {
              path: 'data.request.data.pool',
              previous: JSON.stringify(latest.pool),
              now: JSON.stringify(anchor.pool),
            },
          ],
    );
  }
});

test.for(engines)('an empty answer says what the dump covers, with %s', async (engine) => {
  const timed = inOrder(records).filter(({ nanos }) => nanos !== undefined);
  const last = timed.find(({ nanos }) => nanos === timed.at(-1)?.nanos)?.time;

  const { stderr } = await answer(['filter', '--id', 'nobody'], engine);

  expect(stderr).toContain(`nothing matched: 0 of 300 records; the dump covers ${timed[0]?.time} to ${last}\n`);
});
