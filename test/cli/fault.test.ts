import { PassThrough, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/cli.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

test('a fault of our own is no "nothing matched": it is told apart, with its trace, and the answer is not to be trusted', async () => {
  let stderr = '';
  const terminal: Terminal = {
    standardInput: { fd: -1, stream: PassThrough.from([]) },
    stdout: new PassThrough(),
    stderr: new Writable({
      write(chunk, _, done) {
        stderr += String(chunk);
        done();
      },
    }),
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: undefined,
    processors: 1,
    env: {},
    signal: new AbortController().signal,
    now: () => {
      throw new TypeError('a bug\u001b[2J');
    },
    onForcedExit: () => undefined,
  };

  const exit = await runCli(['filter'], terminal);

  expect(exit).toBe(3);
  expect(stderr).toMatch(
    /^audit-cli: internal error: do not rely on what was printed, and please report this\n {2}TypeError: a bug\\u001b\[2J\n {2}at /,
  );
});
