import { AuditError } from '../../src/diag/diagnostic.ts';
import type { Expr } from '../../src/query/expr.ts';
import type { FilterContext } from '../../src/query/filters/filter.ts';
import { compilePredicate } from '../../src/query/predicate.ts';
import { buildExpr, type FilterArgument } from '../../src/query/question.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { parseInstant } from '../../src/record/time.ts';
import { utc } from '../../src/record/zone.ts';
import { recordOf } from '../helpers/records.ts';

/** 2026-05-06 was a Wednesday. */
export const now = parseInstant('2026-05-06T12:30:00Z') ?? fail();

export const context: FilterContext = {
  exact: false,
  readFile: (path) => {
    throw new Error(`ENOENT: no such file, open '${path}'`);
  },
  now,
  zone: utc,
};

/** `given('method', 'A', 'B')` is `--method A --method B`; `not-method` negates. */
export function given(flag: string, ...values: string[]): FilterArgument {
  const negated = flag.startsWith('not-');
  return { name: negated ? flag.slice('not-'.length) : flag, negated, values };
}

/** The expression of one flag with one value. */
export function exprOf(flag: string, value: string, more: Partial<FilterContext> = {}): Expr {
  return buildExpr([given(flag, value)], { ...context, ...more });
}

export function matches(expr: Expr, value: JsonObject): boolean {
  return compilePredicate(expr)(recordOf(value));
}

/** Whether one flag with one value keeps the record. */
export function keeps(flag: string, value: string, record: JsonObject, more: Partial<FilterContext> = {}): boolean {
  return matches(exprOf(flag, value, more), record);
}

/** The code, message and hint of the AuditError that `act` throws, as a user reads them. */
export function errorOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AuditError) {
      const { code, message, hint } = error.diagnostic;
      return `${code}: ${message}\n${hint ?? ''}`;
    }
    throw error;
  }
  throw new Error('nothing was thrown');
}

function fail(): never {
  throw new Error('not a time');
}
