import { execFileSync } from 'node:child_process';
import { appendFileSync, createWriteStream, truncateSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileSource } from '../../../src/input/sources/file.ts';
import { sourceContract } from '../contracts/source.ts';
import { bytesAndTrouble, bytesOf } from '../helpers/collect.ts';
import { makeFolder } from '../helpers/folder.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

let made = 0;
function newPath(): string {
  return join(folder.path, `file${made++}`);
}

function written(bytes: Uint8Array | string): string {
  const path = newPath();
  writeFileSync(path, bytes);
  return path;
}

function newPipe(): string {
  const path = newPath();
  execFileSync('mkfifo', [path]);
  return path;
}

const signal = new AbortController().signal;

sourceContract('fileSource', async (bytes) => ({ source: fileSource(written(bytes), { byteLength: bytes.length }) }));

describe.skipIf(process.platform === 'win32')('fileSource of a named pipe', () => {
  sourceContract('fileSource of a named pipe', async (bytes) => {
    const path = newPipe();
    const writer = createWriteStream(path);
    // The reader may leave early.
    writer.on('error', () => writer.destroy());
    writer.end(bytes);
    return {
      source: fileSource(path, { rereadable: false }),
      end: async () => {
        writer.destroy();
        // Whoever still waits to open the pipe for writing is let go.
        await bytesOf(fileSource(path).chunks(AbortSignal.timeout(50)));
      },
    };
  });

  it('waits for a writer that comes later', async () => {
    const path = newPipe();
    const reading = bytesOf(fileSource(path).chunks(signal));
    await new Promise((resolve) => setTimeout(resolve, 100));

    createWriteStream(path).end('late');

    expect((await reading).toString()).toBe('late');
  });

  it('that nobody writes to keeps no thread busy, and lets go at once when aborted', async () => {
    const abort = new AbortController();
    // More than the thread pool has threads: had each a thread, nothing else could be read any more.
    const readings = Array.from({ length: 8 }, () => bytesOf(fileSource(newPipe()).chunks(abort.signal)));

    await stat(folder.path);
    abort.abort();

    expect((await Promise.all(readings)).map((bytes) => bytes.length)).toEqual(Array(8).fill(0));
  });
});

describe('fileSource', () => {
  it('is named as the user named it and opens nothing until it is read', () => {
    expect(fileSource('no/such/file')).toMatchObject({ name: 'no/such/file', rereadable: true });
  });

  it.each([
    ['a file that is missing', () => newPath(), 'missing', 'no such file or directory'],
    ['a file below a file', () => join(written(''), 'x'), 'missing', 'no such file or directory'],
    ['a directory', () => folder.path, 'unreadable', 'is a directory'],
    ['a name that is too long', () => join(folder.path, 'x'.repeat(5000)), 'unreadable', 'the name is too long'],
  ])('says in plain words what is wrong with %s', async (_, path, trouble, message) => {
    expect(await bytesAndTrouble(fileSource(path()).chunks(signal))).toEqual({
      bytes: Buffer.alloc(0),
      trouble,
      message,
    });
  });

  it('reads on to where the end is met when the file grows meanwhile', async () => {
    const path = written('a'.repeat(10));
    let length = 0;

    for await (const chunk of fileSource(path, { byteLength: 10 }).chunks(signal)) {
      if (length === 0) appendFileSync(path, 'b'.repeat(5));
      length += chunk.length;
    }

    expect(length).toBe(15);
  });

  it('ends cleanly when the file is cut meanwhile', async () => {
    const path = written(Buffer.alloc(3 * 1024 * 1024));
    let length = 0;

    for await (const chunk of fileSource(path).chunks(signal)) {
      if (length === 0) truncateSync(path, 100);
      length += chunk.length;
    }

    expect(length).toBe(1024 * 1024);
  });

  it.skipIf(process.platform === 'win32')('reads a device', async () => {
    expect(await bytesOf(fileSource('/dev/null').chunks(signal))).toHaveLength(0);
  });
});
