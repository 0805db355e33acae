// Writes docs/fields.md, docs/filters.md and docs/formats.md from the registries; with --check only says whether they are current.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const pages = { 'docs/fields.md': fieldsPage, 'docs/filters.md': filtersPage, 'docs/formats.md': formatsPage };
const checkOnly = process.argv.includes('--check');

const { columns, filters, filterGroups, envelopes } = await loadRegistries();
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

function formatsPage() {
  const row = ({ name, title, tellsOffsets }) =>
    `| [\`${name}\`](#${name}) | ${cell(title)} | ${tellsOffsets ? 'yes' : 'no'} |`;
  const section = ({ name, title, doc, example, exampleFile }) => [
    `## ${name}`,
    '',
    `Written by: ${title}.`,
    '',
    ...(exampleFile === undefined ? [] : [`In a file such as \`${exampleFile}\`:`, '']),
    '```text',
    example,
    '```',
    '',
    doc,
    '',
  ];
  return [
    '# Forms of dumps',
    '',
    'Generated from the registry of forms (`src/input/envelopes`) by `npm run docs`.',
    '',
    'audit-cli reads the dumps of other programs as they are. Each line is recognised by what it looks like, so that',
    'several forms may stand in one file, and wrappers in wrappers: at most four are taken off.',
    '',
    'Where a form tells partition and offset, `-F partition,offset` shows them, and missing offsets prove that records are',
    'missing from the dump. They do not prove why: offsets are also taken by transaction markers and by records that Kafka',
    'has compacted away or deleted by age. Where a form does not tell them, nothing in the dump shows that a record is missing.',
    '',
    '| form | written by | tells partition and offset |',
    '|---|---|---|',
    ...envelopes.map(row),
    '',
    ...envelopes.flatMap(section),
    '## What holds for all of them',
    '',
    '**Compression and encoding.** gzip (of several members too) and zstd are recognised by their bytes, whatever the file',
    'is called. What is cut short is read as far as it goes, and the answer is incomplete (exit 3). UTF-8 with or without a',
    'byte order mark, UTF-16 with one; output is UTF-8. CRLF, NUL bytes and record separators (RFC 7464) round a record are',
    'no part of it.',
    '',
    '**Records and lines.** A record may be spread over several lines, as `jq .` and `rpk` write it, and records may stand in',
    'an array; its place is then the line where it starts. Several records may share a line. Halves of records are never put',
    'together: of half a record and a whole one on a line, the whole one counts and the line is malformed.',
    '',
    '**Places.** `file`, `line`, `partition` and `offset` are columns. Offsets are those of Kafka; the row numbers of a search',
    'are none. Of wrappers in wrappers the innermost that tells a place counts.',
    '',
    '**Noise.** Lines of headers, messages of consumers, log lines, null values, lines of brackets, bulk actions, messages,',
    'ends and preview rows of searches hold no record and are no fault of the dump. They are counted by kind.',
    '',
    '**Malformed lines.** Every other line that gives no audit record is malformed, with its place and the reason:',
    '`not-json`, `not-an-audit-record`, `too-long` (more than 16 MiB), `torn` (the last line, cut off) or `java-text`.',
    '`--malformed-out FILE` saves them as they are. An audit record is a JSON object with a text `type` or `specversion` and',
    'an object `data`.',
    '',
    '**`--format NAME`** takes only that wrapper off, wherever it is found, even where the outside looks like a record.',
    'Records that stand by themselves are read all the same, and within the wrapper every form is known. `raw` takes no',
    'wrapper off; `auto` is the default.',
    '',
    '**`--record-path PATH`** says where the record stands in a wrapper that is none of these: keys with dots between them,',
    'such as `log.event` or `log["odd key"]`. What stands there may be a record, a text that holds one, a list of them, or a',
    'wrapper that is known. A line in which nothing stands there is malformed, unless it is a record by itself.',
    '',
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
        export { filterGroups } from './src/query/filters/filter.ts';
        export { envelopes } from './src/input/envelopes/index.ts';`,
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
