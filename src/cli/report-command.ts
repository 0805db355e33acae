import type { Fold } from '../analyze/fold.ts';
import type { SummaryCounts } from '../analyze/summary.ts';
import { type ExitCode, exitCodes } from '../diag/exit-codes.ts';
import type { Accounting } from '../engine/accounting.ts';
import { foldStage } from '../engine/stage.ts';
import { type ReportFormat, renderReport, reportFormats, type Section } from '../output/report.ts';
import type { Sink } from '../output/sinks/sink.ts';
import { utc, type Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import type { Invocation } from './command.ts';
import { formatFlag, switched } from './options.ts';
import { type Look, lookOf, openOut } from './out.ts';
import { perform, prepareWithOut } from './perform.ts';
import { accountingObject, safeJson } from './render.ts';
import type { Terminal } from './terminal.ts';

/** What a command that reports has to say: sections for people and spreadsheets, one documented object for programs. */
export interface ReportContent {
  /** Made only when sections are wanted. `width` is undefined where lines may be as long as it takes. */
  readonly sections: (width: number | undefined) => readonly Section[];
  /** How people read it, where that is no table. */
  readonly page?: () => string;
  /** What `-o json` prints after `schemaVersion` and `command`; documented in docs/reports.md. */
  readonly object: object;
}

/** Reads the input into a fold and reports the result. Such a command never ends in "nothing matched". */
export async function reportOnInput<T>(
  invocation: Invocation,
  terminal: Terminal,
  foldFor: (inquiry: Inquiry) => Fold<T> & { readonly counts?: SummaryCounts },
  contentOf: (result: T, accounting: Accounting, inquiry: Inquiry) => ReportContent,
): Promise<ExitCode> {
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const { inquiry, sink } = await prepareWithOut(invocation, terminal);
  const fold = foldFor(inquiry);
  return perform(inquiry, {
    stage: foldStage(fold),
    counts: fold.counts,
    output: { kind: fold.counts === undefined ? 'kept' : 'summary' },
    sink,
    returnsRecords: false,
    writesAtEnd: true,
    finish(accounting) {
      if (switched(invocation, 'quiet')) return;
      const content = contentOf(fold.end(), accounting, inquiry);
      const object = { ...content.object, accounting: accountingObject(accounting, inquiry.plan) };
      writeReport(sink, invocation, format, { ...content, object }, look, inquiry.zone);
    },
  });
}

/** Reports on what the program itself knows, without reading anything. */
export async function reportOnItself(
  invocation: Invocation,
  terminal: Terminal,
  content: ReportContent,
): Promise<ExitCode> {
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const sink = openOut(invocation, terminal);
  writeReport(sink, invocation, format, content, look, utc);
  await sink.close();
  return exitCodes.ok;
}

/** Reports are small: a table on a terminal and in a pipe alike. */
export function reportFormat(invocation: Invocation): ReportFormat | 'json' {
  const typed = formatFlag(invocation, ['summary']);
  return typed === 'json' ? typed : (reportFormats.find((one) => one === typed) ?? 'table');
}

export function writeReport(
  sink: Sink,
  invocation: Invocation,
  format: ReportFormat | 'json',
  { object, sections, page }: ReportContent,
  look: Look,
  zone: Zone,
): void {
  const whole = { schemaVersion: 1, command: invocation.command.name, ...object };
  if (format === 'json') sink.write(`${safeJson(whole, 2)}\n`);
  else if (format === 'ndjson') sink.write(`${safeJson(whole)}\n`);
  else {
    const isForPeople = format === 'table' || format === 'text';
    const width = isForPeople && !look.wide ? look.width : undefined;
    if (isForPeople && page !== undefined) sink.write(page());
    else {
      const rows = { header: !switched(invocation, 'no-header'), csvRaw: switched(invocation, 'csv-raw') };
      sink.write(renderReport({ sections: sections(width) }, format, { ...look, ...rows, zone }));
    }
  }
}
