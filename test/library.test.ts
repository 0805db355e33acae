import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the example of docs/library.md prints what the page says, run against the built package', async () => {
  const page = await readFile(join(root, 'docs/library.md'), 'utf8');
  const example = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
  const printed = /prints\n\n```\n(.*?)```/s.exec(page)?.[1];
  const folder = await mkdtemp(join(tmpdir(), 'audit-cli-library-'));
  try {
    await symlink(join(root, 'samples'), join(folder, 'samples'));
    await writeFile(
      join(folder, 'example.mjs'),
      example.replace("'audit-cli'", JSON.stringify(join(root, 'dist/index.js'))),
    );

    const { stdout } = await promisify(execFile)(process.execPath, ['example.mjs'], { cwd: folder });

    expect(stdout).toBe(printed);
  } finally {
    await rm(folder, { recursive: true });
  }
});
