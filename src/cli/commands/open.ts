import { openColumns, openFold } from '../../analyze/open-resources.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import { badValue } from '../../query/bad-value.ts';
import { parseDuration, shift } from '../../query/duration.ts';
import type { Expr } from '../../query/expr.ts';
import type { FilterContext } from '../../query/filters/filter.ts';
import { method } from '../../query/filters/method.ts';
import { expandValues } from '../../query/values.ts';
import type { Instant } from '../../record/time.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { missingFlag } from '../key-flag.ts';
import { noteOpen, openReport, proveOpen } from '../open-report.ts';
import { switched, textFlag } from '../options.ts';
import { reportOnInput, rowReport } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const flagsIn = (context: FilterContext) => ({
    create: methodsFlag(invocation, 'create', context),
    remove: methodsFlag(invocation, 'delete', context),
    before: olderThanFlag(invocation, context),
  });
  return reportOnInput(
    invocation,
    terminal,
    ({ context }) => openFold(flagsIn(context)),
    (result, accounting, inquiry) => {
      const { before } = flagsIn(inquiry.context);
      accounting.diagnostics.push(...noteOpen(result, invocation));
      const report = openReport(result, before, inquiry.zone);
      return rowReport(switched(invocation, 'proof') ? proveOpen(report, result, before, inquiry) : report);
    },
    { ownFlags: flagsIn, columns: openColumns },
  );
};

/** Methods with the meaning of `--method`. */
function methodsFlag(invocation: Invocation, long: 'create' | 'delete', context: FilterContext): Expr {
  const typed = invocation.flags.get(long);
  const hint = 'try --create CreateAPIKey --delete DeleteAPIKey';
  if (typed === undefined) throw missingFlag(invocation, `--${long} METHOD`, hint);
  const { exact, readFile } = context;
  const examples = long === 'create' ? ['CreateAPIKey', 'Create*'] : ['DeleteAPIKey', 'Delete*'];
  const values = expandValues(typed, { flag: long, exact, keepsBlanks: false, examples, readFile });
  if (values.length === 0) throw missingFlag(invocation, `--${long} METHOD`, `no value in the file; ${hint}`);
  try {
    return method.parse(values, context);
  } catch (error) {
    throw error instanceof AuditError ? namedAs(long, error) : error;
  }
}

/** The same trouble under the flag that was typed. */
function namedAs(long: string, { diagnostic, exitCode, cause }: AuditError): AuditError {
  const message = diagnostic.message.replace(/^--method\b/, `--${long}`);
  return new AuditError({ ...diagnostic, message }, exitCode, cause);
}

/** What was created before that time is old enough. */
function olderThanFlag(invocation: Invocation, context: FilterContext): Instant | undefined {
  const text = textFlag(invocation, 'older-than');
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  const before = duration && shift(context.now, duration, -1, context.zone);
  if (before !== undefined) return before;
  throw badValue({
    code: 'bad-value',
    flag: 'older-than',
    value: text,
    reason: 'expected a length of time',
    examples: ['--older-than 90d', '--older-than 12h'],
  });
}
