import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostileRecord, hostileTexts, unsafeCharacter } from '../helpers/hostile.ts';
import { type RunResult, runCli } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

/** What an attacker writes to clear the screen, and what shells and people pass on without seeing. */
const hostile = '\u001b[2J\u009b31m\u202ex\u200b\u0007';

const dump = hostileTexts.map(([, text], i) => `${Buffer.from(hostileRecord(text, `m${i}`).raw)}\n`).join('');
const malformed = hostileTexts.map(([, text]) => `{"${text}\n`).join('');

/** Output with nothing in it but what the format needs. */
function expectHarmless({ stdout, stderr }: RunResult, allowed = /\n/g): void {
  for (const text of [stdout, stderr]) {
    const found = unsafeCharacter.exec(text.replaceAll(allowed, ''));
    expect(found && `U+${found[0].codePointAt(0)?.toString(16)} in ${JSON.stringify(text.slice(0, 2000))}`).toBeNull();
  }
}

describe.sequential('what attackers write into records', () => {
  test.for([
    ...['filter -o table', 'filter -o table --width 60', 'filter -o table --wide', 'filter -o text', 'filter -o md'],
    ...[
      'filter -o csv --fields time,id,message,data.result.status',
      'filter -o ndjson --normalized',
      'filter -c --dedupe',
    ],
    ...['summary', 'summary -o md', 'summary -o csv', 'summary -o json', 'summary -o ndjson', 'summary -o text'],
    ...[
      'show --id *',
      'show --id * -o csv',
      'methods -',
      'methods - -o json',
      'filter --id a* -c --crn crn:///topic=a',
    ],
  ])('never drives the terminal: %s', async (line) => {
    const result = await runCli(line.split(' '), { stdin: dump });

    expectHarmless(result);
    expect([0, 1]).toContain(result.exit);
    expect(result.stdout).not.toBe('');
  });

  test('never drives the terminal as TSV', async () => {
    expectHarmless(await runCli(['filter', '-o', 'tsv', '--normalized'], { stdin: dump }), /[\n\t]/g);
  });

  test.for([[], ['--stats', 'json'], ['--strict', '-o', 'table']])(
    'never drives the terminal where it is malformed: %s',
    async (flags) => {
      const result = await runCli(['filter', ...flags], { stdin: malformed });

      expectHarmless(result);
      expect(result.stderr).toContain('not JSON');
    },
  );
});

describe.sequential('what shells pass on from elsewhere', () => {
  const results: RunResult[] = [];

  beforeAll(async () => {
    await withSandbox(async (cwd) => {
      const record = '{"id":"a","type":"t","data":{}}\n';
      for (const name of [hostile, `${hostile}-2`]) writeFileSync(join(cwd, name), record);
      writeFileSync(join(cwd, `${hostile}.bad`), `${record}${hostile}\n`);
      writeFileSync(join(cwd, `${hostile}.gz`), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2]));
      const values = [
        'since',
        'ip',
        'where',
        'fields',
        'sort',
        'output',
        'tz',
        'now',
        'width',
        'limit',
        'color',
        'stats',
      ];
      const more = [
        'max-malformed',
        'resource',
        'access',
        'principal-kind',
        'result',
        'crn',
        'id',
        'method',
        'text',
        'env',
      ];
      const lines = [
        ...[...values, ...more].map((flag) => ['filter', `--${flag}`, hostile, hostile]),
        ...['/(', '@', 'crn://'].map((start) => ['filter', '--method', start + hostile, hostile]),
        ...['fields', 'where', 'sort'].map((flag) => [
          'filter',
          '-c',
          `--${flag}`,
          `data["${hostile}"] != "1"`,
          hostile,
        ]),
        ['filter', '-c', hostile],
        ['filter', '-o', 'table', '-F', 'file,id', hostile],
        ['filter', '-c', `${hostile}.bad`, `${hostile}.gz`, `no-${hostile}`],
        ['filter', '-c', '--stats', 'json', `${hostile}.bad`, `${hostile}.gz`],
        ['filter', '-c', `${hostile}*x`],
        ['filter', '--out-file', `no/${hostile}`, hostile],
        ['filter', '--out-file', `${hostile}-2`, hostile],
        ['filter', `--${hostile}`],
        ['summary', hostile],
        ['summary', '-o', 'json', `${hostile}.bad`],
        ['show', '--id', 'a', hostile],
        ['show', hostile],
        ['methods', hostile],
        ['methods', `Del*${hostile}`],
        ['explain', `Delete${hostile}`],
        ['help', hostile],
        [hostile],
        [`./${hostile}.x`],
        [`--${hostile}`],
      ];
      for (const line of lines) results.push(await runCli(line, { cwd }));
    });
  });

  test('never drives the terminal: file names, values, flags, commands', () => {
    for (const result of results) expectHarmless(result);
  });

  test('is shown, not dropped', () => {
    const shown = results.filter(({ stdout, stderr }) => `${stdout}${stderr}`.includes('\\u001b[2J\\u009b31m\\u202ex'));

    expect(shown.length).toBeGreaterThan(25);
    expect(results.map(({ exit }) => exit).filter((exit) => ![0, 1, 2, 3].includes(exit))).toEqual([]);
  });
});

describe.sequential('colour', () => {
  const escapeCharacter = '\u001b';
  const lines = [['filter', '-o', 'table'], ['filter', '-o', 'text'], ['summary']];

  test.for([
    { env: {}, flags: [], colour: false },
    { env: {}, flags: ['--color', 'always'], colour: true },
    { env: { NO_COLOR: '1' }, flags: ['--color', 'always'], colour: true },
    { env: { CLICOLOR_FORCE: '1' }, flags: [], colour: true },
    { env: { CLICOLOR_FORCE: '1', NO_COLOR: '1' }, flags: [], colour: false },
    { env: { FORCE_COLOR: '1', TERM: 'dumb' }, flags: ['--no-color'], colour: false },
  ])('in a pipe with $env $flags: $colour', async ({ env, flags, colour }) => {
    for (const line of lines) {
      const { stdout, stderr } = await runCli([...line, ...flags, 'samples/vendor-records.ndjson'], { env });

      expect(stdout.includes(escapeCharacter)).toBe(colour);
      expect(stderr.includes(escapeCharacter)).toBe(false);
    }
  });
});
