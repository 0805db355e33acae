/**
 * Every row of a timeline equals what JSON.parse of its line and BigInt nanoseconds say, whichever way the input is read.
 * Nothing of the program but its output is used.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { runCli } from '../../src/cli/cli.ts';
import { bundledCli } from '../helpers/bundled-cli.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const engines = ['truth', 'js', 'kernel,block=4096', 'kernel,block=65536,threads=2'] as const;
const questions = [
  { args: [], gap: 1800n, unfold: false },
  { args: ['--unfold', '--gap', '90s'], gap: 90n, unfold: true },
  { args: ['--gap', '5m'], gap: 300n, unfold: false },
] as const;

const folder = makeFolder();
const dumps: readonly (readonly [name: string, text: string])[] = ['b.ndjson', 'a.ndjson'].map((name, i) => [
  name,
  dumpOf(randomOf(i + 1)),
]);
let cli: typeof runCli;
afterAll(() => folder.remove());

beforeAll(async () => {
  for (const [name, text] of dumps) writeFileSync(join(folder.path, name), text);
  cli = await bundledCli(join(folder.path, 'cli'));
});

test.each(questions.flatMap((question) => engines.map((engine) => ({ question, engine }))))(
  'timeline $question.args read by $engine',
  async ({ question, engine }) => {
    const paths = dumps.map(([name]) => join(folder.path, name));
    const { stdout, exit } = await runInProcess(['timeline', ...question.args, '-o', 'ndjson', ...paths], {
      env: { AUDIT_CLI_SCAN: engine },
      cli,
    });
    const text = Buffer.from(stdout, 'latin1').toString();
    const rows = text.trimEnd().split('\n');
    const told = rows.map((row) => {
      const { text: sentence, file, ...facts } = JSON.parse(row) as Row & { text: string; file: string };
      expect(sentence).not.toBe('');
      return { ...facts, file: file.slice(folder.path.length + 1) };
    });

    expect(exit).toBe(0);
    expect(told).toEqual(expected(question));
  },
);

interface Raw {
  readonly id: string;
  readonly time?: string;
  readonly type: string;
  readonly data: {
    readonly methodName: string;
    readonly authenticationInfo: { readonly principalResourceId: string };
    readonly requestMetadata: { readonly clientAddress: readonly { readonly ip: string }[] };
    readonly authorizationInfo?: {
      readonly granted: boolean;
      readonly operation: string;
      readonly resourceName: string;
    };
    readonly request?: { readonly accessType: string };
    readonly result?: { readonly status: string };
  };
}

interface Row {
  readonly time: string | null;
  readonly session: number | null;
  readonly count: number;
}

/** Bursts of checks and requests, out of order, with times of any spelling. */
function dumpOf(random: Random): string {
  let nanos = 1_777_600_000_000_000_000n;
  const lines = Array.from({ length: 700 }, (_, i) => {
    const pause = random.chance(0.03) ? random.pick([100, 400, 1800, 4000]) : random.below(20);
    nanos +=
      BigInt(pause) * 1_000_000_000n + BigInt(random.chance(0.3) ? random.below(3) : random.below(1_000_000_000));
    const digits = random.pick([3, 6, 9]);
    const rounded = nanos - (nanos % 10n ** BigInt(9 - digits));
    const time = `${new Date(Number(rounded / 1_000_000n)).toISOString().slice(0, 19)}.${String(
      rounded % 1_000_000_000n,
    )
      .padStart(9, '0')
      .slice(0, digits)}Z`;
    return JSON.stringify({ id: `e-${i}`, ...(random.chance(0.02) ? {} : { time }), ...deedOf(random) });
  });
  // Not far from where they belong.
  const key = (line: string, i: number): readonly [number, string] => [i + random.below(30), line];
  return `${lines
    .map(key)
    .toSorted(([a], [b]) => a - b)
    .map(([, line]) => line)
    .join('\n')}\n`;
}

function deedOf(random: Random): Pick<Raw, 'type' | 'data'> {
  const principal = random.pick(['u-1', 'u-2', 'sa-3']);
  const authenticationInfo = { principal: 'User:12', principalResourceId: principal };
  const requestMetadata = { clientAddress: [{ ip: random.pick(['192.0.2.1', '192.0.2.2']) }] };
  const common = { authenticationInfo, requestMetadata };
  if (random.chance(0.2)) {
    const methodName = random.pick(['DeleteStatement', 'GetStatement']);
    const request = { accessType: methodName === 'GetStatement' ? 'READ_ONLY' : 'MODIFICATION' };
    const result = { status: random.pick(['SUCCESS', 'FAILURE']) };
    return { type: 'io.confluent.cloud/request', data: { methodName, ...common, request, result } };
  }
  const granted = random.chance(0.93);
  const operation = random.pick(['Describe', 'AccessMetrics', 'View', 'Describe', 'Describe', 'Alter']);
  const authorizationInfo = { granted, operation, resourceType: 'Topic', resourceName: random.pick(['t-1', 't-2']) };
  return {
    type: 'io.confluent.cloud/authorization',
    data: { methodName: 'mds.Authorize', ...common, authorizationInfo },
  };
}

interface Placed {
  readonly raw: Raw;
  readonly file: string;
  readonly line: number;
  readonly nanos: bigint | undefined;
}

function nanosOf(time: string | undefined): bigint | undefined {
  if (time === undefined) return undefined;
  const [, whole = '', fraction = ''] = /^(.{19})\.(\d+)Z$/.exec(time) ?? [];
  return BigInt(Date.parse(`${whole}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function secondsOf(nanos: bigint): string {
  return `${nanos / 1_000_000_000n}.${String(nanos % 1_000_000_000n).padStart(9, '0')}`;
}

function expected({ gap, unfold }: { readonly gap: bigint; readonly unfold: boolean }): readonly object[] {
  const all = dumps.flatMap(([file, text]) =>
    text
      .trimEnd()
      .split('\n')
      .map((line, i): Placed => {
        const raw = JSON.parse(line) as Raw;
        return { raw, file, line: i + 1, nanos: nanosOf(raw.time) };
      }),
  );
  const timed = all
    .filter(({ nanos }) => nanos !== undefined)
    .toSorted((a, b) => Number((a.nanos ?? 0n) - (b.nanos ?? 0n)));
  const groups: Placed[][] = [];
  const sessions: number[] = [];
  let stretch = 0;
  let session = 0;
  let before: bigint | undefined;
  for (const one of timed) {
    const nanos = one.nanos ?? 0n;
    const begins = before === undefined || nanos - before > gap * 1_000_000_000n;
    const isOtherDay = before !== undefined && nanos / 86_400_000_000_000n !== before / 86_400_000_000_000n;
    before = nanos;
    if (begins) session++;
    const { authorizationInfo: check } = one.raw.data;
    const isQuiet = !unfold && check?.granted === true && check.operation !== 'Alter';
    if (begins || isOtherDay || !isQuiet) stretch = groups.length;
    const run = isQuiet
      ? groups.findIndex(
          ([first], i) =>
            i >= stretch &&
            first?.raw.data.authenticationInfo.principalResourceId ===
              one.raw.data.authenticationInfo.principalResourceId,
        )
      : -1;
    if (run >= 0) groups[run]?.push(one);
    else {
      groups.push([one]);
      sessions.push(session);
      if (!isQuiet) stretch = groups.length;
    }
  }
  let shown: bigint | undefined;
  const rows = groups.map((group, i) => {
    const nanos = group[0]?.nanos ?? 0n;
    const delta = shown === undefined ? null : secondsOf(nanos - shown);
    shown = nanos;
    return rowOf(group, delta, sessions[i] ?? null);
  });
  return [...rows, ...all.filter(({ nanos }) => nanos === undefined).map((one) => rowOf([one], null, null))];
}

function rowOf(group: readonly Placed[], delta: string | null, session: number | null): object {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) throw new Error('an empty group');
  const { raw, file, line } = first;
  const same = (of: (raw: Raw) => string | undefined): string | null => {
    const values = new Set(group.map((one) => of(one.raw)));
    return values.size === 1 ? (of(raw) ?? null) : null;
  };
  const { authorizationInfo: check, request, result } = raw.data;
  return {
    time: raw.time ?? null,
    delta,
    session,
    principal: raw.data.authenticationInfo.principalResourceId,
    method: same(({ data }) => data.methodName),
    resource: same(({ data }) => data.authorizationInfo?.resourceName),
    ip: same(({ data }) => data.requestMetadata.clientAddress[0]?.ip),
    result: check === undefined ? result?.status : check.granted ? 'ALLOW' : 'DENY',
    access: request?.accessType ?? null,
    count: group.length,
    span: group.length === 1 ? null : secondsOf((last.nanos ?? 0n) - (first.nanos ?? 0n)),
    id: raw.id,
    file,
    line,
  };
}
