/**
 * One folder for all that a run of the tests writes elsewhere, taken away when everything has ended: the processes that
 * run tests are not always given the time to tidy up. They take it for the temporary folder of the system.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'audit-cli-tests-'));

/** Called by vitest before it starts a process. */
export function setup(): void {
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
