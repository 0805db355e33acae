import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const peersFolder = join(root, 'bench', '.peers');

const gnuTime = '/usr/bin/time';
const memoryReport = join(mkdtempSync(join(tmpdir(), 'audit-cli-bench-')), 'memory');
process.on('exit', () => rmSync(join(memoryReport, '..'), { recursive: true, force: true }));

/** What setup.mjs installed comes first. */
const path = ['bin', 'cargo/bin', 'python/bin'].map((folder) => join(peersFolder, folder));

/**
 * Runs a script with `sh`, waits for its end and gives its wall time and peak memory. The memory is what GNU time reports:
 * the largest resident set of any one process of the script, memory-mapped files included; undefined where there is no
 * GNU time. Output is thrown away unless there is a file for it.
 */
export function runCommand({ script, query = '' }, { file = '', env = {}, stdout } = {}) {
  const out = stdout === undefined ? 'ignore' : openSync(stdout, 'w');
  const measured = existsSync(gnuTime) ? [gnuTime, '-q', '-f', '%M', '-o', memoryReport] : [];
  const [program, ...args] = [...measured, 'sh', '-c', script];
  const started = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env, PATH: [...path, process.env.PATH].join(delimiter), FILE: file, QUERY: query },
    stdio: ['ignore', out, 'pipe'],
    maxBuffer: 1 << 24,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (out !== 'ignore') closeSync(out);
  if (error !== undefined) throw error;
  const kilobytes = measured.length > 0 ? Number(readFileSync(memoryReport, 'utf8')) : undefined;
  return { seconds, status, stderr: String(stderr), ...(kilobytes && { megabytes: (kilobytes * 1024) / 1e6 }) };
}

/** What a script prints, on one line; undefined when it fails. */
export function printedBy(script, env) {
  const { status, stdout } = spawnSync('sh', ['-c', script], {
    cwd: root,
    env: { ...process.env, ...env, PATH: [...path, process.env.PATH].join(delimiter) },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const text = stdout?.trim().replaceAll(/\s*\n\s*/g, ', ');
  return status === 0 && text ? text : undefined;
}
