import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formats } from '../../src/output/formats/index.ts';
import { ordinaryDump, zstdStored } from '../helpers/dumps.ts';
import { runCli, runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const incident = ['samples/incident/audit-log-part-1.ndjson', 'samples/incident/audit-log-part-2.ndjson.gz'];

describe('the same input as a file, stdin, gzip, zstd or in two files', () => {
  const text = ordinaryDump(700);
  const half = text.indexOf('\n', text.length / 2) + 1;

  test.for(['filter --failed', 'filter -o json', 'filter -o table -m mds.*', 'filter -o text', 'summary', 'filter -c'])(
    'gives the same bytes: %s',
    async (command) => {
      await withSandbox(async (cwd) => {
        writeFileSync(join(cwd, 'a.ndjson'), text);
        writeFileSync(join(cwd, 'a.gz'), gzipSync(text));
        writeFileSync(
          join(cwd, 'members.gz'),
          Buffer.concat([gzipSync(text.slice(0, 999)), gzipSync(text.slice(999))]),
        );
        writeFileSync(join(cwd, 'a.zst'), zstdStored(Buffer.from(text)));
        writeFileSync(join(cwd, 'part-1.ndjson'), text.slice(0, half));
        writeFileSync(join(cwd, 'part-2.ndjson'), text.slice(half));
        const ways = [
          'a.ndjson',
          '< a.ndjson',
          '- < a.gz',
          'a.gz',
          'members.gz',
          'a.zst',
          'part-1.ndjson part-2.ndjson',
        ];
        const lines = [
          'cat a.ndjson | audit-cli COMMAND | md5sum',
          ...ways.map((way) => `audit-cli COMMAND ${way} | md5sum`),
        ];

        const { stdout } = await runShell(lines.join('\n').replaceAll('COMMAND', command), { cwd });

        const sums = stdout.trim().split('\n');
        expect(sums).toHaveLength(lines.length);
        expect(new Set(sums).size).toBe(1);
      });
    },
  );
});

test('two runs print the same bytes', async () => {
  for (const args of [
    ['summary'],
    ['summary', '-o', 'csv'],
    ['filter', '-o', 'table', '--sort', 'principal'],
    ['methods'],
  ]) {
    const [once, again] = await Promise.all([runCli([...args, ...incident]), runCli([...args, ...incident])]);

    expect(again.stdout).toBe(once.stdout);
    expect(once.exit).toBe(0);
  }
});

describe('the accounting line and the output agree', () => {
  const headerLines: Readonly<Record<string, number>> = { table: 1, csv: 1, tsv: 1, md: 2 };
  const lineShaped = formats.filter(({ lineShaped }) => lineShaped).map(({ name }) => name);

  test.for(lineShaped)('-o %s prints as many lines as matched', async (format) => {
    const { stdout, stderr, exit } = await runCli(['filter', '--failed', '-o', format, ...incident]);

    const matched = Number(/ · ([\d,]+) matched · /.exec(stderr)?.[1]?.replaceAll(',', ''));
    expect(matched).toBeGreaterThan(10);
    expect(stdout.split('\n').length - 1 - (headerLines[format] ?? 0)).toBe(matched);
    expect(exit).toBe(0);
  });

  test('json and --count agree with them', async () => {
    const [json, count] = await Promise.all([
      runCli(['filter', '--failed', '-o', 'json', ...incident]),
      runCli(['filter', '--failed', '--count', ...incident]),
    ]);

    expect(`${Object.keys(JSON.parse(json.stdout)).length}\n`).toBe(count.stdout);
    expect(count.stderr.replace(/\d\.\d s/, '')).toBe(json.stderr.replace(/\d\.\d s/, ''));
  });
});

test.for([
  ['table', ''],
  ['text', ''],
  ['ndjson', ''],
  ['json', '[]\n'],
  ['csv', 'time,principal,method,resource,ip,result\n'],
  ['tsv', 'time\tprincipal\tmethod\tresource\tip\tresult\n'],
  ['md', ''],
])('when nothing matches -o %s prints nothing but its frame, and the exit code is 1', async ([format, expected]) => {
  const { stdout, stderr, exit } = await runCli([
    ...['filter', '--until', '2001-01-01', '-o', format ?? '', 'samples/vendor-records.ndjson'],
  ]);

  expect({ stdout, exit }).toEqual({ stdout: expected, exit: 1 });
  expect(stderr).toMatch(/ · 0 matched · window … to 2001-01-01T00:00:00Z · 10 outside it · /);
});

test.for([
  ['--since', '2026-03-17T06:00:00Z', '2026-03-17T18:00:00.5Z', '2026-03-19'],
  ['--after', '2026-03-17', '2026-03-18T00:00:00+02:00', '2026-03-18T09:58:11.114Z'],
])('adjacent windows add up (%s %s)', async ([flag = '', a = '', b = '', c = '']) => {
  const between = async (from: string, until: string): Promise<string[]> => {
    const { stdout } = await runCli(['filter', flag, from, '--until', until, ...incident]);
    return stdout.split('\n').slice(0, -1);
  };

  const [first, second, whole] = await Promise.all([between(a, b), between(b, c), between(a, c)]);

  expect([...first, ...second].sort()).toEqual([...whole].sort());
  expect(Math.min(first.length, second.length)).toBeGreaterThan(20);
});

/** Text as another program would have written it, and what is in it. */
const encodings: readonly (readonly [name: string, bytes: Uint8Array, counts: string, exit: number])[] = [
  ['a torn last line', Buffer.from(ordinaryDump(3).slice(0, -40)), '3 lines 2 records 1 malformed 0 blank', 0],
  [
    'a last line without its newline',
    Buffer.from(ordinaryDump(3).trimEnd()),
    '3 lines 3 records 0 malformed 0 blank',
    0,
  ],
  ['UTF-16LE with CRLF', utf16(ordinaryDump(3)), '3 lines 3 records 0 malformed 0 blank', 0],
  ['a byte order mark', Buffer.from(`\ufeff${ordinaryDump(3)}`), '3 lines 3 records 0 malformed 0 blank', 0],
  ['CRLF', Buffer.from(ordinaryDump(3).replaceAll('\n', '\r\n')), '3 lines 3 records 0 malformed 0 blank', 0],
  [
    'the noise of consumers',
    Buffer.from(`% Headers: [a="b"]\n${ordinaryDump(2)}\n^C\nProcessed a total of 2 messages\n`),
    '6 lines 2 records 1 malformed 1 blank',
    0,
  ],
  ['nothing', Buffer.alloc(0), '0 lines 0 records 0 malformed 0 blank', 1],
  ['only noise', Buffer.from('a\nb\n'), '2 lines 0 records 2 malformed 0 blank', 1],
];

test.for(encodings)('%s is counted right', async ([, bytes, counts, exit]) => {
  const result = await runCli(['filter', '-c', '--stats', 'json'], { stdin: bytes });

  const { lines, records, malformed, blank } = JSON.parse(result.stderr);
  expect(`${lines} lines ${records} records ${malformed} malformed ${blank} blank`).toBe(counts);
  expect(result).toMatchObject({ stdout: `${records}\n`, exit });
});

test('a malformed line decides the exit code only when asked to', async () => {
  const stdin = `${ordinaryDump(3)}not JSON\n`;
  const exits: number[] = [];
  for (const flags of [[], ['--strict'], ['--max-malformed', '1'], ['--max-malformed', '24%'], ['--strict', '-q']]) {
    exits.push((await runCli(['filter', '-c', ...flags], { stdin })).exit);
  }

  expect(exits).toEqual([0, 3, 0, 3, 0]);
});

function utf16(text: string): Uint8Array {
  return Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le');
}
