import { describe, expect, it } from 'vitest';
import { maxLineBytes } from '../../src/input/block.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import type { Provenance } from '../../src/record/record.ts';
import { readerContract } from './contracts/reader.ts';
import { collect } from './helpers/collect.ts';
import { recordText, sampleText } from './helpers/samples.ts';

readerContract('readRecords', readRecords);

const signal = new AbortController().signal;

describe('readRecords', () => {
  it('reads a line of 16 MiB and skips one of 17', async () => {
    const frame = recordText('x', { data: { filler: '' } }).length;
    const fits = recordText('x', { data: { filler: 'f'.repeat(maxLineBytes - frame) } });
    const tooLong = recordText('x', { data: { filler: 'f'.repeat(17 * 1024 * 1024) } });

    const { lines, records, malformed } = await collect(
      readRecords,
      memorySource('m', `${fits}\n${tooLong}\n${fits}\n`),
    );

    expect(lines).toBe(3);
    expect(records.map(([line, raw]) => [line, raw.length])).toEqual([
      [1, maxLineBytes],
      [3, maxLineBytes],
    ]);
    expect(malformed).toMatchObject([
      { line: 2, reason: 'too-long', detail: `${tooLong.length} bytes, at most 16777216 are read` },
    ]);
  });

  it.each([
    ['open arrays', '['.repeat(maxLineBytes), 'not-json'],
    ['open arrays in an object', `{"a":${'['.repeat(1_000_000)}}`, 'not-json'],
    ['closed arrays', `${'['.repeat(maxLineBytes / 2)}${']'.repeat(maxLineBytes / 2)}`, 'not-an-audit-record'],
  ])('survives a line of deep nesting: %s', async (_, line, reason) => {
    const { malformed } = await collect(readRecords, memorySource('m', `${line}\n`));

    expect(malformed.map((entry) => entry.reason)).toEqual([reason]);
  });

  it('reads a record nested a million deep', async () => {
    const depth = 1_000_000;
    const line = `{"type":"t","data":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
    let records = 0;

    for await (const batch of readRecords(memorySource('m', line), signal)) records += batch.records.length;

    expect(records).toBe(1);
  });

  it('gives a batch as soon as a chunk completes a line, for live pipes', async () => {
    const line = `${recordText('a')}\n`;
    const counts: number[] = [];

    for await (const { records } of readRecords(memorySource('m', line.repeat(3), line.length), signal))
      counts.push(records.length);

    expect(counts).toEqual([1, 1, 1]);
  });

  it('keeps batches small when lines are, for a line weighs more once it is an object', async () => {
    const counts: number[] = [];

    for await (const { lines, malformed } of readRecords(memorySource('m', '{\n'.repeat(20_000)), signal)) {
      counts.push(lines);
      expect(malformed.at(0)?.at.line).toBe(counts.slice(0, -1).reduce((sum, count) => sum + count, 1));
    }

    expect(counts).toEqual([8192, 8191, 3616, 1]);
  });

  it('names the file and the line of each record', async () => {
    const places: Provenance[] = [];

    for await (const { records } of readRecords(memorySource('dump.json', `\n${sampleText(2)}`), signal)) {
      places.push(...records.map(({ at }) => at));
    }

    expect(places).toEqual([
      { file: 'dump.json', line: 2 },
      { file: 'dump.json', line: 3 },
    ]);
  });
});
