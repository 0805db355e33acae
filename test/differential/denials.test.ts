/**
 * Refusals counted by JSON.parse and nothing else are the refusals of `denials`, whatever reads the input; and the
 * command that it prints behind a row finds the records of that row.
 */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runInProcess } from '../helpers/in-process.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { withoutVolatile } from '../helpers/volatile.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const folder = makeFolder().path;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const engines = ['truth', 'js', 'kernel,block=4096', 'kernel,block=4096,threads=2'];

interface Event {
  readonly id: string;
  readonly time: string | undefined;
  readonly plane: 'authentication' | 'authorization' | 'request' | 'none';
  readonly failed: boolean;
  readonly who: string | undefined;
  readonly ips: readonly string[];
  readonly key: string | undefined;
  readonly resource: string;
  readonly operation: string;
}

function eventOf(random: Random, i: number): Event {
  // Without a principal a credential would stand for one.
  const who = random.chance(0.1) ? undefined : random.pick(['u-1', 'u-2', 'sa-1', 'o\'x "y" $z']);
  const second = String(random.below(60)).padStart(2, '0');
  return {
    id: `e-${i}`,
    time: random.chance(0.05) ? undefined : `2026-05-01T00:0${random.below(2)}:${second}.${random.below(10)}00Z`,
    plane: random.pick(['authentication', 'authorization', 'request', 'none'] as const),
    failed: random.chance(0.6),
    who,
    ips: random.pick([[], ['10.0.0.1'], ['10.0.0.1', '10.0.0.2'], ['2001:db8::1']]),
    key: who === undefined || random.chance(0.3) ? undefined : random.pick(['K1', 'K2', 'K3']),
    resource: random.pick(['orders', 'pay ments', 'ü']),
    operation: random.pick(['Read', 'Write', 'Alter']),
  };
}

/** `none` is a failure that is no refusal, or a success of a request. */
function lineOf({ id, time, plane, failed, who, ips, key, resource, operation }: Event): string {
  const kind = plane === 'none' ? 'request' : plane;
  const verdict = {
    authentication: { result: { status: failed ? 'UNAUTHENTICATED' : 'SUCCESS' } },
    authorization: { authorizationInfo: { granted: !failed, operation, resourceType: 'Topic' } },
    request: {
      result: failed ? { status: 'FAILURE', data: { errorType: 'TOPIC_AUTHORIZATION_FAILED' } } : { status: 'SUCCESS' },
    },
    none: { result: { status: failed ? '404 NOT_FOUND' : 'SUCCESS' } },
  }[plane];
  return `${JSON.stringify({
    id,
    ...(time !== undefined && { time }),
    type: `io.confluent.kafka.server/${kind}`,
    data: {
      methodName: `kafka.${operation}Things`,
      resourceName: `crn://confluent.cloud/topic=${encodeURIComponent(resource)}`,
      authenticationInfo: {
        ...(who !== undefined && { principal: `User:${who}` }),
        ...(key !== undefined && { metadata: { identifier: key } }),
      },
      ...(ips.length > 0 && { clientAddress: ips.map((ip) => ({ ip })) }),
      ...verdict,
    },
  })}\n`;
}

interface Row {
  readonly by: string;
  readonly name: string | null;
  readonly plane: string;
  readonly count: number;
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly ips: readonly string[];
  readonly principals: readonly string[];
  readonly credentials: readonly string[];
  readonly first: string | null;
  readonly last: string | null;
  readonly succeededLater: string | null;
  readonly ids: readonly string[];
}

function expectedRows(events: readonly Event[]): Row[] {
  const refused = events.filter(({ failed, plane }) => failed && plane !== 'none');
  const rows = (['principal', 'address'] as const).flatMap((by) => {
    const namesOf = ({ who, ips }: Event): (string | undefined)[] =>
      by === 'principal' ? [who] : ips.length === 0 ? [undefined] : [...ips];
    const names = [...new Set(refused.flatMap(namesOf))];
    return names.flatMap((name) =>
      (['authentication', 'authorization', 'request'] as const).flatMap((plane): Row[] => {
        const all = refused.filter((event) => event.plane === plane && namesOf(event).includes(name));
        if (all.length === 0) return [];
        // All of these times have as many digits.
        const times = all.flatMap(({ time }) => time ?? []).sort();
        const last = times.at(-1);
        const successes = events.filter((event) => !event.failed && namesOf(event).includes(name));
        const later = successes.flatMap(({ time }) => time ?? []).filter((time) => last !== undefined && time > last);
        const row: Row = {
          by,
          name: name ?? null,
          plane,
          count: all.length,
          operations: distinct(
            all.map((event) =>
              plane === 'authorization' ? `Topic:${event.operation}` : `kafka.${event.operation}Things`,
            ),
          ),
          resources: distinct(all.map(({ resource }) => resource)),
          ips: distinct(all.flatMap(({ ips }) => ips)),
          principals: distinct(all.flatMap(({ who }) => who ?? [])),
          credentials: distinct(all.flatMap(({ key }) => key ?? [])),
          first: times[0] ?? null,
          last: last ?? null,
          succeededLater: name === undefined ? null : (later.sort()[0] ?? null),
          ids: all.map(({ id }) => id),
        };
        return [row];
      }),
    );
  });
  return rows.sort(
    (a, b) =>
      (a.by < b.by ? 1 : a.by > b.by ? -1 : 0) ||
      b.count - a.count ||
      ((a.name ?? '') < (b.name ?? '') ? -1 : (a.name ?? '') > (b.name ?? '') ? 1 : 0) ||
      (a.plane < b.plane ? -1 : 1),
  );
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** By what was asked. */
const truths = new Map<string, unknown>();

describe.each(engines)('read by %s', (scan) => {
  const env = { AUDIT_CLI_SCAN: scan };

  test.each([1, 2, 3])('the rows are those of the events (seed %i)', async (seed) => {
    const random = randomOf(seed);
    const events = Array.from({ length: seed * 40 }, (_, i) => eventOf(random, i));
    const path = join(folder, `${seed}.ndjson`);
    writeFileSync(path, events.map(lineOf).join(''));
    const { stdout, stderr } = await runInProcess(['denials', '--proof', '-o', 'ndjson', path], { env });
    const rows: unknown[] = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(utf8(line)));

    const keys = Object.keys(expectedRows(events)[0] ?? {});
    expect(
      rows.map((row) => pick(row, keys)),
      stderr,
    ).toEqual(expectedRows(events));
    if (scan !== 'kernel,block=4096' || seed > 1) return;
    for (const row of rows) {
      const { filter, ids } = Object(row);
      const found = await runInProcess([
        ...shellWords(String(filter)).slice(1),
        '-F',
        'id',
        '-o',
        'csv',
        '--no-header',
      ]);
      expect(found.stdout.split('\n').filter(Boolean), filter).toEqual(ids);
    }
  });

  test.each(['compact', 'shuffled', 'hard', 'malformed'])(
    'the answer about a dump in the style %s is that of JSON.parse',
    async (name) => {
      const style = Object.entries(styles).find(([one]) => one === name)?.[1] ?? expect.fail();
      const path = join(folder, `${name}.ndjson`);
      writeFileSync(
        path,
        dumpOfSeeds(
          Array.from({ length: 80 }, (_, i) => i * 7),
          style,
        ),
      );
      for (const args of [
        ['-o', 'json'],
        ['--proof', '--dedupe', '-o', 'csv'],
        ['--since', '2026-05-02', '--width', '100'],
      ]) {
        const of = async (env: Record<string, string>): Promise<unknown> => {
          const { stdout, stderr, exit } = await runInProcess(['denials', ...args, path], { env });
          return { stdout: withoutVolatile(stdout), stderr: withoutVolatile(stderr), exit };
        };
        const asked = [...args, path].join(' ');
        if (!truths.has(asked)) truths.set(asked, await of({ AUDIT_CLI_SCAN: 'truth' }));
        if (scan !== 'truth') expect(await of(env)).toEqual(truths.get(asked));
      }
    },
  );
});

function pick(row: unknown, keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key) => [key, Object(row)[key]]));
}

function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString();
}

function shellWords(line: string): string[] {
  return execFileSync('sh', ['-c', `set -- ${line}; printf '%s\\0' "$@"`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}
