/** Writes an invented audit log: `node bench/corpus.mjs --size 1GiB --out FILE`; the rest is in corpus/cli.ts. */
import { load } from './load.mjs';

const { writeCorpus } = await load('corpus/cli.ts');
const problem = writeCorpus(process.argv.slice(2));
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 2;
}
