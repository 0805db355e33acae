import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecordsWithNdjson } from '../../src/input/ndjson-reference.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { readerContract } from './contracts/reader.ts';
import { collect } from './helpers/collect.ts';
import { recordText } from './helpers/samples.ts';

readerContract('readRecordsWithNdjson', readRecordsWithNdjson);

describe('readRecordsWithNdjson', () => {
  it('says the same as readRecords of anything', async () => {
    const piece = fc.constantFrom(
      recordText('a'),
      recordText('ü'),
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\0',
      '\ufeff',
      '{',
      '}',
      'null',
      '[1]',
      '"\u2028"',
    );
    const content = fc.array(
      fc.oneof(
        piece.map((part) => Buffer.from(part)),
        fc.uint8Array({ maxLength: 4 }),
        fc.json().map((json) => Buffer.from(`${json}\n`)),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(content, fc.constantFrom(20, 100, 1 << 24), async (parts, maxLineBytes) => {
        const source = memorySource('m', new Uint8Array(Buffer.concat(parts)), 100);

        const reference = await collect(readRecordsWithNdjson, source, { maxLineBytes });

        expect(reference).toEqual(await collect(readRecords, source, { maxLineBytes }));
      }),
      { seed: 20260102, numRuns: 500 },
    );
  });
});
