/** Several threads that answer blocks of files: the answer and the accounting are those of one that parses every line. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ordinaryDump, ordinaryRecord } from '../helpers/dumps.ts';
import { startCli } from '../helpers/live-cli.ts';
import { runCli } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { withoutVolatile } from '../helpers/volatile.ts';
import { wrappedDump } from '../helpers/wrapped-lines.ts';

const inThreads = { AUDIT_CLI_SCAN: 'kernel,threads=3,block=4096,checked=999999999' };
const byTheTruth = { AUDIT_CLI_SCAN: 'truth' };

const commandLines = [
  'filter -m DeleteStatement',
  'filter --failed -o csv -F time,principal,method,resource,ip,result,file',
  'filter --failed -o csv -F line,id',
  'filter -o csv -F time,id,method,principal,result,ip',
  'filter -p u-3,u-33 -o tsv -F id,principal',
  'filter -w "line > 300" -o ndjson -F id',
  'filter -m DeleteStatemant',
  'filter -p u-3 --normalized',
  'filter --sort id -r -o json -F id,line',
  'filter --tail 3 -F id,line -o tsv',
  'filter -c --since 2026-05-01T00:01:00Z',
  'filter --crn crn://confluent.cloud/organization=o-1/environment=env -c',
  'filter --crn crn://confluent.cloud/organization=o-1/environment=env -F line,id -o csv',
  'filter -n 3 -m DeleteStatement',
  'filter -C 1 --id event-77 -F id -o csv',
  'filter -m DeleteStatement -o csv -F file,line,partition,offset,kafkaTime,id',
  'filter -m DeleteStatement -o csv -F partition,kafkaTime,id',
  'filter --sort kafkaTime -r -o csv -F offset,kafkaTime,id',
  'filter --tail 9 -o tsv -F partition,offset,kafkaTime,id',
  'filter -w "offset > 104 and partition = 2" -o csv -F line,offset,id',
  'filter -w "kafkaTime > time" -c',
  'filter --dedupe -c',
  'filter -o table --width 120 -m DeleteStatement',
  'summary -o json',
  'summary --failed',
  'show --id event-101',
  'methods',
] as const;

test.for(commandLines)('audit-cli %s says the same with three threads', async (line) => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'a.ndjson'), `${ordinaryDump(400)}\n\nno record\n${ordinaryDump(3)}`);
    writeFileSync(join(cwd, 'b.ndjson'), gzipSync(ordinaryDump(150)));
    writeFileSync(join(cwd, 'c.ndjson'), '');
    writeFileSync(join(cwd, 'd.ndjson'), `${ordinaryDump(250)}${ordinaryRecord(9).slice(0, 90)}`);
    writeFileSync(join(cwd, 'e.txt'), wrappedDump(Buffer.from(ordinaryDump(200))));
    writeFileSync(join(cwd, 'audit+2+0000000100.json'), ordinaryDump(100));
    const files = [
      'a.ndjson',
      'b.ndjson',
      'missing.ndjson',
      'c.ndjson',
      'd.ndjson',
      'e.txt',
      'audit+2+0000000100.json',
    ];
    const args = [...shellWords(line), ...files];

    const [fast, slow] = await Promise.all([
      runCli(args, { cwd, env: inThreads }),
      runCli(args, { cwd, env: byTheTruth }),
    ]);

    expect(plain(fast)).toEqual(plain(slow));
  });
});

test('a reader that goes away ends all threads without a word', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.ndjson'), ordinaryDump(20_000));
    const cli = startCli(['filter', 'big.ndjson'], { cwd, env: inThreads, unread: true });
    await new Promise((resolve) => cli.stdout.once('readable', resolve));

    cli.stdout.destroy();

    expect(await cli.exit).toBe(0);
    expect(cli.printed.stderr).toBe('');
  });
});

test('after Ctrl-C the summary is of the lines that were accounted for', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.ndjson'), ordinaryDump(60_000));
    const cli = startCli(['summary', '-o', 'json', 'big.ndjson'], { cwd, env: inThreads });
    setTimeout(() => cli.kill('SIGINT'), 350);

    const exit = await cli.exit;
    const { records, accounting } = JSON.parse(cli.printed.stdout);

    expect([0, 130]).toContain(exit);
    expect({ records, matched: accounting.records }).toEqual({
      records: accounting.matched,
      matched: accounting.matched,
    });
    expect(accounting.lines).toBe(accounting.records);
  });
});

test('a file cut while the threads read it just ends earlier', async () => {
  await withSandbox(async (cwd) => {
    const path = join(cwd, 'cut.ndjson');
    writeFileSync(path, ordinaryDump(30_000));
    const cli = startCli(['filter', '-c', 'cut.ndjson'], { cwd, env: inThreads });
    truncateSync(path, 100 * ordinaryRecord(0).length);

    expect(await cli.exit).toBeLessThanOrEqual(1);
    expect(Number(cli.printed.stdout)).toBeLessThanOrEqual(30_000);
    expect(cli.printed.stderr).toMatch(/read [\d,]+ lines/);
  });
});

function shellWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function plain({
  stdout,
  stderr,
  exit,
}: {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}): object {
  return { stdout: withoutVolatile(stdout), stderr: withoutVolatile(stderr), exit };
}
