import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGzip } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ordinaryRecord } from '../helpers/dumps.ts';
import { measured } from '../helpers/measured-cli.ts';
import { runCli } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const mebibyte = 1024 * 1024;
/** The target is 100 MB at any size of input (DESIGN §4.7); Node alone takes about 45 of them. */
const most = 150;

function* records(bytes: number): Generator<Uint8Array> {
  const lines = 1024;
  for (let sent = 0, n = 0; sent < bytes; n += lines) {
    const block = Buffer.from(Array.from({ length: lines }, (_, i) => `${ordinaryRecord(n + i)}\n`).join(''));
    sent += block.length;
    yield block;
  }
}

function* repeated(block: Uint8Array, times: number): Generator<Uint8Array> {
  for (let i = 0; i < times; i++) yield block;
}

/** When V8 collects is not for us to say, and moves the peak by tens of megabytes; what really grows does so each time. */
const measureAgain = { retry: 2 };

describe
  .runIf(existsSync('/proc/self/status'))
  .sequential('resident memory (measured on Linux only)', measureAgain, () => {
    test.for([
      ['filter', '-c', '--failed'],
      ['summary', '-o', 'json'],
    ])('stays flat over 300 MB of records: %s', async (args) => {
      const { stdout, peakMebibytes, exit } = await measured(args, records(300 * mebibyte));

      expect(exit).toBe(0);
      expect(stdout).not.toBe('');
      expect(peakMebibytes).toBeLessThan(most);
    });

    test('stays flat when records come faster than the reader of the output takes them', async () => {
      const { stdout, peakMebibytes, exit } = await measured(['filter', '-m', 'mds.*'], records(60 * mebibyte), {
        readAfterMs: 1500,
      });

      expect(exit).toBe(0);
      expect(stdout.length).toBeGreaterThan(10 * mebibyte);
      expect(peakMebibytes).toBeLessThan(most);
    });

    test('does not follow a gzip bomb: one line of 200 MB out of 200 kB', async () => {
      const bomb = createGzip();
      const zeros = Buffer.alloc(mebibyte, '0');
      (async () => {
        for (const block of repeated(zeros, 200)) {
          if (!bomb.write(block)) await new Promise((resolve) => bomb.once('drain', resolve));
        }
        bomb.end(`\n${ordinaryRecord(1)}\n`);
      })().catch((error: unknown) => bomb.destroy(error instanceof Error ? error : new Error(String(error))));

      const { stdout, stderr, peakMebibytes } = await measured(['filter', '-c'], bomb);

      expect(stdout).toBe('1\n');
      expect(stderr).toContain('-:1: line too long (209715200 bytes, at most 16777216 are read)');
      expect(peakMebibytes).toBeLessThan(most);
    });

    test('does not grow with the length of lines nobody can use', async () => {
      const { stdout, peakMebibytes } = await measured(['filter', '-c'], repeated(Buffer.alloc(mebibyte, 'x'), 150));

      expect(stdout).toBe('0\n');
      expect(peakMebibytes).toBeLessThan(most);
    });
  });

test('a record of just under 16 MiB is read, a longer one is counted as malformed and the next one is read', async () => {
  const limit = 16 * mebibyte;
  const start = '{"id":"big","type":"t","data":{"x":"';
  const fits = `${start}${'y'.repeat(limit - start.length - 3)}"}}`;
  const tooLong = fits.replace('"}}', 'y"}}');
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.ndjson'), `${ordinaryRecord(1)}\n${fits}\n${tooLong}\n${ordinaryRecord(2)}\n`);

    const { stdout, stderr, exit } = await runCli(['filter', '-F', 'id', '-o', 'csv', 'big.ndjson'], { cwd });

    expect(stdout).toBe('id\nevent-1\nbig\nevent-2\n');
    expect(stderr).toMatch(
      /^audit-cli: warning: big\.ndjson:3: line too long \(16777217 bytes, at most 16777216 are read\): \{"id":"big".*…\nread 4 lines · 3 records · 1 malformed · /,
    );
    expect(exit).toBe(0);
  });
});
