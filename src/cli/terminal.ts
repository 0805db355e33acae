import { availableParallelism } from 'node:os';
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
  /** How many threads make sense. */
  readonly processors: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C or SIGTERM: stop reading, print the totals so far. */
  readonly signal: AbortSignal;
  /** Runs when the process is ended at once, by a second Ctrl-C: takes away what would look like a whole answer. */
  readonly onForcedExit: (action: () => void) => void;
  /** Milliseconds since the epoch. */
  now(): number;
}

export function processTerminal(signal: AbortSignal, onForcedExit: Terminal['onForcedExit']): Terminal {
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
    // Few runs ask, and the answer takes modules that no other part of them needs.
    get stdinIsTerminal() {
      return isatty(0);
    },
    stdoutIsTerminal: stdout.isTTY === true,
    stderrIsTerminal: stderr.isTTY === true,
    columns: stdout.isTTY === true ? columnsOf(env.COLUMNS, stdout.columns) : undefined,
    processors: availableParallelism(),
    env,
    signal,
    onForcedExit,
    now: () => Date.now(),
  };
}

/** `COLUMNS` outranks what the terminal says of itself. */
function columnsOf(fromEnv: string | undefined, own: number): number {
  const columns = Number(fromEnv);
  if (Number.isInteger(columns) && columns > 0) return columns;
  // A terminal nobody told its size (a container, a serial line) says 0.
  return own > 0 ? own : 80;
}
