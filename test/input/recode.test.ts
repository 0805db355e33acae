import { describe, expect, it } from 'vitest';
import { readRecords } from '../../src/input/reader.ts';
import { asUtf8 } from '../../src/input/recode.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { bytesOf, collect, lending } from './helpers/collect.ts';
import { recordText } from './helpers/samples.ts';

const text = `${recordText('Zoë 🦊')}\r\n${recordText('b')}\r\n`;

function utf16(content: string, order: 'LE' | 'BE'): Buffer {
  const bytes = Buffer.from(`\ufeff${content}`, 'utf16le');
  return order === 'LE' ? bytes : Buffer.from(bytes).swap16();
}

async function recoded(bytes: Uint8Array, chunkBytes = 1024): Promise<string> {
  return (
    await bytesOf(asUtf8(lending(memorySource('m', bytes, chunkBytes)).chunks(new AbortController().signal)))
  ).toString();
}

describe('asUtf8', () => {
  it.each(['LE', 'BE'] as const)('recodes UTF-16%s however it is split', async (order) => {
    for (const chunkBytes of [1, 2, 3, 7, 1024]) expect(await recoded(utf16(text, order), chunkBytes)).toBe(text);
  });

  it.each(['', 'a', text, `\ufeff${text}`])('passes UTF-8 unchanged: %j', async (content) => {
    for (const chunkBytes of [1, 1024]) expect(await recoded(Buffer.from(content), chunkBytes)).toBe(content);
  });

  it('drops half a code unit at the end', async () => {
    expect(await recoded(utf16('ab', 'LE').subarray(0, -1))).toBe('a');
  });

  it('reads a byte order mark alone as nothing', async () => {
    expect(await recoded(utf16('', 'LE'))).toBe('');
  });

  it('reads a lone surrogate as U+FFFD', async () => {
    expect(await recoded(Buffer.from([0xff, 0xfe, 0x3e, 0xd8, 0x61, 0x00]))).toBe('\ufffda');
  });

  it('gives records with the line numbers of the text', async () => {
    const { lines, records } = await collect(readRecords, memorySource('m', utf16(text, 'LE'), 5));

    expect(lines).toBe(2);
    expect(records.map(([line]) => line)).toEqual([1, 2]);
  });
});
