import { denialsFold, type Refusals } from '../../analyze/denials/denials.ts';
import { denialColumns } from '../../analyze/denials/facts.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { denialProofs, denialsReport } from '../denials-report.ts';
import { laterSuccesses } from '../later-successes.ts';
import { numberFlag, switched } from '../options.ts';
import { lookOf } from '../out.ts';
import { withProof } from '../proof.ts';
import { reportFormat, reportOnInput, rowReport } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const least = numberFlag(invocation, 'min', { least: 1, examples: [2, 10] }) ?? 1;
  const top = numberFlag(invocation, 'top', { least: 1, examples: [5, 20] }) ?? usualTop(invocation);
  const { labels } = lookOf(invocation, terminal);
  return reportOnInput(
    invocation,
    terminal,
    () => denialsFold(),
    async (denials, _, inquiry, again) => {
      const enough = denials.rows.filter(({ count }) => count >= least);
      const rows = [...firstOf(enough, 'principal', top), ...firstOf(enough, 'address', top)];
      const report = denialsReport({ ...denials, rows }, denials.rows.length, await laterSuccesses(rows, inquiry), {
        zone: inquiry.zone,
        labels,
      });
      const proofs = switched(invocation, 'proof') ? await denialProofs(rows, inquiry, again, labels) : undefined;
      return rowReport(proofs === undefined ? report : withProof(report, proofs));
    },
    {
      columns: denialColumns,
      readsTwice: true,
      also: [{ name: 'failed', negated: false, values: [] }],
    },
  );
};

/** Rows by principal and rows by address that fit a screen; programs get all. */
function usualTop(invocation: Invocation): number {
  const isForPrograms = ['json', 'ndjson', 'csv', 'tsv'].includes(reportFormat(invocation));
  return isForPrograms ? Number.POSITIVE_INFINITY : 10;
}

function firstOf(rows: readonly Refusals[], by: Refusals['by'], most: number): readonly Refusals[] {
  return rows.filter((row) => row.by === by).slice(0, most);
}
