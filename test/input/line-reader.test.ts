import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/input/batch.ts';
import { maxLineBytes, type Source } from '../../src/input/block.ts';
import { Chunks } from '../../src/input/chunks.ts';
import { dumpForms } from '../../src/input/dump-forms.ts';
import { readRecords, readText } from '../../src/input/reader.ts';
import { recordText } from './helpers/samples.ts';

const a = recordText('a', { data: { filler: 'x'.repeat(400) } });
const { signal } = new AbortController();
const mebibyte = 1024 * 1024;

interface Counted {
  lines: number;
  records: number;
  malformed: number;
  noise: number;
  bytes: number;
  lastLine: number;
}

async function counted(batches: AsyncIterable<Batch>): Promise<Counted> {
  const all: Counted = { lines: 0, records: 0, malformed: 0, noise: 0, bytes: 0, lastLine: 0 };
  for await (const { lines, records, malformed, noise, bytes } of batches) {
    all.lines += lines;
    all.records += records.length;
    all.malformed += malformed.length;
    for (const times of noise.values()) all.noise += times;
    all.bytes += bytes;
    all.lastLine = records.at(-1)?.at.line ?? all.lastLine;
  }
  return all;
}

/** The piece over and over, behind a start and before an end. */
function sourceOf(start: string, piece: string, times: number, end: string): Source {
  // Chunks of some size: what is between them costs too.
  const inOne = Math.max(1, Math.floor((64 * 1024) / piece.length));
  return {
    name: 'm',
    rereadable: true,
    async *chunks() {
      yield Buffer.from(start);
      const many = Buffer.from(piece.repeat(inOne));
      for (let left = times; left > 0; left -= inOne) yield left >= inOne ? many : Buffer.from(piece.repeat(left));
      yield Buffer.from(end);
    },
  };
}

function held(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

describe('a line longer than memory', () => {
  it.each([
    ['an array of records', '[', `${a},`, `${a}]\n${a}\n`, 2],
    ['records without anything between', '', a, `\n${a}\n`, 1],
  ])(
    'gives the values of %s one by one',
    async (_, start, piece, end, more) => {
      const times = 64 * 1024;
      const before = held();
      let most = 0;
      const batches = (async function* () {
        for await (const batch of readRecords(sourceOf(start, piece, times, end), signal)) {
          most = Math.max(most, held() - before);
          yield batch;
        }
      })();

      const { lines, records, malformed, lastLine } = await counted(batches);

      expect({ lines, records, malformed, lastLine }).toEqual({
        lines: 2,
        records: times + more,
        malformed: 0,
        lastLine: 2,
      });
      expect(most).toBeLessThan(200 * mebibyte);
    },
    60_000,
  );

  it.each([
    ['garbage', 'x'],
    ['a text', '{"a":"b'],
    ['braces', '{'],
    ['an object', '{"a":1,'],
    ['arrays', '{"a":['],
  ])(
    'is malformed when it is %s, and soon told',
    async (_, piece) => {
      const times = Math.ceil((18 * mebibyte) / piece.length);
      const started = performance.now();

      const { lines, records, malformed } = await counted(readRecords(sourceOf('', piece, times, `\n${a}\n`), signal));

      expect({ lines, records, malformed }).toEqual({ lines: 2, records: 1, malformed: 1 });
      expect(performance.now() - started).toBeLessThan(30_000);
    },
    60_000,
  );
});

describe('a value spread over lines that is longer than memory', () => {
  const pretty = JSON.stringify(JSON.parse(a), undefined, 2);
  const prettyLines = pretty.split('\n').length;
  const times = 48 * 1024;

  it('gives the elements of an array where a form has one', async () => {
    const source = sourceOf(
      '{\n"took": 5,\n"hits": {\n"hits": [\n',
      `${pretty},\n`,
      times,
      `${pretty}\n]\n}\n}\n${a}\n`,
    );
    const forms = { ...dumpForms('m'), arrays: [['hits', 'hits']] };
    const place = { file: 'm', forms, longest: maxLineBytes, firstLine: 1, takeStored: () => 0 };

    const { lines, records, malformed, noise } = await counted(
      readText(new Chunks(source.chunks(signal)), signal, place),
    );

    expect({ lines, records, malformed, noise }).toEqual({
      lines: (times + 1) * prettyLines + 8,
      records: times + 2,
      malformed: 0,
      noise: 7,
    });
  }, 60_000);

  it('gives records wherever they are, and calls all other lines too long', async () => {
    const source = sourceOf('{\n"who": [\n{\n"knows": [\n', `${pretty},\n`, times, `${pretty}\n]\n}\n]\n}\n${a}\n`);

    const { lines, records, malformed, lastLine } = await counted(readRecords(source, signal));

    const all = (times + 1) * prettyLines + 9;
    expect({ lines, records, malformed, lastLine }).toEqual({
      lines: all,
      records: times + 2,
      malformed: 8,
      lastLine: all,
    });
  }, 60_000);

  it.each([
    ['objects that never end', '{\n'],
    ['objects in objects', '{\n"a":\n'],
    ['members', '{\n"a": 1,\n"b": 2\n'],
    ['arrays that never end', '[\n'],
    ['empty lines in an object', '\n'],
  ])(
    'takes little time for %s',
    async (_, piece) => {
      const lines = piece.split('\n').length - 1;
      const many = Math.ceil((2 * mebibyte) / piece.length);
      const started = performance.now();

      const all = await counted(readRecords(sourceOf('{\n', piece, many, `\n${a}\n`), signal));

      expect(all.lines).toBe(1 + many * lines + 2);
      expect(performance.now() - started).toBeLessThan(60_000);
    },
    120_000,
  );
});
