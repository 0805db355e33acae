/**
 * Installs the peers of the bench that are not on this machine: `node bench/setup.mjs`. Each peer names the ordinary package
 * managers that have it, in the order to try. What is not the system's own goes to bench/.peers; what cannot be had is
 * named with the reason. Building from source takes some minutes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { peersFolder, printedBy } from './harness/run-command.mjs';
import { peers } from './peers/index.mjs';

const ways = {
  apt({ apt }) {
    const asRoot = process.getuid() === 0 ? [] : ['sudo', '-n'];
    return run([...asRoot, 'apt-get', 'install', '-y', '--no-install-recommends', apt]);
  },
  cargo({ cargo }) {
    return run(['cargo', 'install', '--locked', '--root', join(peersFolder, 'cargo'), cargo]);
  },
  go({ go }) {
    return run(['go', 'install', go], { GOBIN: join(peersFolder, 'bin') });
  },
  /** `program` is where a package keeps its executable when what pip installs is a slower wrapper of it. */
  pip({ pip, program }) {
    const home = join(peersFolder, 'python');
    const flaw = existsSync(home) ? undefined : run(['python3', '-m', 'venv', home]);
    const problem = flaw ?? run([join(home, 'bin', 'pip'), 'install', '--disable-pip-version-check', pip]);
    if (problem === undefined && program !== undefined) linkFrom(home, program);
    return problem;
  },
};

/** Measures the memory of a command. */
const gnuTime = { name: 'GNU time', setUp: [{ apt: 'time' }], version: '/usr/bin/time --version 2>&1 | head -n 1' };

const environment = { NODE: process.execPath };
const missing = [];
for (const { name, setUp, version } of [gnuTime, ...peers]) {
  let found = printedBy(version, environment);
  const problems = [];
  for (const way of setUp) {
    if (found !== undefined) break;
    const [manager] = Object.keys(way);
    console.log(`${name}: installing with ${manager}`);
    const problem = ways[manager](way);
    if (problem !== undefined) problems.push(`${manager}: ${problem}`);
    found = printedBy(version, environment);
  }
  if (found === undefined) missing.push(`${name} (${problems.join('; ') || 'nothing known to install it with'})`);
  else console.log(`${name}: ${found}`);
}
for (const text of missing) console.log(`missing: ${text}`);

/** The last line of what went wrong, or undefined. Other work on the machine goes first. */
function run(command, env = {}) {
  mkdirSync(peersFolder, { recursive: true });
  const { status, error, stderr } = spawnSync('nice', command, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : stderr.trim().split('\n').at(-1).trim() || `exit code ${status}`;
}

function linkFrom(home, program) {
  const library = join(home, 'lib');
  const [python] = readdirSync(library);
  const link = join(peersFolder, 'bin', basename(program));
  mkdirSync(join(peersFolder, 'bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(join(library, python, 'site-packages', program), link);
}
