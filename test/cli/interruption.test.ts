/** Whenever the user interrupts, a report is the whole one or says that it is not. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runInProcess } from '../helpers/in-process.ts';
import { projectRoot } from '../helpers/run-cli.ts';

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
