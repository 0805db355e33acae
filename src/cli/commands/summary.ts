import { summaryFold } from '../../analyze/summary.ts';
import type { RunCommand } from '../command.ts';
import { numberFlag } from '../options.ts';
import { reportOnInput } from '../report-command.ts';
import { summaryObject, summarySections } from '../summary-report.ts';

/** Buckets of the histogram fit a screen. */
const mostBuckets = 24;

export const run: RunCommand = async (invocation, terminal) => {
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
