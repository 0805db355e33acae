import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { topics } from '../../src/cli/topics/index.ts';
import { displayWidth } from '../../src/output/width.ts';
import { runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

/** Command lines with one thing wrong, as typed before the input. */
const badLines: readonly string[] = [
  'filter --since yesturday',
  'filter --until 2026-02-30',
  'filter --since 2026-05-02 --until 2026-05-01',
  'filter --now soon --since 1h',
  'filter --now last --since yesturday',
  'filter --ip 10/8',
  'filter --ip 300.1.1.1',
  "filter --method '/(/'",
  "filter --not-text ''",
  "filter --where 'method ='",
  "filter --where 'nocolumn = 1'",
  'filter --fields nocolumn',
  'filter --sort nocolumn',
  'filter --resource topic',
  'filter --principal-kind robot',
  'filter --access write',
  'filter --principal @no-such-file',
  'filter --tz Mars/Olympus',
  'filter --limit many',
  'filter --limit -1',
  'filter --limit 1 --tail 1',
  'filter --width 0',
  'filter --output yaml',
  'filter --output x.json',
  'filter --color sometimes',
  'filter --stats xml',
  'filter --max-malformed few',
  'filter --no-such-flag',
  'filter --method',
  'filter --out-file no/such/folder/x',
  'summary --top 0',
  'show',
  'nonsense',
];

test('every wrong value ends with 2 before a byte of the input is read, and nothing on stdout', async () => {
  await withSandbox(async (cwd) => {
    // What follows in the group still gets all of stdin.
    const script = badLines.map(
      (line) =>
        `printf 'untouched' | { audit-cli ${line} > out 2> err; echo "$? $(wc -c < out) $(head -c 10 err) $(cat)"; }`,
    );

    const { stdout } = await runShell(script.join('\n'), { cwd });

    expect(stdout.trimEnd().split('\n')).toEqual(badLines.map(() => '2 0 audit-cli: untouched'));
  });
});

test('nor is a named pipe so much as opened', async () => {
  await withSandbox(async (cwd) => {
    const script = [
      'mkfifo pipe',
      // A writer waits in open() until somebody opens the pipe to read.
      'echo opened > pipe & writer=$!',
      'sleep 0.2',
      ...badLines.map((line) => `audit-cli ${line} pipe > /dev/null 2>&1`),
      'kill -0 $writer && echo waiting; kill $writer',
    ];

    const { stdout } = await runShell(script.join('\n'), { cwd });

    expect(stdout).toBe('waiting\n');
  });
});

test('the message echoes what was typed and shows what to type instead', async () => {
  const { stderr } = await runShell(
    'audit-cli filter --since yesturday; audit-cli filter --ip 10/8; audit-cli filter -o x.json',
  );

  expect(stderr.trimEnd().split('\n')).toEqual([
    'audit-cli: --since "yesturday": not a time',
    expect.stringMatching(/^ {2}\S.* or /),
    expect.stringMatching(/^audit-cli: --ip "10\/8": /),
    expect.stringMatching(/^ {2}\S.* or /),
    'audit-cli: -o chooses a format, and x.json looks like a file',
    '  did you mean --out-file x.json?',
  ]);
});

test('an input that is there and one that is not: the answer is incomplete; none that is there: no answer', async () => {
  await withSandbox(async (cwd) => {
    const here = 'samples/vendor-records.ndjson';
    const lines = [`${here} gone`, `${here} samples/none/`, 'gone', `-q ${here} gone`, `-q gone ${here}`, `${here}/x`];
    const script = lines.map((files) => `audit-cli filter -c ${files}; echo "exit $?"`);

    const { stdout, stderr } = await runShell(script.join('\n'), { cwd });

    expect(stdout).toBe('10\nexit 3\n10\nexit 3\nexit 2\nexit 0\nexit 0\nexit 2\n');
    expect(stderr).toContain('audit-cli: gone: no such file or directory');
    expect(stderr).toContain('INCOMPLETE');
  });
});

test('no line of help is wider than 80 cells, and help goes to stdout', async () => {
  const pages = [
    ...['', '--help', '-h', 'help', '--version'],
    ...commands.flatMap(({ name }) => [`help ${name}`, `${name} -h`, `${name} --help`]),
    ...topics.map(({ name }) => `help ${name}`),
  ];

  // Called with nothing at all it is help for a mistake.
  const { stdout, stderr } = await runShell(`{ ${pages.map((page) => `audit-cli ${page}`).join('; ')}; }`);

  expect(stdout.split('\n').filter((line) => displayWidth(line) > 80)).toEqual([]);
  expect(stdout.length).toBeGreaterThan(20_000);
  expect(stderr).toMatch(/^Explores Confluent Cloud audit logs/);
  expect(stderr.split('\n').length).toBeLessThanOrEqual(25);
});
