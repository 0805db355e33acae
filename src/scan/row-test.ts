import { cheapestFirst } from '../query/cost.ts';
import type { Expr } from '../query/expr.ts';
import { compilePredicate } from '../query/predicate.ts';
import { compileTest } from '../query/value-test.ts';
import { groupOfMatch } from './groups.ts';
import { needlesOf } from './needles.ts';
import type { ScannedRecords } from './scanned-records.ts';
import { compileTextSearch } from './text-search.ts';

/** Whether an expression holds for a row. */
export type RowTest = (i: number) => boolean;

/**
 * The expression over rows. Each of its tests is asked of the truth once for every distinct tuple of what it looks
 * at; a test that needs more than that is asked of the whole record every time.
 */
export function compileRowTest(expr: Expr, records: ScannedRecords): RowTest {
  switch (expr.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const parts = cheapestFirst(expr.of).map((part) => compileRowTest(part, records));
      return (i) => parts.every((part) => part(i));
    }
    case 'or': {
      const parts = cheapestFirst(expr.of).map((part) => compileRowTest(part, records));
      return (i) => parts.some((part) => part(i));
    }
    case 'not': {
      const inner = compileRowTest(expr.of, records);
      return (i) => !inner(i);
    }
    case 'match':
      return compileMatch(expr, records);
  }
}

function compileMatch(expr: Extract<Expr, { kind: 'match' }>, records: ScannedRecords): RowTest {
  const { on, test } = expr;
  const matches = compilePredicate(expr);
  const onRecord: RowTest = (i) => matches(records.record(i));
  if (on.kind === 'column' && on.name === 'time') {
    if (test.kind === 'compare') return onRecord;
    const passes = compileTest(test);
    return (i) => {
      const time = records.time(i);
      return time === undefined ? onRecord(i) : passes(time);
    };
  }
  const group = groupOfMatch(expr);
  if (group === undefined || records.groups.isFull) return onRecord;
  if (on.kind === 'column') records.groups.watchFor(on.name);
  if (test.kind === 'compare' && test.to.kind === 'column') records.groups.watchFor(test.to.name);
  const number = records.groups.add(group);
  const needles = needlesOf(expr);
  const mayMatch = needles && compileTextSearch(needles);
  const verdicts = records.memos.memo(number, (tuple) => {
    const slices = records.tuples.slices(number, tuple);
    // Where nearly every tuple is another one, parsing them all would take longer than the rest.
    if (mayMatch !== undefined && !slices.some((slice) => slice !== undefined && mayMatch(slice))) return no;
    return matches(records.skeleton(number, slices)) ? yes : no;
  });
  return (i) => verdicts.of(records.rows.tuple(i, number)) === yes;
}

// Numbers that are not 0 or undefined, for the memo.
const yes = 1;
const no = 2;
