import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../../src/query/compare.ts';
import type { CompareOp, Scalar } from '../../src/query/expr.ts';
import { type Instant, parseInstant } from '../../src/record/time.ts';

const ops: readonly CompareOp[] = ['=', '!=', '<', '<=', '>', '>='];

function time(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(text);
  return instant;
}

describe('a comparison', () => {
  it.each<[Scalar | Instant, Scalar | Instant, string]>([
    [404, 404, '= <= >='],
    [404, '404', '= <= >='],
    ['404', 404, '= <= >='],
    ['404.0', 404, '= <= >='],
    ['4.04e2', 404, '= <= >='],
    ['5', 10, '!= < <='],
    [10, '9', '!= > >='],
    ['10', '9', '!= > >='],
    ['9', '10', '!= < <='],
    ['404', '404.0', '!= < <='],
    ['007', '7', '!= < <='],
    ['0e12', '0e13', '!= < <='],
    [
      '00012345678901234567890123456789012345678901234567890001',
      '00012345678901234567890123456789012345678901234567890002',
      '!= < <=',
    ],
    ['abc', 5, '!='],
    ['', 0, '!='],
    [true, 1, '!='],
    [true, 'true', '= <= >='],
    ['false', false, '= <= >='],
    [true, 'TRUE', '!= > >='],
    ['a', 'B', '!= > >='],
    ['a', 'a', '= <= >='],
    ['', '', '= <= >='],
    [-0, 0, '= <= >='],
    [time('2026-05-01T10:00:00Z'), time('2026-05-01T12:00:00+02:00'), '= <= >='],
    [time('2026-05-01T10:00:00.5Z'), time('2026-05-01T10:00:00Z'), '!= > >='],
    [time('2026-05-01T10:00:00.500Z'), '2026-05-01T10:00:00.5Z', '= <= >='],
    ['2026-05-01T09:59:59.999999999Z', time('2026-05-01T10:00:00Z'), '!= < <='],
    [time('2026-05-01T10:00:00Z'), 'no time', '!='],
    [time('2026-05-01T10:00:00Z'), 1_777_629_600, '!='],
    ['2026-05-01T10:00:00Z', '2026-05-01T12:00:00+02:00', '!= < <='],
  ])('of %j and %j holds for %s', (left, right, expected) => {
    expect(ops.filter((op) => holds(left, op, right)).join(' ')).toBe(expected);
  });

  const scalar = fc.oneof(
    fc.integer({ min: -20, max: 20 }),
    fc.boolean(),
    fc.constantFrom('', '1', '01', '1.0', '-3', '1e1', '10', 'a', 'A', 'true'),
  );

  it('is consistent: = and != differ, and <= is < or =', () => {
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        expect(holds(a, '!=', b)).toBe(!holds(a, '=', b));
        expect(holds(a, '<=', b)).toBe(holds(a, '<', b) || holds(a, '=', b));
        expect(holds(a, '>=', b)).toBe(holds(a, '>', b) || holds(a, '=', b));
        expect(holds(a, '<', b)).toBe(holds(b, '>', a));
        expect(holds(a, '=', b)).toBe(holds(b, '=', a));
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});
