import { type DiffKey, type DiffOptions, diffFold } from '../../analyze/diff.ts';
import { badValue } from '../../query/bad-value.ts';
import { splitFields } from '../../query/fields.ts';
import type { TimeContext } from '../../query/time-value.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { diffReport, noteDiff, proveDiff } from '../diff-report.ts';
import { groupField, missingFlag, operandsOf } from '../key-flag.ts';
import { numberFlag, switched, textFlag } from '../options.ts';
import { periodFlag } from '../period-flag.ts';
import { reportOnInput, rowReport } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const fixed = {
    keys: keysFlag(invocation),
    factor: factorFlag(invocation),
    least: numberFlag(invocation, 'least', { examples: [5, 20] }) ?? 5,
  };
  const [a, b] = [periodFlag(invocation, 'a'), periodFlag(invocation, 'b')];
  const optionsIn = (context: TimeContext): DiffOptions => ({ ...fixed, a: a(context), b: b(context) });
  return reportOnInput(
    invocation,
    terminal,
    ({ context }) => diffFold(optionsIn(context)),
    async (result, accounting, inquiry, again) => {
      const options = optionsIn(inquiry.context);
      accounting.diagnostics.push(...noteDiff(result, options, inquiry.zone));
      const report = diffReport(result, options, inquiry.zone);
      const proven = switched(invocation, 'proof') ? await proveDiff(report, result, options, inquiry, again) : report;
      return rowReport(proven);
    },
    { ownFlags: optionsIn, readsTwice: switched(invocation, 'proof') },
  );
};

/** `--by ip,method` compares by each; in `principal+ip` the values of both count together. */
function keysFlag(invocation: Invocation): readonly DiffKey[] {
  const hint = 'try --by principal,method,ip, or --by principal+ip for pairs';
  const keys = (invocation.flags.get('by') ?? [])
    .flatMap((value) => splitFields(value))
    .map((text) => {
      const fields = splitFields(text, '+').map((name) => groupField('by', name));
      return { name: fields.map(({ name }) => name).join('+'), operands: operandsOf(fields) };
    })
    .filter(({ operands }) => operands.length > 0);
  if (keys.length === 0) throw missingFlag(invocation, '--by LIST', hint);
  return [...new Map(keys.map((key) => [key.name, key])).values()];
}

function factorFlag(invocation: Invocation): number {
  const text = textFlag(invocation, 'factor');
  if (text === undefined) return 2;
  const factor = /^\d{1,6}(?:\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (factor >= 1) return factor;
  throw badValue({
    code: 'bad-value',
    flag: 'factor',
    value: text,
    reason: 'expected a number from 1 on',
    examples: ['--factor 2', '--factor 1.5'],
  });
}
