import { AuditError } from '../diag/diagnostic.ts';
import { badValue } from '../query/bad-value.ts';
import { requireTime, type TimeContext } from '../query/time-value.ts';
import type { TimeWindow } from '../query/time-window.ts';
import { compareInstants } from '../record/time.ts';
import type { Invocation } from './command.ts';
import { missingFlag } from './key-flag.ts';
import { textFlag } from './options.ts';

/** `--a T..T`: a half-open period, one end of which may be left open. */
export function periodFlag(invocation: Invocation, long: string): (context: TimeContext) => TimeWindow {
  const text = textFlag(invocation, long);
  if (text === undefined)
    throw missingFlag(invocation, `--${long} T..T`, `a period from one time to another: ${listedExamples(long)}`);
  const [from = '', until = '', ...more] = text.split('..').map((end) => end.trim());
  if (!text.includes('..') || more.length > 0 || (from === '' && until === '')) {
    const reason = 'expected two times with .. between them; one of them may be left out';
    throw badValue({ code: 'bad-period', flag: long, value: text, reason, examples: examplesFor(long) });
  }
  return (context) => {
    const window = {
      ...(from !== '' && { from: requireTime(long, from, context) }),
      ...(until !== '' && { until: requireTime(long, until, context) }),
    };
    checkPeriod(window, long, text);
    return window;
  };
}

function checkPeriod({ from, until }: TimeWindow, long: string, text: string): void {
  if (from === undefined || until === undefined || compareInstants(from, until) < 0) return;
  const order = compareInstants(from, until) === 0 ? 'is the same as' : 'is after';
  throw new AuditError({
    code: 'bad-period',
    message: `--${long} "${text}": ${from.text} ${order} ${until.text}, so no time lies between`,
    hint: `the end of a period is not part of it: try ${listedExamples(long)}`,
  });
}

function examplesFor(long: string): readonly string[] {
  return [`--${long} 2026-05-01..2026-05-02`, `--${long} 2d..1d`, `--${long} 2026-05-01..`];
}

function listedExamples(long: string): string {
  return examplesFor(long).slice(0, 2).join(' or ');
}
