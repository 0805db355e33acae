import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '../../src/query/glob.ts';

describe('a glob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['?', '', false],
    ['?', 'ab', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['*?', '😀', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*bc', 'abc', false],
    ['a*bc*c', 'abc', false],
    ['a*b*b', 'ab', false],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'abb', false],
    ['a*b*c', 'a/b\nc', true],
    ['a?c', 'a\nc', true],
    ['a?c', 'a/c', true],
    ['a.c', 'abc', false],
    ['[ab]', '[ab]', true],
    ['\\*', '\\x', true],
    ['Delete*', 'deleteTopics', false],
  ])('%j on %j: %s', (glob, text, expected) => {
    expect(compileGlob(glob, false)(text)).toBe(expected);
  });

  it.each([
    ['delete*', 'DELETETOPICS', true],
    ['*ΟΣ', 'Οδυσσέως', false],
    ['*ΟΣ', 'φωτος', true],
    ['stra?e', 'straße', true],
    ['stra??e', 'straße', true],
    ['STRASSE*', 'straße 1', true],
    ['?stanbul', 'İstanbul', true],
  ])('ignoring case, %j on %j: %s', (glob, text, expected) => {
    expect(compileGlob(glob, true)(text)).toBe(expected);
  });

  const letters = ['a', 'b', 'a', 'b', '*', '*', '?', '/', '\n', '😀', '.', 'A', 'é'];
  const globs = fc.array(fc.constantFrom(...letters), { maxLength: 10 }).map((parts) => parts.join(''));
  // Half a pair can stand in a record, but cannot be typed.
  const texts = fc.array(fc.constantFrom(...letters, '\ud83d'), { maxLength: 10 }).map((parts) => parts.join(''));

  function oracle(glob: string, flags: string): RegExp {
    const source = [...glob].map((c) =>
      c === '*' ? '[^]*' : c === '?' ? '[^]' : c.replace(/[.*+?^${}()|[\]\\/]/, '\\$&'),
    );
    return new RegExp(`^${source.join('')}$`, flags);
  }

  it('agrees with an anchored regular expression', () => {
    fc.assert(
      fc.property(globs, texts, (glob, text) => {
        expect(compileGlob(glob, false)(text)).toBe(oracle(glob, 'u').test(text));
      }),
      { seed: 3, numRuns: 5000 },
    );
  });

  it('agrees with it ignoring case', () => {
    fc.assert(
      fc.property(globs, texts, (glob, text) => {
        expect(compileGlob(glob, true)(text)).toBe(oracle(glob, 'iu').test(text));
      }),
      { seed: 4, numRuns: 5000 },
    );
  });

  it.each(['*a*a*a*a*a*a*a*a*b', '*a?a*a?a*a?a*a?a*b'])('%s gives up on a long hostile text quickly', (glob) => {
    const passes = compileGlob(glob, true);
    const started = performance.now();

    expect(passes('a'.repeat(1_000_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
