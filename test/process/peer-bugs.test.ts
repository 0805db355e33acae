/**
 * Bugs that other log tools shipped, each as a test here (peer-bugs.md). Those of features that are not there yet (HTML,
 * correlation) come with the features.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { memorySource } from '../../src/input/sources/memory.ts';
import { displayWidth } from '../../src/output/width.ts';
import { ordinaryDump, ordinaryRecord, zstdStored } from '../helpers/dumps.ts';
import { hostileRecord, hostileTexts } from '../helpers/hostile.ts';
import { printed } from '../helpers/pipeline.ts';
import { runCli, runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const record = (more: object, data: object = {}): string =>
  JSON.stringify({ id: 'a', type: 'io.confluent.cloud/request', ...more, data });

test('a malformed --since dropped every event without an error (suzaku 2.0)', async () => {
  const { stdout, stderr, exit } = await runCli(['filter', '--since', '2026-13-01', 'samples/vendor-records.ndjson']);

  expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 });
  expect(stderr).toMatch(/^audit-cli: --since "2026-13-01": .*\n {2}\S/);
});

describe('a form of input silently gave zero events (suzaku 2.0)', () => {
  const text = ordinaryDump(5);
  test.for<readonly [string, Uint8Array]>([
    ['NDJSON', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['zstd', zstdStored(Buffer.from(text))],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['JSON text sequences', Buffer.from(text.replaceAll(/^/gm, '\u001e'))],
    ['no newline at the end', Buffer.from(text.trimEnd())],
  ])('%s gives five', async ([, stdin]) => {
    const { stdout, exit } = await runCli(['filter', '-c'], { stdin });

    expect({ stdout, exit }).toEqual({ stdout: '5\n', exit: 0 });
  });

  test('an array is read, and what no form is known for is named', async () => {
    await withSandbox(async (cwd) => {
      writeFileSync(join(cwd, 'dump.zip'), Buffer.from('PK\u0003\u0004rest'));
      writeFileSync(join(cwd, 'array.json'), `[${record({})}]`);

      const zip = await runCli(['filter', '-c', 'dump.zip'], { cwd });
      const array = await runCli(['filter', '-c', 'array.json'], { cwd });

      expect(zip.exit).toBe(2);
      expect(zip.stderr).toContain('dump.zip: this is a zip archive, not text');
      expect({ stdout: array.stdout, exit: array.exit }).toEqual({ stdout: '1\n', exit: 0 });
    });
  });
});

test('unreadable, vanished and non-UTF-8 files were skipped without a word (suzaku 2.0)', async () => {
  await withSandbox(async (cwd) => {
    mkdirSync(join(cwd, 'dumps'));
    writeFileSync(join(cwd, 'dumps/a.ndjson'), `${record({})}\n`);
    symlinkSync('gone.ndjson', join(cwd, 'dumps/b.ndjson'));
    writeFileSync(join(cwd, 'dumps/c.ndjson'), Buffer.from(`${record({ subject: 'caf\xe9' })}\n`, 'latin1'));
    writeFileSync(join(cwd, 'dumps/d.ndjson'), Buffer.from([0x80, 0xff, 0xfe, 0x0a]));
    writeFileSync(join(cwd, 'dumps/e.ndjson.gz'), gzipSync(`${record({})}\n`).subarray(0, -4));

    const { stdout, stderr, exit } = await runCli(['filter', '-c', 'dumps'], { cwd });

    expect({ stdout, exit }).toEqual({ stdout: '3\n', exit: 3 });
    for (const name of ['b.ndjson', 'd.ndjson:1', 'e.ndjson.gz']) expect(stderr).toContain(`dumps/${name}`);
    expect(stderr).toContain('INCOMPLETE');
  });
});

test('a spreadsheet ran a cell that starts a formula (suzaku 2.0)', async () => {
  const starts = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
  const stdin = starts.map((start) => `${record({ subject: `${start}cmd|'/C calc'!A0` })}\n`).join('');
  for (const format of ['csv', 'tsv']) {
    const { stdout } = await runCli(['filter', '-o', format, '--no-header', '-F', 'subject'], { stdin });

    const cells = stdout.split('\n').slice(0, -1);
    expect(cells).toHaveLength(starts.length);
    // A leading control character is escaped; anything else gets an apostrophe before it.
    expect(cells.filter((cell) => !/^"?(?:'|\\u)/.test(cell))).toEqual([]);
  }
});

test('a name became a link or a script in a report (hayabusa 3.8)', async () => {
  const subject = '[x](http://evil.example) <script>alert(1)</script> | www.evil.example';
  const { stdout } = await runCli(['filter', '-o', 'md', '--no-header', '-F', 'subject'], {
    stdin: record({ subject }),
  });

  expect(stdout).toBe(
    '| \\[x\\](http&#58;//evil.example) &lt;script&gt;alert(1)&lt;/script&gt; \\| www&#46;evil.example |\n',
  );
});

test('two runs differed because maps have no order (hayabusa 4.0)', async () => {
  const files = ['samples/incident/audit-log-part-1.ndjson', 'samples/incident/audit-log-part-2.ndjson.gz'];
  for (const args of [
    ['summary', '-o', 'csv'],
    ['filter', '--sort', 'principal', '-o', 'csv'],
    ['methods', '-o', 'csv'],
  ]) {
    const [once, again] = await Promise.all([runCli([...args, ...files]), runCli([...args, ...files])]);

    expect(again.stdout).toBe(once.stdout);
  }
});

test('a narrow terminal, or a cut through a character of several bytes, was the end (hayabusa 4.0, suzaku 2.0)', async () => {
  const dump = hostileTexts.map(([, text]) => `${Buffer.from(hostileRecord(text, '日本🦄').raw)}\n`).join('');
  for (let width = 1; width <= 400; width += width < 60 ? 1 : 17) {
    const table = await printed('table', [memorySource('f', dump)], [], {
      fields: ['time', 'method', 'crn', 'message'],
      width,
    });

    expect(table).toContain('2026');
    expect(Math.max(...table.split('\n').map((line) => displayWidth(line)))).toBeLessThanOrEqual(Math.max(40, width));
    expect(table.isWellFormed()).toBe(true);
  }
});

test('a time with an offset was stored as if it were UTC (hayabusa 4.0)', async () => {
  const stdin = `${record({ time: '2026-05-01T08:30:00+09:00' })}\n`;
  const ask = async (...flags: string[]) =>
    (await runCli(['filter', '-o', 'csv', '--no-header', '-F', 'time', ...flags], { stdin })).stdout;

  expect(await ask()).toBe('2026-04-30T23:30:00Z\n');
  expect(await ask('--tz', 'Asia/Tokyo')).toBe('2026-05-01T08:30:00+09:00\n');
  expect(await ask('--until', '2026-05-01')).not.toBe('');
  expect(await ask('--since', '2026-05-01')).toBe('');
  expect(await ask('--since', '2026-05-01T08:30:00+09:00')).not.toBe('');
});

test('CIDR blocks were compared as text, and private ranges were wrong (suzaku, hayabusa)', async () => {
  const addresses = ['10.1.2.3', '::ffff:10.1.2.3', '100.0.0.1', '2000::1', '2001:DB8:0:0::1', 'fd00::1', '110.1.2.3'];
  const stdin = addresses
    .map((ip) => `${record({ subject: ip }, { requestMetadata: { clientAddress: [{ ip }] } })}\n`)
    .join('');
  const within = async (range: string): Promise<string[]> => {
    const { stdout } = await runCli(['filter', '--ip', range, '-o', 'csv', '--no-header', '-F', 'subject'], { stdin });
    return stdout.split('\n').slice(0, -1);
  };

  expect(await within('10.0.0.0/8')).toEqual(['10.1.2.3', '::ffff:10.1.2.3']);
  expect(await within('2001:db8::/32')).toEqual(['2001:DB8:0:0::1']);
  expect(await within('2000::/3')).toEqual(['2000::1', '2001:DB8:0:0::1']);
  expect(await within('fc00::/7')).toEqual(['fd00::1']);
  expect((await runCli(['filter', '--ip', '10/8'], { stdin })).exit).toBe(2);
});

test('first and last seen were those of the whole data, not of the key (suzaku 2.0)', async () => {
  const at = (hour: number, methodName: string): string =>
    `${record({ time: `2026-05-01T0${hour}:00:00Z` }, { methodName, request: { accessType: 'MODIFICATION' } })}\n`;
  const stdin =
    at(1, 'DeleteTopic') + at(2, 'CreateTopic') + at(3, 'CreateTopic') + at(4, 'DeleteTopic') + at(5, 'AlterTopic');

  const { stdout } = await runCli(['summary', '-o', 'json'], { stdin });

  const { changes } = JSON.parse(stdout);
  const bounds = changes.rows.map((row: { method: string; first: string; last: string }) => [
    row.method,
    row.first,
    row.last,
  ]);
  expect(bounds.sort()).toEqual([
    ['AlterTopic', '2026-05-01T05:00:00Z', '2026-05-01T05:00:00Z'],
    ['CreateTopic', '2026-05-01T02:00:00Z', '2026-05-01T03:00:00Z'],
    ['DeleteTopic', '2026-05-01T01:00:00Z', '2026-05-01T04:00:00Z'],
  ]);
});

test('a second filter was ignored without a word (CloudTrail LookupEvents)', async () => {
  const stdin = ordinaryDump(100);
  const count = async (...flags: string[]) => Number((await runCli(['filter', '-c', ...flags], { stdin })).stdout);

  expect(await count('-p', 'u-4')).toBe(10);
  expect(await count('--failed')).toBe(10);
  expect(await count('-p', 'u-4', '--failed')).toBe(0);
  expect(await count('-p', 'u-9', '--failed', '--since', '2026-05-01T00:00:30Z')).toBe(4);
});

test('files with the same first line were hidden as duplicates (lnav up to 0.14.0)', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'a.ndjson'), ordinaryDump(2));
    writeFileSync(join(cwd, 'b.ndjson'), `${ordinaryRecord(0)}\n${ordinaryRecord(7)}\n`);

    const { stdout, stderr } = await runShell(
      'audit-cli filter -c a.ndjson b.ndjson; audit-cli filter -c --dedupe a.ndjson b.ndjson',
      {
        cwd,
      },
    );

    expect(stdout).toBe('4\n3\n');
    expect(stderr).toContain('1 duplicate');
  });
});

test('a key that comes late was dropped, or stopped the scan (ClickHouse, DuckDB)', async () => {
  const last = record({}, { methodName: 'New', late: { x: [1, 'two'] } });
  const stdin = `${ordinaryDump(30_000)}${last}\n`;

  const { stdout } = await runCli(['filter', '-w', 'data.late.x = "two"', '-F', 'method,data.late', '-o', 'csv'], {
    stdin,
  });

  expect(stdout).toBe('method,data.late\nNew,"{""x"":[1,""two""]}"\n');
});

test('what follows the JSON of a line was accepted as part of it (DuckDB 23120)', async () => {
  const stdin = `${record({})}TRAILER\n${record({})} ${record({})}\n${record({})},\n${record({})}\n`;

  const { stdout, stderr } = await runCli(['filter'], { stdin });

  expect(stdout).toBe(`${record({})}\n`.repeat(4));
  expect(stderr).toContain('read 4 lines · 4 records · 1 malformed');
});

test('filters were ignored in JSON output (pymobiledevice3)', async () => {
  const stdin = ordinaryDump(100);
  for (const format of ['json', 'ndjson', 'csv', 'tsv', 'md', 'table', 'text']) {
    const { stdout, stderr } = await runCli(
      ['filter', '--failed', '-o', format, '--normalized', '-F', 'principal,method'],
      { stdin },
    );

    expect(stdout.match(/\bu-\d\b/g)).toEqual(Array.from({ length: 10 }, () => 'u-9'));
    expect(stderr).toContain('· 10 matched ·');
  }
});
