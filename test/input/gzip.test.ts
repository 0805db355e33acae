import { constants, crc32, createGzip, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/input/block.ts';
import { decompressed } from '../../src/input/decompress.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { bytesAndTrouble, collect, lending } from './helpers/collect.ts';
import { sampleText } from './helpers/samples.ts';

const signal = new AbortController().signal;
const text = sampleText(40);
const gz = gzipSync(text);
const garbage = Buffer.from('garbage');

async function unpacked(parts: readonly (Uint8Array | string)[], chunkBytes = 1024 * 1024) {
  const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const { bytes: out, trouble } = await bytesAndTrouble(
    decompressed(lending(memorySource('m', bytes, chunkBytes)), signal),
  );
  return { text: out.toString('latin1'), trouble };
}

/** Several steps of 64 KiB once compressed. */
const large = sampleText(10_000);
const deflated = deflateRawSync(large, { finishFlush: constants.Z_FULL_FLUSH });
/** A flush ends on a byte, after which 0x07 begins a block of a type that does not exist. */
const damageAt = 10 + deflated.length;
const damaged = Buffer.concat([gzipSync('').subarray(0, 10), deflated, Buffer.alloc(100, 7)]);

/** As a pipe is: what was read is gone. */
function readOnce(source: Source): Source {
  return { name: source.name, rereadable: false, chunks: source.chunks };
}

/** Text, trouble and message: comparing whole texts is quick, whole buffers is not. */
async function told(source: Source) {
  const { bytes, trouble, message } = await bytesAndTrouble(decompressed(lending(source), signal));
  return { text: bytes.toString('latin1'), trouble, message };
}

/** `large` as a member with an extra field of so many bytes in its header. */
function paddedMember(extraBytes: number): Buffer {
  const whole = gzipSync(large);
  const header = Buffer.alloc(12 + extraBytes);
  whole.copy(header, 0, 0, 10);
  header.writeUInt8(4, 3);
  header.writeUInt16LE(extraBytes, 10);
  return Buffer.concat([header, whole.subarray(10)]);
}

/** A member with the optional header fields that `flags` says. */
function member(flags: number, fields: string): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32('x\n'), 0);
  trailer.writeUInt32LE(2, 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
    Buffer.from(fields, 'latin1'),
    deflateRawSync('x\n'),
    trailer,
  ]);
}

describe('gzip', () => {
  it.each([1, 2, 3, 1000, 1024 * 1024])('is read the same in chunks of %i bytes', async (chunkBytes) => {
    expect(await unpacked([gz], chunkBytes)).toEqual({ text, trouble: 'none' });
    expect(await unpacked([gz, gzipSync(''), gz], chunkBytes)).toEqual({ text: text + text, trouble: 'none' });
  });

  it('reads many small members (cat a.gz b.gz …)', async () => {
    const members = Array.from({ length: 300 }, (_, index) => gzipSync(`${index}\n`));

    expect(await unpacked(members, 777)).toEqual({
      text: Array.from({ length: 300 }, (_, index) => `${index}\n`).join(''),
      trouble: 'none',
    });
  });

  it.each([
    ['none', 0, ''],
    ['a name', 8, 'dump.json\0'],
    ['an extra field', 4, '\x03\x00abc'],
    ['a comment', 16, 'hello\0'],
    ['a header checksum', 2, 'xx'],
    ['text flag and all fields', 31, `\x02\x00ab${'n'.repeat(1000)}\0comment\0xx`],
  ])('passes over optional header fields: %s', async (_, flags, fields) => {
    const bytes = member(flags, fields);

    expect(await unpacked([bytes, bytes], 5)).toEqual({ text: 'x\nx\n', trouble: 'none' });
    for (let end = 2; end < bytes.length; end++) {
      expect((await unpacked([bytes.subarray(0, end)])).trouble).toBe('compressed-cut-short');
    }
  });

  it.each([
    ['zeros after a member', [gz, Buffer.alloc(20_000)], text, 'none'],
    ['zeros between members', [gz, Buffer.alloc(600), gz], text + text, 'none'],
    ['garbage after a member', [gz, garbage], text, 'compressed-damaged'],
    ['a member whose second byte is damaged', [gz, '\x1f\x8c', gz.subarray(2)], text, 'compressed-damaged'],
    ['garbage after zeros', [gz, Buffer.alloc(10), garbage], text, 'compressed-damaged'],
    ['garbage that begins like gzip', [gz, '\x1f\x8bxxxxxxxxxxxx'], text, 'compressed-damaged'],
    ['one more byte, which may begin another member', [gz, '\x1f'], text, 'compressed-cut-short'],
    ['an unknown method', ['\x1f\x8b\x07\0\0\0\0\0\0\0'], '', 'compressed-damaged'],
    ['reserved flags', ['\x1f\x8b\x08\x20\0\0\0\0\0\0'], '', 'compressed-damaged'],
    ['a wrong checksum', [gz.subarray(0, -8), '\0\0\0\0', gz.subarray(-4)], text, 'compressed-damaged'],
    ['a wrong length', [gz.subarray(0, -4), '\0\0\0\0', gz], text, 'compressed-damaged'],
  ])('delivers all it can, then says so: %s', async (_, parts, expected, trouble) => {
    for (const chunkBytes of [1, 1024 * 1024])
      expect(await unpacked(parts, chunkBytes)).toEqual({ text: expected, trouble });
  });

  it('cut short at any byte, delivers a growing beginning and says so', async () => {
    let longest = 0;
    for (let end = 2; end < gz.length; end++) {
      const { text: out, trouble } = await unpacked([gz.subarray(0, end)]);

      expect(trouble).toBe('compressed-cut-short');
      expect(text.startsWith(out)).toBe(true);
      expect(out.length).toBeGreaterThanOrEqual(longest);
      longest = out.length;
    }
    expect(longest).toBe(text.length);
  });

  it('of damaged data delivers all that comes before the damage when it can be read again', async () => {
    expect(await unpacked([damaged], 1000)).toEqual({ text: large, trouble: 'compressed-damaged' });
    expect(await unpacked([damaged])).toEqual({ text: large, trouble: 'compressed-damaged' });
  });

  it.each([1000, 1024 * 1024])(
    'of damaged data that cannot be read again loses only the 8 KiB with the damage: in chunks of %i bytes',
    async (chunkBytes) => {
      const whole = damaged.subarray(0, damageAt - (damageAt % 8192));
      const { bytes, trouble } = await bytesAndTrouble(
        decompressed(readOnce(lending(memorySource('m', damaged, chunkBytes))), signal),
      );

      expect(trouble).toBe('compressed-damaged');
      expect(bytes.toString()).toBe(gunzipSync(whole, { finishFlush: constants.Z_SYNC_FLUSH }).toString());
    },
  );

  it('with one byte changed anywhere, delivers the same however it was split, and never less than when read once', async () => {
    for (let at = 40; at < damaged.length; at += 69_973) {
      const changed = Buffer.from(damaged);
      changed.writeUInt8((changed[at] ?? 0) ^ 0x55, at);

      const again = await told(memorySource('m', changed));
      const once = await told(readOnce(memorySource('m', changed, 5000)));

      expect(again).toMatchObject({ trouble: 'compressed-damaged', message: once.message });
      expect(await told(memorySource('m', changed, 70_000))).toEqual(again);
      expect(again.text.startsWith(once.text)).toBe(true);
    }
  });

  it('reads members that end anywhere about the end of a step', async () => {
    const step = 64 * 1024;
    const dataEnd = paddedMember(0).length - 8;
    for (let past = -10; past <= 2; past++) {
      const padded = paddedMember((step - (dataEnd % step) + past) % step);
      const { bytes, trouble } = await bytesAndTrouble(
        decompressed(lending(memorySource('m', Buffer.concat([padded, gzipSync('next\n')]))), signal),
      );

      expect(trouble).toBe('none');
      expect(bytes.toString() === `${large}next\n`).toBe(true);
    }
  });

  it('hands out what can be had before it waits for more', async () => {
    const sent = gzipSync(large).subarray(0, 3 * 8192);
    const stalling: Source = {
      name: 'm',
      rereadable: false,
      async *chunks() {
        yield sent;
        await new Promise(() => undefined);
      },
    };
    const expected = gunzipSync(sent, { finishFlush: constants.Z_SYNC_FLUSH });
    let length = 0;

    for await (const out of decompressed(stalling, signal)) {
      length += out.length;
      if (length >= expected.length) break;
    }

    expect(length).toBe(expected.length);
  });

  it('reads records of a cut file up to the cut, then reports it', async () => {
    const collected = await collect(readRecords, memorySource('m', gz.subarray(0, gz.length - 100)));

    expect(collected.trouble).toBe('compressed-cut-short');
    expect(collected.records.length).toBeGreaterThan(5);
    expect(collected.records.length + collected.malformed.length).toBe(collected.lines);
    expect(collected.malformed.map(({ reason }) => reason)).toEqual(['torn']);
  });

  it.each([
    [64, 'newlines', '\n', { lines: 64 * 1024 * 1024, malformed: 0 }],
    [200, 'spaces', ' ', { lines: 1, malformed: 1 }],
  ])('stays small and quick on a bomb of %i MiB of %s', async (mebibytes, _, filler, expected) => {
    const bomb = await compressedRun(filler, mebibytes);
    const before = process.memoryUsage().rss;
    let most = 0;
    const counted = { lines: 0, malformed: 0 };

    for await (const { lines, malformed } of readRecords(memorySource('m', bomb), signal)) {
      counted.lines += lines;
      counted.malformed += malformed.length;
      most = Math.max(most, process.memoryUsage().rss);
    }

    expect(counted).toEqual(expected);
    expect(most - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('unpacks no further than it is asked to', async () => {
    const bomb = await compressedRun(' ', 64);
    let stored = 0;
    const onStored = (bytes: number): void => {
      stored += bytes;
    };

    for await (const _ of decompressed(memorySource('m', bomb, 1000), signal, { onStored })) break;

    expect(stored).toBeLessThan(bomb.length / 4);
  });
});

async function compressedRun(filler: string, mebibytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 1 });
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const piece = Buffer.alloc(1024 * 1024, filler);
  for (let index = 0; index < mebibytes; index++) {
    if (!gzip.write(piece)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  await new Promise<void>((resolve) => gzip.once('end', resolve).end());
  return Buffer.concat(parts);
}
