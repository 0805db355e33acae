import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/input/block.ts';
import { decompressed, nativeZstd } from '../../src/input/decompress.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import type { ZstdEngine } from '../../src/input/zstd.ts';
import { scriptEngine } from '../../src/input/zstd-fallback.ts';
import { bytesAndTrouble, lending } from './helpers/collect.ts';
import { sampleText } from './helpers/samples.ts';
import { zstdSample, zstdSeveralBlocks, zstdWithoutChecksum } from './helpers/zstd-fixtures.ts';

const signal = new AbortController().signal;
const text = sampleText(40);
const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

/** The runtime's own decoder only where there is one; the one in JavaScript always. */
const engines: readonly (readonly [string, ZstdEngine | undefined])[] = [
  ['fzstd', scriptEngine(Decompress)],
  ...(nativeZstd() === undefined ? [] : [['node:zlib', undefined] as const]),
];

const blockTypes = { raw: 0, run: 1, reserved: 3 } as const;

function block(type: keyof typeof blockTypes, size: number, content: Uint8Array, last: boolean): Buffer {
  const word = (size << 3) | (blockTypes[type] << 1) | Number(last);
  return Buffer.concat([Buffer.from([word & 255, (word >> 8) & 255, word >> 16]), content]);
}

/** A frame with a window of 1 MiB, no checksum and no content size. */
function frame(...blocks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3]), ...blocks]);
}

describe.each(engines)('zstd by %s', (_, zstd) => {
  async function unpacked(parts: readonly Uint8Array[], chunkBytes = 1024 * 1024) {
    const source = lending(memorySource('m', Buffer.concat(parts), chunkBytes));
    const { bytes, trouble } = await bytesAndTrouble(decompressed(source, signal, { zstd }));
    return { text: bytes.toString('latin1'), trouble };
  }

  it.each([
    ['a frame', [zstdSample], text],
    ['a frame without checksum', [zstdWithoutChecksum], text],
    ['a frame of several blocks', [zstdSeveralBlocks], text.repeat(40)],
    ['several frames', [zstdSample, zstdWithoutChecksum, zstdSample], text.repeat(3)],
    ['skippable frames', [skippable, zstdSample, skippable, zstdSample, skippable], text.repeat(2)],
    ['nothing but a skippable frame', [skippable], ''],
    [
      'raw and run blocks',
      [frame(block('raw', 3, Buffer.from('abc'), false), block('run', 5, Buffer.from('d'), true))],
      'abcddddd',
    ],
    ['an empty frame', [frame(block('raw', 0, Buffer.alloc(0), true)), zstdSample], text],
  ])('reads %s, however split', async (_name, parts, expected) => {
    for (const chunkBytes of [1, 7, 1024 * 1024]) {
      expect(await unpacked(parts, chunkBytes)).toEqual({ text: expected, trouble: 'none' });
    }
  });

  it.each([
    ['a sample', zstdSample, text],
    ['several blocks', zstdSeveralBlocks, text.repeat(40)],
    ['two frames', Buffer.concat([zstdSample, zstdSample]), text.repeat(2)],
  ])('cut short at any byte, delivers a growing beginning and says so: %s', async (_name, bytes, whole) => {
    let longest = 0;
    for (let end = 4; end < bytes.length; end++) {
      const { text: out, trouble } = await unpacked([bytes.subarray(0, end)]);

      if (end !== zstdSample.length) expect(trouble).toBe('compressed-cut-short');
      expect(whole.startsWith(out)).toBe(true);
      expect(out.length).toBeGreaterThanOrEqual(longest);
      longest = out.length;
    }
    expect(longest).toBe(whole.length);
  });

  it.each([
    ['garbage after a frame', [zstdSample, Buffer.from('garbage')], text, 'compressed-damaged'],
    ['gzip after a frame', [zstdSample, zlib.gzipSync('x')], text, 'compressed-damaged'],
    [
      'a reserved block',
      [frame(block('raw', 1, Buffer.from('a'), false), block('reserved', 0, Buffer.alloc(0), true))],
      'a',
      'compressed-damaged',
    ],
    [
      'a block that is too large',
      [frame(block('raw', 1, Buffer.from('a'), false), block('run', 200_000, Buffer.from('x'), true))],
      'a',
      'compressed-damaged',
    ],
    ['a reserved header bit', [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 8, 0, 0, 0, 0, 0])], '', 'compressed-damaged'],
    ['a dictionary', [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 0, 1, 0, 0])], '', 'unreadable'],
    ['a window of gigabytes', [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xff, 1, 0, 0])], '', 'unreadable'],
    [
      'a content of gigabytes in one segment',
      [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0xf0, 1, 0, 0])],
      '',
      'unreadable',
    ],
  ])('delivers all it can, then says so: %s', async (_name, parts, expected, trouble) => {
    for (const chunkBytes of [1, 1024 * 1024])
      expect(await unpacked(parts, chunkBytes)).toEqual({ text: expected, trouble });
  });

  it('hands out what came before trouble that was met while reading ahead, and says where the trouble is', async () => {
    const letters = ['a', 'b', 'c', 'd', 'e'].map((letter) => block('run', 100_000, Buffer.from(letter), false));
    const filler = Buffer.alloc(300_000, 0xff);
    const broken = Buffer.concat([Buffer.from('0d0000', 'hex'), filler]);
    const reserved = block('reserved', 0, filler, true);

    for (const [trouble, where] of [
      [reserved, 27],
      [broken, 31],
    ] as const) {
      const source = lending(memorySource('m', Buffer.concat([frame(...letters), trouble])));
      const { bytes, message } = await bytesAndTrouble(decompressed(source, signal, { zstd }));

      expect(bytes.toString()).toBe(['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(100_000)).join(''));
      expect(message).toBe(`the zstd data is damaged before byte ${where}; what came before was read`);
    }
  });

  it('hands out what can be had before it waits for more', async () => {
    const stalling: Source = {
      name: 'm',
      rereadable: false,
      async *chunks() {
        yield frame(block('run', 100_000, Buffer.from('a'), false), block('run', 100_000, Buffer.from('b'), false));
        await new Promise(() => undefined);
      },
    };
    let length = 0;

    for await (const out of decompressed(stalling, signal, { zstd })) {
      length += out.length;
      if (length >= 200_000) break;
    }

    expect(length).toBe(200_000);
  });

  it('notices a flipped bit anywhere after the header', async () => {
    for (let at = 12; at < zstdSample.length; at += 7) {
      const damaged = Buffer.from(zstdSample);
      damaged.writeUInt8((damaged[at] ?? 0) ^ 4, at);

      expect((await unpacked([damaged])).trouble).not.toBe('none');
    }
  });

  it('stays small on a bomb', async () => {
    const blocks = Array.from({ length: 1600 }, (_unused, index) =>
      block('run', 128 * 1024, Buffer.from('\n'), index === 1599),
    );
    const bomb = frame(...blocks);
    const before = process.memoryUsage().rss;
    let length = 0;
    let most = 0;

    for await (const out of decompressed(memorySource('m', bomb), signal, { zstd })) {
      length += out.length;
      most = Math.max(most, process.memoryUsage().rss);
    }

    expect(length).toBe(200 * 1024 * 1024);
    expect(most - before).toBeLessThan(150 * 1024 * 1024);
  });
});

/** Node 20 has no compressor; the suite runs on a newer one as well, where this adds its own content. */
const compress: unknown = Reflect.get(zlib, 'zstdCompressSync');
const compressed = (content: string): Uint8Array[] =>
  typeof compress === 'function' ? [compress(Buffer.from(content))] : [];

describe('zstd engines', () => {
  it('agree on a sample and on whatever the runtime itself compresses', async () => {
    for (const content of ['', 'a', text, text.repeat(60), '\0'.repeat(1_000_000)]) {
      for (const bytes of [...(content === text ? [zstdSample] : []), ...compressed(content)]) {
        for (const [, zstd] of engines) {
          const { bytes: out } = await bytesAndTrouble(decompressed(memorySource('m', bytes), signal, { zstd }));
          expect(out.toString()).toBe(content);
        }
      }
    }
  });
});
