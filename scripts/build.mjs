/**
 * Builds `dist/`: two entries (the command and the library) with shared chunks, so commands and heavy packages load
 * only when used, then the type declarations. Always starts from an empty `dist/`.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { buildKernel } from './kernel.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// The bundled CommonJS packages call `require` for Node's own modules; an ES module has none of its own.
const requireForCommonJs = `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`;

/**
 * Node answers an import of `node:process` by running every getter of it, and the one of `stdin` makes a pipe non-blocking
 * for whoever else reads it (`while read` loops, `cmp - <(audit-cli …)`). The global object is the same without that.
 */
const processWithoutGetters = {
  name: 'process-without-getters',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?process$/ }, () => ({ path: 'process', namespace: 'global' }));
    onLoad({ filter: /^process$/, namespace: 'global' }, () => ({ contents: 'module.exports = globalThis.process;' }));
  },
};

await buildKernel();
await rm(join(root, 'dist'), { recursive: true, force: true });
const types = emitTypes();
await build({
  absWorkingDir: root,
  // The worker stands beside the chunk that starts it.
  entryPoints: { main: 'src/main.ts', index: 'src/index.ts', 'chunks/scan-worker': 'src/engine/scan-worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  banner: { js: requireForCommonJs },
  legalComments: 'linked',
  plugins: [processWithoutGetters],
  logLevel: 'warning',
});
await types;

async function emitTypes() {
  const require = createRequire(import.meta.url);
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.types.json'], { cwd: root });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? error.message}\n`);
    process.exitCode = 1;
  }
}
