import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/input/block.ts';
import { blocksOf } from '../../src/input/blocks.ts';
import { eachLine, inParts } from '../../src/input/lines.ts';

const signal = new AbortController().signal;

async function* chunksOf(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function blocks(texts: readonly string[], longest?: number): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const block of blocksOf(chunksOf(texts), signal, longest)) {
    expect(Object.getPrototypeOf(block.bytes)).toBe(Uint8Array.prototype);
    const overlong = block.overlong.map((line) => ({ ...line, head: Buffer.from(line.head).toString() }));
    seen.push({ ...block, bytes: Buffer.from(block.bytes).toString(), overlong });
  }
  return seen;
}

function block(bytes: string, firstLine: number, lineCount: number, more: Record<string, unknown> = {}) {
  return { bytes, firstLine, lineCount, endsTorn: false, overlong: [], ...more };
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

  it('counts over-long lines where they stand', async () => {
    const overlong = (line: number, byteLength: number, head: string, torn = false) => ({
      line,
      byteLength,
      head,
      torn,
    });

    expect(await blocks(['a\nxxxxx\nb\n', 'yyyy', 'yyyy', '\nzzzz'], 3)).toEqual([
      block('a\n', 1, 1),
      block('', 3, 0, { overlong: [overlong(2, 5, 'xxx')] }),
      block('b\n', 3, 1),
      block('', 5, 0, { overlong: [overlong(4, 8, 'yyy')] }),
      block('', 6, 0, { overlong: [overlong(5, 4, 'zzz', true)] }),
    ]);
  });

  it('holds no more than a line and a step, however long a line goes on', async () => {
    const step = Buffer.alloc(1024 * 1024, 'x');
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 200; index++) yield step;
    }
    const before = process.memoryUsage().arrayBuffers;
    const seen: Block[] = [];

    for await (const given of blocksOf(endless(), signal, 4 * 1024 * 1024)) seen.push(given);

    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024);
    expect(seen.map(({ overlong }) => overlong[0]?.byteLength)).toEqual([200 * 1024 * 1024]);
  });
});

describe('inParts', () => {
  it('cuts a block after so many lines and loses none', () => {
    const whole: Block = {
      bytes: new Uint8Array(Buffer.from('a\n\n\nbb\nc\n\nd')),
      firstLine: 10,
      lineCount: 7,
      endsTorn: true,
      overlong: [{ line: 9, byteLength: 99, head: new Uint8Array(0), torn: false }],
    };

    const parts = [...inParts(whole, 3)].map((part) => {
      const lines: string[] = [];
      eachLine(part, (start, end, line, torn) => {
        lines.push(`${line}:${Buffer.from(part.bytes.subarray(start, end)).toString()}${torn ? ' torn' : ''}`);
      });
      return { lines, endsTorn: part.endsTorn, overlong: part.overlong.length };
    });

    expect(parts).toEqual([
      { lines: ['10:a', '11:', '12:'], endsTorn: false, overlong: 1 },
      { lines: ['13:bb', '14:c', '15:'], endsTorn: false, overlong: 0 },
      { lines: ['16:d torn'], endsTorn: true, overlong: 0 },
    ]);
  });

  it('gives a block of few lines as it is', () => {
    const whole: Block = { bytes: new Uint8Array([10]), firstLine: 1, lineCount: 1, endsTorn: false, overlong: [] };

    expect([...inParts(whole, 1)]).toEqual([whole]);
  });
});
