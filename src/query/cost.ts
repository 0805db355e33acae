import type { Expr, Operand } from './expr.ts';

/** Nothing depends on the order but the time it takes: parts have no effects and do not throw. */
export function cheapestFirst(exprs: readonly Expr[]): Expr[] {
  return exprs
    .map((expr) => ({ expr, cost: costOf(expr) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ expr }) => expr);
}

/** Rough cost relative to reading one short text. */
function costOf(expr: Expr): number {
  switch (expr.kind) {
    case 'all':
      return 0;
    case 'and':
    case 'or':
      return expr.of.reduce((sum, part) => sum + costOf(part), 0);
    case 'not':
      return costOf(expr.of);
    case 'match':
      return costOfOperand(expr.on) + (expr.test.kind === 'compare' ? 1 : 0);
  }
}

const dearColumns: ReadonlyMap<string, number> = new Map([
  ['strings', 100],
  ['crnTexts', 20],
  ['crns', 20],
  ['crn', 20],
  ['resources', 20],
  ['resource', 20],
  ['resourceType', 20],
  ['org', 20],
  ['env', 20],
  ['cluster', 20],
  ['region', 20],
  ['principalNames', 5],
  ['principal', 5],
  ['principalKind', 5],
  ['email', 5],
]);

function costOfOperand(operand: Operand): number {
  return operand.kind === 'column' ? (dearColumns.get(operand.name) ?? 1) : 3;
}
