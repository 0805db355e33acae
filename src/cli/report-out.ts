import { type Report, type ReportFormat, renderReport, reportFormats } from '../output/report.ts';
import type { Sink } from '../output/sink.ts';
import type { Zone } from '../record/zone.ts';
import type { Invocation } from './command.ts';
import { formatFlag } from './options.ts';
import type { Look } from './out.ts';

/** Formats of a report: the sections as text or rows, or the whole as one documented object. */
export type ReportChoice = ReportFormat | 'json' | 'ndjson';

/** Reports are small: a table on a terminal and in a pipe alike. */
export function reportFormat(invocation: Invocation): ReportChoice {
  const typed = formatFlag(invocation, ['summary']);
  if (typed === 'json' || typed === 'ndjson') return typed;
  return reportFormats.find((one) => one === typed) ?? 'table';
}

export interface ReportOut {
  /** Made only when sections are wanted. */
  readonly report: () => Report;
  /** What `-o json` prints; documented in docs/reports.md. */
  readonly object: object;
  readonly look: Look;
  readonly zone: Zone;
}

export function writeReport(sink: Sink, format: ReportChoice, { report, object, look, zone }: ReportOut): void {
  if (format === 'json') sink.write(`${JSON.stringify(object, null, 2)}\n`);
  else if (format === 'ndjson') sink.write(`${JSON.stringify(object)}\n`);
  else sink.write(renderReport(report(), format, { ...look, zone }));
}
