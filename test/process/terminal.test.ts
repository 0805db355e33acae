import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/output/width.ts';
import { ordinaryDump } from '../helpers/dumps.ts';
import { type RunOptions, runCli, runShell } from '../helpers/run-cli.ts';
import { withSandbox } from '../helpers/sandbox.ts';

/** util-linux has it everywhere; the `script` of other systems takes other flags. */
const hasTerminal =
  spawnSync('sh', ['-c', 'script --version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

/** What a terminal would be sent, for a line of shell that runs in one of so many columns. */
async function onTerminal(line: string, options: RunOptions & { columns?: number } = {}): Promise<string> {
  const { columns = 100, ...others } = options;
  const inside = `stty cols ${columns} -opost; ${line}`;
  const { stdout } = await runShell(`script -qec '${inside.replaceAll("'", `'\\''`)}' /dev/null`, others);
  return stdout;
}

const colours = /\u001b\[[\d;]*m/g;
const vendor = 'samples/vendor-records.ndjson';

describe.runIf(hasTerminal).sequential('on a terminal (needs script of util-linux)', () => {
  test('no input at all is answered with how to give some, and does not wait', async () => {
    expect(await onTerminal('audit-cli filter; echo "exit $?"')).toBe(
      [
        'audit-cli: no input: give files or directories, or pipe a dump into me',
        '  audit-cli filter --method DeleteStatement dump.ndjson',
        '  audit-cli filter -h lists the flags',
        'exit 2\n',
      ].join('\n'),
    );
  });

  test.for([40, 64, 100, 173])('a table fits %i columns', async (columns) => {
    const printed = await onTerminal(`audit-cli filter ${vendor}; audit-cli summary ${vendor}`, { columns });

    const tooWide = printed
      .replaceAll(colours, '')
      .split('\n')
      .filter((line) => displayWidth(line) > columns && !line.startsWith('read '));
    expect(tooWide).toEqual([]);
    expect(printed).toContain('\u001b[1mtime');
  });

  test('COLUMNS outranks what the terminal says, and a terminal without a size counts as 80 columns', async () => {
    const widest = async (line: string, columns: number): Promise<number> => {
      const printed = (await onTerminal(`${line} 2> /dev/null`, { columns })).replaceAll(colours, '');
      return Math.max(...printed.split('\n').map((text) => displayWidth(text)));
    };

    expect(await widest(`COLUMNS=60 audit-cli filter ${vendor}`, 100)).toBeLessThanOrEqual(60);
    expect(await widest(`audit-cli filter ${vendor}`, 0)).toBeGreaterThan(60);
    expect(await widest(`audit-cli filter ${vendor}`, 0)).toBeLessThanOrEqual(80);
  });

  test('it is told the same records as a pipe', async () => {
    const ids = 'audit-cli filter -F id --no-header';
    const printed = await onTerminal(`${ids} --no-color ${vendor} 2> /dev/null`);
    const piped = await runCli(['filter', '-F', 'id', '-o', 'tsv', '--no-header', vendor]);

    expect(printed).toBe(piped.stdout);
  });

  test.for([
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ TERM: 'dumb' }, false],
    [{ TERM: 'dumb', CLICOLOR_FORCE: '1' }, true],
    [{ TERM: 'xterm' }, true],
  ] as const)('with %o there is colour: %s', async ([env, coloured]) => {
    const printed = await onTerminal(`audit-cli filter ${vendor}`, { env: { TERM: 'xterm', ...env } });

    expect(printed.includes('\u001b')).toBe(coloured);
  });

  test('stdout and stderr are judged apart', async () => {
    const printed = await onTerminal(
      `audit-cli filter -o table -m Nothing ${vendor} > out; cat out; audit-cli filter --ip x`,
    );

    expect(printed.split('\n')[0]).toContain('\u001b');
    expect(printed).toContain('audit-cli: --ip "x"');
  });

  test('json on a terminal holds nothing that drives it, in a pipe it holds the original bytes', async () => {
    await withSandbox(async (cwd) => {
      const record = '{"type":"t","data":{"x":"a\u009b31m\u202eb"}}\n';
      writeFileSync(join(cwd, 'c1.ndjson'), record);

      const shown = await onTerminal('audit-cli filter -o ndjson c1.ndjson 2> /dev/null', { cwd });
      const piped = await runCli(['filter', 'c1.ndjson'], { cwd });

      expect(shown).toBe('{"type":"t","data":{"x":"a\\u009b31m\\u202eb"}}\n');
      expect(piped.stdout).toBe(record);
    });
  });

  test('the progress bar appears on the terminal only and leaves no trace', async () => {
    await withSandbox(async (cwd) => {
      const slowly = (command: string) =>
        `(cat big.ndjson; sleep 1.5; cat big.ndjson; sleep 0.5) | audit-cli ${command}`;
      writeFileSync(join(cwd, 'big.ndjson'), ordinaryDump(2000));

      const [besideFile = '', besideRows, silenced] = await Promise.all([
        onTerminal(slowly('filter > out.ndjson'), { cwd }),
        onTerminal(slowly('filter -o text -n 3500 --no-color'), { cwd }),
        onTerminal(slowly('filter -c --no-progress'), { cwd }),
      ]);

      expect(readFileSync(join(cwd, 'out.ndjson'), 'utf8')).toBe(ordinaryDump(2000).repeat(2));
      expect(besideFile).toMatch(/\rreading {2}\d/);
      expect(lastScreen(besideFile)).toMatch(/^read 4,000 lines [^\r]*\n$/);
      expect(besideRows).not.toContain('reading');
      expect(silenced).not.toContain('\u001b');
    });
  });
});

/** What stays of lines that were drawn over each other. */
function lastScreen(sent: string): string {
  return sent
    .split('\n')
    .map((line) => line.split('\r').at(-1) ?? '')
    .map((line) => line.replaceAll('\u001b[K', ''))
    .join('\n');
}
