/** What a cache says of a dump is what the truth says of it: every line, every cell. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ordinaryDump } from '../helpers/dumps.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { smallSizes, tinySizes } from '../scan/helpers/kernel-answers.ts';
import { cachedColumns, linesOf, type Opening, open, truthOf } from './helpers/answers.ts';

const seeds = fc.array(fc.nat(), { minLength: 1, maxLength: 150, size: 'max' });

const settings: readonly Opening[] = [
  { stretchRows: 1000, sizes: smallSizes },
  { stretchRows: 7, blockBytes: 4096, sizes: smallSizes },
  { stretchRows: 1, blockBytes: 64, sizes: tinySizes },
];

describe.each(Object.entries(styles))('of %s lines', (_, style) => {
  test('the cache says what the truth says, when it was just built and later on', async () => {
    await withSandbox(async (sandbox) => {
      await fc.assert(
        fc.asyncProperty(seeds, fc.boolean(), fc.constantFrom(...settings), async (lines, endsTorn, setting) => {
          const bytes = dumpOfSeeds(lines, style, endsTorn);
          writeFileSync(join(sandbox, 'dump.ndjson'), bytes);

          expect(await cachedTwice(sandbox, setting)).toEqual(await truthTwice(bytes));
        }),
        propertyRuns(12),
      );
    });
  });
});

test('lines that are too long are told from the others', async () => {
  const long = '{"type":"t","data":{"a":"'.padEnd(16 * 1024 * 1024 + 1, 'x');

  for (const dump of [`${long}\n${ordinaryDump(3)}`, `${ordinaryDump(3)}${long}\n\n${ordinaryDump(2)}`, `\n${long}`]) {
    await withSandbox(async (sandbox) => {
      writeFileSync(join(sandbox, 'dump.ndjson'), dump);

      expect(await cachedTwice(sandbox, {})).toEqual(await truthTwice(Buffer.from(dump)));
    });
  }
});

test.each([
  ['nothing', ''],
  ['a blank line', '\n'],
  ['blank lines without an end', '\n \n\t'],
  ['a record among blank lines', `\n\n${ordinaryDump(1)}\n\n`],
  ['one line without an end', ordinaryDump(1).trim()],
])('a dump of %s has a cache too', async (_, dump) => {
  await withSandbox(async (sandbox) => {
    writeFileSync(join(sandbox, 'dump.ndjson'), dump);

    expect(await cachedTwice(sandbox, {})).toEqual(await truthTwice(Buffer.from(dump)));
  });
});

test('a group with too many tuples is left out, and the others are there', async () => {
  await withSandbox(async (sandbox) => {
    const dump = ordinaryDump(2000);
    const path = join(sandbox, 'dump.ndjson');
    writeFileSync(path, dump);
    const setting = { stretchRows: 300, limits: { tuples: 100, textBytes: 1_000_000, fewTuples: 100 } };

    const all = await open(path, join(sandbox, 'caches'), setting);
    const methods = await open(path, join(sandbox, 'caches'), setting, { columns: ['method'] });
    const addresses = await open(path, join(sandbox, 'caches'), setting, { columns: ['ips'] });

    expect(all).toEqual({ dump: undefined, notes: [], built: dump.length });
    expect({ ...addresses, caches: readdirSync(join(sandbox, 'caches')).length }).toEqual({
      dump: undefined,
      notes: [],
      built: 0,
      caches: 1,
    });
    if (methods.dump === undefined) throw new Error('methods are few');
    expect(linesOf(methods.dump, ['method'])).toEqual(await truthOf(Buffer.from(dump), ['method']));
    methods.dump.close();
  });
});

test('a group of which most records have a tuple of their own is given up early', async () => {
  await withSandbox(async (sandbox) => {
    writeFileSync(join(sandbox, 'dump.ndjson'), ordinaryDump(2000));
    const limits = { tuples: 1_000_000, textBytes: 1_000_000, fewTuples: 100 };

    const { dump } = await open(
      join(sandbox, 'dump.ndjson'),
      join(sandbox, 'caches'),
      { limits },
      { columns: ['ips'] },
    );

    expect(dump).toBe(undefined);
  });
});

async function cachedTwice(sandbox: string, setting: Opening): Promise<unknown> {
  const first = await open(join(sandbox, 'dump.ndjson'), join(sandbox, 'caches'), setting);
  const second = await open(join(sandbox, 'dump.ndjson'), join(sandbox, 'caches'), setting);
  return [first, second].map(({ dump, built }) => {
    if (dump === undefined) throw new Error('no cache');
    const lines = linesOf(dump, cachedColumns);
    dump.close();
    return { lines, built };
  });
}

async function truthTwice(bytes: Buffer): Promise<unknown> {
  const lines = await truthOf(bytes);
  return [
    { lines, built: bytes.length },
    { lines, built: 0 },
  ];
}
