import { driftFold } from '../analyze/drift.ts';
import type { ExitCode } from '../diag/exit-codes.ts';
import { foldStage } from '../engine/stage.ts';
import type { CatalogEntry } from '../record/catalog.ts';
import { prepare } from './asking.ts';
import { catalogSection, driftSection } from './catalog-report.ts';
import type { Invocation } from './command.ts';
import { switched } from './options.ts';
import { lookOf, openOut } from './out.ts';
import { perform } from './perform.ts';
import { accountingObject } from './render.ts';
import { reportFormat, writeReport } from './report-out.ts';
import type { Terminal } from './terminal.ts';

/** What the files hold that the catalogue does not know, after the entries that were asked for. */
export async function reportDrift(
  invocation: Invocation,
  terminal: Terminal,
  entries: readonly CatalogEntry[],
): Promise<ExitCode> {
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const inquiry = await prepare(invocation, terminal);
  const fold = driftFold();
  const sink = openOut(invocation, terminal);
  return perform(inquiry, {
    stage: foldStage(fold),
    sink,
    returnsRecords: false,
    finish(accounting) {
      if (switched(invocation, 'quiet')) return;
      const drift = fold.end();
      const sections = [...(entries.length > 0 ? [catalogSection(entries)] : []), driftSection(drift)];
      const object = {
        schemaVersion: 1,
        command: invocation.command.name,
        ...(entries.length > 0 && { methods: entries }),
        drift,
        accounting: accountingObject(accounting, inquiry.plan),
      };
      writeReport(sink, format, { report: () => ({ sections }), object, look, zone: inquiry.zone });
    },
  });
}
