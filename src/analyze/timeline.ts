import { derivedAccess } from '../record/catalog.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { compareInstants, type Instant, isInstant, type Moment } from '../record/time.ts';

/** Records in the order of time as lines of a story: with the time since the line before, in sessions, checks folded. */

export interface TimelineOptions {
  /** A pause longer than that begins a session. */
  readonly gap: Moment;
  /** Every record is a line. */
  readonly unfold: boolean;
  /** The day that a second belongs to: a fold does not go on into the next. */
  readonly dayOf: (second: number) => number;
}

/** A record, or a run of granted permission checks of one principal, which stands where its first record stands. */
export interface TimelineLine {
  readonly record: AuditRecord;
  /** Missing for records without a usable time, which come last and belong to no session. */
  readonly time: Instant | undefined;
  readonly session: number | undefined;
  /** Since the time of the line before. */
  readonly delta: Moment | undefined;
  readonly count: number;
  /** From the first to the last of the run. */
  readonly span: Moment;
  /** Cells that all records of the run have in common. */
  readonly common: ReadonlyMap<FoldedColumn, Cell>;
}

/** What the lines and sessions are made of. */
export const timelineColumns: readonly ColumnName[] = [
  ...(['time', 'kind', 'result', 'resultWords', 'accessType', 'method', 'operation', 'principal'] as const),
  ...(['resource', 'ip', 'ips'] as const),
];

/** What a line tells of all its records, or of none. */
export const foldedColumns = ['method', 'resource', 'ip'] as const;
export type FoldedColumn = (typeof foldedColumns)[number];

/**
 * Whether nothing is lost when the record stands in one line with others: a permission check that was granted and asked
 * only to read. Refusals, failures, changes, and checks that asked for more than reading are lines of their own.
 */
export function isFoldable(record: AuditRecord): boolean {
  if (cellOf(record, 'kind') !== 'authorization' || cellOf(record, 'result') !== 'ALLOW') return false;
  if (cellOf(record, 'accessType') === 'MODIFICATION') return false;
  const words = cellOf(record, 'resultWords');
  if (Array.isArray(words) && !words.every((word) => goodWords.has(word.toUpperCase()))) return false;
  const method = cellOf(record, 'method');
  if (typeof method === 'string' && changes(method)) return false;
  const operation = cellOf(record, 'operation');
  return operation === undefined || (typeof operation === 'string' && readingOperation.test(operation));
}

/** Records may hold several verdicts, and one that failed counts. */
const goodWords: ReadonlySet<string> = new Set(['ALLOW', 'ALLOWED', 'GRANTED', 'TRUE', 'SUCCESS', 'OK']);

const readingOperation = /^(?:Access|Describe|Get|List|Read|View)(?![a-z])/;

const changing = new Map<string, boolean>();

function changes(method: string): boolean {
  const known = changing.get(method);
  if (known !== undefined) return known;
  const answer = derivedAccess(method, undefined) === 'MODIFICATION';
  if (changing.size < 1000) changing.set(method, answer);
  return answer;
}

interface BeginLine {
  readonly record: AuditRecord;
  readonly time: Instant;
  readonly session: number;
  readonly common: ReadonlyMap<FoldedColumn, Cell>;
  readonly count: number;
  readonly last: Instant;
}

interface OpenLine extends BeginLine {
  readonly common: Map<FoldedColumn, Cell>;
  count: number;
  last: Instant;
}

/** Principals whose checks are held open at once; more than that end the runs. */
const mostOpen = 1000;

/**
 * Checks are folded where nothing else stands between them but checks: no line is ever passed over by a run, and neither
 * is a pause between sessions or the end of a day. `keep` makes a record that outlives the one after it.
 */
export function* timelineOf<R extends AuditRecord>(
  records: Iterable<R>,
  { gap, unfold, dayOf }: TimelineOptions,
  keep: (record: R) => AuditRecord,
): Generator<TimelineLine, undefined> {
  const open = new Map<string, OpenLine>();
  let session = 0;
  let before: Instant | undefined;
  let shown: Instant | undefined;

  const lineOf = ({ record, time, session, count, last, common }: BeginLine): TimelineLine => {
    const delta = shown && difference(shown, time);
    shown = time;
    return { record, time, session, delta, count, span: difference(time, last), common };
  };
  const ended = function* (): Generator<TimelineLine, undefined> {
    for (const line of open.values()) yield lineOf(line);
    open.clear();
  };

  for (const record of records) {
    const time = cellOf(record, 'time');
    if (!isInstant(time)) {
      yield* ended();
      yield { record, time: undefined, session: undefined, delta: undefined, count: 1, span: none, common: nothing };
      continue;
    }
    const begins = before === undefined || compareInstants(difference(before, time), gap) > 0;
    if (begins || (before !== undefined && dayOf(before.second) !== dayOf(time.second))) yield* ended();
    if (begins) session++;
    before = time;
    if (unfold || !isFoldable(record)) {
      if (open.size > 0) yield* ended();
      yield lineOf({ record, time, session, count: 1, last: time, common: nothing });
      continue;
    }
    // A missing principal is one of its own; JSON keeps it apart from the word.
    const principal = JSON.stringify(cellOf(record, 'principal') ?? null);
    const line = open.get(principal);
    if (line !== undefined) {
      line.count++;
      line.last = time;
      for (const [name, cell] of line.common) if (cellOf(record, name) !== cell) line.common.delete(name);
      continue;
    }
    if (open.size >= mostOpen) yield* ended();
    const common = new Map(foldedColumns.map((name) => [name, cellOf(record, name)]));
    open.set(principal, { record: keep(record), time, session, count: 1, last: time, common });
  }
  yield* ended();
}

const none: Moment = { second: 0, nano: 0 };
const nothing: ReadonlyMap<FoldedColumn, Cell> = new Map();

function difference(from: Moment, to: Moment): Moment {
  const nano = to.nano - from.nano;
  return { second: to.second - from.second - Number(nano < 0), nano: nano < 0 ? nano + 1e9 : nano };
}

/** What stands above a session. */
export interface Session {
  readonly number: number;
  readonly first: Instant;
  readonly last: Instant;
  readonly records: number;
  readonly principals: number;
  readonly addresses: number;
}

/** The most that is told apart in one session; a number above it means "more than that". */
export const mostTold = 100_000;

/** The sessions, one after the other; the records are in the order of time. */
export function* sessionsOf(records: Iterable<AuditRecord>, gap: Moment): Generator<Session, undefined> {
  let number = 0;
  let first: Instant | undefined;
  let last: Instant | undefined;
  let count = 0;
  const principals = new Set<string>();
  const addresses = new Set<string>();

  const told = (first: Instant, last: Instant): Session => {
    const session = { number: ++number, first, last, records: count };
    return { ...session, principals: principals.size, addresses: addresses.size };
  };

  for (const record of records) {
    const time = cellOf(record, 'time');
    if (!isInstant(time)) break;
    if (first === undefined || last === undefined) first = time;
    else if (compareInstants(difference(last, time), gap) > 0) {
      yield told(first, last);
      first = time;
      count = 0;
      principals.clear();
      addresses.clear();
    }
    last = time;
    count++;
    tell(principals, cellOf(record, 'principal'));
    const ips = cellOf(record, 'ips');
    if (Array.isArray(ips)) for (const ip of ips) tell(addresses, ip);
  }
  if (first !== undefined && last !== undefined) yield told(first, last);
}

function tell(names: Set<string>, cell: Cell): void {
  if (typeof cell === 'string' && names.size <= mostTold) names.add(cell);
}
