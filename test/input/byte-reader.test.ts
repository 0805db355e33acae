import { describe, expect, it } from 'vitest';
import { ByteReader } from '../../src/input/byte-reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { bytesOf, lending } from './helpers/collect.ts';

function readerOf(text: string, chunkBytes: number): ByteReader {
  return new ByteReader(lending(memorySource('m', text, chunkBytes)).chunks(new AbortController().signal));
}

describe('ByteReader', () => {
  it.each([1, 2, 3, 100])('reads by count whatever the chunks: of %i bytes', async (chunkBytes) => {
    const reader = readerOf('abcdefghij', chunkBytes);

    expect(Buffer.from(await reader.peek(3)).toString()).toBe('abc');
    expect(Buffer.from(await reader.peek(5)).toString()).toBe('abcde');
    expect(reader.position).toBe(0);
    expect(Buffer.from(await reader.next(4)).toString()).toBe('abcd');
    reader.take((await reader.peek(1)).length);
    expect(reader.position).toBe(5);
    expect((await bytesOf(reader.rest())).toString()).toBe('fghij');
    expect(reader.position).toBe(10);
    expect(await reader.peek(1)).toHaveLength(0);
  });

  it('says how many bytes are at hand', async () => {
    const reader = readerOf('abcdefghij', 4);
    const held = [reader.held];

    await reader.peek(3);
    held.push(reader.held);
    await reader.next(5);
    held.push(reader.held);

    expect(held).toEqual([0, 4, 3]);
  });

  it('gives fewer bytes only at the end', async () => {
    const reader = readerOf('abc', 2);

    expect(Buffer.from(await reader.peek(10)).toString()).toBe('abc');
  });

  it('holds a failure back until every byte before it was taken', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('ab');
      throw new Error('gone');
    }
    const reader = new ByteReader(failing());

    expect(Buffer.from(await reader.next(10)).toString()).toBe('ab');
    expect(() => reader.throwFailure()).toThrow('gone');
    await expect(bytesOf(new ByteReader(failing()).rest())).rejects.toThrow('gone');
  });

  it('closes what it reads from', async () => {
    let closed = false;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('ab');
        yield Buffer.from('cd');
      } finally {
        closed = true;
      }
    }
    const reader = new ByteReader(chunks());
    await reader.peek(1);

    await reader.close();

    expect(closed).toBe(true);
  });
});
