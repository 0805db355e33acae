import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditError } from '../../../src/diag/diagnostic.ts';
import { fileSink } from '../../../src/output/sinks/file.ts';
import { memorySink } from '../../../src/output/sinks/memory.ts';
import type { Sink } from '../../../src/output/sinks/sink.ts';
import { streamSink } from '../../../src/output/sinks/stream.ts';

const pieces = fc.array(
  fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.uint8Array({ maxLength: 90_000 })),
  {
    maxLength: 12,
  },
);

const bytesOf = (all: readonly (string | Uint8Array)[]): Buffer =>
  Buffer.concat(all.map((piece) => Buffer.from(piece)));

describe('memorySink', () => {
  test('holds exactly what was written, however it was cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (all) => {
        const sink = memorySink();
        for (const [i, piece] of all.entries()) {
          sink.write(piece);
          if (i % 3 === 0) await sink.flush();
        }
        await sink.close();

        expect(bytesOf(all).equals(sink.bytes())).toBe(true);
        expect(sink.bytesWritten).toBe(bytesOf(all).length);
      }),
      { seed: 31, numRuns: 100 },
    );
  });

  test('keeps no hold of bytes that were only lent', () => {
    const lent = Buffer.from('abc');
    const sink = memorySink();

    sink.write(lent);
    lent.fill('x');

    expect(sink.text()).toBe('abc');
  });
});

/** Takes chunks; `failure` is what it answers to the chunk with that number. */
function stream(options: { failure?: { at: number; code: string }; delayMs?: number; highWaterMark?: number } = {}) {
  const chunks: Buffer[] = [];
  const writable = new Writable({
    highWaterMark: options.highWaterMark ?? 16 * 1024,
    write(chunk: Buffer, _, done) {
      if (options.failure?.at === chunks.length) {
        done(Object.assign(new Error(`write ${options.failure.code}`), { code: options.failure.code }));
        return;
      }
      chunks.push(Buffer.from(chunk));
      if (options.delayMs === undefined) done();
      else setTimeout(done, options.delayMs);
    },
  });
  return { writable, chunks, text: () => Buffer.concat(chunks).toString() };
}

describe('streamSink', () => {
  test('gathers small pieces into chunks of 64 KiB', async () => {
    const { writable, chunks, text } = stream();
    const sink = streamSink(writable);

    for (let i = 0; i < 20_000; i++) sink.write('0123456789');
    await sink.close();

    expect(text()).toBe('0123456789'.repeat(20_000));
    expect(chunks.map(({ length }) => length)).toEqual([65_530, 65_530, 65_530, 3410]);
    expect(sink.bytesWritten).toBe(200_000);
  });

  test('gives on what was written at every flush', async () => {
    const { writable, text } = stream();
    const sink = streamSink(writable);

    sink.write('one\n');
    await sink.flush();

    expect(text()).toBe('one\n');
  });

  test('flush waits for a slow reader, so that no more than a buffer is held', async () => {
    const { writable, text } = stream({ delayMs: 5 });
    const sink = streamSink(writable);

    for (let i = 0; i < 5; i++) {
      sink.write('x'.repeat(100_000));
      await sink.flush();
      expect(writable.writableLength).toBeLessThan(writable.writableHighWaterMark);
    }
    await sink.close();

    expect(text()).toHaveLength(500_000);
  });

  test('close waits until the last chunk was taken, and leaves the stream open', async () => {
    const { writable, text } = stream({ delayMs: 20, highWaterMark: 1_000_000 });
    const sink = streamSink(writable);

    sink.write('end');
    await sink.close();

    expect(text()).toBe('end');
    expect(writable.writableEnded).toBe(false);
  });

  test('a reader that went away is no error: the sink is closed and drops what follows', async () => {
    const { writable, text } = stream({ failure: { at: 1, code: 'EPIPE' } });
    const sink = streamSink(writable);

    sink.write('first');
    await sink.flush();
    sink.write('second');
    await sink.flush();
    await sink.close();
    sink.write('third');
    await sink.close();

    expect(sink.closed).toBe(true);
    expect(sink.bytesWritten).toBe('firstsecond'.length);
    expect(text()).toBe('first');
  });

  test('any other failure is told by flush and close, and closes the sink', async () => {
    const { writable } = stream({ failure: { at: 0, code: 'ENOSPC' }, highWaterMark: 1 });
    const sink = streamSink(writable);

    sink.write('text');

    const error = await failureOf(() => sink.close());
    expect(error.diagnostic).toEqual({
      code: 'output-failed',
      severity: 'error',
      message: 'cannot write to standard output: no space left on the device',
    });
    expect(error.exitCode).toBe(2);
    expect(sink.closed).toBe(true);
    expect(await failureOf(() => sink.flush())).toBe(error);
  });

  test('a stream closed by someone else does not keep flush waiting', async () => {
    const { writable } = stream({ delayMs: 1000 });
    const sink = streamSink(writable);

    sink.write('x'.repeat(200_000));
    setTimeout(() => writable.destroy(), 10);
    await sink.flush();

    expect(sink.closed).toBe(true);
  });

  test.skipIf(process.platform === 'win32')(
    'a real pipe whose reader ends closes the sink without an error',
    async () => {
      const reader = spawn('head', ['-c', '1'], { stdio: ['pipe', 'ignore', 'ignore'] });
      const sink = streamSink(reader.stdin);

      for (let i = 0; i < 1000 && !sink.closed; i++) {
        sink.write('y'.repeat(65_536));
        await sink.flush();
      }
      await sink.close();

      expect(sink.closed).toBe(true);
    },
  );
});

describe('fileSink', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'audit-cli-sink-'));
    path = join(folder, 'answer.csv');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const fill = async (sink: Sink, text = 'new'): Promise<void> => {
    sink.write(text);
    await sink.flush();
  };

  test('the file appears whole, when the sink is closed', async () => {
    const sink = fileSink(path, { force: false });

    await fill(sink, 'a');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^answer\.csv\.[0-9a-f]{12}\.partial$/)]);
    await fill(sink, 'b');
    await sink.close();

    expect(readdirSync(folder)).toEqual(['answer.csv']);
    expect(readFileSync(path, 'utf8')).toBe('ab');
    expect(sink.closed).toBe(true);
  });

  test('writes exactly the bytes it was given', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (all) => {
        const sink = fileSink(path, { force: true });
        for (const piece of all) sink.write(piece);
        await sink.close();

        expect(bytesOf(all).equals(readFileSync(path))).toBe(true);
      }),
      { seed: 32, numRuns: 20 },
    );
  });

  test('nothing is left of a sink that was given up', async () => {
    const sink = fileSink(path, { force: false });
    await fill(sink);

    sink.discard();
    sink.discard();
    sink.write('more');
    await sink.close();

    expect(readdirSync(folder)).toEqual([]);
  });

  test('giving up after closing keeps the file', async () => {
    const sink = fileSink(path, { force: false });
    await fill(sink);
    await sink.close();

    sink.discard();

    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('an existing file is refused and stays as it was', () => {
    writeFileSync(path, 'old');

    expect(diagnosticOf(() => fileSink(path, { force: false }))).toEqual({
      code: 'out-file-exists',
      severity: 'error',
      message: `--out-file "${path}": the file exists already`,
      hint: 'add --force to replace it, or give another name',
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['answer.csv']);
  });

  test('force replaces an existing file, not before the end, and keeps its permissions', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o600);
    const sink = fileSink(path, { force: true });

    await fill(sink);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await sink.close();

    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['answer.csv']);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a file that appeared meanwhile is not replaced', async () => {
    const sink = fileSink(path, { force: false });
    await fill(sink);
    writeFileSync(path, 'of someone else');

    const error = await failureOf(() => sink.close());

    expect(error.diagnostic.code).toBe('out-file-exists');
    expect(readFileSync(path, 'utf8')).toBe('of someone else');
    expect(readdirSync(folder)).toEqual(['answer.csv']);
  });

  test.skipIf(process.platform === 'win32')('through a symbolic link the file behind it is replaced', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'target.csv'), 'old');
    symlinkSync(join('real', 'target.csv'), path);

    const sink = fileSink(path, { force: true });
    await fill(sink);
    await sink.close();

    expect(readFileSync(join(folder, 'real', 'target.csv'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['answer.csv', 'real']);
    expect(readdirSync(join(folder, 'real'))).toEqual(['target.csv']);
  });

  test.skipIf(process.platform === 'win32')('a link that leads nowhere counts as taken', () => {
    symlinkSync('nowhere', path);

    expect(diagnosticOf(() => fileSink(path, { force: false })).code).toBe('out-file-exists');
  });

  test.skipIf(process.platform === 'win32')('a device is written to directly, without force', async () => {
    const sink = fileSink('/dev/null', { force: false });

    await fill(sink);
    await sink.close();

    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test.for([
    ['a directory', (at: string) => at, 'it is a directory'],
    ['a missing directory', (at: string) => join(at, 'missing', 'x.csv'), 'no such directory'],
    ['a file used as a directory', (at: string) => join(at, 'file', 'x.csv'), 'part of the path is not a directory'],
    ['a name that is too long', (at: string) => join(at, 'x'.repeat(300)), 'the name is too long'],
  ] as const)('%s cannot be written', ([, placeIn, reason]) => {
    writeFileSync(join(folder, 'file'), '');
    const place = placeIn(folder);

    expect(diagnosticOf(() => fileSink(place, { force: true }))).toEqual({
      code: 'out-file-unwritable',
      severity: 'error',
      message: `--out-file "${place}": cannot be written, ${reason}`,
      hint: 'give a file name in a directory you may write to, such as ./answer.csv',
    });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  // A full disk that every Linux has.
  test.runIf(existsSync('/dev/full'))('a failure while writing is told by flush and close', async () => {
    const sink = fileSink('/dev/full', { force: false });

    sink.write('x');

    const error = await failureOf(() => sink.flush());
    expect(error.message).toBe('--out-file "/dev/full": cannot be written, no space left on the device');
    expect(sink.closed).toBe(true);
    expect(await failureOf(() => sink.close())).toBe(error);
  });
});

async function failureOf(act: () => Promise<void>): Promise<AuditError> {
  const error = await act().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AuditError)) throw new Error('an AuditError was expected', { cause: error });
  return error;
}

function diagnosticOf(act: () => unknown): AuditError['diagnostic'] {
  try {
    act();
  } catch (error) {
    if (error instanceof AuditError) return error.diagnostic;
    throw error;
  }
  throw new Error('an AuditError was expected');
}
