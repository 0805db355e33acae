/**
 * Two answers to one question, made by different code, have to be the same: the `ndjson` package reads again what our
 * own reader read, and a few lines of JavaScript over `JSON.parse` filter again what the filters filtered.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newAnswerDigest } from '../../src/cli/cross-check.ts';
import type { Source } from '../../src/input/block.ts';
import { readRecordsWithNdjson } from '../../src/input/ndjson-reference.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { digestOf } from '../../src/record/canonical.ts';
import { dumpLines, dumpOf, someFilter } from '../helpers/hostile-records.ts';
import { matchesOf } from '../helpers/pipeline.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const chunkLengths = fc.oneof(fc.integer({ min: 100, max: 5000 }), fc.array(fc.nat({ max: 4000 }), { maxLength: 5 }));

test('both readers find the same records, broken lines and blank lines at the same places', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, fc.boolean(), fc.boolean(), chunkLengths, async (lines, torn, packed, chunks) => {
      const dump = dumpOf(lines, torn);
      const source = memorySource('f', packed ? gzipSync(dump) : dump, chunks);

      expect(await readBy(readRecordsWithNdjson, source)).toEqual(await readBy(readRecords, source));
    }),
    propertyRuns(150),
  );
});

test('both readers stop at the same length of a line', async () => {
  const maxLineBytes = 700;
  await fc.assert(
    fc.asyncProperty(dumpLines, fc.boolean(), chunkLengths, async (lines, torn, chunks) => {
      const source = memorySource('f', dumpOf(lines, torn), chunks);

      const ours = await readBy(readRecords, source, maxLineBytes);

      expect(await readBy(readRecordsWithNdjson, source, maxLineBytes)).toEqual(ours);
    }),
    propertyRuns(60),
  );
});

test('a question has one answer, whichever reader reads', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, fc.array(someFilter, { maxLength: 2 }), fc.boolean(), async (lines, typed, dedupe) => {
      const sources = [memorySource('f', dumpOf(lines))];

      const ours = await matchesOf(sources, typed, { dedupe });

      expect(await matchesOf(sources, typed, { dedupe, read: readRecordsWithNdjson })).toEqual(ours);
    }),
    propertyRuns(60),
  );
});

test('the digest of --cross-check tells answers apart and takes records of any depth', () => {
  const deep = JSON.parse(`{"type":"t","data":{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`);
  const digestOfLines = (...lines: readonly number[]): string => {
    const digest = newAnswerDigest();
    for (const line of lines) digest.see({ raw: new Uint8Array(), at: { file: 'f', line }, value: deep }, true);
    return digest.hex();
  };

  expect(digestOfLines(1, 2)).toBe(digestOfLines(1, 2));
  expect(digestOfLines(1, 2)).not.toBe(digestOfLines(2, 1));
  expect(digestOfLines(1)).not.toBe(digestOfLines(1, 2));
});

interface Reading {
  readonly lines: number;
  readonly blank: number;
  readonly bytes: number;
  readonly records: readonly string[];
  readonly malformed: readonly string[];
}

async function readBy(read: typeof readRecords, source: Source, maxLineBytes?: number): Promise<Reading> {
  const reading = { lines: 0, blank: 0, bytes: 0, records: [] as string[], malformed: [] as string[] };
  const options = maxLineBytes === undefined ? {} : { maxLineBytes };
  for await (const batch of read(source, new AbortController().signal, options)) {
    reading.lines += batch.lines;
    reading.blank += batch.blank;
    reading.bytes += batch.bytes;
    for (const { at, raw, value } of batch.records) {
      reading.records.push(`${at.line} ${hex(digestOf(value))} ${Buffer.from(raw).toString('latin1')}`);
    }
    for (const { at, reason, detail, bytes, torn } of batch.malformed) {
      reading.malformed.push(`${at.line} ${reason} ${detail} ${torn} ${Buffer.from(bytes).toString('latin1')}`);
    }
  }
  // One reader tells of over-long lines with the block behind them, the other where they stand.
  reading.malformed.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return reading;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

const samples: Readonly<Record<string, string>> = {
  vendor: read('vendor-records.ndjson').toString(),
  incident: `${read('incident/audit-log-part-1.ndjson')}\n${gunzipSync(read('incident/audit-log-part-2.ndjson.gz'))}`,
};

/** What a script would take for granted of a record. The samples keep to it, apart from what is asked with `?.`. */
interface Scripted {
  readonly type?: string;
  readonly specversion?: string;
  readonly id?: string;
  readonly time?: unknown;
  readonly '@timestamp'?: unknown;
  readonly data: {
    readonly methodName?: string;
    readonly method_name?: string;
    readonly request?: { readonly accessType?: string };
    readonly result?: { readonly status?: string };
    readonly authorizationInfo?: { readonly granted?: boolean };
    readonly cloudResources?: readonly unknown[];
    readonly requestMetadata?: { readonly clientAddress?: unknown };
  };
}

/** The flags, and the same question in plain JavaScript. */
const questions: readonly (readonly [flag: string, value: string, test: (record: Scripted) => boolean])[] = [
  ['method', 'DeleteStatement', ({ data }) => data.methodName === 'DeleteStatement'],
  ['method', 'kafka.Authentication', ({ data }) => data.methodName === 'kafka.Authentication'],
  [
    'method',
    'Get*,List*',
    ({ data }) => /^(?:[\w-]+\.|Tableflow)?(?:Get|List)/i.test(data.methodName ?? data.method_name ?? ''),
  ],
  ['type', 'io.confluent.cloud/request', ({ type }) => type === 'io.confluent.cloud/request'],
  ['type', 'authentication', ({ type }) => type?.endsWith('/authentication') === true],
  ['id', 'de07cd1b*', ({ id }) => id?.startsWith('de07cd1b') === true],
  ['since', '2026-03-18T00:00:00Z', (record) => nanoseconds(record) >= nanoseconds({ time: '2026-03-18T00:00:00Z' })],
  [
    'until',
    '2026-03-17T12:00:00.5Z',
    (record) => nanoseconds(record) < nanoseconds({ time: '2026-03-17T12:00:00.5Z' }),
  ],
  ['text', 'workspace', (record) => strings(record).some((text) => text.toLowerCase().includes('workspace'))],
  ['text', '203.0.113', (record) => strings(record).some((text) => text.includes('203.0.113'))],
  ['access', 'modification', ({ data }) => data.request?.accessType === 'MODIFICATION'],
  ['where', 'data.result.status = "SUCCESS"', ({ data }) => data.result?.status === 'SUCCESS'],
  ['where', 'data.authorizationInfo.granted = false', ({ data }) => data.authorizationInfo?.granted === false],
  ['where', 'data.cloudResources exists', ({ data }) => (data.cloudResources?.length ?? 0) > 0],
  [
    'where',
    'data.requestMetadata.clientAddress.ip ~ "^1"',
    ({ data }) => addresses(data).some((ip) => ip.startsWith('1')),
  ],
  ['where', 'line exists and id != "x"', () => true],
];

describe.each(Object.entries(samples))('in the %s sample', (_, text) => {
  const source = memorySource('f', text);
  const parsed = text
    .split('\n')
    .flatMap((line, i) => recordsIn(line).map((record) => ({ place: `f:${i + 1}`, record })));

  test.for(questions)('--%s %s gives what plain JavaScript finds', async ([flag, value, matches]) => {
    const { places } = await matchesOf([source], [{ name: flag, negated: false, values: [value] }]);

    expect(places).toEqual(parsed.filter(({ record }) => matches(record)).map(({ place }) => place));
  });
});

test('the questions find something', () => {
  const parsed = Object.values(samples).flatMap((text) => text.split('\n').flatMap(recordsIn));
  const vain = questions.filter(([, , matches]) => !parsed.some(matches)).map(([flag, value]) => `--${flag} ${value}`);

  expect(vain).toEqual([]);
});

function recordsIn(line: string): Scripted[] {
  try {
    const value: Scripted | null = JSON.parse(line);
    if (value === null) return [];
    const isRecord = typeof (value.type ?? value.specversion) === 'string' && typeof value.data === 'object';
    return isRecord ? [value] : [];
  } catch {
    // The samples are meant to hold broken lines.
    return [];
  }
}

/** NaN, which is neither before nor after anything, when there is no usable time. */
function nanoseconds(record: Pick<Scripted, 'time' | '@timestamp'>): bigint | number {
  const time: unknown = record.time ?? record['@timestamp'];
  const parts =
    typeof time === 'string' ? /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time) : null;
  if (parts === null) return Number.NaN;
  return (
    BigInt(Date.parse(`${parts[1]}${parts[3]}`)) * 1_000_000n + BigInt((parts[2] ?? '').padEnd(9, '0').slice(0, 9))
  );
}

function addresses({ requestMetadata }: Scripted['data']): string[] {
  const list: unknown = requestMetadata?.clientAddress;
  return Array.isArray(list) ? list.flatMap((entry: { ip?: string }) => entry.ip ?? []) : [];
}

function strings(value: Scripted): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

function read(name: string): Buffer {
  return readFileSync(new URL(`../../samples/${name}`, import.meta.url));
}
