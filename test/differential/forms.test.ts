/**
 * The same records give the same answers in whichever form they come, minus what the form cannot carry: from a file,
 * through a pipe and compressed, whichever way lines are read. Nothing is lost, and every line is accounted for.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { runCli } from '../../src/cli/cli.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { bundledCli } from '../helpers/bundled-cli.ts';
import {
  type DumpFile,
  type DumpLine,
  dumpBytes,
  type Form,
  formRecords,
  forms,
  mixableForms,
} from '../helpers/forms.ts';
import { type InProcessResult, runInProcess } from '../helpers/in-process.ts';
import { randomOf } from '../helpers/random.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const records = formRecords(1000);
const ways = ['file', 'stdin', 'gzip'] as const;
type Way = (typeof ways)[number];

const scans = ['auto', 'truth', 'kernel,block=4096', 'js', 'kernel', 'js,block=4096', 'kernel,block=4096,threads=2'];

const folder = makeFolder();
let cli: typeof runCli;
afterAll(() => folder.remove());
beforeAll(async () => {
  cli = await bundledCli(join(folder.path, 'cli'));
});

/** Everything about records that does not hang on how they are wrapped. */
const questions: readonly (readonly string[])[] = [
  ['filter'],
  ['filter', '--failed', '-m', 'Create*,kafka.*'],
  ['filter', '-p', 'u-3', '-o', 'csv'],
  ['filter', '-o', 'text', '--sort', 'time', '-r', '-n', '20'],
  ['filter', '-c', '--where', 'data.methodName = "CreateTopics"'],
  ['summary', '-o', 'json'],
  ['summary', '--failed'],
];

test.for(forms.map((form, i) => [form.name, form, i] as const))('%s', async ([, form, i]) => {
  const files = form.files(records);
  const raw = placed('raw', [{ path: 'raw.json', lines: rawLines }], { way: 'file', encode: (text) => text });

  for (const [w, way] of ways.entries()) {
    if (way === 'stdin' && form.needsNames) continue;
    const dump = placed(`form-${i}`, files, { way, encode: form.encode });
    const scan = scans[(i + w) % scans.length] ?? 'auto';

    const places = await ask(dump, ['filter', '-o', 'csv', '-F', placeColumns, '--stats', 'json'], scan);
    expect(places.stdout, `${way} ${scan}`).toBe(expectedPlaces(form, files));
    expect(accountOf(places), `${way} ${scan}`).toEqual(expectedAccount(files));

    for (const question of questions) {
      const place = `${way} ${scan} ${question.join(' ')}`;
      const expected = await ask(raw, question, 'truth');
      const actual = await ask(dump, question, scan);
      expect(actual.exit, place).toBe(expected.exit);
      if (form.keepsBytes || !printsBytes(question))
        expect(withoutAccount(actual.stdout), place).toBe(withoutAccount(expected.stdout));
      else expect(parsedLines(actual.stdout), place).toEqual(parsedLines(expected.stdout));
    }
    // It takes its time: each form one way.
    if (w !== (form.needsNames ? 0 : i % ways.length)) continue;
    const verify = ['verify', '-o', 'json'];
    expect(evidenceOf(await ask(dump, verify, scan)), `${way} ${scan} verify`).toEqual(
      evidenceOf(await ask(raw, verify, 'truth')),
    );
  }
});

test.for(forms.filter(({ needsNames }) => !needsNames).map((form) => [form.name, form] as const))(
  'each record knows that it came as %s',
  async ([, form]) => {
    const lines = form.files(records).flatMap((file) => file.lines);
    const found: (string | undefined)[] = [];
    for await (const batch of readRecords(memorySource('dump', dumpBytes(form, lines)), new AbortController().signal))
      found.push(...batch.records.map(({ at }) => at.form));

    expect(found).toEqual(records.map(() => form.form));
  },
);

test('lines of all forms may stand in one file, in any order', async () => {
  const random = randomOf(11);
  // Of each record the lines of some form, with the noise of that form.
  const lines: DumpLine[] = [];
  const expected: string[] = [];
  for (const [n, record] of formRecords(1000).entries()) {
    const form = random.pick(mixableForms);
    for (const line of form.files([record]).flatMap((file) => file.lines)) {
      const at = lines.push(line);
      if (line.starts.length > 0) expected.push(placeLine(form, n, at));
    }
  }
  const file = { path: 'mixed.txt', lines };

  for (const [w, way] of ways.entries()) {
    for (const scan of scans.filter((_, i) => i % ways.length === w)) {
      const dump = placed('mixed', [file], { way, encode: (text) => text });
      const places = await ask(dump, ['filter', '-o', 'csv', '-F', placeColumns, '--stats', 'json'], scan);

      expect(places.stdout, `${way} ${scan}`).toBe([placeColumns, ...expected, ''].join('\n'));
      expect(accountOf(places), `${way} ${scan}`).toEqual(expectedAccount([file]));
    }
  }
});

const rawLines: readonly DumpLine[] = records.map(({ text }, n) => ({ text, starts: [n], of: [n] }));

const placeColumns = 'id,line,partition,offset,kafkaTime';

function expectedPlaces(form: Form, files: readonly DumpFile[]): string {
  const places = files.flatMap(({ path, lines }) =>
    isSibling(path) ? [] : lines.flatMap(({ starts }, i) => starts.map((n) => placeLine(form, n, i + 1))),
  );
  return [placeColumns, ...places, ''].join('\n');
}

function placeLine({ tells }: Pick<Form, 'tells'>, n: number, line: number): string {
  const { partition, offset, kafkaTime } = records[n] ?? { partition: 0, offset: 0, kafkaTime: 0 };
  const place = tells.place ? [partition, offset] : ['', ''];
  const time = tells.kafkaTime ? new Date(kafkaTime).toISOString() : '';
  return [`event-${n}`, line, ...place, time].join(',');
}

function isSibling(path: string): boolean {
  return /\.(?:keys|headers)\./.test(path);
}

interface Account {
  readonly lines: number;
  readonly blank: number;
  readonly malformed: number;
  readonly records: number;
  readonly noiseByKind: Readonly<Record<string, number>>;
}

function expectedAccount(files: readonly DumpFile[]): Account {
  const lines = files.flatMap((file) => (isSibling(file.path) ? [] : file.lines));
  const noiseByKind: Record<string, number> = {};
  for (const { noise } of lines) if (noise !== undefined) noiseByKind[noise] = (noiseByKind[noise] ?? 0) + 1;
  const blank = lines.filter(({ of, noise }) => of.length === 0 && noise === undefined).length;
  return { lines: lines.length, blank, malformed: 0, records: records.length, noiseByKind };
}

function accountOf({ stderr }: InProcessResult): Account {
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  const { lines, blank, malformed, records: found, noiseByKind } = JSON.parse(last) as Account;
  return { lines, blank, malformed, records: found, noiseByKind };
}

interface Verified {
  readonly records: number;
  readonly duplicates: Readonly<Record<'identical' | 'rewritten' | 'conflicting' | 'withoutId', number>>;
  readonly silences: unknown;
  readonly hours: unknown;
  readonly clock: Readonly<Record<'unusable' | 'without', { readonly records: number }>>;
  readonly drift: {
    readonly methods: unknown;
    readonly fields: readonly { readonly path: string; readonly records: number }[];
  };
}

/** What `verify` says of the records themselves. */
function evidenceOf({ stdout, exit }: InProcessResult): unknown {
  const { records: found, duplicates, silences, hours, clock, drift } = JSON.parse(stdout) as Verified;
  const { identical, rewritten, conflicting, withoutId } = duplicates;
  return {
    exit,
    found,
    duplicates: { identical, rewritten, conflicting, withoutId },
    silences,
    hours,
    times: [clock.unusable.records, clock.without.records],
    methods: drift.methods,
    fields: drift.fields.map(({ path, records: times }) => [path, times]),
  };
}

/** How many lines there are hangs on the form. */
function withoutAccount(text: string): string {
  return text.replace(/^ {2}"accounting": \{\n[\s\S]*?\n {2}\}$/m, '').replace(/^lines {2,}.*$/m, '');
}

interface Placed {
  readonly names: readonly string[];
  readonly stdin: Buffer | undefined;
}

/** The dump in files, or as what comes through a pipe. */
function placed(
  name: string,
  files: readonly DumpFile[],
  { way, encode }: { readonly way: Way } & Pick<Form, 'encode'>,
): Placed {
  const root = join(folder.path, `${name}-${way}`);
  const paths = files.map(({ path, lines }, i) => {
    const bytes = dumpBytes({ encode }, lines);
    const to = join(root, way === 'gzip' ? `${path}.gz` : path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, way === 'gzip' ? inTwoMembers(bytes, i) : bytes);
    return to;
  });
  const [only] = paths;
  if (way !== 'stdin' || only === undefined) return { names: paths.length === 1 ? paths : [root], stdin: undefined };
  return { names: [], stdin: readFileSync(only) };
}

/** As `cat a.gz b.gz` gives it; where they are parted does not hang on lines. */
function inTwoMembers(bytes: Buffer, seed: number): Buffer {
  const at = randomOf(seed).below(bytes.length);
  return Buffer.concat([gzipSync(bytes.subarray(0, at)), gzipSync(bytes.subarray(at))]);
}

function ask({ names, stdin }: Placed, args: readonly string[], scan: string): Promise<InProcessResult> {
  const env = { AUDIT_CLI_SCAN: scan };
  if (stdin === undefined) return runInProcess([...args, ...names], { env, cli });
  const chunks = [stdin.subarray(0, 1001), stdin.subarray(1001, 70_000), stdin.subarray(70_000)];
  return runInProcess(args, { env, cli, stdin: { chunks } });
}

/** Whether it prints records as they are. */
function printsBytes(question: readonly string[]): boolean {
  return question[0] === 'filter' && !question.includes('-o') && !question.includes('-c');
}

function parsedLines(text: string): readonly unknown[] {
  return Buffer.from(text, 'latin1')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}
