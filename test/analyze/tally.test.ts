import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newTally, type Tally } from '../../src/analyze/tally.ts';

const someKey = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__');

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

  it('counts a key many times at once as it would one by one, past its limit too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someKey, fc.integer({ min: 1, max: 9 }))), fc.nat(6), (groups, limit) => {
        const atOnce = newTally(limit);
        for (const [key, times] of groups) atOnce.add(key, times);

        const oneByOne = groups.flatMap(([key, times]) => Array.from({ length: times }, () => key));
        expect(shown(atOnce)).toEqual(shown(tallyOf(oneByOne, limit)));
      }),
      { seed: 82, numRuns: 300 },
    );
  });

  it('of parts is that of the whole, or says that there were too many keys', () => {
    fc.assert(
      fc.property(fc.array(fc.array(someKey)), fc.nat(6), (parts, limit) => {
        const merged = newTally(limit);
        for (const part of parts) merged.merge(structuredClone(tallyOf(part, limit).state()));

        const whole = tallyOf(parts.flat(), limit);
        expect(merged.overflow() > 0).toBe(whole.overflow() > 0);
        if (merged.overflow() === 0) expect(shown(merged)).toEqual(shown(whole));
        expect(merged.distinct()).toBeLessThanOrEqual(limit);
      }),
      { seed: 83, numRuns: 500 },
    );
  });

  it('of an empty dump is empty', () => {
    const tally = newTally();

    expect([tally.top(5), tally.distinct(), tally.overflow()]).toEqual([[], 0, 0]);
  });
});

function tallyOf(added: readonly string[], limit: number): Tally {
  const tally = newTally(limit);
  for (const key of added) tally.add(key);
  return tally;
}

function shown(tally: Tally): readonly unknown[] {
  return [tally.top(10), tally.distinct(), tally.overflow()];
}
