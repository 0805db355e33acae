import { firstSeenFold } from '../../analyze/first-seen.ts';
import { requireTime, type TimeContext } from '../../query/time-value.ts';
import type { Instant } from '../../record/time.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { firstSeenReport, noteBaseline, proveFirstSeen } from '../first-seen-report.ts';
import { keyFlag, missingFlag, operandsOf } from '../key-flag.ts';
import { switched, textFlag } from '../options.ts';
import { reportOnInput, rowReport } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const key = keyFlag(invocation, 'key', 'try --key principal,ip or --key method');
  const untilIn = baselineFlag(invocation);
  const names = key.map(({ name }) => name);
  return reportOnInput(
    invocation,
    terminal,
    ({ context }) => firstSeenFold({ key: operandsOf(key), until: untilIn(context), what: names.join(',') }),
    async (result, accounting, inquiry, again) => {
      const asked = { key, until: untilIn(inquiry.context) };
      accounting.diagnostics.push(...noteBaseline(result, asked, inquiry.zone));
      const report = firstSeenReport(result, asked, inquiry.zone);
      const proven = switched(invocation, 'proof')
        ? await proveFirstSeen(report, result, asked, inquiry, again)
        : report;
      return rowReport(proven);
    },
    { ownFlags: untilIn, readsTwice: switched(invocation, 'proof') },
  );
};

function baselineFlag(invocation: Invocation): (context: TimeContext) => Instant {
  const text = textFlag(invocation, 'baseline-until');
  if (text === undefined) {
    const hint = 'what was seen before TIME is known: try --baseline-until 2026-05-01 or --baseline-until 24h';
    throw missingFlag(invocation, '--baseline-until TIME', hint);
  }
  return (context) => requireTime('baseline-until', text, context);
}
