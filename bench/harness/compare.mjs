import { join } from 'node:path';
import { canonical, differences } from './answers.mjs';
import { runCommand } from './run-command.mjs';
import { spread } from './statistics.mjs';

/**
 * Two contestants on one work: answers first, then rounds of the one and the other in turn, so that a busy minute of the
 * machine hits both. A contestant is a `command`, the `file` it reads and the `bytes` of text in it; ratios are of
 * throughput, round by round. Gives the `flaw` instead when answers differ or something fails.
 */
export async function compare({ ours, theirs, answer, rounds, folder, env }) {
  try {
    if (answer !== undefined) await checkAnswers({ ours, theirs, answer, folder, env });
    const runs = Array.from({ length: rounds }, () => ({ ours: timed(ours, env), theirs: timed(theirs, env) }));
    return {
      ours: figures(runs.map((run) => run.ours)),
      theirs: figures(runs.map((run) => run.theirs)),
      ratio: spread(runs.map((run) => run.ours.throughput / run.theirs.throughput)),
    };
  } catch (error) {
    return { flaw: error.message };
  }
}

/** On the file the peer is timed on, which may be the head of ours. */
async function checkAnswers({ ours, theirs, answer, folder, env }) {
  const answerOf = async (command) => {
    const stdout = join(folder, 'answer');
    checked(command, runCommand(command, { file: theirs.file, env, stdout }));
    return canonical[answer](stdout);
  };
  const key = `${ours.command.script} ${theirs.file}`;
  if (!ourAnswers.has(key)) ourAnswers.set(key, await answerOf(ours.command));
  const differing = differences(ourAnswers.get(key), await answerOf(theirs.command));
  if (differing.length > 0) throw new Error(`answers differ: ${differing.join(', ')}`);
}

/** Each is needed for many peers. */
const ourAnswers = new Map();

function timed({ command, file, bytes }, env) {
  const { seconds, megabytes } = checked(command, runCommand(command, { file, env }));
  return { seconds, megabytes, throughput: bytes / 1e6 / seconds };
}

function checked(command, result) {
  if (result.status === 0) return result;
  throw new Error(`${command.script}: ${result.stderr.trim().split('\n')[0] || `exit code ${result.status}`}`);
}

function figures(runs) {
  const memories = runs.map(({ megabytes }) => megabytes).filter((megabytes) => megabytes !== undefined);
  return {
    seconds: spread(runs.map(({ seconds }) => seconds)),
    throughput: spread(runs.map(({ throughput }) => throughput)),
    ...(memories.length > 0 && { megabytes: Math.max(...memories) }),
  };
}
