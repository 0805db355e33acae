/**
 * Runs a command under another Node version, taken from the npm registry:
 * `node scripts/with-node.mjs 26 -- node --version`. The version is a major or an exact version. What was fetched stays
 * in the system's temporary folder for the next run.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const [version, dashes, command, ...args] = process.argv.slice(2);
if (!/^\d+(\.\d+\.\d+)?$/.test(version ?? '') || dashes !== '--' || command === undefined) {
  console.error('usage: node scripts/with-node.mjs VERSION -- COMMAND [ARGUMENT…]   e.g. 26 -- node --version');
  process.exit(2);
}

const node = fetchNode(version);
const result = spawnSync(command, args, {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
});
if (result.error) throw result.error;
process.exit(result.status ?? 1);

/** Path of the `node` program of that version. */
function fetchNode(wanted) {
  const name = packageName();
  const exact = newest(npm('view', `${name}@${wanted}`, 'version', '--json'));
  const cache = join(tmpdir(), 'audit-cli-node');
  const home = join(cache, `${name}-${exact}`);
  const program = join(home, 'package', 'bin', platform() === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;

  // Unpacked beside its final place and moved there whole, so a run that was cut short leaves nothing half done.
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  const [packed] = JSON.parse(npm('pack', `${name}@${exact}`, '--json', '--pack-destination', work));
  execFileSync('tar', ['-xzf', join(work, packed.filename), '-C', work]);
  rmSync(join(work, packed.filename));
  rmSync(home, { recursive: true, force: true });
  renameSync(work, home);
  return program;
}

/** The name the npm package `node` installs on this machine. */
function packageName() {
  const system = platform() === 'win32' ? 'win' : platform();
  const prefix = system === 'darwin' && arch() === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${system}-${arch()}`;
}

/** `npm view` answers one version as text, several as a list by date of release: a patch of an old line may come last. */
function newest(answer) {
  const versions = [JSON.parse(answer)].flat();
  const numbers = (text) => text.split('.').map(Number);
  versions.sort((a, b) => {
    const [x, y] = [numbers(a), numbers(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
  return versions.at(-1);
}

function npm(...words) {
  return execFileSync('npm', words, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: platform() === 'win32',
  });
}
