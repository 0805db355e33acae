import { describe, expect, test } from 'vitest';
import { secondsText, spanText } from '../../src/output/duration-text.ts';

describe('a length of time for programs', () => {
  test.each([
    [838, 388_086_545, '838.388086545'],
    [0, 0, '0.000000000'],
    [0, 1, '0.000000001'],
    [1, -1, '0.999999999'],
    [-1, 999_999_999, '-0.000000001'],
    [-1, 0, '-1.000000000'],
    [0, -1, '-0.000000001'],
    [-2, 500_000_000, '-1.500000000'],
  ])('%i s and %i ns are %s', (second, nano, text) => {
    expect(secondsText(second, nano)).toBe(text);
  });

  test('a sign says that it follows or precedes', () => {
    expect(secondsText(0, 0, true)).toBe('+0.000000000');
    expect(secondsText(26, 800_000_000, true)).toBe('+26.800000000');
    expect(secondsText(-27, 200_000_000, true)).toBe('-26.800000000');
  });
});

describe('a length of time for people', () => {
  test.each([
    [0, 0, '0 s'],
    [0, 1, '1 ns'],
    [0, 500, '500 ns'],
    [0, 1_500, '1.5 µs'],
    [0, 5_551_071, '5.5 ms'],
    [0, 999_999_999, '999.9 ms'],
    [1, 0, '1.0 s'],
    [26, 899_999_999, '26.8 s'],
    [59, 999_999_999, '59.9 s'],
    [60, 0, '1 m 0 s'],
    [192, 0, '3 m 12 s'],
    [1799, 999_999_999, '29 m 59 s'],
    [27_000, 0, '7 h 30 m'],
    [86_399, 0, '23 h 59 m'],
    [187_200, 0, '2 d 4 h'],
    [-192, 0, '-3 m 12 s'],
    [-1, 999_999_500, '-500 ns'],
    [5, -1, '4.9 s'],
  ])('%i s and %i ns are %s', (second, nano, text) => {
    expect(spanText(second, nano)).toBe(text);
  });
});
