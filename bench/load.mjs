/**
 * Loads a TypeScript module of this folder. The oldest Node we run on cannot read TypeScript by itself, so the module is
 * bundled first; nothing is written beside the source.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export async function load(path) {
  const work = await mkdtemp(join(tmpdir(), 'audit-cli-bench-'));
  const outfile = join(work, 'module.mjs');
  try {
    await build({
      entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(work, { recursive: true });
  }
}
