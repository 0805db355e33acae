import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memorySource } from '../../src/input/sources/memory.ts';
import { formats } from '../../src/output/formats/index.ts';
import { unsafeCharacter } from '../helpers/hostile.ts';
import { dumpLines, dumpOf, recordLines, someFilter } from '../helpers/hostile-records.ts';
import { matchesOf, printed } from '../helpers/pipeline.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const filters = fc.array(someFilter, { maxLength: 1 });
/** One column of every kind, among them some that records fill as they like. */
const everyKind = [
  'line',
  'time',
  'id',
  'method',
  'principal',
  'crns',
  'ips',
  'message',
  'ok',
  'data.result.data',
  'line',
];

test('every format shows the same records in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, filters, fc.integer({ min: 1, max: 5000 }), async (lines, typed, chunkBytes) => {
      const sources = [memorySource('f', dumpOf(lines), chunkBytes)];
      const print = (format: string) => printed(format, sources, typed, { fields: ['line'], header: false });

      const { places, raws } = await matchesOf(sources, typed);

      const rows = places.map((place) => place.replace('f:', ''));
      expect(linesOf(await print('table')).map((row) => row.trim())).toEqual(rows);
      expect(linesOf(await print('csv'))).toEqual(rows);
      expect(linesOf(await print('tsv'))).toEqual(rows);
      expect(linesOf(await print('md'))).toEqual(rows.map((row) => `| ${row} |`));
      expect(linesOf(await print('ndjson'))).toEqual(raws.map(decoded));
      expect(await print('json')).toBe(`[${raws.map(decoded).join(',\n')}]\n`);
      expect(linesOf(await print('text'))).toEqual(await sentencesOf(raws));
    }),
    propertyRuns(60),
  );

  /** Each record on its own. */
  async function sentencesOf(raws: readonly string[]): Promise<string[]> {
    const texts = raws.map((raw) => printed('text', [memorySource('f', Buffer.from(raw, 'latin1'))], []));
    return (await Promise.all(texts)).map((text) => text.replace(/\n$/, ''));
  }
});

test('nothing that drives a terminal or hides comes out of a format for people or spreadsheets', async () => {
  await fc.assert(
    fc.asyncProperty(
      recordLines,
      fc.constantFrom(...formats.map(({ name }) => name)),
      fc.option(fc.integer({ min: 40, max: 400 }), { nil: undefined }),
      fc.boolean(),
      async (lines, format, width, wide) => {
        const look = { fields: everyKind, width, wide, onTerminal: true };
        const output = await printed(format, [memorySource('f', dumpOf(lines))], [], look);

        const framed = output.replaceAll(format === 'tsv' ? /[\n\t]/g : '\n', '');
        expect(unsafeCharacter.exec(framed)?.[0].codePointAt(0)).toBeUndefined();
      },
    ),
    propertyRuns(80),
  );
});

test('no cell of a spreadsheet starts a formula', async () => {
  await fc.assert(
    fc.asyncProperty(recordLines, async (lines) => {
      const tsv = await printed('tsv', [memorySource('f', dumpOf(lines))], [], { fields: everyKind, header: false });
      const cells = linesOf(tsv).flatMap((row) => row.split('\t'));

      expect(cells.filter((cell) => /^[=+\-@＝＋－＠\t\r"]/.test(cell) && !/^-?\d+$/.test(cell))).toEqual([]);
    }),
    propertyRuns(50),
  );
});

test('two runs give identical bytes whatever the size of the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      dumpLines,
      fc.constantFrom(...formats.map(({ name }) => name)),
      fc.integer({ min: 1, max: 3000 }),
      fc.boolean(),
      async (lines, format, chunkBytes, normalized) => {
        const dump = dumpOf(lines);
        const look = { fields: everyKind, normalized, width: 120 };

        const once = await printed(format, [memorySource('f', dump)], [], look);

        expect(await printed(format, [memorySource('f', dump, chunkBytes)], [], look)).toBe(once);
      },
    ),
    propertyRuns(100),
  );
});

test('normalised ndjson and json hold the same objects', async () => {
  await fc.assert(
    fc.asyncProperty(recordLines, async (lines) => {
      const look = { fields: everyKind, normalized: true };
      const sources = [memorySource('f', dumpOf(lines))];

      const rows = linesOf(await printed('ndjson', sources, [], look)).map((row): unknown => JSON.parse(row));

      expect(JSON.parse(await printed('json', sources, [], look))).toEqual(rows);
      expect(rows).toHaveLength(lines.length);
    }),
    propertyRuns(50),
  );
});

function linesOf(output: string): string[] {
  return output.split('\n').slice(0, -1);
}

/** Output as text is decoded once; the original bytes are compared after the same decoding. */
function decoded(raw: string): string {
  return Buffer.from(raw, 'latin1').toString();
}
