import process from 'node:process';
import { runCli } from './cli/cli.ts';
import { processTerminal } from './cli/terminal.ts';
import { exitCodes } from './diag/exit-codes.ts';

/**
 * The process around the command line: arguments, signals, the exit code. The first Ctrl-C asks
 * the run to stop and print its totals; the second ends it at once.
 */
export async function main(): Promise<void> {
  const stop = new AbortController();
  let signalCode: number | undefined;
  const onSignal = (code: number) => (): void => {
    if (signalCode !== undefined) process.exit(code);
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

  const code = await runCli(process.argv.slice(2), processTerminal(stop.signal));
  // Exit rather than return: a pipe that stays open on stdin must not keep the process alive.
  process.exit(signalCode ?? (outputFailed ? exitCodes.usage : code));
}
