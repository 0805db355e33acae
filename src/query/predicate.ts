import { foldType } from '../record/crn.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Instant } from '../record/time.ts';
import { holds } from './compare.ts';
import { cheapestFirst } from './cost.ts';
import type { Comparand, CompareOp, Expr, Operand, Scalar, Test } from './expr.ts';
import { anyValue, operandText, someValueOf, textOfValue, type Values, valuesOfOperand } from './operand.ts';
import { compileTest, type ValueTest } from './value-test.ts';

export type Predicate = (record: AuditRecord) => boolean;

/** The truth of an expression. Compile once; the predicate holds no state and never throws on a record. */
export function compilePredicate(expr: Expr): Predicate {
  switch (expr.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = cheapestFirst(expr.of).map(compilePredicate);
      return (record) => parts.every((part) => part(record));
    }
    case 'or': {
      const parts = oneReadEach(cheapestFirst(expr.of));
      return (record) => parts.some((part) => part(record));
    }
    case 'not': {
      const inner = compilePredicate(expr.of);
      return (record) => !inner(record);
    }
    case 'match':
      return compileMatch(expr.on, expr.test);
  }
}

/** Alternatives on one operand read it once: lists of values are the usual case. */
function oneReadEach(exprs: readonly Expr[]): Predicate[] {
  const predicates: Predicate[] = [];
  const testsOn = new Map<string, ValueTest[]>();
  for (const expr of exprs) {
    const test = expr.kind === 'match' ? plainTest(expr) : undefined;
    if (expr.kind !== 'match' || test === undefined) {
      predicates.push(compilePredicate(expr));
      continue;
    }
    const key = `${expr.on.kind} ${operandText(expr.on)}`;
    const tests = testsOn.get(key);
    if (tests !== undefined) {
      tests.push(test);
      continue;
    }
    const all = [test];
    testsOn.set(key, all);
    const some = someValueOf(expr.on);
    const passesAny: ValueTest = (value) => all.some((passes) => passes(value));
    predicates.push((record) => some(record, passesAny));
  }
  return predicates;
}

/** The test when it looks at nothing but its own value. */
function plainTest({ on, test }: Extract<Expr, { kind: 'match' }>): ValueTest | undefined {
  if (test.kind !== 'compare') return compileTest(test);
  const fixed = test.op === '!=' ? undefined : fixedValue(test.to);
  if (fixed === undefined) return undefined;
  const compare = comparisonFor(on, test.op, test.to);
  return (value) => compare(value, fixed);
}

function compileMatch(on: Operand, test: Test): Predicate {
  if (test.kind === 'compare') return compileComparison(on, valuesOfOperand(on), test.op, test.to);
  const some = someValueOf(on);
  const passes = compileTest(test);
  return (record) => some(record, passes);
}

function compileComparison(
  on: Operand,
  read: (record: AuditRecord) => Values,
  op: CompareOp,
  to: Comparand,
): Predicate {
  // `!=` is "not equal to any", so that on a list it is the negation of `=`.
  if (op === '!=') {
    const equal = compileComparison(on, read, '=', to);
    return (record) => !equal(record);
  }
  const compare = comparisonFor(on, op, to);
  const right = readComparand(to);
  return (record) => {
    const rightValues = right(record);
    return anyValue(read(record), (l) => anyValue(rightValues, (r) => compare(l, r)));
  };
}

type Compare = (left: Scalar | Instant, right: Scalar | Instant) => boolean;

function comparisonFor(on: Operand, op: CompareOp, to: Comparand): Compare {
  const isTypes = op === '=' && (isResourceType(on) || isResourceType(to));
  return isTypes ? sameType : (left, right) => holds(left, op, right);
}

/** `KAFKA_CLUSTER` and `kafka-cluster` are the same resource type. */
function sameType(left: Scalar | Instant, right: Scalar | Instant): boolean {
  return foldType(textOfValue(left)) === foldType(textOfValue(right));
}

function isResourceType(to: Comparand): boolean {
  return to.kind === 'column' && to.name === 'resourceType';
}

function readComparand(to: Comparand): (record: AuditRecord) => Values {
  const fixed = fixedValue(to);
  if (fixed !== undefined) return () => fixed;
  return to.kind === 'column' || to.kind === 'path' ? valuesOfOperand(to) : () => undefined;
}

/** The value of a comparand that is the same for every record. */
function fixedValue(to: Comparand): Scalar | Instant | undefined {
  switch (to.kind) {
    case 'scalar':
      return to.value;
    case 'instant':
      return to.at;
    case 'column':
    case 'path':
      return undefined;
  }
}
