/** Lines that cannot match are only counted: what else is said must not hang on it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ordinaryDump } from '../helpers/dumps.ts';
import { program, runCli, runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';
import { withoutVolatile } from '../helpers/volatile.ts';

test.for(['kernel,checked=0', 'js,checked=0'])(
  'a limit counts up to its last match, AUDIT_CLI_SCAN=%s',
  async (scan) => {
    await withSandbox(async (cwd) => {
      writeFileSync(join(cwd, 'dump.ndjson'), `${ordinaryDump(40)}\n${ordinaryDump(3000)}`);
      const args = ['filter', '-m', 'DeleteStatement', '-n', '12', '-F', 'id,line', '-o', 'csv', 'dump.ndjson'];

      const fast = await runCli(args, { cwd, env: { AUDIT_CLI_SCAN: scan } });
      const slow = await runCli(args, { cwd, env: { AUDIT_CLI_SCAN: 'truth' } });

      expect(fast.stdout).toBe(slow.stdout);
      expect(withoutVolatile(fast.stderr)).toBe(withoutVolatile(slow.stderr));
    });
  },
);

test('without WebAssembly a misspelt method still gets the nearest names seen', async () => {
  await withSandbox(async (cwd) => {
    writeFileSync(join(cwd, 'dump.ndjson'), ordinaryDump(3000));
    const line = `'${process.execPath}' --jitless '${program}' filter -m DeleteStatment -c dump.ndjson`;

    const { stdout, stderr } = await runShell(line, { cwd, env: { AUDIT_CLI_SCAN: 'auto,checked=0' } });

    expect(stdout).toBe('0\n');
    expect(stderr).toContain('--method DeleteStatment: no record has it; nearest seen: DeleteStatement (600)\n');
    expect(stderr).toContain('3,000 lines only counted');
  });
});
