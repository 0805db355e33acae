/** Which caches are believed: whole ones of this very state of the dump, made by this very program. */
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { cachePath } from '../../src/cache/folder.ts';
import { SourceError } from '../../src/input/block.ts';
import { ordinaryDump } from '../helpers/dumps.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { linesOf, type Opened, open, truthOf } from './helpers/answers.ts';

const dump = `${ordinaryDump(4)}\nno record\n${ordinaryDump(2)}{"torn`;
const stretches = { stretchRows: 3 };
/** Leaves a dump without a cache that is believed as it is. */
const noBuilding = { signal: AbortSignal.abort() };

interface Place {
  readonly path: string;
  readonly folder: string;
  readonly cache: string;
}

/** A dump with its cache. */
async function withCache(use: (place: Place) => Promise<void>): Promise<void> {
  await withSandbox(async (sandbox) => {
    const path = join(sandbox, 'dump.ndjson');
    const folder = join(sandbox, 'caches');
    writeFileSync(path, dump);
    (await open(path, folder, stretches)).dump?.close();
    await use({ path, folder, cache: cachePath(folder, path) });
  });
}

function codes({ notes }: Opened): readonly string[] {
  return notes.map(({ code }) => code);
}

function isBelieved(opened: Opened): boolean {
  opened.dump?.close();
  return opened.dump !== undefined;
}

test('a cache is believed as it was written', async () => {
  await withCache(async ({ path, folder }) => {
    expect(isBelieved(await open(path, folder, stretches, noBuilding))).toBe(true);
  });
});

test('a cache of which any byte was changed is not believed', async () => {
  await withCache(async ({ path, folder, cache }) => {
    const whole = readFileSync(cache);
    const believed: number[] = [];

    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(cache, damaged);
      if (isBelieved(await open(path, folder, stretches, noBuilding))) believed.push(at);
    }

    expect(believed).toEqual([]);
  });
});

test('a cache that was cut anywhere is not believed, nor one with something behind it', async () => {
  await withCache(async ({ path, folder, cache }) => {
    const whole = readFileSync(cache);
    const believed: number[] = [];

    for (let length = 0; length < whole.length; length++) {
      writeFileSync(cache, whole.subarray(0, length));
      if (isBelieved(await open(path, folder, stretches, noBuilding))) believed.push(length);
    }
    for (const more of [1, 20, 500, whole.length]) {
      writeFileSync(cache, Buffer.concat([whole, whole.subarray(0, more)]));
      if (isBelieved(await open(path, folder, stretches, noBuilding))) believed.push(whole.length + more);
    }

    expect(believed).toEqual([]);
  });
});

test('damage to what a question does not look at does not matter to it', async () => {
  await withCache(async ({ path, folder, cache }) => {
    const whole = readFileSync(cache);
    const addresses = whole.indexOf('192.0.2.1');
    whole[addresses] = 0x32;
    writeFileSync(cache, whole);

    const methods = await open(path, folder, stretches, { ...noBuilding, columns: ['method'] });

    if (methods.dump === undefined) throw new Error('methods are not damaged');
    expect(linesOf(methods.dump, ['method'])).toEqual(await truthOf(Buffer.from(dump), ['method']));
    methods.dump.close();
    expect(codes(await open(path, folder, stretches, { ...noBuilding, columns: ['ips'] }))).toEqual(['cache-damaged']);
  });
});

describe('a cache that is not believed is built anew, with a note', () => {
  const cases: readonly (readonly [string, string, (place: Place) => void])[] = [
    ['was damaged', 'cache-damaged', ({ cache }) => writeFileSync(cache, readFileSync(cache).fill('?', 100, 101))],
    ['is of a shorter dump', 'cache-stale', ({ path }) => appendFileSync(path, '"}\n')],
    [
      'is of a dump that was changed since, with its times put back',
      'cache-stale',
      ({ path }) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, dump.replace('no record', 'No record'));
        utimesSync(path, atime, mtime);
      },
    ],
    [
      'is of a dump that was replaced by one of the same bytes',
      'cache-stale',
      ({ path }) => {
        copyFileSync(path, `${path}.copy`);
        renameSync(`${path}.copy`, path);
      },
    ],
  ];

  test.each(cases)('because it %s', async (_, code, spoil) => {
    await withCache(async (place) => {
      const { path, folder } = place;
      // File systems count time in steps.
      await setTimeout(20);
      spoil(place);

      const anew = await open(path, folder, stretches);
      const bytes = readFileSync(path);

      expect([codes(anew), anew.built]).toEqual([[code], bytes.length]);
      if (anew.dump === undefined) throw new Error('no cache');
      expect(linesOf(anew.dump)).toEqual(await truthOf(bytes));
      anew.dump.close();
      expect(codes(await open(path, folder, stretches))).toEqual([]);
    });
  });

  test('because another version of the program made it', async () => {
    await withCache(async ({ path, folder }) => {
      const other = await open(path, folder, { ...stretches, tool: '1.0.1' });

      expect([codes(other), other.built]).toEqual([['cache-stale'], dump.length]);
    });
  });

  test('because it is the cache of another dump', async () => {
    await withCache(async ({ path, folder, cache }) => {
      const other = `${path}.other`;
      copyFileSync(path, other);
      copyFileSync(cache, cachePath(folder, other));

      expect(codes(await open(other, folder, stretches))).toEqual(['cache-stale']);
    });
  });
});

test('a dump reached by a link has the cache of the file it leads to', async () => {
  await withCache(async ({ path, folder }) => {
    symlinkSync(path, `${path}.link`);

    expect(isBelieved(await open(`${path}.link`, folder, stretches, noBuilding))).toBe(true);
  });
});

test('a dump that changes while its cache is built has none', async () => {
  await withSandbox(async (sandbox) => {
    const path = join(sandbox, 'dump.ndjson');
    const folder = join(sandbox, 'caches');
    writeFileSync(path, ordinaryDump(1000));
    await setTimeout(20);

    const opened = await open(path, folder, { blockBytes: 4096, onRead: () => appendFileSync(path, '\n') });

    expect([opened.dump, readdirSync(folder)]).toEqual([undefined, []]);
  });
});

test('a build that is broken off leaves nothing behind', async () => {
  await withSandbox(async (sandbox) => {
    const path = join(sandbox, 'dump.ndjson');
    const folder = join(sandbox, 'caches');
    writeFileSync(path, ordinaryDump(1000));
    const stop = new AbortController();
    const { signal } = stop;

    const opened = await open(path, folder, { blockBytes: 4096, onRead: () => stop.abort() }, { signal });

    expect([opened.dump, readdirSync(folder)]).toEqual([undefined, []]);
  });
});

test('a dump that changes while it is read through its cache is not believed any more', async () => {
  await withCache(async ({ path, folder }) => {
    const { dump: cached } = await open(path, folder, stretches, noBuilding);
    if (cached === undefined) throw new Error('no cache');
    await setTimeout(20);
    appendFileSync(path, '\n');

    expect(() => cached.text.subarray(0, 10)).toThrow(new SourceError('unreadable', 'it changed while it was read'));
    expect(() => [...cached.pieces()]).toThrow(new SourceError('unreadable', 'it changed while it was read'));
    cached.close();
  });
});

test('a cache that is damaged while it is read ends the reading', async () => {
  await withCache(async ({ path, folder, cache }) => {
    const { dump: cached } = await open(path, folder, stretches, noBuilding);
    if (cached === undefined) throw new Error('no cache');
    const [, ...rest] = [...cached.pieces()];
    writeFileSync(cache, readFileSync(cache).fill('?', 16, 200));

    expect(rest.length).toBeGreaterThan(0);
    expect(() => [...cached.pieces()]).toThrow(SourceError);
    cached.close();
  });
});

test('caches are for their owner only', async () => {
  await withCache(async ({ folder, cache }) => {
    expect([statSync(folder).mode & 0o777, statSync(cache).mode & 0o777]).toEqual([0o700, 0o600]);
  });
});

test('a folder that others may look into is closed to them', async () => {
  await withSandbox(async (sandbox) => {
    const folder = join(sandbox, 'caches');
    mkdirSync(folder, { mode: 0o755 });
    chmodSync(folder, 0o755);
    writeFileSync(join(sandbox, 'dump.ndjson'), dump);

    (await open(join(sandbox, 'dump.ndjson'), folder)).dump?.close();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });
});

test('where no cache can be written a note says so', async () => {
  await withSandbox(async (sandbox) => {
    const path = join(sandbox, 'dump.ndjson');
    writeFileSync(path, dump);
    writeFileSync(join(sandbox, 'a-file'), '');

    expect(await open(path, join(sandbox, 'a-file', 'caches'))).toEqual({
      dump: undefined,
      built: 0,
      notes: [
        {
          code: 'cache-not-written',
          severity: 'note',
          message: 'no cache could be written: no such file or directory',
          at: { file: path },
        },
      ],
    });
  });
});

test('a build takes beginnings of caches away that are older than a day', async () => {
  await withSandbox(async (sandbox) => {
    const path = join(sandbox, 'dump.ndjson');
    const folder = join(sandbox, 'caches');
    writeFileSync(path, dump);
    mkdirSync(folder);
    const begun = (digit: string): string => join(folder, `${digit.repeat(32)}.${digit.repeat(16)}.building`);
    for (const digit of ['1', '2']) writeFileSync(begun(digit), 'x');
    writeFileSync(join(folder, 'not-ours.building'), 'x');
    const dayAgo = Date.now() / 1000 - 25 * 60 * 60;
    for (const old of [begun('1'), join(folder, 'not-ours.building')]) utimesSync(old, dayAgo, dayAgo);

    (await open(path, folder)).dump?.close();

    expect([begun('1'), begun('2'), join(folder, 'not-ours.building')].map(existsSync)).toEqual([false, true, true]);
  });
});
