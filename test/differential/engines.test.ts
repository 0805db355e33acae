/**
 * Every command line has one answer, whichever way its input is read: the same bytes on stdout and stderr and the same
 * exit code. Corpora, settings and ways in take turns; `PROPERTY_RUNS=20` tries twenty of their combinations each.
 */
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formats } from '../../src/output/formats/index.ts';
import { filters } from '../../src/query/filters/index.ts';
import { columns } from '../../src/record/columns/index.ts';
import { type InProcessResult, runBuilt, runInProcess } from '../helpers/in-process.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { withoutVolatile } from '../helpers/volatile.ts';
import { makeFolder } from '../input/helpers/folder.ts';
import { flagValues, wheres } from '../scan/helpers/questions.ts';

interface Setting {
  /** `AUDIT_CLI_SCAN`. */
  readonly scan: string;
  /** Lines that cannot match are only counted: which of them are malformed is not found out, and not told. */
  readonly passesOver?: boolean;
  /** Needs the built program: other threads have a file of their own there. */
  readonly built?: boolean;
}

/** Each is compared with `truth`, which reads every line with JSON.parse. */
const settings: readonly Setting[] = [
  { scan: 'kernel,block=4096' },
  { scan: 'kernel,block=65536' },
  { scan: 'kernel,block=1048576' },
  { scan: 'js' },
  { scan: 'auto' },
  { scan: 'kernel,block=4096,checked=0', passesOver: true },
  { scan: 'js,checked=0', passesOver: true },
  { scan: 'kernel,block=4096,threads=2', built: true },
];

type Way = 'file' | 'gz' | 'stdin' | 'stdin-file' | 'two-files';
const ways: readonly Way[] = ['file', 'file', 'gz', 'stdin', 'stdin-file', 'two-files'];

const combinations = Object.keys(styles).flatMap((corpus) =>
  settings.flatMap((setting) =>
    // A process for each takes its time.
    (setting.built === true ? (['file', 'two-files'] as const) : ways).map((way) => ({ corpus, setting, way })),
  ),
);

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
  ['summary'],
  ['summary', '--failed'],
  ['summary', '--since', '2026-05-03', '--top', '3'],
  ['summary', '-m', 'Create*,kafka.*', '-o', 'csv'],
  ['summary', '-o', 'json'],
  ['summary', '--stats', 'json', '--where', 'line > 5 and not email exists'],
  ['summary', '--dedupe'],
  ['summary', '-o', 'md', '--principal', 'u-1', '--tz', 'Europe/Vienna'],
  ['methods'],
  ['methods', '-o', 'json'],
];

const folder = makeFolder();
afterAll(() => folder.remove());

beforeAll(() => {
  for (const [i, [name, style]] of Object.entries(styles).entries()) {
    const seeds = Array.from({ length: 60 }, (_, n) => 1000 * i + n);
    const dump = dumpOfSeeds(seeds, style, i % 2 === 0);
    writeFileSync(join(folder.path, `${name}.ndjson`), dump);
    writeFileSync(join(folder.path, `${name}.ndjson.gz`), gzipSync(dump));
  }
});

/** Relative times count from the same moment for all. */
const commands = [...filterCommands, ...otherCommands].map((args) =>
  args[0] === 'methods' || args.includes('--now') ? args : [...args, '--now', '2026-05-06T00:00:00Z'],
);

test.for(commands.map((args, i) => [args, i] as const))('%j', async ([args, i]) => {
  for (const { corpus, setting, way } of combinationsFor(i)) {
    const expected = await answer(args, { corpus, way, setting: { scan: 'truth' } });

    const actual = await answer(args, { corpus, way, setting });

    const place = `${corpus} ${way} ${setting.scan}`;
    if (setting.passesOver !== true) expect(actual, place).toEqual(expected);
    else if (args[0] === 'filter') expect(told(actual), place).toEqual(told(expected));
  }
});

/** Others for each command. */
function combinationsFor(command: number): readonly Combination[] {
  const { numRuns } = propertyRuns(1);
  // No common divisor with their number: in time each command meets each of them.
  const stride = 41;
  return Array.from({ length: Math.min(numRuns, combinations.length) }, (_, i) => {
    const found = combinations[((command * numRuns + i) * stride) % combinations.length];
    if (found === undefined) throw new Error('no combinations');
    return found;
  });
}

interface Combination {
  readonly corpus: string;
  readonly setting: Setting;
  readonly way: Way;
}

function told({ stdout, exit }: InProcessResult): Omit<InProcessResult, 'stderr'> {
  return { stdout, exit };
}

async function answer(args: readonly string[], { corpus, setting, way }: Combination): Promise<InProcessResult> {
  const run = setting.built === true ? runBuilt : runInProcess;
  const env = { AUDIT_CLI_SCAN: setting.scan };
  const path = join(folder.path, `${corpus}.ndjson`);
  const result = await answerBy();
  return { ...result, stderr: comparable(result.stderr, args) };

  async function answerBy(): Promise<InProcessResult> {
    switch (way) {
      case 'file':
        return run([...args, path], { env });
      case 'gz':
        return run([...args, `${path}.gz`], { env });
      case 'two-files':
        return run([...args, path, join(folder.path, 'compact.ndjson')], { env });
      case 'stdin': {
        const dump = readFileSync(path);
        const chunks = [dump.subarray(0, 1000), dump.subarray(1000, 70_000), dump.subarray(70_000)];
        return run(args, { env, stdin: { chunks } });
      }
      case 'stdin-file': {
        const fd = openSync(path, 'r');
        try {
          return await run(args, { env, stdin: { fd } });
        } finally {
          closeSync(fd);
        }
      }
    }
  }
}

/** How much is read beyond the last match wanted depends on the blocks. */
function comparable(stderr: string, args: readonly string[]): string {
  const text = withoutVolatile(Buffer.from(stderr, 'latin1').toString());
  return args.includes('-n') ? text.replace(/"bytes":\d+/, '"bytes":"B"') : text;
}
