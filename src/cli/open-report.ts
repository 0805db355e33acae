import type { LeftOut, OpenResource, OpenResources } from '../analyze/open-resources.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { nearest } from '../diag/nearest.ts';
import { instantText } from '../output/cell-text.ts';
import type { ReportColumn } from '../output/report.ts';
import { listed } from '../query/bad-value.ts';
import { compareInstants, type Instant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import type { Invocation } from './command.ts';
import { withProof } from './proof.ts';
import { count, digits } from './render.ts';
import type { RowReport } from './report-command.ts';
import { reproducing } from './reproducing.ts';

const columns = {
  resourceType: { name: 'resourceType', type: 'text' },
  resource: { name: 'resource', type: 'text' },
  crn: { name: 'crn', type: 'text' },
  time: { name: 'time', type: 'time' },
  id: { name: 'id', type: 'exact', isSpare: true },
  method: { name: 'method', type: 'text' },
  principal: { name: 'principal', type: 'text' },
  file: { name: 'file', type: 'text' },
  line: { name: 'line', type: 'text' },
} as const satisfies Readonly<Record<string, ReportColumn>>;

type Shown = keyof typeof columns;

const forMachines: readonly Shown[] = [
  'resourceType',
  'resource',
  'crn',
  'time',
  'id',
  'method',
  'principal',
  'file',
  'line',
];
const forPeople: readonly Shown[] = ['resourceType', 'resource', 'time', 'principal', 'method', 'id'];

export function openReport(result: OpenResources, before: Instant | undefined, zone: Zone): RowReport {
  const rows = oldEnough(result, before);
  const tableOf = (shown: readonly Shown[]): Pick<RowReport, 'columns' | 'rows'> => ({
    columns: shown.map((name) => columns[name]),
    rows: rows.map((row) => shown.map((name) => cellFor(row, name))),
  });
  const { left, closed, deletedOnly, createdAgain } = result;
  return {
    ...tableOf(forMachines),
    sections: () => [{ name: 'open', note: noteOn(result, rows.length, before, zone), ...tableOf(forPeople) }],
    object: {
      before: before === undefined ? null : instantText(before, zone),
      younger: result.rows.length - rows.length,
      closed,
      deletedOnly,
      createdAgain,
      leftOut: left,
    },
  };
}

function oldEnough({ rows }: OpenResources, before: Instant | undefined): readonly OpenResource[] {
  return before === undefined ? rows : rows.filter(({ time }) => compareInstants(time, before) < 0);
}

function cellFor(row: OpenResource, name: Shown) {
  return name === 'file' || name === 'line' ? row.at[name] : row[name];
}

function noteOn({ rows, closed }: OpenResources, shown: number, before: Instant | undefined, zone: Zone): string {
  const younger = rows.length - shown;
  return [
    before === undefined
      ? `${digits(shown)} created and not deleted since`
      : `${digits(shown)} created before ${instantText(before, zone)} and not deleted since`,
    ...(younger > 0 ? [`${digits(younger)} younger`] : []),
    `${digits(closed)} deleted again`,
  ].join(', ');
}

/** What was left out of the answer, and what of it is not known. */
export function noteOpen(result: OpenResources, invocation: Invocation): readonly Diagnostic[] {
  const { creations, deletions, deletedOnly, createdAgain, unclear, left } = result;
  return [
    ...(creations === 0 ? neverSeen(result, invocation, 'create') : []),
    ...(deletions === 0 ? neverSeen(result, invocation, 'delete') : []),
    ...note(
      deletedOnly,
      'deleted-only',
      'note',
      (n) => `${count(n, 'deletion')} of what was not created in these records: of unknown age`,
    ),
    ...note(
      createdAgain,
      'created-again',
      'note',
      (n) => `${count(n, 'creation')} of what was open already: the first one counts`,
    ),
    ...note(
      unclear,
      'closed-together',
      'warning',
      (n) =>
        `${count(n, 'deletion')} that may be of any of several open resources of one name: all of these are taken for deleted`,
    ),
    ...leftOutNotes(left),
  ];
}

function leftOutNotes(left: LeftOut): readonly Diagnostic[] {
  const deeds = 'creation or deletion';
  const several = 'creations or deletions';
  const are = (n: number): string => `${count(n, deeds, several)} ${n === 1 ? 'is' : 'are'} left out`;
  return [
    ...note(left.failed, 'left-out-failed', 'note', (n) => `${are(n)}: failed or denied`),
    ...note(left.checks, 'left-out-checks', 'note', (n) => `${are(n)}: only allowed by a check, which is not yet done`),
    ...note(left.repeated, 'left-out-repeated', 'note', (n) => `${are(n)}: delivered before`),
    ...note(
      left.unknownResult,
      'left-out-unknown',
      'warning',
      (n) => `${are(n)}: the record does not say whether it worked`,
    ),
    ...note(
      left.withoutTime,
      'left-out-timeless',
      'warning',
      (n) => `${are(n)}: without a usable time there is no telling what came first`,
    ),
    ...note(left.withoutResource, 'left-out-unnamed', 'warning', (n) => `${are(n)}: the record does not say of what`),
  ];
}

function note(
  n: number,
  code: string,
  severity: Diagnostic['severity'],
  messageFor: (n: number) => string,
): readonly Diagnostic[] {
  return n === 0 ? [] : [{ code, severity, message: messageFor(n) }];
}

function neverSeen(
  { methods }: OpenResources,
  { flags }: Invocation,
  long: 'create' | 'delete',
): readonly Diagnostic[] {
  if (methods.size === 0) return [];
  const typed = flags.get(long) ?? [];
  const near = [...new Set(typed.flatMap((name) => nearest(name, methods)))].slice(0, 3);
  const seen = near.length === 0 ? '' : `; nearest seen: ${listed(near)}`;
  const message = `--${long} ${typed.join(',')}: no matching record has it${seen}`;
  return [{ code: 'never-seen', severity: 'note', message }];
}

/** Behind each row stands the record of the creation. */
export function proveOpen(
  report: RowReport,
  result: OpenResources,
  before: Instant | undefined,
  inquiry: Inquiry,
): RowReport {
  return withProof(
    report,
    oldEnough(result, before).map(({ resourceType, resource, id, at }) => ({
      title: `${resourceType} ${resource}`,
      filter: reproducing(inquiry, [
        ['id', id],
        ['file', at.file],
        ['line', String(at.line)],
      ]),
      records: [{ id, ...at }],
    })),
  );
}
