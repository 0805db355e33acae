/** Whenever the user interrupts, a report is the whole one or says that it is not. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bundledCli } from '../helpers/bundled-cli.ts';
import { ordinaryDump, ordinaryRecord } from '../helpers/dumps.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { projectRoot } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

const dump = join(projectRoot, 'samples/incident/audit-log-part-1.ndjson');

test.for([
  ['stats', '--by', 'result', '--proof'],
  ['first-seen', '--key', 'principal', '--baseline-until', '2026-03-01', '--proof'],
  ['diff', '--a', '..2026-03-01', '--b', '2026-03-01..', '--by', 'result', '--proof'],
  ['denials'],
])('%s', async (args) => {
  const ask = (signal: AbortSignal) =>
    runInProcess([...args, '-o', 'json', dump], { env: { AUDIT_CLI_SCAN: 'js,block=65536' }, signal });
  const counter = abortsAt(Number.POSITIVE_INFINITY);
  const whole = await ask(counter.signal);
  const looks = counter.looks();
  expect([whole.exit, looks > 4]).toEqual([0, true]);

  for (let look = 1; look <= looks; look += Math.ceil(looks / 40)) {
    const { stdout } = await ask(abortsAt(look).signal);
    if (stdout !== whole.stdout) expect(JSON.parse(stdout).accounting.stopped, `at look ${look}`).toBe('interrupted');
  }
});

test('what threads have to count anew is of the lines that were accounted for', async () => {
  await withSandbox(async (folder) => {
    const cli = await bundledCli(join(folder, 'cli'));
    // From a value spread over lines on only the truth can read.
    const spread = JSON.stringify(JSON.parse(ordinaryRecord(0)), undefined, 1);
    const text = `${ordinaryDump(300)}${spread}\n${ordinaryDump(2000)}`;
    const paths = ['dump.ndjson', 'dump.ndjson.gz'].map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
    let interrupted = 0;
    for (const path of paths) {
      for (let look = 1; look < 60; look += 2) {
        const env = { AUDIT_CLI_SCAN: 'kernel,block=16384,threads=2' };
        const { signal } = abortsAt(look);
        const { stdout } = await runInProcess(['stats', '--by', 'method', '-o', 'json', path], { env, signal, cli });
        const { rows, accounting } = JSON.parse(stdout);
        const counted = rows.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
        expect(counted, `${path} at look ${look}`).toBe(accounting.matched);
        if (accounting.stopped === 'interrupted' && accounting.matched > 300) interrupted++;
      }
    }
    expect(interrupted).toBeGreaterThan(3);
  });
});

/** A signal that is aborted when it is looked at for so many times. */
function abortsAt(look: number): { readonly signal: AbortSignal; readonly looks: () => number } {
  const controller = new AbortController();
  let looks = 0;
  Object.defineProperty(controller.signal, 'aborted', {
    get() {
      looks++;
      if (looks === look) controller.abort();
      return looks >= look;
    },
  });
  return { signal: controller.signal, looks: () => looks };
}
