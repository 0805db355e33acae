import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decompressed } from '../../src/input/decompress.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { bytesAndTrouble, collect } from './helpers/collect.ts';
import { sampleText } from './helpers/samples.ts';
import { zstdSample } from './helpers/zstd-fixtures.ts';

const signal = new AbortController().signal;
const text = sampleText(40);

describe('decompressed', () => {
  it('gives the same records for plain, gzip and zstd, whatever the name says', async () => {
    const plain = await collect(readRecords, memorySource('dump.gz', text));

    expect(plain.records).toHaveLength(40);
    expect(await collect(readRecords, memorySource('dump.json', gzipSync(text)))).toEqual(plain);
    expect(await collect(readRecords, memorySource('dump.txt', zstdSample))).toEqual(plain);
  });

  it.each(['', 'a', '\x1f', '{', 'PK', '(', 'P*M'])('takes %j for plain text', async (content) => {
    expect(await bytesAndTrouble(decompressed(memorySource('m', content, 1), signal))).toMatchObject({
      bytes: Buffer.from(content),
      trouble: 'none',
    });
  });

  it.each([
    ['PK\x03\x04rest', 'this is a zip archive, not text: unpack or convert it first'],
    ['BZh91AY', 'this is bzip2 data, not text: unpack or convert it first'],
    ['\xfd7zXZ\0', 'this is xz data, not text: unpack or convert it first'],
    ["7z\xbc\xaf'\x1c", 'this is a 7-Zip archive, not text: unpack or convert it first'],
    ['\x04"M\x18', 'this is lz4 data, not text: unpack or convert it first'],
    ['Obj\x01', 'this is an Avro file, not text: unpack or convert it first'],
    ['PAR1', 'this is a Parquet file, not text: unpack or convert it first'],
  ])('names what it cannot read: %j', async (content, message) => {
    const source = memorySource('m', Buffer.from(content, 'latin1'), 1);

    expect(await bytesAndTrouble(decompressed(source, signal))).toEqual({
      bytes: Buffer.alloc(0),
      trouble: 'unreadable',
      message,
    });
  });

  it.each([
    ['gzip', gzipSync(text)],
    ['zstd', zstdSample],
  ])('aborted in the middle of %s, ends quietly and does not call it cut short', async (_, bytes) => {
    const abort = new AbortController();
    const source = memorySource('m', bytes, 50);
    const stopping = {
      ...source,
      async *chunks(given: AbortSignal) {
        for await (const chunk of source.chunks(given)) {
          yield chunk;
          abort.abort();
        }
      },
    };

    expect(await bytesAndTrouble(decompressed(stopping, abort.signal))).toMatchObject({ trouble: 'none' });
  });

  it.each([
    ['plain', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['zstd', zstdSample],
  ])('passes on a failure of the source after what could be decoded: %s', async (_, bytes) => {
    const source = memorySource('m', bytes.subarray(0, 400), 100);
    const failing = {
      ...source,
      async *chunks(given: AbortSignal) {
        yield* source.chunks(given);
        throw new Error('the disk is gone');
      },
    };

    await expect(bytesAndTrouble(decompressed(failing, signal))).rejects.toThrow('the disk is gone');
  });
});
