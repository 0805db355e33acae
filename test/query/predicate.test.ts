import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../../src/query/compare.ts';
import type { Expr } from '../../src/query/expr.ts';
import { anyValue, valuesOfOperand } from '../../src/query/operand.ts';
import { compilePredicate } from '../../src/query/predicate.ts';
import { compileTest } from '../../src/query/value-test.ts';
import { parseWhere } from '../../src/query/where.ts';
import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';
import { context, exprOf } from './ask.ts';
import { someFilter, someRecord } from './records.ts';

/** The meaning of an expression word for word: in the order given, every part read anew. */
function plainly(expr: Expr, record: AuditRecord): boolean {
  switch (expr.kind) {
    case 'all':
      return true;
    case 'and':
      return expr.of.every((part) => plainly(part, record));
    case 'or':
      return expr.of.some((part) => plainly(part, record));
    case 'not':
      return !plainly(expr.of, record);
    case 'match': {
      const { on, test } = expr;
      const left = valuesOfOperand(on)(record);
      if (test.kind !== 'compare') return anyValue(left, compileTest(test));
      const { op, to } = test;
      const right = to.kind === 'scalar' ? to.value : to.kind === 'instant' ? to.at : valuesOfOperand(to)(record);
      if (op === '!=') return !anyValue(left, (l) => anyValue(right, (r) => holds(l, '=', r)));
      return anyValue(left, (l) => anyValue(right, (r) => holds(l, op, r)));
    }
  }
}

const leaf: fc.Arbitrary<Expr> = someFilter
  .filter(([flag]) => flag !== 'ok' && flag !== 'failed')
  .map(([flag, value]) => exprOf(flag, value));

const tree = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('expr'), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('expr') }),
    fc.constant({ kind: 'all' as const }),
  ),
})).expr;

describe('a compiled predicate', () => {
  it('means what the expression says, whatever is tested first', () => {
    fc.assert(
      fc.property(tree, someRecord, (expr, value) => {
        const record = recordOf(value);
        expect(compilePredicate(expr)(record)).toBe(plainly(expr, record));
      }),
      { seed: 10, numRuns: 2000 },
    );
  });

  it('answers the same every time', () => {
    const keeps = compilePredicate(parseWhere('method ~ /x/i or id ~ "^e"', context));
    const record = recordOf({ id: 'e-1' });

    expect([keeps(record), keeps(record), keeps(record)]).toEqual([true, true, true]);
  });

  it('reads a list of alternatives on a list column member by member', () => {
    const expr = parseWhere('ips = "10.0.0.9" or ips != "10.0.0.1" or ips = "10.0.0.2"', context);
    const keeps = compilePredicate(expr);
    const withAddresses = (...ips: string[]) =>
      recordOf({ data: { requestMetadata: { clientAddress: ips.map((ip) => ({ ip })) } } });

    expect(keeps(withAddresses('10.0.0.1'))).toBe(false);
    expect(keeps(withAddresses('10.0.0.1', '10.0.0.3'))).toBe(false);
    expect(keeps(withAddresses('10.0.0.1', '10.0.0.2'))).toBe(true);
    expect(keeps(withAddresses('10.0.0.3'))).toBe(true);
  });

  it('compares the members of two lists', () => {
    const keeps = compilePredicate(parseWhere('data.a = data.b and data.a < data.b', context));

    expect(keeps(recordOf({ data: { a: [1, 2], b: ['2', 3] } }))).toBe(true);
    expect(keeps(recordOf({ data: { a: [1, 2], b: [3, 4] } }))).toBe(false);
  });

  it.each<[string, JsonObject]>([
    ['wrong types everywhere', { type: 5, time: [], id: {}, subject: true, data: [[], null, 'x', { methodName: {} }] }],
    ['no data', {}],
    [
      'keys of Object.prototype',
      JSON.parse('{"__proto__":{"type":"x"},"constructor":{"a":1},"data":{"__proto__":null}}'),
    ],
    [
      'control characters and half pairs',
      { id: '\u001b[31m', data: { methodName: '\ud800', resourceName: 'crn://%zz/%E0%A4%A=%' } },
    ],
  ])('never throws on a record with %s', (_, value) => {
    const exprs = fc.sample(tree, { seed: 11, numRuns: 300 });

    for (const expr of exprs) expect(typeof compilePredicate(expr)(recordOf(value))).toBe('boolean');
  });

  it('never throws on a record that nests deeper than the stack', () => {
    const depth = 50_000;
    const deep: JsonObject = JSON.parse(`{"data":${'{"a":['.repeat(depth)}"end"${']}'.repeat(depth)}}`);
    const record = { ...recordOf({}), value: deep };

    expect(compilePredicate(exprOf('text', 'END'))(record)).toBe(true);
    expect(compilePredicate(parseWhere('data.a ~ "end"', context))(record)).toBe(true);
  });
});
