// Writes docs/fields.md and docs/filters.md from the registries; with --check only says whether they are current.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const pages = { 'docs/fields.md': fieldsPage, 'docs/filters.md': filtersPage };
const checkOnly = process.argv.includes('--check');

const { columns, filters, filterGroups } = await loadRegistries();
const stale = [];
for (const [path, page] of Object.entries(pages)) {
  const file = new URL(path, root);
  const wanted = page();
  const found = await readFile(file, 'utf8').catch(() => '');
  if (found === wanted) continue;
  if (checkOnly) stale.push(path);
  else await writeFile(file, wanted);
}
if (stale.length > 0) {
  console.error(`not current: ${stale.join(', ')}; run \`npm run docs\``);
  process.exitCode = 1;
}

function fieldsPage() {
  const row = ({ name, type, doc, reads }) =>
    `| \`${name}\` | ${type} | ${cell(doc)} | ${Object.values(reads).map(pathText).join(', ')} |`;
  const table = (role) => [
    '| column | type | meaning | read from |',
    '|---|---|---|---|',
    ...columns.filter((column) => column.role === role).map(row),
  ];
  return [
    '# Fields',
    '',
    'Generated from the column registry (`src/record/columns`) by `npm run docs`.',
    '',
    'A column has one meaning, however the record spells it. Below `data` every key is also read in',
    'snake_case. Null, empty and absent are the same: no value. A value of the wrong type is skipped.',
    '',
    ...table('listed'),
    '',
    '## Columns that filters look at',
    '',
    'They can be shown, sorted by and compared too, but are not part of `--normalized`.',
    '',
    ...table('search'),
    '',
    '## Raw paths',
    '',
    'Any raw dotted path is a column: `data.request.data.spec.principal`, `data.request.data["odd key"]`,',
    '`data.cloudResources[0].resource.type`. Through lists a path finds every member. The envelope attributes',
    '`subject`, `specversion`, `datacontenttype`, `dataschema`, `@timestamp` and `@version` may stand alone.',
    '',
  ].join('\n');
}

function filtersPage() {
  const row = ({ name, short, aliases = [], placeholder, help, negatable, examples }) => {
    const flags = [short && `-${short}`, `--${name}`, ...aliases.map((alias) => `--${alias}`)].filter(Boolean);
    const flag = flags.map((text) => `\`${text}\``).join(', ') + (placeholder ? ` ${placeholder}` : '');
    return `| ${flag} | ${cell(help)} | ${negatable ? `\`--not-${name}\`` : '–'} | ${examples.map((text) => `\`${cell(text)}\``).join(' ')} |`;
  };
  return [
    '# Filters',
    '',
    'Generated from the filter registry (`src/query/filters`) by `npm run docs`.',
    '',
    'The same flag repeated, or a comma list, means OR; different flags mean AND. Values are globs',
    '(`*`, `?`) unless written `/regex/i`; `--exact` takes both literally. `\\,` is a comma inside a value,',
    '`@file` reads values from a file. `--not-X` means none of these, and keeps records that have no X.',
    '',
    ...filterGroups.flatMap((group) => [
      `## ${group}`,
      '',
      '| flag | matches | negation | examples |',
      '|---|---|---|---|',
      ...filters.filter((filter) => filter.group === group).map(row),
      '',
    ]),
  ].join('\n');
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}

function pathText(path) {
  if (path === '') return 'every string';
  return `\`${typeof path === 'string' ? path : path.map((key) => `["${key}"]`).join('')}\``;
}

/** The registries are TypeScript: bundled to a temporary module that this Node can load. */
async function loadRegistries() {
  const outfile = fileURLToPath(new URL('node_modules/.docs-registries.mjs', root));
  await build({
    stdin: {
      contents: `export { columns } from './src/record/columns/index.ts';
        export { filters } from './src/query/filters/index.ts';
        export { filterGroups } from './src/query/filters/filter.ts';`,
      resolveDir: fileURLToPath(root),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'error',
  });
  const registries = await import(pathToFileURL(outfile).href);
  await rm(outfile);
  return registries;
}
