import { denialsFold, type Refusals } from '../../analyze/denials/denials.ts';
import { denialColumns } from '../../analyze/denials/facts.ts';
import type { RunCommand } from '../command.ts';
import { denialProofs, denialsReport } from '../denials-report.ts';
import { laterSuccesses } from '../later-successes.ts';
import { numberFlag, switched } from '../options.ts';
import { withProof } from '../proof.ts';
import { reportOnInput, rowReport } from '../report-command.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const least = numberFlag(invocation, 'min', { least: 1, examples: [2, 10] }) ?? 1;
  const top = numberFlag(invocation, 'top', { least: 1, examples: [5, 20] });
  return reportOnInput(
    invocation,
    terminal,
    () => denialsFold(),
    async (denials, _, inquiry, again) => {
      const rows = denials.rows.filter(({ count }) => count >= least);
      const choice = {
        rows: firstOfEach(rows, top),
        forPeople: firstOfEach(rows, top ?? usualTop),
        of: denials.rows.length,
      };
      const later = await laterSuccesses(choice.rows, inquiry);
      const report = denialsReport(denials, choice, later, inquiry.zone);
      if (!switched(invocation, 'proof')) return rowReport(report, inquiry.zone);
      const proofs = await denialProofs(choice.rows, inquiry, again);
      const seen = proofs.filter((_, i) => choice.rows.slice(i, i + 1).some((row) => choice.forPeople.includes(row)));
      return rowReport(withProof(report, proofs, seen), inquiry.zone);
    },
    {
      columns: denialColumns,
      readsTwice: true,
      also: [{ name: 'failed', negated: false, values: [] }],
    },
  );
};

/** Rows that fit a screen, by principal and by address. Programs get all. */
const usualTop = 10;

function firstOfEach(rows: readonly Refusals[], most: number | undefined): readonly Refusals[] {
  if (most === undefined) return rows;
  const first = (by: Refusals['by']): Refusals[] => rows.filter((row) => row.by === by).slice(0, most);
  return [...first('principal'), ...first('address')];
}
