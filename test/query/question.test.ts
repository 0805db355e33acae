import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/query/explain.ts';
import { filterNamed } from '../../src/query/filters/index.ts';
import { compilePredicate, type Predicate } from '../../src/query/predicate.ts';
import { buildExpr, buildQuestion, type FilterArgument, readsNow } from '../../src/query/question.ts';
import { recordOf } from '../helpers/records.ts';
import { context, errorOf, given } from './ask.ts';
import { someFilter, someRecord } from './records.ts';

function predicateOf(args: readonly FilterArgument[]): Predicate {
  return compilePredicate(buildExpr(args, context));
}

function argument([flag, value]: readonly [string, string]): FilterArgument {
  return given(flag, ...(filterNamed(flag).placeholder === undefined ? [] : [value]));
}

const options = { seed: 9, numRuns: 1000 };

describe('a question', () => {
  it('asks for every record without filters', () => {
    expect(buildQuestion([], context)).toEqual({ expr: { kind: 'all' }, window: undefined, rest: { kind: 'all' } });
  });

  it('narrows by different flags and widens by values of one, wherever they are given', () => {
    const args = [given('env', 'env-1'), given('org', 'o-1,o-2'), given('env', 'env-2'), given('not-org', 'o-3')];

    expect(explain(buildExpr(args, context))).toBe(
      'env is "env-1" or "env-2" and org is "o-1" or "o-2" and not org is "o-3"',
    );
  });

  it('keeps the time window apart from the rest', () => {
    const { expr, window, rest } = buildQuestion(
      [given('until', '2026-05-02'), given('method', 'DeleteTopics'), given('since', '2026-05-01T10:00Z')],
      context,
    );

    expect({ from: window?.from?.text, until: window?.until?.text }).toEqual({
      from: '2026-05-01T10:00:00Z',
      until: '2026-05-02T00:00:00Z',
    });
    expect(explain(rest)).toBe('method is "deletetopics" in any case');
    expect(explain(expr)).toBe(
      'time at or after 2026-05-01T10:00:00Z and before 2026-05-02T00:00:00Z and method is "deletetopics" in any case',
    );
  });

  it('refuses a window that ends before it begins', () => {
    const args = [given('since', 'now'), given('until', '2h')];

    expect(errorOf(() => buildQuestion(args, context))).toBe(
      'bad-window: --since 2026-05-06T12:30:00Z is after --until 2026-05-06T10:30:00Z: no time lies between\n' +
        'try --since 2026-05-01 --until 2026-05-02, or --since 2d --until 1d',
    );
  });

  it('allows a window of no length, which holds nothing', () => {
    const keeps = predicateOf([given('since', '2026-05-01'), given('until', '2026-05-01')]);

    expect(keeps(recordOf({ time: '2026-05-01T00:00:00Z' }))).toBe(false);
  });

  it('refuses an empty file of names to find, and leaves out nothing by an empty file of names to leave out', () => {
    const empty = { ...context, readFile: () => '# nobody\n' };

    expect(errorOf(() => buildExpr([given('principal', '@nobody.txt')], empty))).toBe(
      'empty-value: --principal "@nobody.txt": no value in the file\ntry u-1a2b3c, ann@example.com or sa-*',
    );
    expect(buildExpr([given('not-principal', '@nobody.txt')], empty)).toEqual({ kind: 'all' });
  });

  it('names the flag as typed when a value cannot be used', () => {
    expect(errorOf(() => buildExpr([given('not-env', '')], context))).toBe(
      'empty-value: --not-env "": a value was expected, found none\ntry env-1a2b3c or env-*',
    );
  });
});

describe('readsNow', () => {
  it.each([
    [[given('since', '2h')], true],
    [[given('until', 'yesterday'), given('method', 'X')], true],
    [[given('where', 'time > "2h" and ok = true')], true],
    [[given('since', '2026-05-01'), given('until', '1777629600')], false],
    [[given('where', 'time > "2026-05-01"')], false],
    [[given('method', 'now')], false],
    // Read against the wall clock this window would be refused; against the newest record it need not be.
    [[given('since', '2026-05-06T12:00Z'), given('until', '2h')], true],
  ])('%j: %s', (args, expected) => {
    expect(readsNow(args, context)).toBe(expected);
  });
});

describe('laws of filters', () => {
  it('adding a different filter never adds records', () => {
    fc.assert(
      fc.property(someRecord, fc.array(someFilter, { maxLength: 3 }), someFilter, (value, some, more) => {
        fc.pre(some.every(([flag]) => flag !== more[0]));
        const record = recordOf(value);
        const fewer = predicateOf([...some, more].map(argument))(record);
        expect(fewer && !predicateOf(some.map(argument))(record)).toBe(false);
      }),
      options,
    );
  });

  it('adding a value to a filter never takes records away', () => {
    fc.assert(
      fc.property(someRecord, someFilter, someFilter, (value, one, another) => {
        fc.pre(one[0] === another[0]);
        const record = recordOf(value);
        const more = predicateOf([argument(one), argument(another)])(record);
        expect(predicateOf([argument(one)])(record) && !more).toBe(false);
      }),
      options,
    );
  });

  it('--not-x keeps exactly what --x does not', () => {
    fc.assert(
      fc.property(someRecord, someFilter, (value, filter) => {
        const record = recordOf(value);
        const arg = argument(filter);
        expect(predicateOf([{ ...arg, negated: true }])(record)).toBe(!predicateOf([arg])(record));
      }),
      options,
    );
  });

  it('windows that meet add up, and none sees a record twice', () => {
    const times = ['2026-05-01', '2026-05-01T00:00:00.000000001Z', '2026-05-02', '2026-05-02T00:00:00Z', '2026-05-04'];
    fc.assert(
      fc.property(
        someRecord,
        fc.tuple(...Array.from({ length: 3 }, () => fc.constantFrom(...times))),
        (value, chosen) => {
          const [a = '', b = '', c = ''] = chosen.toSorted((x, y) => times.indexOf(x) - times.indexOf(y));
          const record = recordOf(value);
          const within = (from: string, until: string) =>
            Number(predicateOf([given('since', from), given('until', until)])(record));
          expect(within(a, b) + within(b, c)).toBe(within(a, c));
        },
      ),
      options,
    );
  });

  it('the order of the flags does not matter', () => {
    fc.assert(
      fc.property(someRecord, fc.array(someFilter, { maxLength: 4 }), (value, some) => {
        const record = recordOf(value);
        expect(predicateOf(some.map(argument))(record)).toBe(predicateOf(some.toReversed().map(argument))(record));
      }),
      options,
    );
  });
});
