import { rmSync, statSync } from 'node:fs';
import { compare } from './compare.mjs';
import { corpusFile, gzipped, headOf, warm } from './corpora.mjs';
import { ours } from './ours.mjs';
import { runCommand } from './run-command.mjs';
import { targetOf, works } from './works.mjs';

/**
 * Every work on one corpus: against each peer that can do it, then from .gz and from the cache. Gives a row each; `wants`
 * says by id whether a work is asked for, `tell` gets each row as soon as it is done.
 */
export async function measureCorpus({ corpus, peers, facts, wants, tell, ...settings }) {
  const file = await corpusFile(settings.folder, corpus);
  const bytes = statSync(file).size;
  const whole = (command) => ({ command, file, bytes });
  const rows = [];
  const add = async ({ id, peer, answer, mine, theirs, ...about }) => {
    const target = targetOf(id, peer, { bytes, spelling: corpus.spelling });
    const result = await compare({ ours: mine, theirs, answer, ...settings });
    rows.push({ peer, target, commands: { mine, theirs }, ...about, ...result });
    tell(rows.at(-1));
  };

  warm(file);
  for (const { id, title: work, answer, args } of works.filter(({ id: wanted }) => wants(wanted))) {
    for (const peer of peers.filter(({ works: can }) => can[id] !== undefined)) {
      const slice = peer.sliceMiB * 2 ** 20 < bytes ? peer.sliceMiB : undefined;
      const theirFile = slice === undefined ? file : await headOf(file, slice);
      const theirs = {
        command: peer.works[id]({ file: theirFile, facts }),
        file: theirFile,
        bytes: statSync(theirFile).size,
      };
      await add({ id, work, peer: peer.name, answer, mine: whole(ours(args(facts))), theirs, slice });
    }
  }

  const work = (id) => works.find((each) => each.id === id);
  if (wants('gz')) {
    const zipped = await gzipped(file);
    warm(zipped);
    const reads = (command) => ({ command, file: zipped, bytes });
    for (const { name, works: can } of peers.filter((peer) => peer.works.gz !== undefined)) {
      const mine = reads(ours(work('summary').args(facts)));
      await add({ id: 'gz', work: 'summary of .gz', peer: name, mine, theirs: reads(can.gz()) });
    }
  }
  if (wants('cache')) {
    for (const id of ['method', 'summary']) {
      const args = work(id).args(facts);
      const cached = whole(ours([...args, '--cache']));
      const about = {
        id: `cache-${id}`,
        work: `${id}, from the cache`,
        answer: work(id).answer,
        mine: cached,
        kind: 'cache',
      };
      runCommand(cached.command, { file, env: settings.env });
      await add({ ...about, peer: 'audit-cli without the cache', theirs: whole(ours(args)) });
      const searcher = peers.find(({ name }) => name === 'ripgrep + jq');
      if (searcher?.works[id] !== undefined) {
        await add({ ...about, peer: searcher.name, theirs: whole(searcher.works[id]({ file, facts })) });
      }
    }
    rmSync(settings.env.XDG_CACHE_HOME, { recursive: true, force: true });
  }
  return rows;
}
