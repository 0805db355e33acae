import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { cleanEnvironment, program, projectRoot, type RunOptions } from './run-cli.ts';

/** The built program while it runs: its input is written bit by bit, its output is read or left unread. */
export interface LiveCli {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Writes to stdin and waits until it was read: behind it come blank lines, more than a pipe holds. */
  reads(text: string): Promise<void>;
  /** What has been printed so far. */
  readonly printed: { stdout: string; stderr: string };
  /** Waits until the stream has the text. */
  prints(stream: 'stdout' | 'stderr', text: string): Promise<void>;
  kill(signal: 'SIGINT' | 'SIGTERM'): void;
  readonly isRunning: boolean;
  /** The exit code as the shell has it; a process that does not end is killed and gives 137. */
  readonly exit: Promise<number>;
}

export interface LiveOptions extends Pick<RunOptions, 'env' | 'cwd'> {
  /** Leaves stdout to the caller, who may not read it. */
  readonly unread?: boolean;
  /** A process that takes longer is killed. */
  readonly mostSeconds?: number;
}

export function startCli(args: readonly string[], options: LiveOptions = {}): LiveCli {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? projectRoot,
    env: cleanEnvironment(options.env),
  });
  const watchdog = setTimeout(() => child.kill('SIGKILL'), 1000 * (options.mostSeconds ?? 30));
  const printed = { stdout: '', stderr: '' };
  for (const stream of options.unread ? (['stderr'] as const) : (['stdout', 'stderr'] as const)) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  // It may end without reading its input.
  child.stdin.on('error', () => undefined);
  const exit = new Promise<number>((resolve) => {
    // All that was printed has arrived with `close`, which never comes for what nobody reads.
    child.on(options.unread ? 'exit' : 'close', (code: number | null, signal: NodeJS.Signals | null) => {
      clearTimeout(watchdog);
      resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal]));
    });
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    reads: (text) => new Promise((resolve) => child.stdin.write(text + '\n'.repeat(pipeBytes), () => resolve())),
    printed,
    async prints(stream, text) {
      while (!printed[stream].includes(text)) {
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`it ended without printing ${text}: ${printed.stdout}${printed.stderr}`);
        }
        await new Promise((resolve) => child[stream].once('data', resolve));
      }
    },
    kill: (signal) => child.kill(signal),
    get isRunning() {
      return child.exitCode === null && child.signalCode === null;
    },
    exit,
  };
}

const pipeBytes = 2 * 1024 * 1024;
