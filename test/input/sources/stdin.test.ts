import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { type StandardInput, stdinSource } from '../../../src/input/sources/stdin.ts';
import { sourceContract } from '../contracts/source.ts';
import { bytesAndTrouble, bytesOf } from '../helpers/collect.ts';
import { makeFolder } from '../helpers/folder.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

const signal = new AbortController().signal;
const notOpen = 1_000_000;

/** Standard input as a file: its stream must not be touched. */
function fromFile(fd: number): StandardInput {
  return {
    fd,
    get stream(): Readable {
      throw new Error('the stream was touched');
    },
  };
}

sourceContract('stdinSource of a pipe', async (bytes) => {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 65_536) chunks.push(bytes.subarray(at, at + 65_536));
  return { source: await stdinSource({ fd: notOpen, stream: Readable.from(chunks, { objectMode: false }) }) };
});

let made = 0;
sourceContract('stdinSource of a file', async (bytes) => {
  const path = join(folder.path, `file${made++}`);
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  return { source: await stdinSource(fromFile(fd)), end: async () => closeSync(fd) };
});

describe('stdinSource', () => {
  it('is named -', async () => {
    expect(await stdinSource({ fd: notOpen, stream: Readable.from([]) })).toMatchObject({
      name: '-',
      rereadable: false,
    });
  });

  it('says that a directory is one, where a stream would just end', async () => {
    const fd = openSync(folder.path, 'r');

    const result = await bytesAndTrouble((await stdinSource(fromFile(fd))).chunks(signal));
    closeSync(fd);

    expect(result).toMatchObject({ trouble: 'unreadable', message: 'is a directory' });
  });

  it('reports a stream that fails', async () => {
    const stream = new Readable({
      read() {
        this.destroy(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }));
      },
    });

    const result = await bytesAndTrouble((await stdinSource({ fd: notOpen, stream })).chunks(signal));

    expect(result).toMatchObject({ trouble: 'unreadable', message: 'the device reports a read error' });
  });

  it('lets go of a pipe that gives nothing when aborted, and closes it', async () => {
    const abort = new AbortController();
    const stream = new Readable({ read: () => undefined });
    const reading = bytesOf((await stdinSource({ fd: notOpen, stream })).chunks(abort.signal));

    abort.abort();

    expect(await reading).toHaveLength(0);
    expect(stream.destroyed).toBe(true);
  });

  it('closes the pipe when no more is wanted, so that the writer stops', async () => {
    const stream = Readable.from([Buffer.from('a'), Buffer.from('b')]);

    for await (const _ of (await stdinSource({ fd: notOpen, stream })).chunks(signal)) break;

    expect(stream.destroyed).toBe(true);
  });
});
