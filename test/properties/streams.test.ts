import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from '../../src/input/sources/memory.ts';
import { dumpLines, dumpOf, recordLines, someFilter } from '../helpers/hostile-records.ts';
import { matchesOf, printed } from '../helpers/pipeline.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const filters = fc.array(someFilter, { maxLength: 1 });

test('where a stream is split changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      dumpLines,
      fc.boolean(),
      filters,
      fc.array(fc.nat({ max: 3000 }), { maxLength: 6 }),
      async (lines, torn, typed, chunks) => {
        const dump = dumpOf(lines, torn);

        const whole = await matchesOf([memorySource('f', dump)], typed);

        expect(await matchesOf([memorySource('f', dump, chunks)], typed)).toEqual(whole);
      },
    ),
    propertyRuns(80),
  );
});

test('a stream that comes byte by byte gives the same answer', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, fc.boolean(), fc.integer({ min: 1, max: 7 }), async (lines, torn, chunkBytes) => {
      const dump = dumpOf(lines, torn).subarray(0, 20_000);

      const whole = await matchesOf([memorySource('f', dump)], []);

      expect(await matchesOf([memorySource('f', dump, chunkBytes)], [])).toEqual(whole);
    }),
    propertyRuns(20),
  );
});

test('compressing changes nothing, however often the compressor started anew', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, filters, fc.nat({ max: 20_000 }), async (lines, typed, at) => {
      const dump = dumpOf(lines);
      const members = Buffer.concat([dump.subarray(0, at), dump.subarray(at)].map((part) => gzipSync(part)));

      const plain = await matchesOf([memorySource('f', dump)], typed);

      expect(await matchesOf([memorySource('f', members)], typed)).toEqual(plain);
    }),
    propertyRuns(50),
  );
});

test('one file in two at a line break gives the same records in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, fc.nat({ max: 12 }), filters, fc.boolean(), async (lines, at, typed, dedupe) => {
      const whole = await matchesOf([memorySource('f', dumpOf(lines))], typed, { dedupe });
      const parts = [lines.slice(0, at), lines.slice(at)].map((part, i) => memorySource(`p${i}`, dumpOf(part)));
      const split = await matchesOf(parts, typed, { dedupe });

      expect(split.raws).toEqual(whole.raws);
      expect({ ...split.accounting, sources: 1 }).toEqual(whole.accounting);
    }),
    propertyRuns(100),
  );
});

test('records come out as the bytes they came in as', async () => {
  await fc.assert(
    fc.asyncProperty(recordLines, async (lines) => {
      const { raws } = await matchesOf([memorySource('f', dumpOf(lines))], []);

      expect(raws).toEqual(lines);
    }),
    propertyRuns(50),
  );
});

test('what was printed as ndjson and is asked again gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, filters, async (lines, typed) => {
      const once = await printed('ndjson', [memorySource('f', dumpOf(lines))], typed);

      expect(await printed('ndjson', [memorySource('f', once)], typed)).toBe(once);
      expect(await printed('ndjson', [memorySource('f', once)], [])).toBe(once);
    }),
    propertyRuns(50),
  );
});
