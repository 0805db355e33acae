/** Lines of cells that the kernel puts together are the bytes that the format writes from parsed records. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineWriter } from '../../src/engine/line-writer.ts';
import { contentOf } from '../../src/input/content.ts';
import { dumpForms } from '../../src/input/dump-forms.ts';
import { type RenderSpec, rowRenderer } from '../../src/output/row-renderer.ts';
import { fieldOf } from '../../src/query/fields.ts';
import { columns, isColumnName } from '../../src/record/columns/index.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { copiedPath } from '../../src/scan/groups.ts';
import { Kernel } from '../../src/scan/kernel.ts';
import { type TableSizes, usualSizes } from '../../src/scan/kernel-layout.ts';
import { ScannedRecords } from '../../src/scan/scanned-records.ts';
import { ordinaryDump } from '../helpers/dumps.ts';
import { hostileTexts } from '../helpers/hostile.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { recordOf } from '../helpers/records.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { smallSizes, tinySizes } from '../scan/helpers/kernel-answers.ts';

/** In every column that is copied, and in some that are told, what only the format may write; as JSON. */
const hostileValues = [
  ...hostileTexts.map(([, text]) => JSON.stringify(text)),
  ...[
    'a,b',
    'a"b',
    "'a",
    ' a',
    'a ',
    '=1',
    'a=1',
    '+1',
    'a+1',
    '-1',
    'a-1',
    '@a',
    'a@b',
    '\t',
    'a\tb',
    'a\nb',
    '\r',
  ].map((text) => JSON.stringify(text)),
  ...['"\\u0061"', '"a\\/b"', '"\\u003d1"', '"é"', '"\u202ea"', '"\u007f"', '"a\u0085"', '"\\\\"', '"a\\\\b"'],
  ...['""', 'null', '0', '-5', '1e3', 'true', '[]', '["a"]', '{}', '{"a":"b"}'],
  ...[15, 16, 17, 31, 32, 33, 100, 300].flatMap((length) => [
    `"${'x'.repeat(length)}"`,
    `"${'x'.repeat(length - 1)},"`,
    `"${'x'.repeat(length - 1)}é"`,
  ]),
];

const ordinaryValues = ['"e-1"', '"738f90a8-2d76-4211-cb3a-3d5047549efb"', '"u-1"', '"kafka.CreateTopics"', '"0"'];

const someValue = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ordinaryValues) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileValues) },
);

const someTime = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('"2026-03-16T00:00:03.272Z"', '"2026-03-16T00:00:04Z"') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"2026-03-16T01:00:03+01:00"', '"2026-03-16t00:00:03z"', '"0"', 'null', '5', '""'),
  },
);

const someLine = fc
  .record(
    {
      id: someValue,
      '@timestamp': someTime,
      time: someTime,
      source: someValue,
      methodName: someValue,
      method_name: someValue,
      principal: someValue,
      status: someValue,
    },
    { requiredKeys: ['time'] },
  )
  .chain((values) => fc.record({ values: fc.constant(values), isShuffled: fc.boolean(), isBroken: fc.nat(30) }))
  .map(({ values, isShuffled, isBroken }) => {
    const { methodName, method_name, principal, status, ...envelope } = values;
    const data = [
      ...members({ methodName, method_name }),
      `"authenticationInfo":{${members({ principal })}}`,
      `"result":{${members({ status })}}`,
    ];
    const all = ['"type":"io.confluent.cloud/request"', ...members(envelope), `"data":{${data}}`];
    return `{${isShuffled ? all.toReversed() : all}}${isBroken === 0 ? '}' : ''}`;
  });

function members(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`"${key}":${value}`]));
}

const someSpec = fc.record({
  format: fc.constantFrom('csv', 'tsv'),
  fields: fc
    .subarray(['time', 'id', 'method', 'principal', 'result', 'ip', 'source', 'type', 'resource'], { minLength: 1 })
    .map((names) => names.map(fieldOf)),
  normalized: fc.constant(false),
  zone: fc.constant('UTC'),
  csvRaw: fc.boolean(),
});

const someSizes = fc.constantFrom(usualSizes, smallSizes, tinySizes);

test('whatever stands in a record', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someLine, { minLength: 1, maxLength: 20 }),
      someSpec,
      someSizes,
      async (lines, spec, sizes) => {
        const dump = Buffer.from(lines.map((line) => `${line}\n`).join(''));

        const [written, rendered] = await bothWays(dump, spec, sizes);

        expect(written).toBe(rendered);
      },
    ),
    propertyRuns(400),
  );
});

test('every hostile value in every place', async () => {
  const lines = hostileValues.map(
    (value) =>
      `{"id":${value},"source":${value},"type":"t","specversion":"1.0","time":"2026-03-16T00:00:03.272Z","data":{"methodName":${value},"authenticationInfo":{"principal":${value}}}}\n`,
  );
  const fieldLists = [['id'], ['id', 'method', 'time'], ['principal', 'source'], ['time', 'principal']];
  for (const format of ['csv', 'tsv'])
    for (const csvRaw of [false, true])
      for (const names of fieldLists) {
        const spec = { format, fields: names.map(fieldOf), normalized: false, zone: 'UTC', csvRaw };

        const [written, rendered] = await bothWays(Buffer.from(lines.join('')), spec, usualSizes);

        expect(written, `${format} ${names}`).toBe(rendered);
      }
});

test.for([
  ['an escape', String.raw`a\u0062`],
  ['more than ASCII', 'é'],
])('%s is not copied, even where all characters are plain', ([, text]) => {
  const line = { parts: [{ kind: 'copied', path: ['id'] }], delimiter: ',', missing: '', isPlain: () => true } as const;
  const kernel = new Kernel({ groups: [], otherSpellings: [], line }, 1024, smallSizes);
  const dump = Buffer.from(`{"id":"a","type":"t","data":{}}\n{"id":"${text}","type":"t","data":{}}\n`);
  kernel.bytes.set(dump, kernel.blockStart);
  kernel.startBlock();
  kernel.project(kernel.blockStart, kernel.blockStart + dump.length);
  const lines = kernel.lineWriting;
  for (let i = 0; i < kernel.count; i++) lines?.choose(i);

  expect(lines?.write()).toBe('row');
  expect(lines?.row).toBe(1);
  expect(textOf(lines === undefined ? [] : [lines.take()])).toBe('a\n');
});

test.each(['id', 'principal'])('lines that are more, or longer, than there is room for: %s', async (name) => {
  const lengths = [...Array.from({ length: 100 }, (_, i) => 290 + (i % 20)), 5000, 10, 20_000, 3];
  const lines = lengths.map((length, i) => {
    const text = JSON.stringify(`${'x'.repeat(length)}${i}`);
    return `{"id":${text},"type":"t","data":{"authenticationInfo":{"principal":${text}}}}\n`;
  });
  const spec = { format: 'csv', fields: [name, 'type'].map(fieldOf), normalized: false, zone: 'UTC', csvRaw: false };

  const [written, rendered] = await bothWays(Buffer.from(lines.join('')), spec, smallSizes);

  expect(written).toBe(rendered);
});

test('lines that are longer than the records they are from', async () => {
  const principal = 'x'.repeat(600);
  const lines = Array.from({ length: 60 }, (_, i) => {
    return `{"id":"e-${i}","type":"t","data":{"authenticationInfo":{"principal":"${principal}"}}}\n`;
  });
  const fields = ['id', 'principal', 'principalNames'].map(fieldOf);
  const spec = { format: 'csv', fields, normalized: false, zone: 'UTC', csvRaw: false };

  const [written, rendered] = await bothWays(Buffer.from(lines.join('')), spec, smallSizes);

  expect(written).toBe(rendered);
});

describe.each(Object.entries(styles))('in %s lines', (_, style) => {
  test('all columns', async () => {
    const names = columns.filter(
      ({ placed, reads }) => placed !== true && Object.values(reads).every((path) => path !== ''),
    );
    const spec = {
      format: 'csv',
      fields: names.map(({ name }) => fieldOf(name)),
      normalized: false,
      zone: 'UTC',
      csvRaw: false,
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(), { minLength: 1, maxLength: 60, size: 'max' }),
        someSizes,
        async (seeds, sizes) => {
          const [written, rendered] = await bothWays(dumpOfSeeds(seeds, style), spec, sizes);

          expect(written).toBe(rendered);
        },
      ),
      propertyRuns(5),
    );
  });
});

test('lines of an ordinary dump are written without making records of them', async () => {
  const fields = ['time', 'id', 'method', 'principal', 'result', 'ip'].map(fieldOf);
  const spec = { format: 'csv', fields, normalized: false, zone: 'UTC', csvRaw: false };
  const records = new (class extends ScannedRecords {
    override record(): never {
      throw new Error('a record was made');
    }
  })();

  const written = await writtenByKernel(Buffer.from(ordinaryDump(500)), spec, usualSizes, records);

  expect(written.split('\n')).toHaveLength(501);
});

test.for(
  columns
    .map(({ name }) => name)
    .filter(isColumnName)
    .filter((name) => copiedPath(name) !== undefined),
)('%s is a copy of its one read', (name) => {
  const path = copiedPath(name) ?? [];
  const recordWith = (value: unknown): AuditRecord =>
    recordOf(JSON.parse(path.reduceRight((inner, key) => `{${JSON.stringify(key)}:${inner}}`, JSON.stringify(value))));

  for (const [, text] of hostileTexts) expect(cellOf(recordWith(text), name)).toBe(text);
  for (const value of ['', null, 5, true, ['a'], { a: 'b' }]) expect(cellOf(recordWith(value), name)).toBeUndefined();
});

async function bothWays(dump: Buffer, spec: RenderSpec, sizes: TableSizes): Promise<readonly [string, string]> {
  const render = await rowRenderer(spec);
  const truth = linesOf(dump).flatMap(({ start, end }, i) => recordAt(dump, start, end, i));
  return [await writtenByKernel(dump, spec, sizes), textOf([render(truth)])];
}

async function writtenByKernel(
  dump: Buffer,
  spec: RenderSpec,
  sizes: TableSizes,
  records: ScannedRecords = new ScannedRecords(),
): Promise<string> {
  const writer = await LineWriter.create(spec, undefined);
  if (writer === undefined) throw new Error('these are lines for the kernel');
  writer.prepare(records);
  const kernel = new Kernel(records.groups.projection(), dump.length, sizes);
  Object.assign(records, { rows: kernel, tuples: kernel, lines: kernel.lineWriting });
  const block = { from: kernel.blockStart, to: kernel.blockStart + dump.length };
  kernel.bytes.set(dump, block.from);
  records.bytes = new Uint8Array(kernel.bytes.buffer, kernel.bytes.byteOffset, kernel.bytes.length);
  kernel.startBlock();
  const pieces: Uint8Array[] = [];
  for (let at = block.from; at < block.to; ) {
    at = kernel.project(at, block.to);
    records.memos.refresh(kernel);
    let row = 0;
    for (let doubt = 0; doubt <= kernel.doubts; doubt++) {
      const line = doubt < kernel.doubts ? kernel.doubtLine(doubt) : Number.POSITIVE_INFINITY;
      for (; row < kernel.count && kernel.line(row) < line; row++) writer.take(row);
      if (doubt === kernel.doubts) break;
      for (const record of recordAt(kernel.bytes, kernel.doubtStart(doubt), kernel.doubtEnd(doubt), line))
        writer.takeRecord(record);
    }
    pieces.push(...writer.written());
  }
  return textOf(pieces);
}

function recordAt(bytes: Buffer, start: number, end: number, line: number): readonly AuditRecord[] {
  return contentOf(bytes, start, end, { at: { file: 'f', line: line + 1 }, torn: false }, dumpForms('f')).records;
}

function linesOf(dump: Buffer): { readonly start: number; readonly end: number }[] {
  const lines: { start: number; end: number }[] = [];
  for (let start = 0; start < dump.length; ) {
    const end = dump.indexOf(10, start);
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

function textOf(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString('latin1');
}
