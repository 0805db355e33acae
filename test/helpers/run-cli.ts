import { isUtf8 } from 'node:buffer';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RunOptions {
  /** Written to stdin, which then ends; nothing given is an empty stdin. */
  readonly stdin?: string | Uint8Array;
  /** Added to the clean environment; nothing else of the caller's environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code; 128 plus the signal's number when a signal ended the process. */
  readonly exit: number;
  readonly stdoutBytes: Buffer;
  readonly stderrBytes: Buffer;
}

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Runs the built `audit-cli` under the Node that runs the tests. */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return run(process.execPath, [program, ...args], options);
}

/** Runs a line of shell in which `audit-cli` is the built one. */
export function runShell(line: string, options: RunOptions = {}): Promise<RunResult> {
  return run('bash', ['-c', line], options);
}

/** Text of output or expectation; bytes that are no UTF-8 stay distinguishable, one character per byte. */
export function textOf(bytes: Buffer): string {
  return bytes.toString(encodingOf(bytes));
}

export function encodingOf(bytes: Buffer): 'utf8' | 'latin1' {
  return isUtf8(bytes) ? 'utf8' : 'latin1';
}

export const program = join(projectRoot, 'bin', 'audit-cli.js');
// Below a hanging test's own limit, so the process does not outlive the test.
const timeoutMs = 50_000;

const place = mkdtempSync(join(tmpdir(), 'audit-cli-run-'));
const home = join(place, 'home');
const shims = join(place, 'bin');
mkdirSync(home);
mkdirSync(shims);
writeFileSync(join(shims, 'audit-cli'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, { mode: 0o755 });

/**
 * The environment of every run: nothing of the caller's but where programs are, with the built `audit-cli` before them,
 * and how lines are read: whole suites are run again with `AUDIT_CLI_SCAN=kernel` and the like.
 */
export function cleanEnvironment(more: RunOptions['env'] = {}): Record<string, string> {
  const path = `${shims}${delimiter}${process.env.PATH ?? ''}`;
  const { AUDIT_CLI_SCAN: scan } = process.env;
  return { PATH: path, HOME: home, LANG: 'C.UTF-8', ...(scan === undefined ? {} : { AUDIT_CLI_SCAN: scan }), ...more };
}

function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? projectRoot,
      env: cleanEnvironment(options.env),
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A command may end without reading its input (`--limit 1`, a usage error): that is its right.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const stdoutBytes = Buffer.concat(stdout);
      const stderrBytes = Buffer.concat(stderr);
      const exit = code ?? (signal === null ? 1 : 128 + constants.signals[signal]);
      resolve({ stdout: textOf(stdoutBytes), stderr: textOf(stderrBytes), exit, stdoutBytes, stderrBytes });
    });
    child.stdin.end(options.stdin);
  });
}
