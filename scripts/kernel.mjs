/**
 * Compiles `src/scan/kernel/` (AssemblyScript) into `src/scan/kernel-bytes.ts`, which is not kept in the repository.
 * `node scripts/kernel.mjs` writes it; the build calls it first.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src', 'scan', 'kernel-bytes.ts');

// No memory manager: the host lays out the tables. Loads are checked nowhere, as in any SIMD code: the host sees to room.
const options = ['--enable', 'simd', '-O3', '--runtime', 'stub', '--uncheckedBehavior', 'always', '--use', 'abort='];

export async function buildKernel() {
  const work = await mkdtemp(join(tmpdir(), 'audit-cli-kernel-'));
  try {
    const wasm = join(work, 'kernel.wasm');
    const { error, stderr } = await asc.main([join(root, 'src', 'scan', 'kernel', 'index.ts'), ...options, '-o', wasm]);
    if (error !== null) throw new Error(`the kernel does not compile\n${stderr.toString()}`, { cause: error });
    const base64 = (await readFile(wasm)).toString('base64');
    const text = `/** The compiled kernel, made by scripts/kernel.mjs. */\nexport const kernelBase64 =\n  '${base64}';\n`;
    // Left alone when nothing changed, so that watchers of the file do not start again.
    if ((await readFile(target, 'utf8').catch(() => '')) !== text) await writeFile(target, text);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernel();
