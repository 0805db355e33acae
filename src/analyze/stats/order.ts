import { numeral } from '../../query/compare.ts';
import type { Operand } from '../../query/expr.ts';
import { compareInstants, type Instant, isInstant, parseInstant } from '../../record/time.ts';

type Value = string | number | boolean | Instant;

/**
 * The order of values for `min` and `max`: numbers by value, times as instants, all else as text. A raw path may hold all
 * three: then numbers come before times and times before other text, so that the order is one whatever comes first.
 */
export function orderOfValues({ kind }: Operand): (a: Value, b: Value) => number {
  const rank = kind === 'path' ? rankOfRaw : rankOf;
  return (a, b) => {
    const one = rank(a);
    const other = rank(b);
    return one.rank - other.rank || distance(one.at, other.at) || orderOfTexts(String(a), String(b));
  };
}

/** Where a value stands among those of its rank. */
interface Rank {
  readonly rank: number;
  readonly at: number | Instant | undefined;
}

function rankOf(value: Value): Rank {
  if (typeof value === 'number') return { rank: 0, at: value };
  return isInstant(value) ? { rank: 1, at: value } : { rank: 2, at: undefined };
}

function rankOfRaw(value: Value): Rank {
  if (typeof value !== 'string') return rankOf(value);
  if (numeral.test(value)) return { rank: 0, at: Number(value) };
  const instant = parseInstant(value);
  return instant === undefined ? { rank: 2, at: undefined } : { rank: 1, at: instant };
}

function distance(a: Rank['at'], b: Rank['at']): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === 'object' && typeof b === 'object' ? compareInstants(a, b) : 0;
}

export function orderOfTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
