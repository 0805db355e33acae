/** Whenever the program is killed while it builds a cache, no half one is believed. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ordinaryDump } from '../helpers/dumps.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { cleanEnvironment, program, runCli } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const question = ['summary', '-o', 'json', '--no-summary', 'dump.ndjson'];

test('killed at any moment', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'dump.ndjson'), ordinaryDump(60_000));
    const env = { XDG_CACHE_HOME: cwd, AUDIT_CLI_CACHE: '1' };
    const truth = await runCli(question, { cwd, env: { AUDIT_CLI_SCAN: 'truth' } });
    const whole = await durationOf(() => runCli(question, { cwd, env }));
    const folder = join(cwd, 'audit-cli', 'columns');
    const [name = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, name));
    const { numRuns } = propertyRuns(12);
    let unfinished = 0;

    for (let turn = 0; turn < numRuns; turn++) {
      await runCli(['cache', 'clear'], { cwd, env });
      await killedAfter((whole * (turn + 1)) / numRuns, cwd, env);
      if (!caches(folder).includes(name)) unfinished++;

      expect(await runCli(question, { cwd, env })).toEqual(truth);
    }

    expect(unfinished).toBeGreaterThan(0);
    expect(statSync(join(folder, name)).size).toBe(bytes.length);
  });
});

test('a cache whose end was lost, wherever that is', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'dump.ndjson'), ordinaryDump(500));
    const env = { XDG_CACHE_HOME: cwd, AUDIT_CLI_CACHE: '1,least=0' };
    const truth = await runCli(question, { cwd, env: { AUDIT_CLI_SCAN: 'truth' } });
    await runCli(question, { cwd, env });
    const folder = join(cwd, 'audit-cli', 'columns');
    const [name = ''] = caches(folder);
    const { size } = statSync(join(folder, name));

    for (const length of [0, 1, 16, 1000, size - 21, size - 20, size - 1]) {
      truncateSync(join(folder, name), length);
      const { stdout, stderr, exit } = await runCli(question, { cwd, env });

      expect({ stdout, exit }).toEqual({ stdout: truth.stdout, exit: 0 });
      expect(stderr).toMatch(
        /^audit-cli: note: dump\.ndjson: its cache is not used and built anew: its? .*\n {2}.*\n$/,
      );
      expect(statSync(join(folder, name)).size).toBe(size);
    }
  });
});

function caches(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.columns'));
}

async function durationOf(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

async function killedAfter(milliseconds: number, cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [program, ...question], { cwd, env: cleanEnvironment(env), stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await setTimeout(milliseconds);
  child.kill('SIGKILL');
  await ended;
}
