import process from 'node:process';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import type { StandardInput } from '../input/sources/stdin.ts';

/** What the world outside looks like. Nothing else but `main.ts` touches `process`. */
export interface Terminal {
  /** Not opened before its stream is asked for. */
  readonly standardInput: StandardInput;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly stdinIsTerminal: boolean;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Columns of the terminal stdout goes to; undefined when it goes elsewhere. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C or SIGTERM: stop reading, print the totals so far. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
}

export function processTerminal(signal: AbortSignal): Terminal {
  const { stdout, stderr, env } = process;
  return {
    standardInput: {
      fd: 0,
      get stream() {
        return process.stdin;
      },
    },
    stdout,
    stderr,
    stdinIsTerminal: isatty(0),
    stdoutIsTerminal: stdout.isTTY === true,
    stderrIsTerminal: stderr.isTTY === true,
    columns: columnsOf(env.COLUMNS, stdout.isTTY === true ? stdout.columns : undefined),
    env,
    signal,
    now: () => Date.now(),
  };
}

/** `COLUMNS` outranks what the terminal says of itself; neither counts when the output goes elsewhere. */
function columnsOf(fromEnv: string | undefined, own: number | undefined): number | undefined {
  if (own === undefined) return undefined;
  const columns = Number(fromEnv);
  return Number.isInteger(columns) && columns > 0 ? columns : own;
}
