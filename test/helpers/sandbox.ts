import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './run-cli.ts';

/** A fresh folder in which `samples/…` are the project's samples, removed again when `use` is done with it. */
export async function withSandbox<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'audit-cli-sandbox-'));
  try {
    await symlink(join(projectRoot, 'samples'), join(folder, 'samples'));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Copies the named files and folders of `from` into the sandbox. */
export async function copyInto(folder: string, from: string, names: readonly string[]): Promise<void> {
  for (const name of names) await cp(join(from, name), join(folder, name), { recursive: true });
}
