import { compareInstants, type Instant, isInstant, parseInstant } from '../record/time.ts';
import type { CompareOp, Scalar } from './expr.ts';

/**
 * The comparisons of `--where` on two present values.
 * - A time and a text: the text is read as RFC 3339; without that nothing but `!=` holds.
 * - A number (not in quotes) and a text: by value when the text looks like a number, so `404` equals
 *   `"404"`; otherwise they differ and neither is less.
 * - Two texts are equal when they are the same, case included; for `<` and the like, two that look
 *   like numbers go by value, then by UTF-16 code unit. Ids such as `007` and `7` thus stay apart.
 * - `true` and `false` equal the texts "true" and "false".
 */
export function holds(left: Scalar | Instant, op: CompareOp, right: Scalar | Instant): boolean {
  const order = isInstant(left) || isInstant(right) ? orderOfTimes(left, right) : orderOfScalars(left, right);
  if (order === undefined) return op === '!=';
  switch (op) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Negative, zero, positive; undefined when the two cannot be compared. */
function orderOfTimes(left: Scalar | Instant, right: Scalar | Instant): number | undefined {
  const a = instantOfValue(left);
  const b = instantOfValue(right);
  return a && b && compareInstants(a, b);
}

function instantOfValue(value: Scalar | Instant): Instant | undefined {
  if (isInstant(value)) return value;
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function orderOfScalars(left: Scalar, right: Scalar): number | undefined {
  if (typeof left === 'number' || typeof right === 'number') {
    const a = numberOf(left);
    const b = numberOf(right);
    return a === undefined || b === undefined ? undefined : orderOf(a, b);
  }
  const a = String(left);
  const b = String(right);
  if (a === b) return 0;
  const numberA = numberOf(a);
  const numberB = numberA === undefined ? undefined : numberOf(b);
  const byValue = numberA === undefined || numberB === undefined ? 0 : orderOf(numberA, numberB);
  return byValue || orderOf(a, b);
}

function orderOf<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export const numeral = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function numberOf(value: Scalar): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && numeral.test(value) ? Number(value) : undefined;
}
