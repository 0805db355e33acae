import type { Expr, Operand, Test } from './expr.ts';

/** Small constructors that keep expressions flat: no nesting of the same kind, no groups of one. */

export function match(on: Operand, test: Test): Expr {
  return { kind: 'match', on, test };
}

/** All of them; `all` when there are none. */
export function allOf(exprs: readonly Expr[]): Expr {
  const parts = exprs.flatMap((e) => (e.kind === 'and' ? e.of : [e])).filter((e) => e.kind !== 'all');
  const [only] = parts;
  if (only === undefined) return { kind: 'all' };
  return parts.length === 1 ? only : { kind: 'and', of: parts };
}

/** At least one of them; nothing when there are none. */
export function anyOf(exprs: readonly Expr[]): Expr {
  const parts = exprs.flatMap((e) => (e.kind === 'or' ? e.of : [e]));
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'or', of: parts };
}

export function not(expr: Expr): Expr {
  return expr.kind === 'not' ? expr.of : { kind: 'not', of: expr };
}
