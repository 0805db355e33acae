import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../src/input/sources/memory.ts';
import { sourceContract } from '../contracts/source.ts';

sourceContract('memorySource', async (bytes) => ({ source: memorySource('m', bytes) }));

describe('memorySource', () => {
  it.each([
    [3, ['abc', 'def', 'g']],
    [100, ['abcdefg']],
    [
      [1, 2],
      ['a', 'bc', 'defg'],
    ],
    [[7], ['abcdefg']],
  ])('splits its bytes as asked: %j', async (chunkBytes, expected) => {
    const chunks: string[] = [];

    for await (const chunk of memorySource('m', 'abcdefg', chunkBytes).chunks(new AbortController().signal)) {
      chunks.push(Buffer.from(chunk).toString());
    }

    expect(chunks).toEqual(expected);
  });

  it('gives no chunk for nothing', async () => {
    for await (const _ of memorySource('m', '').chunks(new AbortController().signal)) expect.unreachable();
  });
});
