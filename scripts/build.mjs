/**
 * Builds `dist/`: the command, its packages as one file each, the library and the type declarations. Always starts from
 * an empty `dist/`.
 *
 * The command is CommonJS because that starts faster: Node sets up the loading of ES modules only for a program that has
 * one, and what is required, other than what is imported, can load at its first use without anybody waiting for it.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, transform } from 'esbuild';
import { buildKernel } from './kernel.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = 'node20.19';

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target,
  mainFields: ['module', 'main'],
  legalComments: 'linked',
  logLevel: 'warning',
};

/** Node's own modules that most runs do without and that take a millisecond or more to load. */
const slowBuiltins = ['child_process', 'crypto', 'fs/promises', 'net', 'os', 'tty', 'worker_threads', 'zlib'];

/** What the sources look for in a runtime newer than the one that builds. */
const newerExports = { 'node:zlib': ['createZstdDecompress'] };

/** Too small for a file of their own. */
const bundledPackages = ['fastest-levenshtein'];

/**
 * Makes packages, and Node's slow modules, load at the first use of one of their exports, however the sources import
 * them. `found` gets each package with the names it exports.
 */
const loadedAtFirstUse = (found = new Map()) => ({
  name: 'loaded-at-first-use',
  setup({ onResolve, onLoad }) {
    const namespace = 'first-use';
    onResolve({ filter: /./, namespace }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^[a-z]/ }, async ({ path, importer, kind }) => {
      if (isBuiltin(path)) return slowBuiltins.includes(path.replace(/^node:/, '')) ? { path, namespace } : undefined;
      if (!importer.startsWith(join(root, 'src')) || bundledPackages.includes(path)) return undefined;
      found.set(path, await exportsOf(path));
      return kind === 'dynamic-import' ? { path: `./${packageFile(path)}`, external: true } : { path, namespace };
    });
    onLoad({ filter: /./, namespace }, async ({ path }) => ({
      contents: isBuiltin(path)
        ? gettersFor(path, await exportsOf(path))
        : gettersFor(`./${packageFile(path)}`, found.get(path)),
    }));
  },
});

/**
 * A module whose every export asks for the real one. It is a function because a default export may be one, or a class;
 * where the default export is an object, its properties are there, too.
 */
function gettersFor(file, { names, ofDefault }) {
  const getter = (name, from) =>
    `Object.defineProperty(module.exports, '${name}', { enumerable: true, get: () => ${from}.${name} });`;
  return [
    'let loaded;',
    `const load = () => (loaded ??= require(${JSON.stringify(file)}));`,
    'module.exports = function (...args) {',
    '  const { default: real } = load();',
    '  return new.target === undefined ? real(...args) : new real(...args);',
    '};',
    ...ofDefault.map((name) => getter(name, 'load().default')),
    ...names.map((name) => getter(name, 'load()')),
  ].join('\n');
}

async function exportsOf(path) {
  const exported = await import(path);
  // Newer versions of Node give a CommonJS module one more name.
  const own = Object.keys(exported).filter((name) => name !== 'module.exports');
  const names = [...new Set([...own, ...(newerExports[path] ?? [])])];
  const whole = exported.default;
  return {
    names,
    ofDefault: typeof whole === 'object' ? Object.keys(whole).filter((name) => !names.includes(name)) : [],
  };
}

/** What stands for `import.meta.url` in CommonJS. */
const moduleUrl = {
  define: { 'import.meta.url': '__moduleUrl' },
  banner: `const __moduleUrl = require('node:url').pathToFileURL(__filename).href;`,
};

function packageFile(name) {
  return `packages/${name.replaceAll('/', '-')}.cjs`;
}

/** A large JSON file is read several times faster by `JSON.parse` than as a part of the program. */
const jsonAsText = {
  name: 'json-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /methods\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(path, 'utf8')));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});` };
    });
  },
};

await buildKernel();
await rm(join(root, 'dist'), { recursive: true, force: true });
await Promise.all([buildCommand(), buildLibrary(), emitTypes()]);

/** esbuild splits only ES modules into chunks, so each file it gives is made CommonJS afterwards. */
async function buildCommand() {
  const packages = new Map();
  const { outputFiles } = await build({
    ...common,
    // The worker stands beside the code that starts it.
    entryPoints: { main: 'src/main.ts', 'scan-worker': 'src/engine/scan-worker.ts' },
    outdir: 'dist/command',
    outExtension: { '.js': '.cjs' },
    splitting: true,
    format: 'esm',
    write: false,
    plugins: [loadedAtFirstUse(packages), jsonAsText],
  });
  await mkdir(join(root, 'dist/command'), { recursive: true });
  await Promise.all([
    ...outputFiles.map(async ({ path, text }) => {
      const { code } = await transform(text, {
        ...(text.includes('import.meta.url') && moduleUrl),
        format: 'cjs',
        platform: 'node',
        target,
        supported: { 'dynamic-import': false },
      });
      await writeFile(path, code);
    }),
    ...[...packages].map(([name, { names }]) =>
      build({
        ...common,
        stdin: { contents: `export { ${names.join(', ')} } from '${name}';`, resolveDir: root },
        outfile: join('dist/command', packageFile(name)),
        format: 'cjs',
        define: moduleUrl.define,
        banner: { js: moduleUrl.banner },
        plugins: [loadedAtFirstUse()],
      }),
    ),
  ]);
}

async function buildLibrary() {
  await build({
    ...common,
    entryPoints: ['src/index.ts'],
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    plugins: [jsonAsText],
    // The bundled CommonJS packages call `require` for Node's own modules; an ES module has none of its own.
    banner: {
      js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`,
    },
  });
}

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
