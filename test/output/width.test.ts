import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { cutCrn, cutEnd, cutMiddle, cutTime, displayWidth } from '../../src/output/width.ts';

const crn = 'crn://confluent.cloud/organization=o-1/environment=env-1/flink-region=aws.us-east-1/statement=orders-4711';
const cuts = { cutEnd, cutMiddle, cutCrn, cutTime };

const graphemesOf = (text: string): string[] =>
  Array.from(new Intl.Segmenter('en').segment(text), (one) => one.segment);

const samples = [
  'plain ascii text that is rather long',
  '日本語のトピック名がここにあります',
  '🦄🇦🇹🇩🇪👍🏽🦄🇦🇹🇩🇪👍🏽',
  'e\u0301a\u0308o\u0323\u0302e\u0301a\u0308o\u0323\u0302',
  'क्षि ก็ กำ 각 क्षि ก็ กำ 각',
  crn,
  '2026-03-17T07:00:00.123456789+02:00',
];

test.for([
  ['', 0],
  ['orders', 6],
  ['日本', 4],
  ['🦄', 2],
  ['🇦🇹', 2],
  ['e\u0301', 1],
  ['ｱﾞ', 2],
] as const)('%j takes %d cells', ([text, cells]) => {
  expect(displayWidth(text)).toBe(cells);
});

test('a long text is measured like its parts', () => {
  for (const text of samples) expect(displayWidth(text.repeat(200))).toBe(stringWidth(text.repeat(200)));
});

test('measuring a megabyte stops at the limit', () => {
  expect(displayWidth('日'.repeat(1 << 20), 100)).toBe(102);
});

describe.for(Object.entries(cuts))('%s', ([, cut]) => {
  test('leaves what fits', () => {
    for (const text of samples) expect(cut(text, displayWidth(text))).toBe(text);
  });

  test('never gives more cells than asked for, at any width', () => {
    for (const text of samples) {
      for (let cells = 0; cells <= 400; cells++) expect(displayWidth(cut(text, cells))).toBeLessThanOrEqual(cells);
    }
  });

  test('never splits a grapheme', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 0, max: 30 }), (text, cells) => {
        const whole = graphemesOf(text);
        const [before = '', after = ''] = cut(text, cells).split('…');

        expect(displayWidth(cut(text, cells))).toBeLessThanOrEqual(cells);
        if (text.includes('…')) return;
        expect(startsOf(whole)).toContain(before);
        expect([...startsOf(whole)].map((start) => text.slice(start.length))).toContain(after);
      }),
      { seed: 21, numRuns: 500 },
    );
  });

  test('cuts a megabyte as it cuts a line', () => {
    for (const text of ['x', '日', '🇦🇹', 'e\u0301']) {
      expect(displayWidth(cut(text.repeat(1 << 18), 30))).toBeGreaterThanOrEqual(14);
    }
  });
});

test.for([
  [10, 'orders-for…', 11],
  [3, '日…', 3],
  [2, '…', 2],
  [1, '…', 1],
  [0, '', 0],
] as const)('cutEnd keeps the beginning in %d cells', ([, expected, cells]) => {
  expect(cutEnd(expected.startsWith('o') ? 'orders-for-europe' : '日本語', cells)).toBe(expected);
});

test.for([
  ['workspace-2023-09-22-162414', 16, 'workspac…-162414'],
  ['workspace-2023-09-22-162414', 15, 'workspa…-162414'],
  ['workspace-2023-09-22-162414', 3, 'w…4'],
  ['workspace-2023-09-22-162414', 2, 'w…'],
  ['workspace-2023-09-22-162414', 1, '…'],
  ['workspace-2023-09-22-162414', 0, ''],
  ['日本語のトピック', 8, '日本…ク'],
] as const)('cutMiddle keeps both ends of %s in %d cells', ([text, cells, expected]) => {
  expect(cutMiddle(text, cells)).toBe(expected);
});

test('no end is shown of a text whose last graphemes cannot be told apart', () => {
  expect(cutMiddle(`x${'🇦🇹'.repeat(10_000)}`, 8)).toBe('x🇦🇹🇦🇹🇦🇹…');
});

test.for([
  [crn.length, crn],
  [104, 'crn://confluent.clo…/organization=o-1/environment=env-1/flink-region=aws.us-east-1/statement=orders-4711'],
  [90, 'crn://confluent.cloud/…/environment=env-1/flink-region=aws.us-east-1/statement=orders-4711'],
  [62, 'crn://conflu…/flink-region=aws.us-east-1/statement=orders-4711'],
  [29, 'crn://…/statement=orders-4711'],
  [28, '…/statement=orders-4711'],
  [23, '…/statement=orders-4711'],
  [22, '…orders-4711'],
  [12, '…orders-4711'],
  [11, 'orders-4711'],
  [8, 'orde…711'],
  [1, '…'],
] as const)('cutCrn keeps whole segments from the end in %d cells', ([cells, expected]) => {
  expect(cutCrn(crn, cells)).toBe(expected);
});

test.for([
  ['2026-03-17T07:00:00.123456789Z', 29, '2026-03-17T07:00:00.12345678Z'],
  ['2026-03-17T07:00:00.123456789Z', 22, '2026-03-17T07:00:00.1Z'],
  ['2026-03-17T07:00:00.123456789Z', 21, '2026-03-17T07:00:00Z'],
  ['2026-03-17T07:00:00.123456789Z', 20, '2026-03-17T07:00:00Z'],
  ['2026-03-17T07:00:00.123456789+02:00', 29, '2026-03-17T07:00:00.123+02:00'],
  ['2026-03-17T07:00:00.123456789+02:00', 25, '2026-03-17T07:00:00+02:00'],
  ['2026-03-17T07:00:00.999Z', 20, '2026-03-17T07:00:00Z'],
  ['2026-03-17T07:00:00.123456789Z', 12, '2026-03-17T…'],
  ['-', 1, '-'],
] as const)('cutTime drops digits of %s to fit %d cells', ([text, cells, expected]) => {
  expect(cutTime(text, cells)).toBe(expected);
});

/** Every beginning of the text that ends between two graphemes. */
function startsOf(graphemes: readonly string[]): Set<string> {
  return new Set([...Array(graphemes.length + 1).keys()].map((count) => graphemes.slice(0, count).join('')));
}
