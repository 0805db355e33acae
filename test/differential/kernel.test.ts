/** The kernel never says anything of a line that `JSON.parse` and the columns do not say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertyRuns } from '../helpers/property-runs.ts';
import { randomOf } from '../helpers/random.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';
import { wrappedLines } from '../helpers/wrappings.ts';
import { allColumns, compareWithTruth, smallSizes, tinySizes } from '../scan/helpers/kernel-answers.ts';
import { exampleQuestions, someQuestion } from '../scan/helpers/questions.ts';

const seeds = fc.array(fc.nat(), { minLength: 1, maxLength: 200, size: 'max' });

const someStyle = fc.constantFrom(...Object.values(styles));

/** Of how many lines in ten the kernel is sure at least: otherwise little was compared. */
const sureInTen = { compact: 8, spaced: 8, shuffled: 8, alternating: 8, hard: 4, malformed: 4 } as const;

describe.each(Object.entries(styles))('in %s lines', (name, style) => {
  test('every cell of every record is the truth', () => {
    const { differences, seen } = compareWithTruth({ columns: allColumns });
    fc.assert(
      fc.property(seeds, (lines) => {
        expect(differences(dumpOfSeeds(lines, style))).toEqual([]);
      }),
      propertyRuns(6),
    );

    expect((10 * seen.sure) / seen.all).toBeGreaterThan(sureInTen[name as keyof typeof styles]);
  });

  test('so it is when nothing was learned yet and everything is full', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom(smallSizes, tinySizes),
        fc.subarray([...allColumns], { maxLength: 6 }),
        (lines, sizes, columns) => {
          const { differences } = compareWithTruth({ columns, sizes });

          expect(differences(dumpOfSeeds(lines, style))).toEqual([]);
        },
      ),
      propertyRuns(6),
    );
  });
});

test('records that come wrapped or behind other text are the truth', () => {
  const { differences, seen } = compareWithTruth({ columns: allColumns });
  fc.assert(
    fc.property(seeds, someStyle, fc.nat(), (lines, style, wrappings) => {
      expect(differences(wrappedLines(dumpOfSeeds(lines, style), wrappings))).toEqual([]);
    }),
    propertyRuns(25),
  );

  expect((10 * seen.sure) / seen.all).toBeGreaterThan(4);
});

test('every question has the same answer', () => {
  fc.assert(
    fc.property(fc.nat(), someStyle, seeds, (questions, style, lines) => {
      const random = randomOf(questions);
      const exprs = Array.from({ length: 12 }, () => someQuestion(random));
      const { differences } = compareWithTruth({ exprs, sizes: smallSizes });

      expect(differences(dumpOfSeeds(lines, style))).toEqual([]);
    }),
    propertyRuns(25),
  );
});

test('so have all at once, when they are more than the kernel has groups for', () => {
  const lines = Array.from({ length: 150 }, (_, i) => i);
  const random = randomOf(1);
  const exprs = [...exampleQuestions, ...Array.from({ length: 200 }, () => someQuestion(random))];
  const { differences } = compareWithTruth({ columns: allColumns, exprs, sizes: smallSizes });

  expect(differences(dumpOfSeeds(lines, styles.alternating))).toEqual([]);
});
