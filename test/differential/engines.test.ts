/**
 * Every command line has one answer, whichever way its input is read: the same bytes on stdout and stderr and the same
 * exit code. Corpora, settings and ways in take turns; `PROPERTY_RUNS=20` tries twenty of their combinations each.
 */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { runCli } from '../../src/cli/cli.ts';
import { formats } from '../../src/output/formats/index.ts';
import { filters } from '../../src/query/filters/index.ts';
import { columns } from '../../src/record/columns/index.ts';
import { bundledCli } from '../helpers/bundled-cli.ts';
import { type InProcessResult, runInProcess } from '../helpers/in-process.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { withoutVolatile } from '../helpers/volatile.ts';
import { wrappedDump } from '../helpers/wrapped-lines.ts';
import { makeFolder } from '../input/helpers/folder.ts';
import { flagValues, wheres } from '../scan/helpers/questions.ts';

type Way = 'file' | 'gz' | 'stdin' | 'stdin-file' | 'two-files';

interface Setting {
  /** `AUDIT_CLI_SCAN`. */
  readonly scan: string;
  /** `AUDIT_CLI_CACHE`: each question is asked twice, to have the cache built and to have it answer. */
  readonly cache?: string;
  /** Where the setting makes a difference. */
  readonly ways: readonly Way[];
}

const anyWay = ['file', 'gz', 'stdin', 'stdin-file', 'two-files'] as const;
const cache = '1,least=0,rows=7';

/**
 * Each is compared with `truth`, which reads every line with JSON.parse. `checked=0` has needles looked for from the
 * first line on. Blocks of 1 MiB hold a whole dump, which leaves nothing to a second thread.
 */
const settings: readonly Setting[] = [
  { scan: 'auto', ways: anyWay },
  { scan: 'js', ways: anyWay },
  ...[4096, 65_536, 1_048_576].flatMap((block): readonly Setting[] => [
    { scan: `kernel,block=${block}`, ways: anyWay },
    { scan: `kernel,block=${block},checked=0`, ways: anyWay },
    { scan: `js,block=${block},checked=0`, ways: anyWay },
  ]),
  { scan: 'kernel,block=4096,threads=2', ways: ['file', 'gz', 'two-files'] },
  { scan: 'kernel,block=65536,threads=2', ways: ['file', 'gz', 'two-files'] },
  { scan: 'kernel,block=4096,threads=2,checked=0', ways: ['file', 'two-files'] },
  { scan: 'kernel,block=4096', cache, ways: ['file', 'two-files'] },
  { scan: 'kernel,block=1048576', cache, ways: ['file', 'two-files'] },
];

/** In these nothing is malformed: where lines are passed over, that is all that could go unnoticed. */
const valid = { order: 'alternating', blanks: 'after', odd: 0, damaged: 0 } as const;
const corpora = { ...styles, wrapped: styles.compact, valid } as const;

/** Plain lines, then what only the truth can read: values spread over lines, arrays, several on a line, and damage. */
const spreadCorpora = {
  pretty: (lines) => [...lines.slice(0, 20), ...lines.slice(20).map(spread)].join('\n'),
  array: (lines) =>
    [...lines.slice(0, 9), '[', lines.slice(9, 30).map(spread).join(',\n'), ']', ...lines.slice(30)].join('\n'),
  joined: (lines) =>
    `${lines.slice(0, 9).join('')}\n[${lines.slice(9, 20).join(',')}]\n${lines.slice(20).join('\n')}\n`,
  damaged: (lines) =>
    lines
      .flatMap((line, i) => [line, ...(i % 9 === 5 ? [spread(line), spread(line).slice(0, -20), '{', line] : [])])
      .join('\n'),
} as const satisfies Record<string, (lines: readonly string[]) => string>;

function spread(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line), undefined, 2);
  } catch {
    return line;
  }
}

const corpusNames = [...Object.keys(corpora), ...Object.keys(spreadCorpora)];

const pairs = corpusNames.flatMap((corpus) => settings.map((setting) => ({ corpus, setting })));

const filterCommands = filters.flatMap(({ name, negatable, placeholder, examples }) => {
  const typed = flagValues.find(([flag]) => flag === name)?.slice(1) ?? (name === 'where' ? wheres : []);
  const values =
    placeholder === undefined
      ? [[]]
      : [...examples, ...typed].filter((value) => !value.startsWith('@')).map((value) => [value]);
  return values.flatMap((value, i) => [
    ['filter', `--${name}`, ...value, ...lookOf(i)],
    ...(negatable ? [['filter', `--not-${name}`, ...value, ...lookOf(i + 1)]] : []),
  ]);
});

/** Filters are asked in several ways, to try those together too. */
function lookOf(i: number): readonly string[] {
  return [[], ['-c'], ['-o', 'csv', '-F', 'time,method,line,crn,resourceType'], ['-n', '7']][i % 4] ?? [];
}

const otherCommands: readonly (readonly string[])[] = [
  ...formats.flatMap(({ name }) => [
    ['filter', '-o', name],
    ['filter', '-o', name, '--failed'],
    ['filter', '-o', name, '-m', 'Create*,kafka.*', '--wide'],
  ]),
  ...columns.map(({ name }) => ['filter', '-o', 'tsv', '-F', `line,${name}`, '--no-header', '--csv-raw']),
  ...columns.map(({ name }) => ['filter', '-o', 'csv', '--sort', name, '-F', 'id,line', '-n', '40']),
  ...columns.map(({ name }) => ['filter', '-o', 'csv', '-F', `time,${name},id`]),
  ['filter', '-o', 'csv', '-F', 'file,line,partition,offset,kafkaTime,id'],
  ['filter', '-o', 'tsv', '-F', 'partition,kafkaTime,id', '--failed'],
  ['filter', '-o', 'csv', '-F', 'partition,offset,id', '--tail', '9', '-m', 'Create*'],
  ['filter', '-o', 'csv', '-F', 'kafkaTime,offset,id', '--sort', 'kafkaTime', '-r'],
  ['filter', '-o', 'csv', '-F', 'partition,offset,id', '-C', '1', '--failed'],
  ['filter', '-o', 'csv', '-F', 'id,offset', '--where', 'offset > 20 and kafkaTime < 2026-05-02'],
  ['filter', '-o', 'csv', '-F', 'id,offset', '--where', 'partition = 1 and method exists'],
  ['filter', '-o', 'csv', '-F', 'id'],
  ['filter', '-o', 'tsv', '-F', 'method,id,principal', '--failed', '--csv-raw'],
  ['filter', '-o', 'csv', '-F', 'time,id', '-p', 'u-1,u-nobody'],
  ['filter', '-o', 'csv', '-F', 'id,time', '--since', '2h', '--now', '2026-05-03T00:00:00Z'],
  ['filter', '-o', 'csv', '-F', 'id,time', '--tz', 'Europe/Vienna'],
  ['filter', '--normalized'],
  ['filter', '--normalized', '-o', 'json', '--ok'],
  ['filter', '-o', 'text', '--tz', 'Europe/Vienna'],
  ['filter', '-o', 'csv', '-F', '+line,-ip,data.request.data.code,data.cloudResources'],
  ['filter', '--sort', 'data.request.data.code'],
  ['filter', '--sort', 'time', '-r', '--tail', '9', '--failed'],
  ['filter', '-r'],
  ['filter', '-r', '-n', '5'],
  ['filter', '--tail', '5'],
  ['filter', '--tail', '5', '-m', 'CreateTopics'],
  ['filter', '-n', '1'],
  ['filter', '-n', '3', '--failed', '-o', 'text'],
  ['filter', '-n', '0'],
  ['filter', '-c', '-n', '20'],
  ['filter', '-c', '--tail', '20'],
  ['filter', '-q'],
  ['filter', '-q', '--id', 'nothing'],
  ['filter', '-c', '--id', 'nothing', '--exit-zero'],
  ['filter', '-A', '2', '--id', 'e-1', '-n', '4'],
  ['filter', '-B', '2', '-m', 'SignIn'],
  ['filter', '-C', '1', '--failed', '-o', 'text'],
  ['filter', '--dedupe'],
  ['filter', '--dedupe', '-c', '--failed'],
  ['filter', '--strict', '-c'],
  ['filter', '--max-malformed', '3%', '-c'],
  ['filter', '--no-summary', '--ok'],
  ['filter', '--stats', 'json', '-c', '--failed'],
  ['filter', '--stats', 'json', '-n', '6'],
  ['filter', '--since', '2026-05-02', '--until', '2026-05-04', '--stats', 'json'],
  ['filter', '--since', '2026-05-02', '--not-principal', 'u-1', '--result', 'SUCCESS,DENY'],
  ['filter', '--since', '2h', '--now', 'last'],
  ['filter', '--principal', 'u-nobody', '-m', 'CreateTopic', '--crn', 'crn:///organization=o-1/env'],
  ['filter', '--where', 'data.reqest.x exists'],
  ['filter', '--cross-check', '--failed', '-c'],
  ['filter', '--exact', '-m', 'Create*'],
  ['filter', '-m', 'kafka.JoinGroup'],
  ['filter', '--since', '2030-01-01'],
  ['show', '--id', 'e-1', '--diff', 'previous', '-o', 'json'],
  ['around', '--at', '2026-05-03T00:00:00Z', '--window', '2d', '-o', 'csv'],
  ['around', '--at', '2026-05-03T00:00:00Z', '--window', '12h', '--failed', '--tz', 'Europe/Vienna'],
  ['around', '--id', 'e-1', '-o', 'ndjson'],
  ['around', '--id', 'nothing', '-o', 'json'],
  ['around', '--id', 'e-2', '--window', '1d', '--dedupe', '-o', 'csv'],
  ['related', '--id', 'e-1', '-o', 'ndjson'],
  ['related', '--id', 'e-2', '--dedupe', '-o', 'json', '--tz', 'Europe/Vienna'],
  ['summary'],
  ['summary', '--failed'],
  ['summary', '--since', '2026-05-03', '--top', '3'],
  ['summary', '-m', 'Create*,kafka.*', '-o', 'csv'],
  ['summary', '-o', 'json'],
  ['summary', '--stats', 'json', '--where', 'line > 5 and not email exists'],
  ['summary', '--dedupe'],
  ['summary', '-o', 'md', '--principal', 'u-1', '--tz', 'Europe/Vienna'],
  ['timeline'],
  ['timeline', '-o', 'csv', '--tz', 'Europe/Vienna'],
  ['timeline', '-o', 'json', '--unfold', '--gap', '2h'],
  ['timeline', '-o', 'text', '--failed'],
  ['timeline', '-o', 'ndjson', '--tail', '20', '-m', 'Create*,mds.*'],
  ['timeline', '--dedupe', '-n', '9', '--wide'],
  ['first-seen', '--key', 'principal,ips', '--baseline-until', '2026-05-03'],
  ['first-seen', '--key', 'crn,data.request.data.code', '--baseline-until', '1d', '--now', 'last', '-o', 'ndjson'],
  ['diff', '--a', '..2026-05-03', '--b', '2026-05-03..', '--by', 'method,principal+ip', '-o', 'csv'],
  ['diff', '--a', '2d..1d', '--b', '1d..now', '--now', 'last', '--by', 'crns', '--failed', '--proof', '-o', 'json'],
  ['open', '--create', 'Create*', '--delete', 'Delete*', '-o', 'json'],
  ['who', 'u-1', '-o', 'json'],
  ['who', '10.0.0.0/8', '--dedupe', '-o', 'csv'],
  ['stats', '--by', 'principal,method', '-o', 'csv'],
  ['stats', '--by', 'weekday,hour', '--tz', 'Europe/Vienna'],
  ['stats', '--by', 'ips,day', '--agg', 'count,distinct(principal),values(method),min(time),share', '-o', 'json'],
  ['stats', '--by', 'data.request.data.code', '--pivot', 'result', '--failed', '--proof'],
  ['denials'],
  ['denials', '-o', 'json', '--tz', 'Europe/Vienna'],
  ['around', '--at', '2026-05-03', '--window', '1d', '-o', 'ndjson'],
  ['related', '--id', 'event-1', '-o', 'json'],
  ['methods'],
  ['methods', '-o', 'json'],
];

const folder = makeFolder();
const caches = join(folder.path, 'audit-cli');
let cli: typeof runCli;
afterAll(() => folder.remove());

beforeAll(async () => {
  for (const [i, [name, style]] of Object.entries(corpora).entries()) {
    const seedsFrom = (first: number): readonly number[] => Array.from({ length: 60 }, (_, n) => first + n);
    const wrap = name === 'wrapped' ? wrappedDump : (dump: Buffer) => dump;
    const dump = wrap(dumpOfSeeds(seedsFrom(1000 * i), style, i % 2 === 0));
    writeFileSync(join(folder.path, `${name}.ndjson`), dump);
    writeFileSync(join(folder.path, `${name}.ndjson.gz`), gzipSync(dump));
    writeFileSync(join(folder.path, `${name}-2.ndjson`), wrap(dumpOfSeeds(seedsFrom(1000 * i + 500), style)));
  }
  for (const [i, [name, make]] of Object.entries(spreadCorpora).entries()) {
    const dumpFrom = (first: number): Buffer => {
      const seeds = Array.from({ length: 60 }, (_, n) => first + n);
      return Buffer.from(make(dumpOfSeeds(seeds, styles.compact, true).toString().split('\n')));
    };
    const dump = dumpFrom(90_000 + 1000 * i);
    writeFileSync(join(folder.path, `${name}.ndjson`), dump);
    writeFileSync(join(folder.path, `${name}.ndjson.gz`), gzipSync(dump));
    writeFileSync(join(folder.path, `${name}-2.ndjson`), dumpFrom(90_500 + 1000 * i));
  }
  cli = await bundledCli(join(folder.path, 'cli'));
});

/** Relative times count from the same moment for all. */
const commands = [...filterCommands, ...otherCommands].map((args) =>
  args[0] === 'methods' || args.includes('--now') ? args : [...args, '--now', '2026-05-06T00:00:00Z'],
);

test.for(commands.map((args, i) => [args, i] as const))('%j', async ([args, i]) => {
  const truths = new Map<string, Answer>();
  for (const { corpus, setting, way } of combinationsFor(i)) {
    const dump = `${corpus} ${way}`;
    const truth = truths.get(dump) ?? (await answer(args, { corpus, way, setting: { scan: 'truth' } }));
    truths.set(dump, truth);

    rmSync(caches, { recursive: true, force: true });
    for (const turn of setting.cache === undefined ? ['at once'] : ['building', 'built']) {
      const actual = await answer(args, { corpus, way, setting });

      const place = `${dump} ${setting.scan} ${setting.cache ?? ''} ${turn}`;
      // Which of the lines passed over are malformed is not found out, and not told.
      const isToldLess = actual.hasPassedOver && corpus !== 'valid';
      if (!isToldLess) expect(actual.told, place).toEqual(truth.told);
      else if (args[0] === 'filter')
        expect({ ...actual.told, stderr: '' }, place).toEqual({ ...truth.told, stderr: '' });
    }
  }
});

test('caches answer many of the questions, and lines are passed over for some', async () => {
  const dump = { corpus: 'valid', way: 'file' } as const;
  const asked = commands.filter((_, i) => i % 5 === 0);
  let cached = 0;
  let passedOver = 0;
  for (const args of asked) {
    rmSync(caches, { recursive: true, force: true });
    await answer(args, { ...dump, setting: { scan: 'kernel', cache: '1,least=0' } });
    if (existsSync(caches)) cached++;
    const { hasPassedOver } = await answer(args, { ...dump, setting: { scan: 'kernel,checked=0' } });
    if (hasPassedOver) passedOver++;
  }

  expect(cached).toBeGreaterThan(asked.length / 2);
  expect(passedOver).toBeGreaterThan(asked.length / 20);
});

/** Others for each command, in time all. */
function combinationsFor(command: number): readonly Combination[] {
  const { numRuns } = propertyRuns(1);
  // No common divisor with their number: so many in a row are all of them.
  const stride = 41;
  return Array.from({ length: Math.min(numRuns, pairs.length * anyWay.length) }, (_, i) => {
    const turn = command * numRuns + i;
    const pair = pairs[(turn * stride) % pairs.length];
    if (pair === undefined) throw new Error('no combinations');
    const { ways } = pair.setting;
    return { ...pair, way: ways[Math.floor(turn / pairs.length) % ways.length] ?? 'file' };
  });
}

interface Combination {
  readonly corpus: string;
  readonly setting: Pick<Setting, 'scan' | 'cache'>;
  readonly way: Way;
}

interface Answer {
  readonly told: InProcessResult;
  readonly hasPassedOver: boolean;
}

async function answer(args: readonly string[], { corpus, setting, way }: Combination): Promise<Answer> {
  const { scan, cache } = setting;
  const env = { AUDIT_CLI_SCAN: scan, ...(cache && { AUDIT_CLI_CACHE: cache, XDG_CACHE_HOME: folder.path }) };
  const path = join(folder.path, `${corpus}.ndjson`);
  const { stdout, stderr, exit } = await run();
  return {
    told: { stdout: comparable(stdout, args), stderr: comparable(stderr, args), exit },
    // Without totals nothing says so.
    hasPassedOver: args.includes('--no-summary') || /only counted|"passedOver":[1-9]/.test(stderr),
  };

  async function run(): Promise<InProcessResult> {
    switch (way) {
      case 'file':
        return runInProcess([...args, path], { env, cli });
      case 'gz':
        return runInProcess([...args, `${path}.gz`], { env, cli });
      case 'two-files':
        return runInProcess([...args, path, join(folder.path, `${corpus}-2.ndjson`)], { env, cli });
      case 'stdin': {
        const dump = readFileSync(path);
        const chunks = [dump.subarray(0, 1000), dump.subarray(1000, 70_000), dump.subarray(70_000)];
        return runInProcess(args, { env, cli, stdin: { chunks } });
      }
      case 'stdin-file': {
        const fd = openSync(path, 'r');
        try {
          return await runInProcess(args, { env, cli, stdin: { fd } });
        } finally {
          closeSync(fd);
        }
      }
    }
  }
}

/** How much is read beyond the last match wanted depends on the blocks. */
function comparable(text: string, args: readonly string[]): string {
  const plain = withoutVolatile(Buffer.from(text, 'latin1').toString()).replace(
    / · [\d,]+ lines? only counted \([^)]*\)/,
    '',
  );
  return args.includes('-n') ? plain.replace(/"bytes":\d+/, '"bytes":"B"') : plain;
}
