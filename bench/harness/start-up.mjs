import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run-command.mjs';
import { spread } from './statistics.mjs';
import { startUpTargets } from './works.mjs';

/** The oldest Node we run on, the newest with long-term support, and the newest. */
const versions = [
  { version: '20', atMost: startUpTargets.oldest },
  { version: '24', atMost: startUpTargets.newest },
  { version: '26', atMost: startUpTargets.newest },
];

/**
 * Wall time of the shortest commands, in units of `node -e 0` under the same Node, round by round. Each command runs once
 * before, so that compiled code is in the cache where the runtime has one.
 */
export function startUps({ file, rounds }) {
  const cli = join(root, 'bin', 'audit-cli.js');
  const commands = [
    { title: '--version', args: [cli, '--version'] },
    { title: '--help', args: [cli, '--help'] },
    { title: 'filter on 10 lines', args: [cli, 'filter', '--method', 'CreateStatement', file] },
  ];
  return versions.flatMap(({ version, atMost }) => {
    const node = nodeProgram(version);
    const wallTime = (args) => {
      const started = process.hrtime.bigint();
      const { status } = spawnSync(node, args, { stdio: 'ignore' });
      if (status !== 0) throw new Error(`node ${args.join(' ')}: exit code ${status}`);
      return Number(process.hrtime.bigint() - started) / 1e6;
    };
    return commands.map(({ title, args }) => {
      wallTime(args);
      const runs = Array.from({ length: rounds }, () => ({ empty: wallTime(['-e', '0']), ours: wallTime(args) }));
      return {
        title,
        version: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(),
        atMost,
        empty: spread(runs.map(({ empty }) => empty)),
        ours: spread(runs.map(({ ours }) => ours)),
        ratio: spread(runs.map(({ ours, empty }) => ours / empty)),
      };
    });
  });
}

/** Path of the `node` program of a version, which with-node.mjs fetches when it is not there. */
export function nodeProgram(version) {
  const withNode = join(root, 'scripts', 'with-node.mjs');
  const args = [withNode, version, '--', 'node', '-p', 'process.execPath'];
  return execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
