import type { Differences } from '../analyze/differences.ts';
import { changesBetween, earlierExpr, type Lack } from '../analyze/previous.ts';
import { AuditError, type Diagnostic } from '../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../diag/exit-codes.ts';
import { cellJson, cellText } from '../output/cell-text.ts';
import { escapeControls } from '../output/escape.ts';
import { recordPage } from '../output/record-page.ts';
import type { ReportColumn } from '../output/report.ts';
import type { Styles } from '../output/style.ts';
import { anyOf } from '../query/combine.ts';
import { compilePredicate } from '../query/predicate.ts';
import { type ColumnName, listedColumns } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import { type AuditRecord, type Cell, keepRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import { lookUp } from './lookup.ts';
import { lookOf } from './out.ts';
import type { Prepared } from './perform.ts';
import { count } from './render.ts';
import { reportOnInquiry, rowReport } from './report-command.ts';

/** A record beside the last time the same was done to the same resource. */
interface Compared {
  readonly record: AuditRecord;
  readonly previous: AuditRecord | Lack | undefined;
  readonly changes: Differences;
}

/** Each is looked for by itself in every record. */
const mostRecords = 100;

export async function showDifferences(prepared: Prepared, notFound: Diagnostic): Promise<ExitCode> {
  const { inquiry } = prepared;
  const { zone } = inquiry;
  const { styles } = lookOf(inquiry.invocation, inquiry.terminal);
  const records: AuditRecord[] = [];
  const fold = {
    push(batch: readonly AuditRecord[]) {
      for (const record of batch) records.push(keepRecord(record));
      if (records.length > mostRecords) throw tooMany();
    },
    end: () => records,
  };
  return reportOnInquiry(
    prepared,
    fold,
    async (shown, accounting) => {
      if (shown.length === 0 && accounting.stopped === undefined) accounting.diagnostics.push(notFound);
      const compared = await compare(inquiry, shown);
      if (!inquiry.terminal.signal.aborted)
        for (const { record, previous } of compared) accounting.diagnostics.push(...alone(record, previous));
      return {
        ...rowReport({ columns, rows: compared.flatMap((one) => rowsOf(one)) }),
        withoutRows: true,
        page: () => compared.map((one) => pageOf(one, zone, styles)).join('\n'),
        object: { records: compared.map((one) => objectOf(one, zone)) },
      };
    },
    { returnsRecords: true },
  );
}

/** One look through the input for all of them. */
async function compare(inquiry: Inquiry, records: readonly AuditRecord[]): Promise<readonly Compared[]> {
  const wanted = records.map((record) => {
    const expr = earlierExpr(record, inquiry.context);
    return typeof expr === 'string' ? expr : { expr, fits: compilePredicate(expr) };
  });
  const exprs = wanted.flatMap((one) => (typeof one === 'string' ? [] : [one.expr]));
  const latest = new Map<number, { readonly record: AuditRecord; readonly time: Instant }>();
  if (exprs.length > 0) {
    const expr = anyOf(exprs);
    await lookUp(
      inquiry,
      { expr, window: undefined, rest: expr },
      {
        see(record) {
          const time = cellOf(record, 'time');
          for (const [i, one] of wanted.entries()) {
            const best = latest.get(i);
            if (typeof one === 'string' || !isInstant(time) || !one.fits(record)) continue;
            if (best === undefined || compareInstants(time, best.time) > 0)
              latest.set(i, { record: keepRecord(record), time });
          }
          return 'more';
        },
      },
    );
  }
  return records.map((record, i) => {
    const lack = wanted[i];
    const previous = typeof lack === 'string' ? lack : latest.get(i)?.record;
    const changes =
      previous === undefined || typeof previous === 'string'
        ? { differences: [], more: 0 }
        : changesBetween(previous, record);
    return { record, previous, changes };
  });
}

const columns: readonly ReportColumn[] = [
  { name: 'id', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'method', type: 'text' },
  { name: 'resource', type: 'text' },
  { name: 'previousId', type: 'text' },
  { name: 'previousTime', type: 'time' },
  { name: 'path', type: 'text' },
  { name: 'previous', type: 'text' },
  { name: 'now', type: 'text' },
];

function rowsOf({ record, previous, changes }: Compared): readonly (readonly Cell[])[] {
  if (previous === undefined || typeof previous === 'string') return [];
  const names = ['id', 'time', 'method', 'resource'] as const;
  const head = [...names.map((name) => cellOf(record, name)), cellOf(previous, 'id'), cellOf(previous, 'time')];
  return changes.differences.map(({ path, a, b }) => [...head, path, a, b]);
}

function pageOf({ record, previous, changes }: Compared, zone: Zone, styles: Styles): string {
  const page = recordPage(record, { zone, styles });
  if (previous === undefined || typeof previous === 'string') return `${page}\n`;
  const text = (name: ColumnName): string => escapeControls(cellText(cellOf(previous, name), zone) ?? '-');
  const { file, line } = previous.at;
  const { differences, more } = changes;
  const width = Math.max(0, ...differences.map(({ path }) => path.length));
  return [
    page,
    styles.header(`what differs from the previous ${text('method')} of that resource`),
    styles.dim(
      `${text('time')} by ${text('principal')} from ${text('ip')}, id ${text('id')} (${escapeControls(`${file}:${line}`)})`,
    ),
    ...(differences.length === 0 ? ['nothing: the same was asked for, with the same result'] : []),
    ...differences.map(
      ({ path, a, b }) =>
        `${escapeControls(path.padEnd(width))}  ${escapeControls(a ?? 'nothing')} → ${escapeControls(b ?? 'nothing')}`,
    ),
    ...(more > 0 ? [`and ${count(more, 'more difference')}`] : []),
    '',
  ].join('\n');
}

function objectOf({ record, previous, changes }: Compared, zone: Zone): object {
  const { differences, more } = changes;
  return {
    record: Object.fromEntries(listedColumns.map(({ name }) => [name, cellJson(cell(record, name), zone)])),
    original: new TextDecoder().decode(record.raw),
    previous:
      previous === undefined || typeof previous === 'string'
        ? null
        : Object.fromEntries(previousColumns.map((name) => [name, cellJson(cellOf(previous, name), zone)])),
    differences: differences.map(({ path, a, b }) => ({ path, previous: a ?? null, now: b ?? null })),
    more,
  };
}

const previousColumns = ['id', 'time', 'principal', 'ip', 'result', 'file', 'line'] as const;

function cell(record: AuditRecord, name: string): Cell {
  return cellOf(record, name as ColumnName);
}

function alone(record: AuditRecord, previous: Compared['previous']): readonly Diagnostic[] {
  const at = { file: record.at.file, line: record.at.line };
  const method = String(cellOf(record, 'method') ?? 'record');
  if (previous === undefined) {
    return [
      { code: 'no-previous', severity: 'note', message: `the dump has no earlier ${method} of that resource`, at },
    ];
  }
  if (typeof previous !== 'string') return [];
  const lack = previous === 'time' ? 'has no usable time' : `names no ${previous}`;
  return [{ code: 'no-previous', severity: 'note', message: `the record ${lack}, so none is the previous one`, at }];
}

function tooMany(): AuditError {
  return new AuditError(
    {
      code: 'too-many-rows',
      message: `--diff previous compares at most ${mostRecords} records, and more match`,
      hint: 'give a whole id, or more filters',
    },
    exitCodes.incomplete,
  );
}
