import process from 'node:process';
import type { Writable } from 'node:stream';
import { runCli } from './cli/cli.ts';
import { processTerminal } from './cli/terminal.ts';
import { exitCodes } from './diag/exit-codes.ts';

/**
 * The process around the command line: arguments, signals, the exit code. The first Ctrl-C asks
 * the run to stop and print its totals; the second ends it at once.
 */
export async function main(): Promise<void> {
  const stop = new AbortController();
  const cleanups: (() => void)[] = [];
  let signalCode: number | undefined;
  const onSignal = (code: number) => (): void => {
    if (signalCode !== undefined) {
      for (const cleanup of cleanups) cleanup();
      process.exit(code);
    }
    signalCode = code;
    stop.abort();
  };
  process.on('SIGINT', onSignal(exitCodes.interrupted));
  process.on('SIGTERM', onSignal(exitCodes.terminated));
  // Without listeners a reader that went away would end the process with a stack trace. It is no
  // failure; any other trouble with stdout is (a full disk), and is told by the sink that meets it.
  let outputFailed = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    outputFailed = error.code !== 'EPIPE';
  });
  process.stderr.on('error', () => undefined);

  const terminal = processTerminal(stop.signal, (action) => cleanups.push(action));
  const code = await runCli(process.argv.slice(2), terminal);
  // Exiting drops what a slow reader of a pipe has not taken yet.
  await Promise.all([taken(process.stdout), taken(process.stderr)]);
  // Exit rather than return: a pipe that stays open on stdin must not keep the process alive.
  process.exit(signalCode ?? (outputFailed ? exitCodes.usage : code));
}

/** Waits until everything written was taken, or nobody takes it any more. */
function taken(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}
