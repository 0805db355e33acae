import { describe, expect, it } from 'vitest';
import { explain } from '../../src/query/explain.ts';
import type { Expr } from '../../src/query/expr.ts';
import { splitWindow, windowMatch } from '../../src/query/time-window.ts';
import { parseInstant } from '../../src/record/time.ts';
import { exprOf } from './ask.ts';

function window(from?: string, until?: string): Expr {
  const start = from === undefined ? undefined : parseInstant(from);
  const end = until === undefined ? undefined : parseInstant(until);
  return windowMatch({ ...(start && { from: start }), ...(end && { until: end }) });
}

describe('the window an expression demands', () => {
  const [may1, may2, may3, may4] = ['1', '2', '3', '4'].map((day) => `2026-05-0${day}T00:00:00Z`);

  it.each([
    ['no window', [], undefined],
    ['one', [window(may1, may2)], [may1, may2]],
    ['two open ones', [window(may1), window(undefined, may2)], [may1, may2]],
    ['the overlap of several', [window(may1, may3), window(may2, may4)], [may2, may3]],
    ['the overlap, in any order', [window(may2, may4), window(may1, may3)], [may2, may3]],
  ])('is %s', (_, windows, expected) => {
    const env = exprOf('env', 'env-1');
    const { window: found, rest } = splitWindow({ kind: 'and', of: [...windows, env] });

    expect(found && [found.from?.text, found.until?.text]).toEqual(expected);
    expect(rest).toEqual(env);
  });

  it('is not looked for below or and not, where it does not bind every record', () => {
    const either: Expr = { kind: 'or', of: [window(may1), exprOf('env', 'env-1')] };

    expect(splitWindow(either)).toEqual({ window: undefined, rest: either });
    expect(explain(splitWindow({ kind: 'not', of: window(may1) }).rest)).toBe(`not time at or after ${may1}`);
  });
});
