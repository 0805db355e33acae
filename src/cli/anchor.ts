import { nearbyFold } from '../analyze/nearby.ts';
import { AuditError } from '../diag/diagnostic.ts';
import type { ExitCode } from '../diag/exit-codes.ts';
import { planFor } from '../engine/plan.ts';
import { cellText, instantText } from '../output/cell-text.ts';
import { escapeControls } from '../output/escape.ts';
import { cutMiddle } from '../output/width.ts';
import type { Expr } from '../query/expr.ts';
import { buildExpr } from '../query/question.ts';
import { cellOf } from '../record/normalize.ts';
import { type AuditRecord, keepRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import { utc, type Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import { lookUp } from './lookup.ts';
import { nearbyCells, nearbyContent } from './nearby-report.ts';
import { noSuchId } from './no-such-id.ts';
import { switched } from './options.ts';
import type { Prepared } from './perform.ts';
import { reportOnInquiry } from './report-command.ts';

/** The one event that a command turns round. Delivered more than once it has several records. */
export interface Anchor {
  readonly records: readonly [AuditRecord, ...AuditRecord[]];
  /** Undefined when they have no usable time. */
  readonly time: Instant | undefined;
}

/** What `--id` asks for, on its own. */
export function idExpr({ invocation, context }: Inquiry): Expr {
  return buildExpr([{ name: 'id', negated: false, values: invocation.flags.get('id') ?? [] }], context);
}

/** Deliveries of the event that are kept; more than that say nothing new. */
const mostDeliveries = 20;

/** Of what an id fits besides, so many are listed. */
const mostListed = 5;

/** Looks for the event with that id; undefined when there is none. Throws when the id fits events of different times. */
export async function findAnchor(inquiry: Inquiry, expr: Expr): Promise<Anchor | undefined> {
  const isDedupe = switched(inquiry.invocation, 'dedupe');
  const deliveries: AuditRecord[] = [];
  const others: AuditRecord[] = [];
  await lookUp(
    inquiry,
    { expr, window: undefined, rest: expr },
    {
      see(record) {
        const [first] = deliveries;
        if (isDedupe && [...deliveries, ...others].some((one) => idOf(one) === idOf(record))) return 'more';
        if (first !== undefined && !isSameTime(timeOf(first), timeOf(record))) others.push(keepRecord(record));
        else if (deliveries.length < mostDeliveries) deliveries.push(keepRecord(record));
        return others.length < mostListed ? 'more' : 'done';
      },
    },
  );
  const [first, ...again] = deliveries;
  if (first === undefined) return undefined;
  if (others.length > 0) throw ambiguous(inquiry, [first, ...others]);
  return { records: [first, ...again], time: timeOf(first) };
}

function idOf(record: AuditRecord): string | undefined {
  return cellText(cellOf(record, 'id'), utc);
}

function timeOf(record: AuditRecord): Instant | undefined {
  const time = cellOf(record, 'time');
  return isInstant(time) ? time : undefined;
}

function isSameTime(a: Instant | undefined, b: Instant | undefined): boolean {
  return a === undefined || b === undefined ? a === b : compareInstants(a, b) === 0;
}

function ambiguous({ invocation, zone }: Inquiry, records: readonly AuditRecord[]): AuditError {
  const ids = invocation.flags.get('id') ?? [];
  const isOneId = new Set(records.map(idOf)).size === 1;
  return new AuditError({
    code: 'ambiguous-id',
    message: `--id ${ids.join(' --id ')} fits records of different times: say which one`,
    hint: [
      ...records.slice(0, mostListed).map((record) => lineOf(record, zone)),
      ...(records.length > mostListed ? ['…'] : []),
      ...(isOneId ? ['--dedupe takes the first delivery'] : []),
    ].join('\n'),
  });
}

const longestText = 80;

function lineOf(record: AuditRecord, zone: Zone): string {
  const [id, time, method] = (['id', 'time', 'method'] as const).map((name) => cellText(cellOf(record, name), zone));
  const place = `${record.at.file}:${record.at.line}`;
  // Escaped here, because the line breaks of a hint stay as they are.
  return [id ?? '-', time ?? 'no time', method ?? '-', place]
    .map((text) => cutMiddle(escapeControls(text), longestText))
    .join('  ');
}

/** `UpdateIpGroup, 2026-03-18T01:27:13Z`. */
export function anchorTitle({ records: [record], time }: Anchor, zone: Zone): string {
  const method = cutMiddle(cellText(cellOf(record, 'method'), zone) ?? 'a record without a method', longestText);
  return time === undefined ? method : `${method}, ${instantText(time, zone)}`;
}

export function anchorObject({ records: [record], time }: Anchor, zone: Zone): object {
  return {
    id: cellText(cellOf(record, 'id'), zone) ?? null,
    time: time === undefined ? null : instantText(time, zone),
    file: record.at.file,
    line: record.at.line,
  };
}

/** Nothing has that id: the accounting of all that was looked at, and a note. */
export async function reportNoAnchor({ inquiry, sink }: Prepared): Promise<ExitCode> {
  const expr = idExpr(inquiry);
  const question = { expr, window: undefined, rest: expr };
  const { invocation, zone } = inquiry;
  return reportOnInquiry(
    { inquiry: { ...inquiry, question, plan: planFor(question) }, sink },
    nearbyFold({ anchor: undefined, isAnchor: () => true, cellsOf: (record) => nearbyCells(record, zone) }),
    (rows, accounting) => {
      if (accounting.stopped === undefined)
        accounting.diagnostics.push(noSuchId(invocation.flags.get('id') ?? [], true));
      const name = invocation.command.name;
      return nearbyContent({ name, note: '', rows, zone, ascii: false, object: { anchor: null } });
    },
    { returnsRecords: true },
  );
}
