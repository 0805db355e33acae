import { createHash } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { load } from '../load.mjs';
import { runCommand } from './run-command.mjs';

const { writeCorpus } = await load('corpus/cli.ts');
const { corpusBlocks, corpusFacts } = await load('corpus/corpus.ts');

const seed = 1;

/** What is asked of the corpus. Peers compare a network by its first three numbers as text. */
export function factsOfCorpus() {
  const facts = corpusFacts({ seed });
  return { ...facts, networkPrefix: facts.network.replace(/0\/24$/, '') };
}

/** The corpus of a size and spelling in the folder; one that is there already is used again. */
export async function corpusFile(folder, { size, spelling, profile }) {
  const name = [profile, spelling, size, fingerprint({ profile, spelling })].join('-');
  return made(join(folder, `${name}.ndjson`), (path) => {
    const words = { size, spelling, profile, seed, out: path };
    const problem = writeCorpus(Object.entries(words).flatMap(([name, value]) => [`--${name}`, String(value)]));
    if (problem !== undefined) throw new Error(problem);
  });
}

/** Tells corpora of an earlier generator apart. */
function fingerprint(options) {
  const sample = Buffer.concat([...corpusBlocks({ ...options, seed, size: { lines: 1000 } })]);
  return createHash('sha256').update(sample).digest('hex').slice(0, 8);
}

export async function tenLines(folder) {
  const path = join(folder, 'ten-lines.ndjson');
  await writeFile(path, Buffer.concat([...corpusBlocks({ seed, size: { lines: 10 } })]));
  return path;
}

/** The lines of a corpus that end within its first bytes: for peers that would take minutes for all of it. */
export async function headOf(file, mebibytes) {
  const limit = mebibytes * 2 ** 20;
  if (statSync(file).size <= limit) return file;
  const end = lastNewline(file, limit);
  return made(`${file.replace(/\.ndjson$/, '')}-head-${mebibytes}MiB.ndjson`, (path) =>
    pipeline(createReadStream(file, { end }), createWriteStream(path)),
  );
}

export async function gzipped(file) {
  return made(`${file}.gz`, async (path) => {
    const { status } = runCommand({ script: 'pigz -c "$FILE"' }, { file, stdout: path });
    if (status !== 0) await pipeline(createReadStream(file), createGzip(), createWriteStream(path));
  });
}

/** Reads the file once, so that every command finds it in the page cache. */
export function warm(file) {
  const buffer = Buffer.allocUnsafe(1 << 22);
  const descriptor = openSync(file, 'r');
  while (readSync(descriptor, buffer) > 0);
  closeSync(descriptor);
}

/** A file cut short by an interrupted run is never taken for a whole one. */
async function made(path, make) {
  if (!existsSync(path)) {
    await make(`${path}.part`);
    await rename(`${path}.part`, path);
  }
  return path;
}

function lastNewline(file, limit) {
  const buffer = Buffer.allocUnsafe(1 << 16);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, buffer, 0, buffer.length, limit - buffer.length);
  closeSync(descriptor);
  return limit - buffer.length + buffer.lastIndexOf(0x0a);
}
