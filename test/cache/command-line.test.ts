/** Command lines give the same answers with a cache as without, and say so when a cache is of no use. */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ordinaryDump, ordinaryRecord } from '../helpers/dumps.ts';
import { type InProcessResult, runInProcess } from '../helpers/in-process.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { withoutVolatile } from '../helpers/volatile.ts';

const small = '1,least=0,rows=50';

interface Place {
  readonly folder: string;
  readonly caches: string;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<InProcessResult>;
}

async function inPlace(use: (place: Place) => Promise<void>): Promise<void> {
  await withSandbox(async (folder) => {
    await use({
      folder,
      caches: join(folder, 'audit-cli', 'columns'),
      async run(args, env = {}) {
        const result = await runInProcess(args, { env: { XDG_CACHE_HOME: folder, ...env } });
        return { ...result, stderr: withoutVolatile(result.stderr).replaceAll(folder, '.') };
      },
    });
  });
}

function cachesIn({ caches }: Place): readonly string[] {
  return existsSync(caches) ? readdirSync(caches) : [];
}

const questions: readonly (readonly string[])[] = [
  ['filter'],
  ['filter', '--method', 'CreateTopics', '-c'],
  ['filter', '--principal', 'u-1', '-o', 'csv'],
  ['filter', '--principal', 'u-nobody'],
  ['filter', '--crn', 'crn:///organization=o-1/', '-F', 'line,crn,resource,time', '-o', 'tsv'],
  ['filter', '--failed', '--since', '2026-05-02', '--until', '2026-05-04', '-o', 'json'],
  ['filter', '--ip', '10.0.0.0/8', '--not-method', 'Create*', '-A', '1'],
  ['filter', '--text', 'orders'],
  ['filter', '--id', 'e-1', '-n', '3'],
  ['filter', '-w', 'line > 20 and data.request.data.code exists'],
  ['filter', '-n', '7'],
  ['filter', '--sort', 'time', '-r', '--tail', '9'],
  ['filter', '--strict', '-c'],
  ['filter', '--dedupe', '-c'],
  ['filter', '--cross-check', '-c'],
  ['summary'],
  ['summary', '--failed', '-o', 'json'],
  ['summary', '--method', 'Create*,kafka.*'],
];

test.each(Object.keys(styles))('%s dumps: every question has the answer it has without a cache', async (name) => {
  await inPlace(async (place) => {
    const { folder, run } = place;
    const style = styles[name as keyof typeof styles];
    const files = ['a.ndjson', 'b.ndjson', 'c.ndjson.gz'].map((file) => join(folder, file));
    for (const [i, path] of files.entries()) {
      const dump = dumpOfSeeds(
        Array.from({ length: 150 }, (_, n) => 1000 * i + n),
        style,
        i === 1,
      );
      writeFileSync(path, path.endsWith('.gz') ? gzipSync(dump) : dump);
    }

    for (const question of questions) {
      const truth = await run([...question, ...files], { AUDIT_CLI_SCAN: 'truth' });
      const first = await run([...question, ...files], { AUDIT_CLI_CACHE: small });
      const second = await run([...question, ...files, '--cache'], { AUDIT_CLI_CACHE: 'least=0,rows=50' });

      expect(first, question.join(' ')).toEqual(truth);
      expect(second, question.join(' ')).toEqual(truth);
    }
    expect(cachesIn(place)).toHaveLength(2);
  });
});

test('nothing is kept unless it is asked for, of no small file, no compressed one and no pipe', async () => {
  await inPlace(async (place) => {
    const { folder, run } = place;
    const dump = join(folder, 'dump.ndjson');
    writeFileSync(dump, ordinaryDump(30));
    writeFileSync(`${dump}.gz`, gzipSync(ordinaryDump(30)));

    await run(['summary', dump]);
    await run(['summary', dump], { AUDIT_CLI_CACHE: '0,least=0' });
    await run(['summary', '--cache', dump]);
    await run(['summary', '--cache', `${dump}.gz`], { AUDIT_CLI_CACHE: 'least=0' });
    await run(['summary', '--cache'], { AUDIT_CLI_CACHE: 'least=0' });
    await run(['summary', '--cache', '--dedupe', dump], { AUDIT_CLI_CACHE: 'least=0' });
    await run(['filter', '--text', 'x', '--cache', dump], { AUDIT_CLI_CACHE: 'least=0' });
    for (const engine of ['truth', 'js']) {
      await run(['summary', '--cache', dump], { AUDIT_CLI_CACHE: 'least=0', AUDIT_CLI_SCAN: engine });
    }

    expect(cachesIn(place)).toEqual([]);
  });
});

test('a cache answers without reading what does not match', async () => {
  await inPlace(async ({ folder, run }) => {
    const dump = join(folder, 'dump.ndjson');
    writeFileSync(dump, ordinaryDump(200));
    const question = ['filter', '--method', 'DeleteStatement', '--until', '2026-05-01T00:00:05Z', dump];
    const answer = await run(question, { AUDIT_CLI_CACHE: small });

    expect(answer.stdout.split('\n').slice(0, -1)).toEqual([ordinaryRecord(3), ordinaryRecord(8)]);
    expect(await run(question, { AUDIT_CLI_CACHE: small })).toEqual(answer);
  });
});

test('a dump that was changed is read anew, with a note', async () => {
  await inPlace(async ({ folder, run }) => {
    const dump = join(folder, 'dump.ndjson');
    writeFileSync(dump, ordinaryDump(20));
    await run(['filter', '-c', dump], { AUDIT_CLI_CACHE: small });
    appendFileSync(dump, ordinaryDump(1));

    expect(await run(['filter', '-c', '--no-summary', dump], { AUDIT_CLI_CACHE: small })).toEqual({
      stdout: '21\n',
      stderr: [
        'audit-cli: note: ./dump.ndjson: its cache is of another state of the file or another version, and is built anew',
        '  audit-cli cache clear takes all caches away',
        '',
      ].join('\n'),
      exit: 0,
    });
  });
});

test('a damaged cache is not used, with a note', async () => {
  await inPlace(async (place) => {
    const { folder, caches, run } = place;
    const dump = join(folder, 'dump.ndjson');
    writeFileSync(dump, ordinaryDump(20));
    const truth = await run(['summary', dump]);
    await run(['summary', dump], { AUDIT_CLI_CACHE: small });
    const cache = join(caches, cachesIn(place)[0] ?? '');
    writeFileSync(cache, readFileSync(cache).subarray(0, -1));

    const damaged = await run(['summary', dump], { AUDIT_CLI_CACHE: small });

    expect(damaged.stdout).toBe(truth.stdout);
    expect(damaged.stderr).toBe(
      [
        'audit-cli: note: ./dump.ndjson: its cache is not used and built anew: its end is damaged',
        '  audit-cli cache clear takes all caches away',
        truth.stderr,
      ].join('\n'),
    );
  });
});

test('where no cache can be written the answer comes all the same, with a note', async () => {
  await inPlace(async ({ folder, run }) => {
    const dump = join(folder, 'dump.ndjson');
    writeFileSync(dump, ordinaryDump(20));
    writeFileSync(join(folder, 'audit-cli'), '');

    expect(await run(['filter', '-c', '--no-summary', dump], { AUDIT_CLI_CACHE: small })).toEqual({
      stdout: '20\n',
      stderr: 'audit-cli: note: ./dump.ndjson: no cache could be written: no such file or directory\n',
      exit: 0,
    });
  });
});

test('a wrong AUDIT_CLI_CACHE is refused', async () => {
  await inPlace(async ({ folder, run }) => {
    writeFileSync(join(folder, 'dump.ndjson'), ordinaryDump(1));

    expect(await run(['filter', join(folder, 'dump.ndjson')], { AUDIT_CLI_CACHE: 'yes' })).toEqual({
      stdout: '',
      stderr: 'audit-cli: AUDIT_CLI_CACHE "yes": yes is not 0 or 1\n  try AUDIT_CLI_CACHE=1, or unset it\n',
      exit: 2,
    });
  });
});

test('cache ls tells which caches hold, and cache clear takes them away', async () => {
  await inPlace(async ({ folder, caches, run }) => {
    const dumps = ['valid', 'stale', 'missing', 'damaged'].map((name) => join(folder, `${name}.ndjson`));
    for (const dump of dumps) {
      writeFileSync(dump, ordinaryDump(20));
      await run(['filter', '-c', dump], { AUDIT_CLI_CACHE: small });
    }
    const [, stale = '', missing = '', damaged = ''] = dumps;
    appendFileSync(stale, '\n');
    rmSync(missing);
    const spoiled = (await listed(run)).find(({ dump }) => dump === damaged)?.file ?? '';
    writeFileSync(spoiled, readFileSync(spoiled).fill('?', 200, 201));
    for (const other of ['not-ours', `${'0'.repeat(32)}.${'0'.repeat(16)}.building`])
      writeFileSync(join(caches, other), '');

    const found = await listed(run);

    expect(found.map(({ dump, state }) => `${state}: ${dump?.slice(folder.length + 1) ?? null}`).sort()).toEqual([
      'damaged: null',
      'missing: missing.ndjson',
      'stale: stale.ndjson',
      'valid: valid.ndjson',
    ]);
    expect((await run(['cache', 'clear', missing])).stdout).toMatch(/^took away 1 cache, [\d,]+ bytes\n$/);
    expect((await run(['cache', 'clear'])).stdout).toMatch(/^took away 3 caches, [\d,]+ bytes\n$/);
    expect(readdirSync(caches)).toEqual(['not-ours']);
    expect((await run(['cache', 'clear'])).stdout).toBe('took away 0 caches, 0 bytes\n');
    expect((await run(['cache'])).stdout).toBe('none\n');
  });
});

interface Listed {
  readonly dump: string | null;
  readonly state: string;
  readonly file: string;
}

async function listed(run: Place['run']): Promise<readonly Listed[]> {
  const { stdout } = await run(['cache', 'ls', '-o', 'json']);
  return (JSON.parse(stdout) as { readonly caches: readonly Listed[] }).caches;
}
