import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { catalog } from '../../src/record/catalog.ts';
import { runCli, runShell } from './run-cli.ts';

test('the built program runs', async () => {
  const { stdout, stderr, exit } = await runCli(['--version']);

  const version = `audit-cli ${manifest.version} (catalogue ${catalog.date})\n`;
  expect({ stdout, stderr, exit }).toEqual({ stdout: version, stderr: '', exit: 0 });
});

test('a line of shell sees a clean environment, the given variables and stdin', async () => {
  // PWD, SHLVL and _ are bash's own.
  const line = 'cat; env | cut -d= -f1 | grep -vx -e PWD -e SHLVL -e _ | sort; echo "$TZ"';

  const { stdout } = await runShell(line, { stdin: 'typed\n', env: { TZ: 'Asia/Tokyo' } });

  expect(stdout).toBe('typed\nHOME\nLANG\nPATH\nTZ\nAsia/Tokyo\n');
});

test('a signal is reported as the shell reports it', async () => {
  const { exit } = await runShell('kill -KILL $$');

  expect(exit).toBe(137);
});

test('bytes that are no UTF-8 arrive as they are', async () => {
  const { stdoutBytes } = await runShell("printf '\\377\\n'");

  expect([...stdoutBytes]).toEqual([0xff, 0x0a]);
});

test('input that is not read is no failure', async () => {
  const { exit } = await runShell('exit 0', { stdin: 'x'.repeat(1_000_000) });

  expect(exit).toBe(0);
});
