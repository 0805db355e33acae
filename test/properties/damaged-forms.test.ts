/**
 * Lines are cut, joined, flipped, mixed up: whatever befalls some lines of a dump, in whichever form it is, the records
 * of all others are found where they stand, every line is accounted for, and every way of reading says the same.
 * `PROPERTY_RUNS=100 npx vitest run test/properties/damaged-forms.test.ts` tries 20,000 dumps of each form.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LineKind } from '../../src/input/batch.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import type { JsonObject, Provenance } from '../../src/record/record.ts';
import { type DumpLine, type Form, type FormRecord, formRecords, forms } from '../helpers/forms.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const records = formRecords(90);
const { numRuns } = propertyRuns(200);
/** A dump of a few kilobytes that takes longer would take minutes at its usual size. */
const mostMilliseconds = 2000;

const folder = makeFolder();
afterAll(() => folder.remove());

const damageable = forms.filter(({ needsNames }) => !needsNames);

test.for(damageable.map((form) => [form.name, form] as const))(
  '%s: what is not damaged is found, and every line is accounted for',
  async ([, form]) => {
    let intact = 0;
    for (let seed = 0; seed < numRuns; seed++) {
      const dump = damagedDump(form, seed);
      const start = performance.now();

      const found = await readAll(dump.bytes);

      expect(performance.now() - start, `dump ${seed}`).toBeLessThan(mostMilliseconds);
      expect(missing(found.records, dump.intact, form), `dump ${seed}: ${dump.text}`).toEqual([]);
      expect(accountFlaws(found, dump.text), `dump ${seed}: ${dump.text}`).toEqual([]);
      intact += dump.intact.length;
    }
    const isOneValue = form.files(records).every(({ lines }) => lines.every(({ of }) => of.length === records.length));
    if (!isOneValue) expect(intact).toBeGreaterThan(numRuns);
  },
);

test.for(damageable.map((form, i) => [form.name, form, i] as const))(
  '%s: damaged lines are read the same in every way',
  async ([, form, i]) => {
    const args = ['filter', '-o', 'csv', '-F', 'id,line,partition,offset,kafkaTime,method', '--stats', 'json'];
    for (let run = 0; run < numRuns / 20; run++) {
      const seed = 100_000 * (i + 1) + run;
      const { bytes, text } = damagedDump(form, seed);
      const file = join(folder.path, 'dump');
      writeFileSync(file, bytes);
      const told = async (scan: string): Promise<unknown> => {
        const { stdout, stderr, exit } = await runInProcess([...args, file], { env: { AUDIT_CLI_SCAN: scan } });
        return { stdout, stderr: stderr.replace(/"(?:scan":\{[^}]*\}|elapsed\w*":[\d.]+)/g, ''), exit };
      };

      const truth = await told('truth');

      const scan = ['kernel,block=4096', 'js,block=4096', 'kernel', 'kernel,block=4096,checked=0'][run % 4] ?? '';
      expect(await told(scan), `dump ${seed}, ${scan}: ${text}`).toEqual(truth);
    }
  },
);

/** A character for each byte. */
interface Line {
  readonly text: string;
  /** Undefined when it was damaged. */
  readonly intact: DumpLine | undefined;
}

interface DamagedDump {
  readonly bytes: Buffer;
  /** Before it was encoded. */
  readonly text: string;
  readonly intact: readonly Expected[];
}

interface Expected {
  readonly n: number;
  readonly record: FormRecord;
  readonly line: number;
}

function damagedDump(form: Form, seed: number): DamagedDump {
  const random = randomOf(seed);
  const first = random.below(records.length - 14);
  const some = records.slice(first, first + 4 + random.below(10));
  let lines: readonly Line[] = form
    .files(some)
    .flatMap((file) => file.lines)
    .map((line) => ({ text: Buffer.from(line.text).toString('latin1'), intact: line }));
  for (let left = 1 + random.below(3); left > 0; left--) lines = damagedLines(lines, random);
  const text = lines.map((line) => `${line.text}\n`).join('');
  const whole = random.chance(0.2) ? text.slice(0, -1) : text;
  return { bytes: form.encode(Buffer.from(whole, 'latin1')), text: whole, intact: intactRecords(form, some, lines) };
}

/** Records all of whose lines are left, in order. */
function intactRecords(form: Form, some: readonly FormRecord[], lines: readonly Line[]): readonly Expected[] {
  const left = new Map<number, number>();
  const starts = new Map<number, number>();
  let number = 1;
  for (const { text, intact } of lines) {
    for (const n of intact?.of ?? []) left.set(n, (left.get(n) ?? 0) + 1);
    for (const n of intact?.starts ?? []) starts.set(n, number);
    number += 1 + newlinesIn(text);
  }
  const needed = new Map<number, number>();
  for (const { of } of form.files(some).flatMap((file) => file.lines))
    for (const n of of) needed.set(n, (needed.get(n) ?? 0) + 1);
  return some.flatMap((record, n) => {
    const line = starts.get(n);
    return line !== undefined && left.get(n) === needed.get(n) ? [{ n, record, line }] : [];
  });
}

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}

function damagedLines(lines: readonly Line[], random: Random): readonly Line[] {
  const i = random.below(lines.length);
  const one = lines[i]?.text ?? '';
  const next = lines[i + 1]?.text;
  const at = random.below(one.length + 1);
  const replaced = (count: number, ...texts: readonly string[]): readonly Line[] => [
    ...lines.slice(0, i),
    ...texts.map((text) => ({ text, intact: undefined })),
    ...lines.slice(i + count),
  ];
  switch (random.below(next === undefined ? 7 : 10)) {
    case 0:
      return replaced(1, one.slice(0, at));
    case 1:
      return replaced(1, one.slice(at));
    case 2:
      return replaced(1);
    case 3:
      return replaced(1, one.slice(0, at) + flipped(one.slice(at, at + 1), random) + one.slice(at + 1));
    case 4:
      return replaced(1, one.slice(0, at) + strayText(random) + one.slice(at));
    case 5:
      return replaced(1, one.slice(0, at) + one.slice(at + 1 + random.below(30)));
    case 6:
      return replaced(1, one + strayText(random));
    case 7:
      return replaced(2, one + next);
    // Two writers at once.
    case 8:
      return replaced(2, one.slice(0, at) + next, one.slice(at));
    default: {
      const to = random.below((next?.length ?? 0) + 1);
      return replaced(2, one.slice(0, at) + (next ?? '').slice(to), (next ?? '').slice(0, to) + one.slice(at));
    }
  }
}

function flipped(byte: string, random: Random): string {
  return byte === '' ? '' : String.fromCharCode(byte.charCodeAt(0) ^ (1 << random.below(8)));
}

function strayText(random: Random): string {
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(strays)).join('');
}

const strays = [
  ...['{', '}', '[', ']', '"', '\\', ',', ':', ' ', '\t', '\r', '\n', '\0', '\x1e', '\xff', '\xc3', 'x', '0', '-', '%'],
  ...['{"a":', '[{', '}}', '"}', 'null', '% ', '{"type":"t","data":{}}', '{"payload":"', '\xef\xbb\xbf', '{}', '[]'],
];

interface FoundRecord {
  readonly text: string;
  readonly value: JsonObject;
  readonly at: Provenance;
}

interface Found {
  readonly records: readonly FoundRecord[];
  readonly kinds: readonly LineKind[];
  readonly malformed: readonly number[];
  readonly counted: { readonly lines: number; readonly blank: number; readonly noise: number };
}

async function readAll(bytes: Buffer): Promise<Found> {
  const found = { records: [] as FoundRecord[], kinds: [] as LineKind[], malformed: [] as number[] };
  const counted = { lines: 0, blank: 0, noise: 0 };
  for await (const batch of readRecords(memorySource('dump', bytes), new AbortController().signal)) {
    for (const { raw, value, at } of batch.records)
      found.records.push({ text: Buffer.from(raw).toString(), value, at: { ...at } });
    found.kinds.push(...(batch.kinds ?? []));
    found.malformed.push(...batch.malformed.map(({ at }) => at.line));
    counted.lines += batch.lines;
    counted.blank += batch.blank;
    counted.noise += [...batch.noise.values()].reduce((sum, times) => sum + times, 0);
  }
  return { ...found, counted };
}

/** What should be there and is not, in order. */
function missing(found: readonly FoundRecord[], intact: readonly Expected[], form: Form): readonly string[] {
  const texts = found.map(({ text, value, at }) => told(form.keepsBytes ? text : JSON.stringify(value), at));
  const flaws: string[] = [];
  let from = 0;
  for (const { record, line } of intact) {
    const text = form.keepsBytes ? record.text : JSON.stringify(JSON.parse(record.text));
    const expected = told(text, { line, ...placeOf(record, form) });
    const i = texts.indexOf(expected, from);
    if (i < 0) flaws.push(expected);
    else from = i + 1;
  }
  return flaws;
}

interface ToldPlace {
  readonly line: number;
  readonly partition?: number | undefined;
  readonly offset?: number | undefined;
  readonly kafkaTime?: unknown;
  readonly form?: string | undefined;
}

function told(text: string, { line, partition, offset, kafkaTime, form }: ToldPlace): string {
  return JSON.stringify([text, line, partition, offset, kafkaTime !== undefined, form]);
}

function placeOf({ partition, offset, kafkaTime }: FormRecord, { form, tells }: Form): Omit<ToldPlace, 'line'> {
  return { form, ...(tells.place && { partition, offset }), ...(tells.kafkaTime && { kafkaTime }) };
}

function accountFlaws({ records: all, kinds, malformed, counted }: Found, text: string): readonly string[] {
  const lines = newlinesIn(text) + Number(!text.endsWith('\n') && text !== '');
  const count = (is: (kind: LineKind) => boolean): number => kinds.filter(is).length;
  const expected = {
    'lines of batches': [counted.lines, lines],
    'kinds of lines': [kinds.length, lines],
    blank: [counted.blank, count((kind) => kind === 'blank')],
    noise: [counted.noise, count((kind) => !['blank', 'malformed', 'records'].includes(kind))],
    malformed: [malformed.length, count((kind) => kind === 'malformed')],
  };
  const places = kinds.flatMap((kind, i) => (kind === 'malformed' ? [i + 1] : []));
  return [
    ...Object.entries(expected).flatMap(([name, [is, should]]) =>
      is === should ? [] : [`${name}: ${is}, not ${should}`],
    ),
    ...(JSON.stringify(places) === JSON.stringify(malformed) ? [] : [`malformed are ${places}, told are ${malformed}`]),
    ...all.flatMap(({ at }) => {
      const kind = kinds[at.line - 1];
      return kind === 'records' || kind === 'malformed' ? [] : [`a record in line ${at.line}, which counts as ${kind}`];
    }),
  ];
}
