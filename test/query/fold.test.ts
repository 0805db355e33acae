import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldByLetter } from '../../src/query/fold.ts';

describe('fold', () => {
  it.each([
    ['ASCII letters', 'DeleteTopics', 'dELETEtOPICS'],
    ['all three sigmas', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['a sigma at the end and one that could go on', 'ΟΔΥΣ', 'οδυσ'],
    ['sharp s and SS', 'STRASSE', 'straße'],
    ['capital sharp s', 'STRAẞE', 'strasse'],
    ['dotted capital I, composed or not', 'İstanbul', 'i̇stanbul'],
    ['Cyrillic', 'МОСКВА', 'москва'],
    ['the Kelvin sign', '\u212A', 'k'],
    ['long s', 'ſ', 'S'],
    ['letters beyond the first plane', '𐐀', '𐐨'],
  ])('makes %s equal', (_, a, b) => {
    expect(fold(a)).toBe(fold(b));
  });

  it.each([
    ['dotless ı and i', 'ı', 'i'],
    ['letters that only look alike', 'а', 'a'],
    ['a letter and its accent', 'é', 'e'],
  ])('keeps %s apart', (_, a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });

  it('leaves lone surrogates as they are', () => {
    expect(fold('a\ud800B')).toBe('a\ud800b');
  });

  const letter = fc.oneof(
    fc.constantFrom('Σ', 'σ', 'ς', 'İ', 'ı', 'ß', 'ẞ', 'a', '\u0307', ' '),
    fc.string({ unit: 'binary', maxLength: 2 }),
  );
  const text = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(''));

  it('gives the parts of a text the same fold as the whole', () => {
    fc.assert(
      fc.property(text, text, (a, b) => fold(a) + fold(b) === fold(a + b)),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('changes nothing when done twice', () => {
    fc.assert(
      fc.property(text, (a) => fold(fold(a)) === fold(a)),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('keeps the number of letters when folding letter by letter', () => {
    expect(foldByLetter('ẞtraßE')).toBe('ßtraße');
  });
});
