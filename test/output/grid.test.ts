import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutTo, type GridColumn, gutter, layoutOf, leastCells, lineWidth, stretched } from '../../src/output/grid.ts';
import { loadZone, utc } from '../../src/record/zone.ts';

const column = (give: GridColumn['give'], natural: number): GridColumn => ({
  give,
  natural,
  least: leastCells(give, natural, utc),
});

const anyColumns = fc.array(
  fc.oneof(
    fc.constant(column('time', 30)),
    fc.integer({ min: 1, max: 400 }).map((natural) => column('text', natural)),
    fc.integer({ min: 1, max: 16 }).map((natural) => column('rigid', natural)),
  ),
  { minLength: 1, maxLength: 40 },
);

describe('layoutOf', () => {
  test('gives every column what it wants when there is room, or no limit', () => {
    const columns = [column('time', 30), column('text', 20), column('rigid', 5)];

    expect(layoutOf(columns, 59)).toEqual({ widths: [30, 20, 5], isPartial: false });
    expect(layoutOf(columns, undefined)).toEqual({ widths: [30, 20, 5], isPartial: false });
  });

  test('without a limit no column is padded without end', () => {
    expect(layoutOf([column('text', 1_000_000)], undefined).widths).toEqual([400]);
  });

  test('takes from times down to whole seconds, then from the widest texts, never from numbers', () => {
    const columns = [column('time', 30), column('text', 20), column('text', 60), column('rigid', 9)];

    expect(layoutOf(columns, 120).widths).toEqual([25, 20, 60, 9]);
    expect(layoutOf(columns, 100).widths).toEqual([20, 20, 45, 9]);
    expect(layoutOf(columns, 66).widths).toEqual([20, 16, 15, 9]);
    expect(layoutOf(columns, 51).widths).toEqual([20, 8, 8, 9]);
  });

  test('leaves out the last columns when nothing can be taken any more', () => {
    const columns = [column('time', 30), column('text', 20), column('text', 60), column('rigid', 9)];

    expect(layoutOf(columns, 50)).toEqual({ widths: [20, 12, 11], isPartial: true });
    expect(layoutOf(columns, 40)).toEqual({ widths: [20, 15], isPartial: true });
    expect(layoutOf(columns, 1)).toEqual(layoutOf(columns, 40));
  });

  test('shows at least one column, within the line', () => {
    expect(layoutOf([column('rigid', 300), column('text', 5)], 40)).toEqual({ widths: [37], isPartial: true });
  });

  test('fits any columns into any line of 40 cells or more', () => {
    fc.assert(
      fc.property(anyColumns, fc.integer({ min: 1, max: 400 }), (columns, width) => {
        const { widths, isPartial } = layoutOf(columns, width);

        expect(lineWidth(widths) + (isPartial ? gutter + 1 : 0)).toBeLessThanOrEqual(Math.max(40, width));
        expect(widths.length).toBe(isPartial ? Math.min(widths.length, columns.length - 1) : columns.length);
        for (const [i, cells] of widths.entries()) {
          expect(cells).toBeLessThanOrEqual(columns[i]?.natural ?? 0);
          expect(cells).toBeGreaterThan(0);
        }
      }),
      { seed: 41, numRuns: 500 },
    );
  });

  test('leaves no room unused while a column wants more', () => {
    fc.assert(
      fc.property(anyColumns, fc.integer({ min: 40, max: 400 }), (columns, width) => {
        const { widths, isPartial } = layoutOf(columns, width);
        const wants = widths.some((cells, i) => cells < (columns[i]?.natural ?? 0));

        if (!isPartial && wants) expect(lineWidth(widths)).toBe(width);
      }),
      { seed: 42, numRuns: 500 },
    );
  });
});

test('the least of a time is its whole seconds, with the offset where there is one', async () => {
  const vienna = await loadZone('Europe/Vienna');

  expect(leastCells('time', 30, utc)).toBe(20);
  expect(leastCells('time', 35, vienna ?? utc)).toBe(25);
  expect(leastCells('time', 4, utc)).toBe(4);
});

test.for([
  ['a line with a longer text takes the room there is', [50, 7], 60, [50, 7]],
  ['and no more than there is', [50, 7], 40, [31, 7]],
  ['other columns keep what they have', [90, 90], 20, [9, 9]],
  ['a longer number takes its room from the texts', [12, 10], 21, [9, 10]],
] as const)('%s', ([, needed, room, expected]) => {
  const columns = [column('text', 12), column(needed[1] === 10 ? 'rigid' : 'text', needed[1])];

  expect(stretched(columns, [8, 7], needed, room)).toEqual(expected);
});

test.for([
  ['workspace-2023-09-22-162414', 'text', 'workspa…-162414'],
  ['crn://confluent.cloud/organization=o/topic=orders', 'text', '…/topic=orders'],
  ['crn://confluent.cloud/a=1,crn://confluent.cloud/b=2', 'text', 'crn://c…oud/b=2'],
  ['the statement could not be created', 'text', 'the statement …'],
  ['2001:db8:1234:5678:9abc::1', 'text', '2001:db8:1234:…'],
  ['198.51.100.200.example', 'text', '198.51.…example'],
  ['2026-03-17T07:00:00.123456789Z', 'time', '2026-03-17T07:…'],
] as const)('%s is cut as what it is', ([text, give, expected]) => {
  expect(cutTo(text, 15, give)).toBe(expected);
});
