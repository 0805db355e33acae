import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ordinaryDump, ordinaryRecord } from '../helpers/dumps.ts';
import { runCli, runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const agrees = 'audit-cli: note: cross-check: the ndjson package gives the same answer';

test.for<readonly [flags: string, counts: string]>([
  ['-c', '401 records, 401 matched'],
  ['--failed --since 2026-05-01T00:01:00Z -o table', '401 records, 28 matched'],
  ['--dedupe -c', '400 records, 400 matched'],
  ['--sort time -r', '401 records, 401 matched'],
  ['--now last --since 10s -c', '401 records, 21 matched'],
])('--cross-check agrees with filter %s, also on a pipe', async ([flags, counts]) => {
  const stdin = `${ordinaryDump(400)}\nnot JSON\n${ordinaryRecord(3)}\n`;

  const { stderr, exit } = await runCli(['filter', '--cross-check', ...flags.split(' ')], { stdin });

  expect(stderr).toContain(`${agrees} (${counts})\n`);
  expect(exit).toBe(0);
});

test('--cross-check compares the records up to a limit', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'a.ndjson'), ordinaryDump(5000));

    const { stderr, exit } = await runShell('audit-cli filter --cross-check -n 3 -m CreateTopics a.ndjson a.ndjson', {
      cwd,
    });

    expect(stderr).toContain(agrees);
    expect(stderr).toContain('3 matched');
    expect(exit).toBe(0);
  });
});

test('--cross-check takes records that nest deeper than a stack', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  const { stdout, stderr, exit } = await runCli(['filter', '--cross-check', '-c'], {
    stdin: `{"type":"t","data":{"x":${deep}}}\n${'{"a":'.repeat(50_000)}\n`,
  });

  expect({ stdout, exit }).toEqual({ stdout: '1\n', exit: 0 });
  expect(stderr).toContain(`${agrees} (1 record, 1 matched)`);
});
