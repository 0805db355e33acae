import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { runCli } from '../../src/cli/cli.ts';
import { projectRoot } from './run-cli.ts';

/**
 * The command line from a bundle of the sources, made in this folder. Threads start from a file that Node can load
 * beside the code that starts them, and the sources have none.
 */
export async function bundledCli(folder: string): Promise<typeof runCli> {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: { cli: 'src/cli/cli.ts', 'scan-worker': 'src/engine/scan-worker.ts' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: `const moduleUrl = require('node:url').pathToFileURL(__filename).href;` },
    logLevel: 'warning',
  });
  const bundle: { readonly runCli: typeof runCli } = createRequire(import.meta.url)(join(folder, 'cli.cjs'));
  return bundle.runCli;
}
