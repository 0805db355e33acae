import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Accounting } from '../../src/engine/accounting.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import type { FilterArgument } from '../../src/query/question.ts';
import { compareInstants, parseInstant } from '../../src/record/time.ts';
import { dumpLines, dumpOf, recordLines, someBound, someFilter } from '../helpers/hostile-records.ts';
import { matchesOf } from '../helpers/pipeline.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const flagOf = ({ name, negated }: FilterArgument): string => `${negated ? 'not-' : ''}${name}`;
const differentFilters = fc.uniqueArray(someFilter, { selector: flagOf, maxLength: 2 });
const window = (name: 'since' | 'until', bound: string): FilterArgument => ({ name, negated: false, values: [bound] });

/** Bounds in the order of time, no two the same instant. */
const threeBounds = fc
  .uniqueArray(someBound, { minLength: 3, maxLength: 3, comparator: (a, b) => compareTimes(a, b) === 0 })
  .map((bounds) => bounds.sort(compareTimes));

function compareTimes(a: string, b: string): number {
  const [left, right] = [parseInstant(a), parseInstant(b)];
  if (left === undefined || right === undefined) throw new Error('a bound is a time');
  return compareInstants(left, right);
}

test('a filter more never adds a record', async () => {
  await fc.assert(
    fc.asyncProperty(
      dumpLines,
      differentFilters,
      fc.option(someBound, { nil: undefined }),
      fc.boolean(),
      async (lines, [one, ...others], since, dedupe) => {
        fc.pre(one !== undefined);
        const more = since === undefined ? others : [...others, window('since', since)];
        const sources = [memorySource('f', dumpOf(lines))];

        const few = await matchesOf(sources, [one, ...more], { dedupe });
        const many = await matchesOf(sources, more, { dedupe });

        expect(many.places).toEqual(expect.arrayContaining([...few.places]));
      },
    ),
    propertyRuns(100),
  );
});

test('--not-X keeps exactly what X leaves out', async () => {
  await fc.assert(
    fc.asyncProperty(recordLines, someFilter, fc.boolean(), async (lines, filter, dedupe) => {
      const sources = [memorySource('f', dumpOf(lines))];

      const all = await matchesOf(sources, [], { dedupe });
      const kept = await matchesOf(sources, [filter], { dedupe });
      const dropped = await matchesOf(sources, [{ ...filter, negated: !filter.negated }], { dedupe });

      expect([...kept.places, ...dropped.places].sort()).toEqual([...all.places].sort());
    }),
    propertyRuns(100),
  );
});

test('values of one flag widen: together they keep what each keeps alone', async () => {
  const manyValues = someFilter.filter(({ values, negated }) => values.length > 1 && !negated);
  await fc.assert(
    fc.asyncProperty(recordLines, manyValues, async (lines, filter) => {
      const sources = [memorySource('f', dumpOf(lines))];

      const together = await matchesOf(sources, [filter]);
      const apart = await Promise.all(
        filter.values.map((value) => matchesOf(sources, [{ ...filter, values: [value] }])),
      );

      expect([...together.places].sort()).toEqual([...new Set(apart.flatMap(({ places }) => places))].sort());
    }),
    propertyRuns(100),
  );
});

test('adjacent windows add up, whatever else is asked', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, threeBounds, differentFilters, fc.boolean(), async (lines, [a, b, c], rest, dedupe) => {
      fc.pre(a !== undefined && b !== undefined && c !== undefined);
      const sources = [memorySource('f', dumpOf(lines))];
      const between = (from: string, until: string) =>
        matchesOf(sources, [...rest, window('since', from), window('until', until)], { dedupe });

      const [first, second, whole] = await Promise.all([between(a, b), between(b, c), between(a, c)]);

      expect([...first.places, ...second.places].sort()).toEqual([...whole.places].sort());
    }),
    propertyRuns(100),
  );
});

test('a window loses no record without saying where it went', async () => {
  await fc.assert(
    fc.asyncProperty(dumpLines, someBound, differentFilters, async (lines, bound, rest) => {
      const sources = [memorySource('f', dumpOf(lines))];

      const ever = (await matchesOf(sources, rest)).accounting;
      const since = (await matchesOf(sources, [...rest, window('since', bound)])).accounting;
      const until = (await matchesOf(sources, [...rest, window('until', bound)])).accounting;

      expect(since.matched + until.matched + since.withoutTime).toBe(ever.matched);
      expect([since.outsideWindow, since.withoutTime]).toEqual([until.matched, until.withoutTime]);
    }),
    propertyRuns(100),
  );
});

test('the accounting adds up, and says how many records came out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(dumpLines, fc.boolean()), { maxLength: 3 }),
      differentFilters,
      fc.boolean(),
      fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      fc.integer({ min: 1, max: 5000 }),
      async (dumps, filters, dedupe, most, chunkBytes) => {
        const sources = dumps.map(([lines, torn], i) => memorySource(`f${i}`, dumpOf(lines, torn), chunkBytes));

        const { places, accounting } = await matchesOf(sources, filters, { dedupe, most });

        expectToAddUp(accounting);
        expect(places).toHaveLength(accounting.matched);
        if (most === undefined) {
          const newlines = dumps.map(([lines, torn]) => lines.length - Number(torn && lines.at(-1)?.length === 0));
          expect(accounting.lines).toBe(newlines.reduce((sum, n) => sum + n, 0));
        }
      },
    ),
    propertyRuns(80),
  );
});

function expectToAddUp(a: Accounting): void {
  expect(a.blank + a.noise + a.malformed + a.records).toBe(a.lines);
  expect([...a.noiseByKind.values()].reduce((sum, n) => sum + n, 0)).toBe(a.noise);
  expect(a.duplicates + a.notMatched + a.outsideWindow + a.withoutTime + a.matched + a.afterLimit).toBe(a.records);
  expect([...a.malformedByReason.values()].reduce((sum, n) => sum + n, 0)).toBe(a.malformed);
}
