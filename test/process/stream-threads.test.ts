/** Threads that scan what another one decompresses: the answer and the accounting are those of one that parses every line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ordinaryDump, ordinaryRecord, zstdStored } from '../helpers/dumps.ts';
import { startCli } from '../helpers/live-cli.ts';
import { runCli } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { withoutVolatile } from '../helpers/volatile.ts';

const ways = [
  'kernel,threads=2',
  'kernel,threads=2,block=4096',
  'kernel,threads=3,block=65536',
  'kernel,threads=5,block=512',
] as const;

const wayOf = (i: number): string => ways[i % ways.length] ?? '';

const longestLine = 16 * 1024 * 1024;
const zeros = Buffer.alloc(700);
const dump = `${ordinaryDump(400)}\n\nno record\n${ordinaryDump(30)}`;
const torn = `${ordinaryDump(250)}${ordinaryRecord(9).slice(0, 90)}`;
const packed = gzipSync(ordinaryDump(3000));
const longLine = ordinaryRecord(7).replace('{', `{"more":"${'x'.repeat(1_500_000)}",`);
const tooLong = ordinaryRecord(8).replace('{', `{"more":"${'x'.repeat(longestLine)}",`);

const pretty = Array.from({ length: 300 }, (_, i) => JSON.stringify(JSON.parse(ordinaryRecord(i)), undefined, 2));
const array = `[\n${pretty.join(',\n')}\n]\n`;

const inputs: Readonly<Record<string, Uint8Array>> = {
  'one member': gzipSync(dump),
  'members that end within a line': Buffer.concat(
    [dump.slice(0, 777), dump.slice(777, 60_000), '', dump.slice(60_000)].map((part) => gzipSync(part)),
  ),
  'zeros behind the last member': Buffer.concat([gzipSync(dump), zeros]),
  'something else behind the last member': Buffer.concat([gzipSync(dump), Buffer.from('more')]),
  'a torn last line': gzipSync(torn),
  'data cut short': packed.subarray(0, packed.length - packed.length / 3),
  'a trailer cut short': packed.subarray(0, -3),
  'damaged data': Buffer.concat([packed.subarray(0, 9000), zeros, packed.subarray(9700)]),
  'a checksum that does not fit': Buffer.concat([packed.subarray(0, -8), zeros.subarray(0, 8)]),
  nothing: gzipSync(''),
  'lines longer than a block': gzipSync(`${longLine}\n${dump}${longLine}\n${longLine}`),
  'lines that are too long': gzipSync(`${tooLong}\n${tooLong}\n${dump}${tooLong}\n${dump}${tooLong}`),
  'values spread over lines': gzipSync(`${dump}${pretty.join('\n')}\n${dump}`),
  'arrays among lines': gzipSync(`${array}${dump}${array}${dump}${tooLong}\n${array}`),
  'an array cut short': gzipSync(`${dump}${array}`).subarray(0, -900),
  'UTF-16': gzipSync(Buffer.from(`\ufeff${dump}`, 'utf16le')),
  zstd: zstdStored(Buffer.from(dump)),
  'zstd in two frames': Buffer.concat([zstdStored(Buffer.from(dump.slice(0, 777))), zstdStored(Buffer.from(torn))]),
  'zstd cut short': zstdStored(Buffer.from(dump)).subarray(0, -5000),
};

test.for(Object.keys(inputs).flatMap((title, i) => [[title, wayOf(i), wayOf(i + 1)] as const]))(
  '%s is read the same (%s; %s)',
  async ([title, ...both]) => {
    await withSandbox(async (cwd) => {
      writeFileSync(join(cwd, 'a.gz'), inputs[title] ?? zeros);
      const ask = async (args: readonly string[], scan: string): Promise<object> => {
        const answer = plain(await runCli([...args, 'a.gz'], { cwd, env: { AUDIT_CLI_SCAN: scan } }));
        return { ...answer, saved: args.includes('bad') ? readFileSync(join(cwd, 'bad'), 'latin1') : '' };
      };
      for (const args of [
        ['summary', '-o', 'json', '--stats', 'json'],
        ['filter', '-o', 'csv', '-F', 'id,time,ip', '--malformed-out', 'bad', '--force'],
      ]) {
        const slow = await ask(args, 'truth');
        for (const way of both) expect(await ask(args, way)).toEqual(slow);
      }
    });
  },
);

const commandLines = [
  'filter -m DeleteStatement',
  'filter --failed -o csv -F time,principal,method,resource,ip,result,file',
  'filter --failed -o csv -F line,id',
  'filter -w "line > 300" -o ndjson -F id',
  'filter -m DeleteStatemant',
  'filter -p u-3 --normalized',
  'filter --sort id -r -o json -F id,line',
  'filter --tail 3 -F id,line -o tsv',
  'filter -c --since 2026-05-01T00:01:00Z',
  'filter -n 3 -m DeleteStatement',
  'filter -C 1 --id event-77 -F id -o csv',
  'filter --dedupe -c',
  'filter -c --strict',
  'filter -c --max-malformed 1',
  'filter -o table --width 120 -m DeleteStatement',
  'summary -o json',
  'summary --failed',
  'show --id event-101',
  'methods',
] as const;

test.for(commandLines)('audit-cli %s says the same of several files', async (line) => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'a.gz'), gzipSync(dump));
    writeFileSync(join(cwd, 'b.zst'), zstdStored(Buffer.from(torn)));
    writeFileSync(join(cwd, 'c.ndjson'), ordinaryDump(20));
    writeFileSync(join(cwd, 'd.gz'), packed.subarray(0, 8000));
    const args = [...shellWords(line), 'a.gz', 'missing.gz', 'b.zst', 'c.ndjson', 'd.gz'];

    const [fast, slow] = await Promise.all([
      runCli(args, { cwd, env: { AUDIT_CLI_SCAN: 'kernel,threads=3,block=4096' } }),
      runCli(args, { cwd, env: { AUDIT_CLI_SCAN: 'truth' } }),
    ]);

    expect(plain(fast)).toEqual(plain(slow));
  });
});

test('another thread is there for large files only', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'small.gz'), packed);
    // Stored, for the size counts.
    writeFileSync(join(cwd, 'large.gz'), gzipSync(ordinaryDump(30_000), { level: 0 }));
    const planFor = async (...args: string[]) =>
      (await runCli(['summary', '--explain-plan', ...args], { cwd, env: { AUDIT_CLI_SCAN: 'kernel' } })).stdout;

    expect(await planFor('small.gz')).toContain('1 thread\n');
    if (availableParallelism() > 1) expect(await planFor('large.gz')).toContain('2 threads\n');
    expect(await planFor('large.gz', 'small.gz')).toBe(await planFor('large.gz'));
  });
});

const inThreads = { AUDIT_CLI_SCAN: 'kernel,threads=2,block=4096' };

test('a reader that goes away ends all threads without a word', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.gz'), gzipSync(ordinaryDump(20_000)));
    const cli = startCli(['filter', 'big.gz'], { cwd, env: inThreads, unread: true });
    await new Promise((resolve) => cli.stdout.once('readable', resolve));

    cli.stdout.destroy();

    expect(await cli.exit).toBe(0);
    expect(cli.printed.stderr).toBe('');
  });
});

test('after Ctrl-C the summary is of the lines that were accounted for', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.gz'), gzipSync(ordinaryDump(60_000)));
    const cli = startCli(['summary', '-o', 'json', 'big.gz'], { cwd, env: inThreads });
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

function shellWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

function plain({ stdout, stderr, exit }: Awaited<ReturnType<typeof runCli>>): object {
  return { stdout: withoutVolatile(stdout), stderr: withoutVolatile(stderr), exit };
}
