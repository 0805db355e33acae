import { describe, expect, it } from 'vitest';
import { filterGroups } from '../../../src/query/filters/filter.ts';
import { filterNamed, filters } from '../../../src/query/filters/index.ts';
import { buildExpr } from '../../../src/query/question.ts';
import { context } from '../ask.ts';

describe('the filter registry', () => {
  it('has every row of the contract', () => {
    expect(
      filters.map((filter) => [filter.short ?? '', filter.name, ...(filter.aliases ?? [])].join(' ').trim()),
    ).toEqual([
      'm method',
      'type',
      'access',
      'resource',
      'crn',
      'service',
      'id',
      'request-id',
      'p principal',
      'principal-kind',
      'credential',
      'ip',
      'env',
      'cluster',
      'org',
      'region',
      'S since after from start',
      'U until before to end',
      'hours',
      'days',
      'outside-hours',
      'result',
      'ok',
      'failed',
      'text',
      'w where',
    ]);
  });

  it('has no flag twice, aliases and negations included', () => {
    const flags = filters.flatMap(({ name, aliases = [], negatable }) => [
      name,
      ...aliases,
      ...(negatable ? [`not-${name}`] : []),
    ]);

    expect(new Set(flags).size).toBe(flags.length);
  });

  it('lists the filters group by group', () => {
    const order = filters.map((filter) => filterGroups.indexOf(filter.group));

    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('negates everything but the time window', () => {
    expect(filters.filter((filter) => !filter.negatable).map((filter) => filter.name)).toEqual(['since', 'until']);
  });

  it('says so when asked for a filter it does not have', () => {
    expect(() => filterNamed('nope')).toThrow('no filter nope');
  });

  describe.each(filters.map((filter) => [filter.name, filter] as const))('--%s', (name, filter) => {
    it('has a help line that fits', () => {
      expect(filter.help.length).toBeGreaterThan(10);
      expect(filter.help.length).toBeLessThanOrEqual(60);
      expect(filter.help).not.toMatch(/\.$/);
    });

    it('shows at least two values that work', () => {
      expect(filter.examples.length).toBeGreaterThanOrEqual(2);
      if (filter.placeholder === undefined) return;
      for (const example of filter.examples) {
        const arg = { name, negated: false, values: [example] };
        expect(() => buildExpr([arg], { ...context, readFile: () => 'x\n' })).not.toThrow();
      }
    });
  });
});
