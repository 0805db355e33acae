import type { Fold } from '../analyze/fold.ts';
import type { Grouping } from '../analyze/grouping.ts';
import type { SummaryCounts } from '../analyze/summary.ts';
import { type ExitCode, exitCodes } from '../diag/exit-codes.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { BlockOutput } from '../engine/block-answer.ts';
import { type Counting, countingOf, countingTask } from '../engine/counting.ts';
import { foldStage } from '../engine/stage.ts';
import {
  type ReportColumn,
  type ReportFormat,
  renderReport,
  reportFormats,
  rowObject,
  type Section,
  withLabelColumns,
} from '../output/report.ts';
import type { Sink } from '../output/sinks/sink.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { Cell } from '../record/record.ts';
import { utc, type Zone } from '../record/zone.ts';
import type { Inquiry, PrepareOptions } from './asking.ts';
import type { Invocation } from './command.ts';
import { formatFlag, switched } from './options.ts';
import { type Look, lookOf, openOut } from './out.ts';
import { noteInterruption, type Prepared, perform, prepareWithOut, type ReadAgain } from './perform.ts';
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
  /** Of a report that is nothing but rows: what csv, tsv and ndjson print instead, and `rows` of the object. */
  readonly rows?: Section;
  /** The object says in another way what the rows say. */
  readonly withoutRows?: boolean;
}

/** A report that is rows, the same in all formats for programs. People get `sections`, by default the rows as a table. */
export interface RowReport {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly sections?: ReportContent['sections'];
  readonly page?: () => string;
  /** What the JSON object has besides `rows`. */
  readonly object?: object;
}

export function rowReport({ columns, rows, sections, page, object = {} }: RowReport): ReportContent {
  const section = { name: '', columns, rows };
  return { rows: section, sections: sections ?? (() => [section]), ...(page && { page }), object };
}

function rowObjects({ columns, rows }: Section, zone: Zone): readonly object[] {
  return rows.map((row) => rowObject(columns, row, zone));
}

export interface ReportOptions extends PrepareOptions {
  /** Whether "nothing matched" is exit 1, as for commands that print records. */
  readonly returnsRecords?: boolean;
  /** Columns that the fold asks of every record, where it has no grouping that says so. */
  readonly columns?: readonly ColumnName[];
}

/** What a report is made of. */
type ReportFold<T> = Fold<T> & { readonly counts?: SummaryCounts; readonly grouping?: Grouping };

type ContentOf<T> = (
  result: T,
  accounting: Accounting,
  inquiry: Inquiry,
  again: ReadAgain,
) => ReportContent | Promise<ReportContent>;

/**
 * Reads the input into a fold and reports the result. `again` shows all records once more, matched or not; a command that
 * uses it has to ask for `readsTwice`.
 */
export async function reportOnInput<T>(
  invocation: Invocation,
  terminal: Terminal,
  foldFor: (inquiry: Inquiry) => ReportFold<T>,
  contentOf: ContentOf<T>,
  { returnsRecords = false, columns = [], ...preparing }: ReportOptions = {},
): Promise<ExitCode> {
  reportFormat(invocation);
  lookOf(invocation, terminal);
  const prepared = await prepareWithOut(invocation, terminal, preparing);
  return reportOnInquiry(prepared, foldFor(prepared.inquiry), contentOf, { returnsRecords, columns });
}

/** The same for a question that was prepared, and maybe changed since. */
export async function reportOnInquiry<T>(
  { inquiry, sink }: Prepared,
  fold: ReportFold<T>,
  contentOf: ContentOf<T>,
  { returnsRecords = false, columns = [] }: Pick<ReportOptions, 'returnsRecords' | 'columns'>,
): Promise<ExitCode> {
  const { invocation, terminal } = inquiry;
  const format = reportFormat(invocation);
  const look = lookOf(invocation, terminal);
  const counting =
    fold.counts === undefined ? countingOf(fold.grouping) : ({ kind: 'summary', counts: fold.counts } as const);
  return perform(inquiry, {
    stage: foldStage(fold),
    counting,
    output: counting === undefined ? { kind: 'kept' } : outputOf(counting),
    columns: counting === undefined ? [...columns, ...columnsOf(fold.grouping)] : columns,
    sink,
    returnsRecords,
    writesAtEnd: true,
    async finish(accounting, again) {
      if (switched(invocation, 'quiet')) return;
      const content = await contentOf(fold.end(), accounting, inquiry, again);
      noteInterruption(accounting, terminal.signal);
      const last = { accounting: accountingObject(accounting, inquiry.plan) };
      writeReport(sink, invocation, format, content, look, inquiry.zone, last);
    },
  });
}

/** Undefined when only one thread can count it. */
function outputOf(counting: Counting): BlockOutput | undefined {
  const task = countingTask(counting);
  return task && { kind: 'shared', task };
}

function columnsOf(grouping: Grouping | undefined): readonly ColumnName[] {
  if (grouping === undefined) return [];
  const read = grouping.reads.flatMap((operand) => (operand.kind === 'column' ? [operand.name] : []));
  return grouping.witnessesFrom !== undefined ? [...read, 'id', 'method'] : read;
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
  { object, sections, page, rows: machineRows, withoutRows = false }: ReportContent,
  look: Look,
  zone: Zone,
  last: object = {},
): void {
  // Made only when it is printed: rows may be half a million.
  const whole = (): object => ({
    schemaVersion: 1,
    command: invocation.command.name,
    ...object,
    ...(machineRows && !withoutRows && { rows: rowObjects(withLabelColumns(machineRows, look.labels), zone) }),
    ...last,
  });
  if (format === 'json') sink.write(`${safeJson(whole(), 2)}\n`);
  else if (format === 'ndjson' && machineRows === undefined) sink.write(`${safeJson(whole())}\n`);
  else {
    const isForPeople = format === 'table' || format === 'text';
    const width = isForPeople && !look.wide ? look.width : undefined;
    if (isForPeople && page !== undefined) sink.write(page());
    else {
      const rows = { header: !switched(invocation, 'no-header'), csvRaw: switched(invocation, 'csv-raw') };
      const isForMachines = machineRows !== undefined && (format === 'csv' || format === 'tsv' || format === 'ndjson');
      const shown = isForMachines ? [machineRows] : sections(width);
      sink.write(renderReport({ sections: shown }, format, { ...look, ...rows, zone }));
    }
  }
}
