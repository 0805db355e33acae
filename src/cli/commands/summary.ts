import { summaryFold } from '../../analyze/summary.ts';
import { foldStage } from '../../engine/stage.ts';
import { prepare } from '../asking.ts';
import type { RunCommand } from '../command.ts';
import { numberFlag, switched } from '../options.ts';
import { lookOf, openOut } from '../out.ts';
import { perform } from '../perform.ts';
import { accountingObject } from '../render.ts';
import { reportFormat, writeReport } from '../report-out.ts';
import { summaryReport } from '../summary-report.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const top = numberFlag(invocation, 'top', { least: 1 }) ?? 10;
  const inquiry = await prepare(invocation, terminal);
  const fold = summaryFold({ top, zone: inquiry.zone, buckets: 24 });
  const sink = openOut(invocation, terminal);
  return perform(inquiry, {
    stage: foldStage(fold),
    sink,
    returnsRecords: false,
    finish(accounting) {
      if (switched(invocation, 'quiet')) return;
      const summary = fold.end();
      const object = {
        schemaVersion: 1,
        command: 'summary',
        ...summary,
        accounting: accountingObject(accounting, inquiry.plan),
      };
      writeReport(sink, format, {
        report: () => summaryReport(summary, accounting, inquiry.zone, format === 'table' ? look.width : undefined),
        object,
        look,
        zone: inquiry.zone,
      });
    },
  });
};
