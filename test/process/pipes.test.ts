import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ordinaryDump, ordinaryRecord } from '../helpers/dumps.ts';
import { startCli } from '../helpers/live-cli.ts';
import { runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const mebibyte = 1024 * 1024;

test('after `| head -1` the producer is stopped within a few buffers, silently', async () => {
  const cli = startCli(['filter'], { unread: true });
  const block = Buffer.from(ordinaryDump(1500));
  const offered = 200 * mebibyte;
  let taken = 0;
  const producer = new Promise<void>((resolve) => {
    const next = (error?: Error | null): void => {
      if (!error) taken += block.length;
      if (error || taken >= offered) resolve();
      else cli.stdin.write(block, next);
    };
    cli.stdin.write(block, next);
  });

  cli.stdout.once('data', () => cli.stdout.destroy());
  await producer;

  expect(await cli.exit).toBe(0);
  expect(cli.printed.stderr).toBe('');
  expect(taken).toBeLessThan(10 * mebibyte);
});

test.for(['ndjson', 'json', 'text', 'csv', 'table'])(
  '`-o %s | head -1` makes no noise and succeeds',
  async (format) => {
    await withSandbox(async (cwd) => {
      writeFileSync(join(cwd, 'big.ndjson'), ordinaryDump(20_000));

      const line = `audit-cli filter -o ${format} big.ndjson | head -1 | wc -l; echo "\${PIPESTATUS[0]}"`;
      const { stdout, stderr } = await runShell(line, { cwd });

      expect({ stdout: stdout.replaceAll(' ', ''), stderr }).toEqual({ stdout: '1\n0\n', stderr: '' });
    });
  },
);

test('a reader that went away before the first record is no failure either', async () => {
  const { stdout, stderr } = await runShell(
    `audit-cli filter samples/vendor-records.ndjson | true; echo "\${PIPESTATUS[0]}"`,
  );

  // So short an input is read to its end before the pipe is found closed: then there is something to account for.
  expect(stdout).toBe('0\n');
  expect(stderr).toMatch(/^(?:read 10 lines · .*\n)?$/);
});

test('what a slow reader of stderr has not taken yet is not lost at the end', async () => {
  const { stdout } = await runShell(
    'audit-cli filter -c no-such-{1..2500} samples/vendor-records.ndjson 2>&1 | { sleep 1; wc -l; }',
  );

  // A line for each file and its hint, the count, the accounting.
  expect(Number(stdout)).toBeGreaterThanOrEqual(2502);
});

test('a slow reader of stdout gets every record', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.ndjson'), ordinaryDump(5000));

    const { stdout } = await runShell('audit-cli filter big.ndjson 2>&- | { sleep 0.5; cat; }', { cwd });

    expect(stdout).toBe(ordinaryDump(5000));
  });
});

test.runIf(existsSync('/dev/full'))('a full disk is told, and leaves no half files (needs /dev/full)', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.ndjson'), `${ordinaryDump(5000)}not JSON\n`);

    const { stderr, exit } = await runShell('audit-cli filter --malformed-out bad.txt big.ndjson > /dev/full', { cwd });

    expect({ stderr, exit }).toEqual({
      stderr: 'audit-cli: cannot write to standard output: no space left on the device\n',
      exit: 2,
    });
    expect(readdirSync(cwd).sort()).toEqual(['big.ndjson', 'samples']);
  });
});

test('a pipe named before anybody writes to it is waited for', async () => {
  await withSandbox(async (cwd) => {
    const line = 'mkfifo pipe; audit-cli filter -c pipe & sleep 0.5; cat samples/vendor-records.ndjson > pipe; wait';

    const { stdout } = await runShell(line, { cwd });

    expect(stdout).toBe('10\n');
  });
});

test('records of a live pipe come out when they came in, not at the end', async () => {
  const cli = startCli(['filter', '-m', 'DeleteStatement']);
  for (const n of [3, 8]) {
    cli.stdin.write(`${ordinaryRecord(n)}\n`);
    await cli.prints('stdout', `event-${n}"`);
  }
  cli.stdin.end();

  expect(await cli.exit).toBe(0);
});

test('malformed lines are saved byte for byte', async () => {
  await withSandbox(async (cwd) => {
    const bad = Buffer.from('caf\u00e9 \u001b[2J\0\xff\n{"type":"t","data":{"x":1}}TRAILER\n{"torn":', 'latin1');
    writeFileSync(join(cwd, 'dump.ndjson'), Buffer.concat([Buffer.from(ordinaryDump(2)), bad]));

    await runShell('audit-cli filter -c --malformed-out bad.txt dump.ndjson', { cwd });

    expect(readFileSync(join(cwd, 'bad.txt'), 'latin1')).toBe(`${bad.toString('latin1')}\n`);
  });
});
