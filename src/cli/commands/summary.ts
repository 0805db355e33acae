import { summaryFold } from '../../analyze/summary.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import type { RunCommand } from '../command.ts';
import { numberFlag, switched } from '../options.ts';
import { reportOnInput } from '../report-command.ts';
import { summaryObject, summarySections } from '../summary-report.ts';

/** Buckets of the histogram fit a screen. */
const mostBuckets = 24;

export const run: RunCommand = async (invocation, terminal) => {
  if (switched(invocation, 'proof')) throw noProof();
  const top = numberFlag(invocation, 'top', { least: 1, examples: [5, 20] }) ?? 10;
  return reportOnInput(
    invocation,
    terminal,
    ({ zone }) => summaryFold({ top, zone, buckets: mostBuckets }),
    (summary, accounting, { zone }) => ({
      object: summaryObject(summary, zone),
      sections: (width) => summarySections(summary, accounting, zone, width),
    }),
  );
};

function noProof(): AuditError {
  return new AuditError({
    code: 'flags-conflict',
    message: '--proof is for reports whose rows stand for records: a summary counts all of them',
    hint: 'filter prints the records of a question, and stats --by principal --proof those of each principal',
  });
}
