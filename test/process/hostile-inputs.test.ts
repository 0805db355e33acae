/**
 * Inputs that are larger, stranger or less at rest than dumps are: each has an outcome that is told, in memory that does
 * not follow the input. With `PROPERTY_RUNS=8` the bombs and lines are of one and two gibibytes.
 */
import { appendFileSync, existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ordinaryDump, ordinaryRecord } from '../helpers/dumps.ts';
import { startCli } from '../helpers/live-cli.ts';
import { measured } from '../helpers/measured-cli.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { runCli, runShell } from '../helpers/run-cli.ts';
import { makeFolder } from '../input/helpers/folder.ts';

const mebibyte = 1024 * 1024;
/** The target is 100 MB at any size of input (DESIGN §4.7); Node alone takes about 45 of them. */
const most = 150;
/** Parts of a value longer than memory are held, too; not more of them for a longer one. */
const mostForLongLines = 300;
const { numRuns: factor } = propertyRuns(1);
const mostSeconds = 30 * factor;

const folder = makeFolder();
const path = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

/** When V8 collects is not for us to say, and moves the peak by tens of megabytes; what really grows does so each time. */
const measureAgain = { retry: 2 };

describe
  .runIf(existsSync('/proc/self/status'))
  .sequential('resident memory (measured on Linux only)', measureAgain, () => {
    test('a gzip bomb of one record over and over gives all of them', async () => {
      const member = Buffer.from(`${ordinaryRecord(1)}\n`.repeat(25_000));
      const members = Math.ceil((256 * factor * mebibyte) / member.length);
      const file = bomb('records.ndjson.gz', member, members);

      const { stdout, stderr, exit, peakMebibytes } = await measured(['filter', '-c', file], [], { mostSeconds });

      expect(stdout).toBe(`${members * 25_000}\n`);
      expect(stderr).toMatch(/^read [\d,]+ lines · [\d,]+ records · 0 malformed · [\d,]+ matched · /);
      expect(exit).toBe(0);
      expect(peakMebibytes).toBeLessThan(most);
    });

    test.for([
      ['of zeros', '0'],
      ['of brackets', '['],
      ['of braces', '{"a":'],
      ['of quotes', '"'],
      ['of NUL bytes', '\0'],
    ] as const)('a gzip bomb that is one line %s is one malformed line', async ([name, text]) => {
      const member = Buffer.alloc(16 * mebibyte, text);
      const members = 16 * factor;
      const file = bomb(`${name}.ndjson.gz`, member, members);

      const { stdout, stderr, exit, peakMebibytes } = await measured(['filter', '-c', file], [], { mostSeconds });

      expect(stdout).toBe('0\n');
      expect(stderr).toContain(`:1: line too long (${member.length * members} bytes, at most 16777216 are read)`);
      expect(exit).toBe(1);
      expect(peakMebibytes).toBeLessThan(most);
    });

    test('a line without a newline, longer than memory, is one malformed line of a file', async () => {
      const bytes = 128 * factor * mebibyte;
      const file = path('line.ndjson');
      writeFileSync(file, `${ordinaryRecord(1)}\n{"type":"`);
      truncateSync(file, bytes);

      const { stdout, stderr, exit, peakMebibytes } = await measured(['filter', '-c', file], [], { mostSeconds });

      expect(stdout).toBe('1\n');
      const byteLength = bytes - ordinaryRecord(1).length - 1;
      expect(stderr).toContain(`:2: line too long (${byteLength} bytes, at most 16777216 are read): {"type":"`);
      expect(exit).toBe(0);
      expect(peakMebibytes).toBeLessThan(most);
    });

    test('an array longer than memory, on one line, gives all its records', async () => {
      const elements = `${ordinaryRecord(1)},`.repeat(1000);
      const times = Math.ceil((128 * factor * mebibyte) / elements.length);
      const array = function* (): Generator<Uint8Array> {
        yield Buffer.from('[');
        for (let i = 0; i < times; i++) yield Buffer.from(elements);
        yield Buffer.from(`${ordinaryRecord(2)}]\n`);
      };

      const { stdout, stderr, exit, peakMebibytes } = await measured(['filter', '-c'], array(), { mostSeconds });

      expect(stdout).toBe(`${1000 * times + 1}\n`);
      expect(stderr).toMatch(/^read 1 line · [\d,]+ records · 0 malformed · [\d,]+ matched · /);
      expect(exit).toBe(0);
      expect(peakMebibytes).toBeLessThan(mostForLongLines);
    });

    test('ten thousand small files are read in natural order', async () => {
      mkdirSync(path('many'));
      for (let n = 0; n < 10_000; n++) writeFileSync(path(`many/${n}.json`), `${ordinaryRecord(n)}\n`);

      const { stdout, exit, peakMebibytes } = await measured(
        ['filter', '-F', 'id', '-o', 'csv', '--no-header', path('many')],
        [],
        { mostSeconds: 60 },
      );

      expect(stdout).toBe(Array.from({ length: 10_000 }, (_, n) => `event-${n}\n`).join(''));
      expect(exit).toBe(0);
      expect(peakMebibytes).toBeLessThan(most);
    });
  });

describe.skipIf(process.platform === 'win32')('what is no ordinary file', () => {
  test('a FIFO is read once, to where its writer ends', async () => {
    const { stdout, stderr, exit } = await runShell(
      'mkfifo pipe; (printf "%s\\n" "$RECORD"; sleep 0.2; printf "%s" "$RECORD") > pipe & audit-cli filter -F id,line -o csv pipe',
      { cwd: folder.path, env: { RECORD: ordinaryRecord(1) } },
    );

    expect(stdout).toBe('id,line\nevent-1,1\nevent-1,2\n');
    expect(stderr).toMatch(/^read 2 lines · 2 records · 0 malformed · 2 matched · /);
    expect(exit).toBe(0);
  });

  test('a FIFO in a folder is left out: nobody may ever write to it', async () => {
    mkdirSync(path('with-pipe'));
    writeFileSync(path('with-pipe/a.json'), `${ordinaryRecord(1)}\n`);

    const { stdout, exit } = await runShell('mkfifo with-pipe/b.json; audit-cli filter -c with-pipe', {
      cwd: folder.path,
    });

    expect(stdout).toBe('1\n');
    expect(exit).toBe(0);
  });

  test('/dev/null is an empty dump', async () => {
    const { stdout, stderr, exit } = await runCli(['filter', '-c', '/dev/null']);

    expect(stdout).toBe('0\n');
    expect(stderr).toMatch(
      /^audit-cli: note: nothing matched: there is no record in the input\nread 0 lines · 0 records · 0 malformed · 0 matched · /,
    );
    expect(exit).toBe(1);
  });

  test('folders that link to each other are read once', async () => {
    mkdirSync(path('loop/a/b'), { recursive: true });
    mkdirSync(path('loop/c'));
    writeFileSync(path('loop/a/b/1.json'), `${ordinaryRecord(1)}\n`);
    writeFileSync(path('loop/c/2.json'), `${ordinaryRecord(2)}\n`);
    for (const [target, link] of [
      ['..', 'loop/a/up'],
      ['../..', 'loop/a/b/top'],
      ['../c', 'loop/a/across'],
      ['../a/b', 'loop/c/across'],
      ['itself', 'loop/itself'],
    ] as const)
      symlinkSync(target, path(link));

    const { stdout, exit } = await runCli(['filter', '-F', 'id', '-o', 'csv', '--no-header', 'loop'], {
      cwd: folder.path,
    });

    expect(stdout.trimEnd().split('\n').sort()).toEqual(['event-1', 'event-2']);
    // The link that leads nowhere is named.
    expect(exit).toBe(3);
  });
});

describe('a file that is written while it is read', () => {
  const records = 40_000;
  const scans = ['kernel', 'kernel,threads=2', 'truth'];

  test.for(scans)('what is appended meanwhile is read too, and a half record at the end is torn: %s', async (scan) => {
    const name = path(`growing-${scan}.ndjson`);
    writeFileSync(name, ordinaryDump(records));

    const { stdout, stderr, exit } = await changedWhileRead(name, scan, () =>
      appendFileSync(name, `${ordinaryRecord(records)}\n${ordinaryRecord(records + 1).slice(0, 40)}`),
    );

    expect(stdout).toBe(ordinaryDump(records + 1));
    expect(stderr).toMatch(/growing-[^:]*:40002: .*torn/);
    expect(exit).toBe(0);
  });

  test.for(scans)('a file cut meanwhile ends where it was cut: %s', async (scan) => {
    const name = path(`cut-${scan}.ndjson`);
    const dump = ordinaryDump(records);
    writeFileSync(name, dump);
    const rest = 20_000_000;

    const { stdout, stderr, exit } = await changedWhileRead(name, scan, () => truncateSync(name, rest));

    // What was read before is there, too.
    expect(dump.startsWith(stdout)).toBe(true);
    expect(stdout.length).toBeGreaterThan(rest - 2000);
    expect(stderr).toMatch(/read [\d,]+ lines · [\d,]+ records · [01] malformed · /);
    expect(exit).toBe(0);
  });
});

/** Changes the file when its first records have been printed and before anybody takes the rest of them. */
async function changedWhileRead(
  file: string,
  scan: string,
  change: () => void,
): Promise<{ readonly stdout: string; readonly stderr: string; readonly exit: number }> {
  const cli = startCli(['filter', file], { env: { AUDIT_CLI_SCAN: scan } });
  cli.stdin.end();
  await cli.prints('stdout', '\n');
  cli.stdout.pause();
  change();
  cli.stdout.resume();
  const exit = await cli.exit;
  return { ...cli.printed, exit };
}

/** The same gzip member so many times: it is made in no time, whatever it unpacks to. */
function bomb(name: string, member: Buffer, members: number): string {
  const packed = gzipSync(member);
  writeFileSync(path(name), Buffer.concat(Array.from({ length: members }, () => packed)));
  return path(name);
}
