/** `open` against a few lines over JSON.parse, read in every way there is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { runCli } from '../../src/cli/cli.ts';
import { bundledCli } from '../helpers/bundled-cli.ts';
import { engines } from '../helpers/engine-runs.ts';
import { runInProcess } from '../helpers/in-process.ts';
import { type Random, randomOf } from '../helpers/random.ts';
import { makeFolder } from '../input/helpers/folder.ts';

interface Deed {
  readonly id: string;
  /** Nanoseconds after the start. */
  readonly time: number;
  readonly creates: boolean;
  readonly name: string;
  readonly env: string;
  readonly status: 'SUCCESS' | 'FAILURE';
}

const folder = makeFolder();
let cli: typeof runCli;
beforeAll(async () => {
  cli = await bundledCli(join(folder.path, 'cli'));
});
afterAll(() => folder.remove());

test.each([1, 2, 3])('what is left of random creations and deletions (%d)', async (seed) => {
  const random = randomOf(seed);
  const deeds = Array.from({ length: 400 }, (_, i) => deedOf(random, i));
  const path = join(folder.path, `${seed}.ndjson`);
  writeFileSync(path, deeds.map((deed) => `${JSON.stringify(recordOf(deed))}\n`).join(''));

  for (const engine of engines) {
    const args = ['open', '--create', 'CreateStatement', '--delete', 'DeleteStatement', '-o', 'json', path];
    const { stdout } = await runInProcess(args, { env: { AUDIT_CLI_SCAN: engine }, cli });
    const { rows, closed, deletedOnly, createdAgain } = JSON.parse(stdout);

    const found = rows.map(({ id, line }: { id: string; line: number }) => `${id}:${line}`);
    expect({ found, closed, deletedOnly, createdAgain }, engine).toEqual(leftOf(deeds));
  }
});

function deedOf(random: Random, i: number): Deed {
  return {
    id: `e-${i}`,
    time: random.below(200),
    creates: random.chance(0.6),
    name: `s-${random.below(15)}`,
    env: `env-${random.below(3)}`,
    status: random.chance(0.9) ? 'SUCCESS' : 'FAILURE',
  };
}

function recordOf({ id, time, creates, name, env, status }: Deed): object {
  return {
    id,
    type: 'io.confluent.cloud/request',
    time: `2026-05-01T00:00:00.${String(time).padStart(9, '0')}Z`,
    data: {
      methodName: creates ? 'CreateStatement' : 'DeleteStatement',
      resourceName: `crn://confluent.cloud/organization=o-1/environment=${env}/statement=${name}`,
      result: { status },
    },
  };
}

/** Each thing by itself: whether it is there after its deeds in order. */
function leftOf(deeds: readonly Deed[]): object {
  const done = deeds.map((deed, i) => ({ ...deed, line: i + 1 })).filter(({ status }) => status === 'SUCCESS');
  const inOrder = done.sort((a, b) => a.time - b.time || a.line - b.line);
  let [closed, deletedOnly, createdAgain] = [0, 0, 0];
  const left = [...new Set(inOrder.map(({ env, name }) => `${env} ${name}`))].flatMap((thing) => {
    let open: (typeof inOrder)[number] | undefined;
    for (const deed of inOrder.filter(({ env, name }) => `${env} ${name}` === thing)) {
      if (deed.creates && open !== undefined) createdAgain++;
      else if (deed.creates) open = deed;
      else if (open === undefined) deletedOnly++;
      else {
        closed++;
        open = undefined;
      }
    }
    return open === undefined ? [] : [open];
  });
  left.sort((a, b) => a.time - b.time || a.line - b.line);
  return { found: left.map(({ id, line }) => `${id}:${line}`), closed, deletedOnly, createdAgain };
}
