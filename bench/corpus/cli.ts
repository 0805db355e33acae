import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { byteCount } from './byte-count.ts';
import { type CorpusOptions, corpusBlocks, profileNames, spellingNames } from './corpus.ts';

const usage = `usage: node bench/corpus.mjs --size 1GiB --out FILE [--profile ${profileNames.join('|')}]
       [--spelling ${spellingNames.join('|')}] [--seed N] [--hard SHARE] [--malformed SHARE]`;

/** Writes a corpus as its arguments say; gives the text to print when they say nothing useful. */
export function writeCorpus(args: readonly string[]): string | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      size: { type: 'string' },
      out: { type: 'string' },
      profile: { type: 'string', default: 'mixed' },
      spelling: { type: 'string', default: 'compact' },
      seed: { type: 'string', default: '1' },
      hard: { type: 'string', default: '0' },
      malformed: { type: 'string', default: '0' },
    },
  });
  const bytes = byteCount(values.size ?? '');
  const profile = profileNames.find((name) => name === values.profile);
  const spelling = spellingNames.find((name) => name === values.spelling);
  const numbers = { seed: Number(values.seed), hard: Number(values.hard), malformed: Number(values.malformed) };
  const isUsable = Object.values(numbers).every(Number.isFinite);
  if (bytes === undefined || values.out === undefined || !profile || !spelling || !isUsable) return usage;

  writeTo(values.out, { profile, spelling, size: { bytes }, ...numbers });
  return undefined;
}

function writeTo(path: string, options: CorpusOptions): void {
  const file = openSync(path, 'w');
  try {
    for (const block of corpusBlocks(options)) {
      for (let done = 0; done < block.length; ) done += writeSync(file, block, done);
    }
  } finally {
    closeSync(file);
  }
}
