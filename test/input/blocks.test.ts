import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/input/block.ts';
import { blocksOf } from '../../src/input/blocks.ts';
import { Chunks } from '../../src/input/chunks.ts';

const signal = new AbortController().signal;

async function* chunksOf(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function blocks(texts: readonly string[], longest?: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  const chunks = new Chunks(chunksOf(texts));
  for await (const block of blocksOf(chunks, signal, { longest })) {
    expect(Object.getPrototypeOf(block.bytes)).toBe(Uint8Array.prototype);
    seen.push({ ...block, bytes: Buffer.from(block.bytes).toString() });
  }
  const left: string[] = [];
  for (let chunk = await chunks.next(); chunk !== undefined; chunk = await chunks.next())
    left.push(Buffer.from(chunk).toString());
  return left.length === 0 ? seen : [...seen, left.join('')];
}

function block(bytes: string, firstLine: number, lineCount: number, more: Record<string, unknown> = {}) {
  return { bytes, firstLine, lineCount, endsTorn: false, endsBeforeLongLine: false, ...more };
}

describe('blocksOf', () => {
  it('gives the whole lines of each chunk as soon as they are there, the rest with the next', async () => {
    expect(await blocks(['a\nb\nc', 'c', 'c\nd', '\n'])).toEqual([
      block('a\nb\n', 1, 2),
      block('ccc\n', 3, 1),
      block('d\n', 4, 1),
    ]);
  });

  it('marks the torn tail', async () => {
    expect(await blocks(['a\nb'])).toEqual([block('a\n', 1, 1), block('b', 2, 1, { endsTorn: true })]);
  });

  it('gives nothing for nothing', async () => {
    expect(await blocks([])).toEqual([]);
    expect(await blocks(['', ''])).toEqual([]);
  });

  it('ends before a line that is too long, and puts it back', async () => {
    expect(await blocks(['a\nxxxxx\nb\n', 'yyyy'], 3)).toEqual([
      block('a\n', 1, 1),
      block('', 2, 0, { endsBeforeLongLine: true }),
      'xxxxx\nb\nyyyy',
    ]);
  });

  it('puts back what was in no block when it is left early', async () => {
    const chunks = new Chunks(chunksOf(['a\nb', 'c\nd\ne', 'f']));
    const left: string[] = [];

    for await (const { firstLine } of blocksOf(chunks, signal)) if (firstLine === 2) break;
    for (let chunk = await chunks.next(); chunk !== undefined; chunk = await chunks.next())
      left.push(Buffer.from(chunk).toString());

    expect(left).toEqual(['e', 'f']);
  });

  it('holds no more than a line and a step, however long a line goes on', async () => {
    const step = Buffer.alloc(1024 * 1024, 'x');
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 200; index++) yield step;
    }
    const before = process.memoryUsage().arrayBuffers;
    const seen: Block[] = [];

    for await (const given of blocksOf(new Chunks(endless()), signal, { longest: 4 * 1024 * 1024 })) seen.push(given);

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
    expect(seen.map(({ endsBeforeLongLine }) => endsBeforeLongLine)).toEqual([true]);
  });
});
