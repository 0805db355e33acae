import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SourceError } from '../../../src/input/block.ts';
import { memorySource } from '../../../src/input/sources/memory.ts';
import { spool } from '../../../src/input/sources/spool.ts';
import { sourceContract } from '../contracts/source.ts';
import { bytesAndTrouble, bytesOf, lending } from '../helpers/collect.ts';
import { makeFolder } from '../helpers/folder.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

const signal = new AbortController().signal;

function onceOnly(text: string | Uint8Array) {
  return { ...lending(memorySource('-', text)), rereadable: false };
}

sourceContract('a spooled source', async (bytes) => {
  const source = await spool(onceOnly(bytes), signal, folder.path);
  return { source, end: () => source.dispose() };
});

describe('spool', () => {
  it('keeps the name and makes the source rereadable', async () => {
    const spooled = await spool(onceOnly('abc'), signal, folder.path);

    expect(spooled).toMatchObject({ name: '-', byteLength: 3, rereadable: true });
    await spooled.dispose();
  });

  it('leaves nothing behind', async () => {
    const spooled = await spool(onceOnly('abc'), signal, folder.path);
    await bytesOf(spooled.chunks(signal));
    await spooled.dispose();

    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('gives what can be read again as it is', async () => {
    const spooled = await spool(memorySource('m', 'abc'), signal, join(folder.path, 'nowhere'));

    expect((await bytesOf(spooled.chunks(signal))).toString()).toBe('abc');
    await spooled.dispose();
  });

  it('ends each reading with the failure that the source ended with', async () => {
    const failing = {
      ...onceOnly(''),
      async *chunks() {
        yield Buffer.from('ab');
        throw new SourceError('unreadable', 'the device reports a read error');
      },
    };
    const spooled = await spool(failing, signal, folder.path);

    for (let turn = 0; turn < 2; turn++) {
      expect(await bytesAndTrouble(spooled.chunks(signal))).toEqual({
        bytes: Buffer.from('ab'),
        trouble: 'unreadable',
        message: 'the device reports a read error',
      });
    }
    await spooled.dispose();
  });

  it('says where no copy could be kept', async () => {
    const nowhere = join(folder.path, 'nowhere');

    await expect(spool(onceOnly('abc'), signal, nowhere)).rejects.toMatchObject({
      name: 'SpoolError',
      trouble: 'unreadable',
      message: `cannot keep a copy in ${nowhere}: no such file or directory`,
    });
  });
});
