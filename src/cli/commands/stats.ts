import { parseAggregates } from '../../analyze/stats/aggregates.ts';
import { parseKeys } from '../../analyze/stats/keys.ts';
import { statsFold } from '../../analyze/stats/stats.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { numberFlag, switched, textFlag } from '../options.ts';
import { lookOf } from '../out.ts';
import { withProof } from '../proof.ts';
import { reportFormat, reportOnInput, rowReport } from '../report-command.ts';
import { proofsOfRows } from '../stats/proof.ts';
import { statsReport } from '../stats/report.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const by = invocation.flags.get('by');
  if (by === undefined) throw noBy(invocation);
  const keys = parseKeys(by, textFlag(invocation, 'pivot'));
  const aggregates = parseAggregates(invocation.flags.get('agg') ?? ['count']);
  const top = numberFlag(invocation, 'top', { least: 1, examples: [20, 100] });
  const format = reportFormat(invocation);
  const wantsProof = switched(invocation, 'proof');
  const isDrawn = (format === 'table' || format === 'text') && !wantsProof && top === undefined;
  const look = lookOf(invocation, terminal);
  const heat = isDrawn ? { ...look, width: look.wide ? undefined : look.width } : undefined;
  return reportOnInput(
    invocation,
    terminal,
    ({ zone }) => statsFold({ keys, aggregates, zone }),
    async (stats, _, inquiry, again) => {
      const { zone } = inquiry;
      const isForPeople = format === 'table' || format === 'text' || format === 'md';
      const report = statsReport(stats, { keys, aggregates, zone, top }, { isForPeople, heat });
      if (!wantsProof) return rowReport(report);
      return rowReport(withProof(report, await proofsOfRows(report.shown, keys.rows, inquiry, again)));
    },
    { readsTwice: wantsProof },
  );
};

function noBy({ operands }: Invocation): AuditError {
  const files = operands.length === 0 ? 'dump.ndjson' : operands.join(' ');
  return new AuditError({
    code: 'missing-by',
    message: 'stats needs to know what to count by: --by COLUMN[,COLUMN...]',
    hint: `audit-cli stats ${files} --by principal,method\naudit-cli stats ${files} --by weekday,hour --tz local`,
  });
}
