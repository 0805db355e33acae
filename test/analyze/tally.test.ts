import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newTally } from '../../src/analyze/tally.ts';

describe('a tally', () => {
  it('counts exactly, most frequent first, ties by key', () => {
    const tally = newTally();
    for (const key of ['b', 'a', 'c', 'b', '', '__proto__', 'constructor', 'a', 'b']) tally.add(key);

    expect(tally.top(10)).toEqual([
      ['b', 3],
      ['a', 2],
      ['', 1],
      ['__proto__', 1],
      ['c', 1],
      ['constructor', 1],
    ]);
    expect([tally.top(1), tally.top(0), tally.distinct(), tally.overflow()]).toEqual([[['b', 3]], [], 6, 0]);
  });

  it('past its limit counts known keys on and the rest together', () => {
    const tally = newTally(2);

    const taken = ['a', 'b', 'c', 'a', 'd', 'c', 'b'].map((key) => tally.add(key));

    expect(taken).toEqual([true, true, false, true, false, false, true]);
    expect([tally.top(10), tally.distinct(), tally.overflow()]).toEqual([
      [
        ['a', 2],
        ['b', 2],
      ],
      2,
      3,
    ]);
  });

  it('loses no count, whatever the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')), fc.nat(6), (keys, limit) => {
        const tally = newTally(limit);
        for (const key of keys) tally.add(key);

        const known = [...new Set(keys)].slice(0, limit);
        const counts = known.map((key) => [key, keys.filter((one) => one === key).length] as const);
        expect(tally.top(9)).toEqual(counts.sort(([a, m], [b, n]) => n - m || a.localeCompare(b)));
        expect(tally.overflow()).toBe(keys.filter((key) => !known.includes(key)).length);
      }),
      { seed: 81, numRuns: 300 },
    );
  });

  it('of an empty dump is empty', () => {
    const tally = newTally();

    expect([tally.top(5), tally.distinct(), tally.overflow()]).toEqual([[], 0, 0]);
  });
});
