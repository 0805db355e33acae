import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/query/duration.ts';

describe('a duration', () => {
  it.each([
    ['45s', { months: 0, second: 45, nano: 0 }],
    ['90m', { months: 0, second: 5400, nano: 0 }],
    ['2h', { months: 0, second: 7200, nano: 0 }],
    ['1d12h', { months: 0, second: 129_600, nano: 0 }],
    ['1d 12h 5 minutes', { months: 0, second: 129_900, nano: 0 }],
    ['2w', { months: 0, second: 1_209_600, nano: 0 }],
    ['6mo', { months: 6, second: 0, nano: 0 }],
    ['1y6mo', { months: 18, second: 0, nano: 0 }],
    ['1.5h', { months: 0, second: 5400, nano: 0 }],
    ['250ms', { months: 0, second: 0, nano: 250_000_000 }],
    ['0.000000001s', { months: 0, second: 0, nano: 1 }],
    ['1.000000001d', { months: 0, second: 86_400, nano: 86_400 }],
    ['0s', { months: 0, second: 0, nano: 0 }],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });

  it.each(['', '5', 'h', '5M', '5H', '1.5mo', '2h3', '2h ago', '-2h', '2 hoursish', '2h,', '1e3s', '2hh'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBe(undefined);
    },
  );
});
