import { describeMachine } from './machine.mjs';
import { shown } from './ours.mjs';
import { residentTargets } from './works.mjs';

/** The Markdown page of one corpus. */
export function corpusPage({ title, corpus, rows, peers, missing, rounds, node }) {
  return [
    `# ${title}`,
    '',
    `${describeMachine()}, audit-cli under Node ${node}. An invented dump of ${corpus.size}, profile ${corpus.profile},`,
    `spelling ${corpus.spelling}, in the page cache; ${rounds} interleaved rounds of the whole process, output to \`/dev/null\`.`,
    'Ratios are of throughput, ours to theirs, paired round by round: smallest – **median** – largest. Answers were',
    'compared before the timing; a row that says why was not timed.',
    '',
    '| work | peer | ours | theirs | ratio | at least | |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(rowLine),
    '',
    '## Memory',
    '',
    'Peak resident set in MB of the largest process, over all rounds. Files that a peer maps into memory count.',
    '',
    '| work | ours | at most | | peers |',
    '|---|---|---|---|---|',
    ...memoryLines(rows),
    '',
    '## Peers',
    '',
    '| peer | version | what its queries cover |',
    '|---|---|---|',
    ...peers.map(({ name, version, covers }) => `| ${name} | ${version} | ${covers} |`),
    '',
    ...(missing.length > 0 ? [`Not to be had on this machine: ${missing.join(', ')}.`, ''] : []),
    '## Commands',
    '',
    ...commandLines(rows),
  ].join('\n');
}

/** The Markdown page of the start-up times. */
export function startUpPage({ rows, rounds }) {
  return [
    '# start-up',
    '',
    `${describeMachine()}. Milliseconds of wall time, ${rounds} interleaved rounds: smallest – **median** – largest.`,
    '',
    '| command | Node | ours | `node -e 0` | ratio | at most | |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(({ title, version, ours, empty, ratio, atMost }) => {
      const verdict = ratio.median <= atMost ? 'reached' : '**missed**';
      return `| ${title} | ${version} | ${range(ours, 0)} | ${range(empty, 0)} | ${range(ratio, 2)} | ${atMost} | ${verdict} |`;
    }),
    '',
  ].join('\n');
}

/** A line of the first table. */
export function rowLine({ work, peer, target, slice, flaw, ours, theirs, ratio }) {
  const name = slice === undefined ? peer : `${peer}, on ${slice} MiB`;
  const atLeast = target === undefined ? '' : String(Math.round(target * 100) / 100);
  if (flaw !== undefined) return `| ${work} | ${name} | | | | ${atLeast} | ${cell(flaw)} |`;
  const verdict = target === undefined ? '' : ratio.median >= target ? 'reached' : '**missed**';
  return `| ${work} | ${name} | ${speed(ours)} | ${speed(theirs)} | ${range(ratio, 2)} | ${atLeast} | ${verdict} |`;
}

function memoryLines(rows) {
  const measured = rows.filter(({ ours }) => ours?.megabytes !== undefined);
  return [...grouped(measured, ({ work }) => work)].map(([work, same]) => {
    const mine = Math.max(...same.map(({ ours }) => ours.megabytes));
    const atMost = residentTargets[same[0].kind ?? 'plain'];
    const peers = same.map(({ peer, theirs }) => `${peer} ${Math.round(theirs.megabytes)}`).join(', ');
    return `| ${work} | ${Math.round(mine)} | ${atMost} | ${mine <= atMost ? 'reached' : '**missed**'} | ${peers} |`;
  });
}

/** Ours first, then each peer's, as they would be typed. */
function commandLines(rows) {
  return [...grouped(rows, ({ work }) => work)].flatMap(([work, same]) => [
    `### ${work}`,
    '',
    '```sh',
    shown(same[0].commands.mine.command),
    ...same.flatMap(({ peer, commands }) => ['', `# ${peer}`, ...typed(commands.theirs)]),
    '```',
    '',
  ]);
}

function typed({ command, file }) {
  const query = command.query?.replaceAll(file, 'FILE');
  return [...(query === undefined ? [] : ["QUERY=$(cat <<'END'", query, 'END', ')']), shown(command)];
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const speed = ({ seconds, throughput }) => `${seconds.median.toFixed(2)} s, ${Math.round(throughput.median)} MB/s`;

const range = ({ least, median, most }, digits) =>
  `${least.toFixed(digits)} – **${median.toFixed(digits)}** – ${most.toFixed(digits)}`;

const cell = (text) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 200);
