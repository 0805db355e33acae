import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNaturally } from '../../../src/input/sources/natural-order.ts';

describe('compareNaturally', () => {
  it('puts names in the order a person would', () => {
    const sorted = [
      '0',
      '00',
      '1a',
      '2',
      '10',
      'A',
      'a',
      'audit+2+0000000009.json',
      'audit+2+0000000010.json',
      'audit+10+0000000000.json',
      'partition=2',
      'partition=2.json',
      'partition=02x',
      'partition=10',
      'x99999999999999999999998',
      'x99999999999999999999999',
      'x100000000000000000000000',
    ];

    expect([...sorted].reverse().sort(compareNaturally)).toEqual(sorted);
  });

  it('is an order: total, antisymmetric, transitive', () => {
    const name = fc
      .array(fc.constantFrom('0', '1', '9', '10', 'a', '=', '.', 'é'), { maxLength: 5 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(compareNaturally(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareNaturally(a, b))).toBe(-Math.sign(compareNaturally(b, a)) + 0);
        if (compareNaturally(a, b) < 0 && compareNaturally(b, c) < 0) expect(compareNaturally(a, c)).toBeLessThan(0);
      }),
      { seed: 20260102, numRuns: 2000 },
    );
  });
});
