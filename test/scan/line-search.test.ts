import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileLineSearch, type LineSearch } from '../../src/scan/line-search.ts';
import type { Needles } from '../../src/scan/needles.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { searchKernel } from './helpers/search-kernel.ts';

type Search = (needles: Needles, bytes: Uint8Array) => LineSearch;

const kernel = await searchKernel();

const searches: readonly (readonly [string, Search])[] = [
  ['plain search', (needles, bytes) => compileLineSearch(needles)(bytes, 0, bytes.length)],
  ['search kernel', (needles, bytes) => kernel(needles, bytes, 100)],
];

const exact: Needles = { texts: ['orders'], fold: false, percentGuard: false };
const folded: Needles = { texts: ['orders'], fold: true, percentGuard: false };
const guarded: Needles = { texts: ['orders'], fold: false, percentGuard: true };
const several: Needles = { texts: ['orders', 'lkc-1', 'x@y'], fold: false, percentGuard: false };

const candidates: readonly (readonly [string, Needles, string])[] = [
  ['a needle', exact, '{"a":"my-orders-2"}'],
  ['a needle at the very start of the text', { ...exact, texts: ['{"a'] }, '{"a":1}'],
  ['any of several needles', several, '{"a":"x@y"}'],
  ['a needle in another case, when letters fold', folded, '{"a":"ORDers"}'],
  ['a byte beyond ASCII, when letters fold', folded, '{"a":"order\u017f"}'],
  ['an escape that can spell anything', exact, '{"a":"\\u006frders"}'],
  ['an encoded letter, when percent signs are guarded', guarded, '{"a":"%6frders"}'],
  ['an encoded digit in upper case', guarded, '{"a":"%7E"}'],
  ['blanks before the record', exact, ' {"a":1}'],
  ['something behind the record', exact, '{"a":1} '],
  ['two carriage returns', exact, '{"a":1}\r\r'],
  ['no record at all', exact, 'null'],
  ['a lone brace', exact, '{'],
];

const rejected: readonly (readonly [string, Needles, string])[] = [
  ['no needle', exact, '{"a":"order"}'],
  ['a needle in another case', exact, '{"a":"Orders"}'],
  ['a character that differs from the needle by the bit of upper case', { ...folded, texts: ['a@b'] }, '{"a":"a`b"}'],
  ['a needle that begins before the text', { ...exact, texts: ['e{qj'] }, '{qj}'],
  ['a byte beyond ASCII', exact, '{"a":"order\u017f"}'],
  ['an escape in a short form', exact, '{"a":"\\n\\"\\\\"}'],
  ['an encoded letter that nobody looks at', exact, '{"a":"%6frders"}'],
  ['an encoded slash and half codes', guarded, '{"a":"%2F%25%4%%5g%80"}'],
  ['a carriage return at the end', exact, '{"a":1}\r'],
];

describe.each(searches)('the %s', (_, search) => {
  test.for(candidates)('finds a line with %s', ([, needles, line]) => {
    const bytes = Buffer.from(`{}\n\n${line}\n{}\n`);

    expect(search(needles, bytes)).toEqual({
      candidates: [{ start: 4, end: bytes.length - 4, line: 2 }],
      lines: 4,
      blanks: 1,
    });
  });

  test.for(rejected)('passes over a line with %s', ([, needles, line]) => {
    expect(search(needles, Buffer.from(`${line}\n`))).toEqual({ candidates: [], lines: 1, blanks: 0 });
  });

  test('counts empty lines, with or without a carriage return, as blank', () => {
    expect(search(exact, Buffer.from('\n\r\n{}\n\n'))).toEqual({ candidates: [], lines: 4, blanks: 3 });
  });

  test('finds nothing in nothing', () => {
    expect(search(exact, new Uint8Array(0))).toEqual({ candidates: [], lines: 0, blanks: 0 });
  });

  test('finds a needle wherever it lies in memory', () => {
    for (let before = 0; before < 150; before++) {
      const line = `{"${'x'.repeat(before)}orders":1}`;

      expect(search(exact, Buffer.from(`${line}\n`)).candidates).toEqual([{ start: 0, end: line.length, line: 0 }]);
    }
  });

  test('agrees with its definition on any bytes', () => {
    fc.assert(
      fc.property(someNeedles, someLines, (needles, lines) => {
        expect(search(needles, Buffer.from(lines, 'latin1'))).toEqual(defined(needles, lines));
      }),
      propertyRuns(3000),
    );
  });
});

test('the search kernel goes on where its room ended', () => {
  fc.assert(
    fc.property(someNeedles, someLines, fc.integer({ min: 1, max: 4 }), (needles, lines, capacity) => {
      expect(kernel(needles, Buffer.from(lines, 'latin1'), capacity)).toEqual(defined(needles, lines));
    }),
    propertyRuns(1000),
  );
});

test('a part of the bytes is searched as if it were all', () => {
  const bytes = Buffer.from('{orders}\n{orders}\n{}\n{orders}\n');

  expect(compileLineSearch(exact)(bytes, 9, 21)).toEqual({
    candidates: [{ start: 9, end: 17, line: 0 }],
    lines: 2,
    blanks: 0,
  });
});

/** What a search is to find, said in the plainest way; a character for each byte. */
function defined({ texts, fold, percentGuard }: Needles, bytes: string): LineSearch {
  const lines = bytes.split('\n').slice(0, -1);
  const result = { candidates: [] as { start: number; end: number; line: number }[], lines: lines.length, blanks: 0 };
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const end = start + line.length;
    const content = line.endsWith('\r') ? line.slice(0, -1) : line;
    const searched = fold ? line.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : line;
    const isCandidate =
      !content.startsWith('{') ||
      !content.endsWith('}') ||
      line.includes('\\u') ||
      texts.some((text) => searched.includes(text)) ||
      (fold && /[\x80-\xff]/.test(line)) ||
      (percentGuard && encoded(line).some((character) => /[\w.~-]/.test(character)));
    if (content === '') result.blanks++;
    else if (isCandidate) result.candidates.push({ start, end, line: index });
    start = end + 1;
  }
  return result;
}

function encoded(line: string): string[] {
  return [...line.matchAll(/%([\da-f]{2})/gi)].map(([, code = '']) => String.fromCharCode(Number.parseInt(code, 16)));
}

const words = ['orders', 'Orders', 'lkc-1', 'a@b', 'deletestatement', 'u-1', 'zzz', 'topic=orders', '%41', 'uuu'];
const longWord = '0123456789abcdef'.repeat(4);

const someNeedles: fc.Arbitrary<Needles> = fc
  .record({
    texts: fc.uniqueArray(fc.constantFrom(...words, longWord), { minLength: 1, maxLength: 8 }),
    fold: fc.boolean(),
    percentGuard: fc.boolean(),
  })
  .map((needles) => (needles.fold ? { ...needles, texts: [...new Set(needles.texts.map(lower))] } : needles));

const lower = (text: string): string => text.toLowerCase();

/** Pieces of lines that hold needles, nearly hold them, or are bytes of no meaning. */
const someBytes = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('{', '}', '{}', '}\n{', '\n', '\r\n', '\r', '\n\n') },
  { weight: 3, arbitrary: fc.constantFrom(...words, longWord) },
  { weight: 2, arbitrary: fc.constantFrom(...words, longWord).chain(damaged) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\\', 'u', '\\u', '%', '%4', '%2f', '%2D', '%7e', '%5B', '%3a', '\xff', '@`'),
  },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 130 }).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
);

function damaged(word: string): fc.Arbitrary<string> {
  return fc
    .nat({ max: word.length - 1 })
    .chain((at) =>
      fc.constantFrom(
        word.slice(0, at),
        word.slice(at),
        `${word.slice(0, at)}\n${word.slice(at)}`,
        word.slice(0, at) + (word[at] ?? '').toUpperCase() + word.slice(at + 1),
      ),
    );
}

/** Whole lines, mostly in braces. */
const someLines: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(fc.array(someBytes, { maxLength: 8 }), fc.integer({ min: 0, max: 5 })).map(([parts, odd]) => {
      const text = parts.join('');
      return odd === 0 ? text : `{${text}}`;
    }),
    { maxLength: 8 },
  )
  .map((lines) => lines.map((line) => `${line}\n`).join(''));
