/** What only newer runtimes have is found there, whichever one built the program. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ordinaryDump, zstdStored } from '../helpers/dumps.ts';
import { runCli } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

test('zstd is decoded by the runtime where it can', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'a.zst'), zstdStored(Buffer.from(ordinaryDump(3))));
    writeFileSync(
      join(cwd, 'newer.cjs'),
      `Object.defineProperty(require('node:zlib'), 'createZstdDecompress', { value: () => process.exit(42) });`,
    );

    const { exit } = await runCli(['summary', 'a.zst'], { cwd, env: { NODE_OPTIONS: '--require ./newer.cjs' } });

    expect(exit).toBe(42);
  });
});
