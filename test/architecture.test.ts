/**
 * Which files may import which packages and Node modules: one owner each. The direction of imports between folders and
 * the globals `process` and `console` are the linter's part (biome.json).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import lint from '../biome.json' with { type: 'json' };
import manifest from '../package.json' with { type: 'json' };
import { projectRoot } from './helpers/run-cli.ts';

/** A path below src; a folder (ending in `/`) stands for every file in it. */
const owners: Readonly<Record<string, readonly string[]>> = {
  chalk: ['output/style.ts'],
  'cli-progress': ['output/progress.ts'],
  'cli-table3': ['output/formats/table.ts'],
  commander: ['cli/program.ts'],
  'csv-stringify': ['output/formats/'],
  'fastest-levenshtein': ['diag/nearest.ts'],
  fzstd: ['input/decompress.ts'],
  'ipaddr.js': ['record/address.ts'],
  ndjson: ['input/ndjson-reference.ts'],
  'string-width': ['output/width.ts'],
  'temporal-polyfill': ['record/zone.ts'],
  tinyglobby: ['input/sources/'],
  zod: ['record/schema.ts'],
  'node:child_process': [],
  'node:console': [],
  'node:fs': ['cache/', 'input/sources/', 'output/sinks/file.ts', 'cli/'],
  'node:process': ['main.ts', 'cli/terminal.ts'],
};

const files = sourceFiles().map((file) => ({ file, imports: importsOf(join(projectRoot, 'src', file)) }));

test('every dependency has an owner', () => {
  const owned = Object.keys(owners).filter((name) => !name.startsWith('node:'));

  expect(owned.sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test.for(Object.entries(owners))('%s is imported by its owner only', ([name, places]) => {
  const importers = files.filter(({ imports }) => imports.some((specifier) => packageOf(specifier) === name));
  const owns = (file: string) =>
    places.some((place) => (place.endsWith('/') ? file.startsWith(place) : file === place));

  expect(importers.map(({ file }) => file).filter((file) => !owns(file))).toEqual([]);
});

test('nobody imports the entry points', () => {
  const entries = ['src/main.ts', 'src/index.ts'];
  const importers = files.filter(({ file, imports }) =>
    imports.some((specifier) => specifier.startsWith('.') && entries.includes(join('src', file, '..', specifier))),
  );

  expect(importers.map(({ file }) => file)).toEqual([]);
});

test('process and console are not reached through globalThis', () => {
  const reaching = files.filter(({ file }) =>
    /\b(?:globalThis|global)\s*(?:\.|\?\.|\[['"`])\s*(?:process|console)\b/.test(read(join(projectRoot, 'src', file))),
  );

  expect(reaching.map(({ file }) => file)).toEqual([]);
});

test('the linter knows every folder of src', () => {
  const folders = readdirSync(join(projectRoot, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const ruled = lint.overrides.flatMap((override) => override.includes);

  // cli may import everything.
  const expected = folders.map((entry) => `src/${entry.name}/**`).filter((pattern) => pattern !== 'src/cli/**');
  expect(expected.filter((pattern) => !ruled.includes(pattern))).toEqual([]);
});

function sourceFiles(): string[] {
  const entries = readdirSync(join(projectRoot, 'src'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(join(projectRoot, 'src'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Static, re-exporting, side-effect and dynamic imports alike, types included. */
function importsOf(path: string): string[] {
  const text = read(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'"]+)['"]/g)].map(
    (m) => m[1] ?? '',
  );
}

/** `csv-stringify/sync` → `csv-stringify`, `node:fs/promises` and `fs` → `node:fs`. */
function packageOf(specifier: string): string {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return `node:${name}` in owners ? `node:${name}` : name;
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
