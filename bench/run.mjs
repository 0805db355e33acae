/**
 * Measures audit-cli against its peers: `node bench/run.mjs`. README.md says what is compared and how. Without arguments
 * every figure there is gets measured, which takes about two hours; `--quick` tells in minutes whether all of it works.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { factsOfCorpus, tenLines } from './harness/corpora.mjs';
import { measureCorpus } from './harness/measure-corpus.mjs';
import { environment } from './harness/ours.mjs';
import { corpusPage, rowLine, startUpPage } from './harness/report.mjs';
import { printedBy, root } from './harness/run-command.mjs';
import { nodeProgram, startUps } from './harness/start-up.mjs';
import { peers } from './peers/index.mjs';

const { values: options } = parseArgs({
  options: {
    size: { type: 'string' },
    spelling: { type: 'string' },
    profile: { type: 'string', default: 'mixed' },
    rounds: { type: 'string' },
    only: { type: 'string' },
    peers: { type: 'string' },
    node: { type: 'string' },
    dir: { type: 'string' },
    results: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});

if (!existsSync(join(root, 'dist', 'command', 'main.cjs')))
  throw new Error('audit-cli is not built: run npm run build');
const rounds = Number(options.rounds ?? (options.quick ? 2 : 5));
const folder = options.dir ?? mkdtempSync(join(tmpdir(), 'audit-cli-bench-'));
const facts = factsOfCorpus();
const node = options.node === undefined ? process.execPath : nodeProgram(options.node);
const env = environment({ node, cacheFolder: join(folder, 'cache') });
const wants = (id) => options.only === undefined || options.only.split(',').includes(id);

try {
  mkdirSync(folder, { recursive: true });
  if (options.only !== 'start-up') for (const corpus of corpora()) await measure(corpus);
  if (wants('start-up')) await measureStartUp();
} finally {
  if (options.dir === undefined) rmSync(folder, { recursive: true });
}

/** Everything the issue asks for, or what the arguments pick. */
function corpora() {
  const { profile } = options;
  if (options.quick) return [{ size: '32MiB', spelling: options.spelling ?? 'compact', profile }];
  if (options.size === undefined && options.spelling === undefined) {
    const all = ['1GiB compact', '4GiB compact', '1GiB spaced', '1GiB shuffled'];
    return all.map((text) => text.split(' ')).map(([size, spelling]) => ({ size, spelling, profile }));
  }
  const sizes = (options.size ?? '1GiB').split(',');
  const spellings = (options.spelling ?? 'compact').split(',');
  return sizes.flatMap((size) => spellings.map((spelling) => ({ size, spelling, profile })));
}

async function measure(corpus) {
  const title = [corpus.size, corpus.spelling, ...(corpus.profile === 'mixed' ? [] : [corpus.profile])].join('-');
  console.log(`\n${title}`);
  const asked = peers
    .filter(({ name }) => options.peers === undefined || options.peers.split(',').includes(name))
    .map((peer) => ({ ...peer, version: printedBy(peer.version, env) }));
  const present = asked.filter(({ version }) => version !== undefined);
  const tell = (row) => console.log(rowLine(row));
  const rows = await measureCorpus({ corpus, peers: present, facts, wants, tell, rounds, folder, env });
  const missing = asked.filter(({ version }) => version === undefined).map(({ name }) => name);
  if (rows.length > 0)
    write(title, corpusPage({ title, corpus, rows, peers: present, missing, rounds, node: nodeVersion() }));
}

async function measureStartUp() {
  const rows = startUps({ file: await tenLines(folder), rounds: rounds * 4 });
  write('start-up', startUpPage({ rows, rounds: rounds * 4 }));
}

/** A quick run or a part is printed only, so that it does not take the place of a whole page. */
function write(title, page) {
  const isPart = options.quick || options.only !== undefined || options.peers !== undefined;
  if (isPart && options.results === undefined) {
    console.log(page);
    return;
  }
  const results = options.results ?? join(root, 'bench', 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `${title}.md`), page);
}

function nodeVersion() {
  return printedBy('"$NODE" --version', env);
}
