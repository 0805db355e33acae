import { instantText } from '../../output/cell-text.ts';
import { badValue } from '../../query/bad-value.ts';
import { parseDuration, shift } from '../../query/duration.ts';
import { requireTime } from '../../query/time-value.ts';
import type { Recipe } from './recipe.ts';

export const whatChangedBefore: Recipe = {
  name: 'what-changed-before',
  summary: 'What was changed in the day before something happened',
  operand: 'TIME',
  example: '2026-03-18T02:10Z',
  command: 'timeline',
  ownFlags: [{ long: 'window', value: 'SPAN', help: 'how long before (default 24h)' }],
  expand({ operand, typed, context }) {
    const until = requireTime('until', operand, context);
    const text = typed('window') ?? '24h';
    const window = parseDuration(text);
    const since = window && shift(until, window, -1, context.zone);
    if (since === undefined || window === undefined || window.months + window.second + window.nano === 0)
      throw noSpan(text);
    const [from, to] = [since, until].map((instant) => instantText(instant, context.zone));
    return {
      fixed: { until: [to ?? operand] },
      usual: { since: [from ?? text], access: ['modification'] },
    };
  },
};

function noSpan(value: string): Error {
  return badValue({
    code: 'bad-value',
    flag: 'window',
    value,
    reason: 'expected a length of time above zero',
    examples: ['--window 2h', '--window 7d'],
  });
}
