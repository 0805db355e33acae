import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ordinaryDump } from '../helpers/dumps.ts';
import { startCli } from '../helpers/live-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const tenRecords = ordinaryDump(10);

/** A named pipe that has a writer all the time, so that reading it never ends by itself. */
async function withIdlePipe(use: (path: string, write: (text: string) => void) => Promise<void>): Promise<void> {
  await withSandbox(async (folder) => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    const fd = openSync(path, 'r+');
    try {
      await use(path, (text) => writeSync(fd, text));
    } finally {
      closeSync(fd);
    }
  });
}

test('Ctrl-C during a slow pipe gives what was read so far, says INTERRUPTED and ends with 130', async () => {
  const cli = startCli(['filter', '-o', 'json']);
  cli.stdin.write(tenRecords);
  await cli.prints('stdout', 'event-9');

  cli.kill('SIGINT');

  expect(await cli.exit).toBe(130);
  expect(`${cli.printed.stdout.trimEnd()}\n`).toBe(cli.printed.stdout);
  expect(JSON.parse(cli.printed.stdout)).toHaveLength(10);
  expect(cli.printed.stderr).toMatch(
    /^read 10 lines · 10 records · 0 malformed · 10 matched · INTERRUPTED, the rest was not read · \d+\.\d s\n$/,
  );
});

test('an array of which nothing was found before Ctrl-C is an array all the same', async () => {
  const cli = startCli(['filter', '-o', 'json', '-m', 'Nothing']);
  await cli.reads(tenRecords);

  cli.kill('SIGINT');

  expect(await cli.exit).toBe(130);
  expect(cli.printed.stdout).toBe('[]\n');
});

test('SIGTERM does the same and ends with 143', async () => {
  const cli = startCli(['filter']);
  cli.stdin.write(tenRecords);
  await cli.prints('stdout', 'event-9');

  cli.kill('SIGTERM');

  expect(await cli.exit).toBe(143);
  expect(cli.printed.stdout).toBe(tenRecords);
  expect(cli.printed.stderr).toContain('INTERRUPTED');
});

test('a second Ctrl-C ends at once, though nobody reads the output, and leaves no half files', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'big.ndjson'), ordinaryDump(20_000));
    const cli = startCli(['filter', '--malformed-out', 'bad.txt', 'big.ndjson'], { cwd, unread: true });
    await new Promise((resolve) => cli.stdout.once('readable', resolve));

    cli.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(cli.isRunning).toBe(true);
    cli.kill('SIGINT');

    expect(await cli.exit).toBe(130);
    expect(readdirSync(cwd).sort()).toEqual(['big.ndjson', 'samples']);
  });
});

test('a pipe whose writer is idle does not keep Ctrl-C waiting', async () => {
  await withIdlePipe(async (path, write) => {
    const cli = startCli(['filter', path]);
    write(tenRecords);
    await cli.prints('stdout', 'event-9');

    cli.kill('SIGINT');

    expect(await cli.exit).toBe(130);
  });
});

test('a pipe whose writer is idle does not keep a finished answer waiting', async () => {
  await withIdlePipe(async (path, write) => {
    const cli = startCli(['filter', '-n', '3', path]);
    write(tenRecords);
    await cli.prints('stdout', 'event-2');

    expect(await cli.exit).toBe(0);
    expect(cli.printed.stdout).toBe(ordinaryDump(3));
  });
});

test('--limit on standard input that never ends is done at the limit', async () => {
  const cli = startCli(['filter', '-n', '1']);
  cli.stdin.write(tenRecords);
  await cli.prints('stdout', 'event-0');

  expect(await cli.exit).toBe(0);
  expect(cli.printed.stdout).toBe(ordinaryDump(1));
});

test('a report cut short by Ctrl-C says so wherever it is read', async () => {
  const table = startCli(['summary', '--stats', 'json']);
  const json = startCli(['summary', '-o', 'json']);
  for (const cli of [table, json]) {
    await cli.reads(tenRecords);
    cli.kill('SIGINT');
  }

  expect([await table.exit, await json.exit]).toEqual([130, 130]);
  expect(table.printed.stdout).toMatch(/ read, 0 malformed, .*INTERRUPTED: the rest was not read$/m);
  expect(JSON.parse(table.printed.stderr)).toMatchObject({ records: 10, stopped: 'interrupted' });
  expect(JSON.parse(json.printed.stdout)).toMatchObject({
    records: 10,
    accounting: { matched: 10, stopped: 'interrupted' },
  });
});

test('an interrupted answer does not become a file that looks whole', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'old.json'), 'what was there before');
    const fresh = startCli(['filter', '-c', '--out-file', 'new.json', '--malformed-out', 'bad.txt'], { cwd });
    const replacing = startCli(['filter', '--out-file', 'old.json', '--force'], { cwd });
    for (const cli of [fresh, replacing]) {
      await cli.reads(`${tenRecords}not JSON\n`);
      cli.kill('SIGINT');
    }

    expect([await fresh.exit, await replacing.exit]).toEqual([130, 130]);
    expect(readdirSync(cwd).sort()).toEqual(['old.json', 'samples']);
    for (const cli of [fresh, replacing]) expect(cli.printed.stderr).toContain('no output file was written');
  });
});

test('Ctrl-C while a pipe is kept for a second reading ends the waiting', async () => {
  const cli = startCli(['filter', '--since', '1h', '--now', 'last', '-o', 'json']);
  await cli.reads(tenRecords);

  cli.kill('SIGINT');

  expect(await cli.exit).toBe(130);
  expect(JSON.parse(cli.printed.stdout)).toEqual([]);
  expect(cli.printed.stderr).toContain('INTERRUPTED');
});
