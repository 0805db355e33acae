import { nearbyFold } from '../analyze/nearby.ts';
import { AuditError } from '../diag/diagnostic.ts';
import type { ExitCode } from '../diag/exit-codes.ts';
import { planFor } from '../engine/plan.ts';
import { cellText, instantText } from '../output/cell-text.ts';
import type { Expr } from '../query/expr.ts';
import { buildExpr } from '../query/question.ts';
import { cellOf } from '../record/normalize.ts';
import { type AuditRecord, keepRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
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

/** Deliveries of the event that are looked at; more than that say nothing new. */
const mostRecords = 20;

/** Looks for the event with that id; undefined when there is none. Throws when the id fits events of different times. */
export async function findAnchor(inquiry: Inquiry, expr: Expr): Promise<Anchor | undefined> {
  const records: AuditRecord[] = [];
  const isDedupe = switched(inquiry.invocation, 'dedupe');
  await lookUp(
    inquiry,
    { expr, window: undefined, rest: expr },
    {
      see(record) {
        const id = cellOf(record, 'id');
        if (!(isDedupe && records.some((one) => cellOf(one, 'id') === id))) records.push(keepRecord(record));
        return records.length < mostRecords ? 'more' : 'done';
      },
    },
  );
  const [first, ...others] = records;
  if (first === undefined) return undefined;
  const time = timeOf(first);
  if (others.some((record) => !isSameTime(timeOf(record), time))) throw ambiguous(inquiry, records);
  return { records: [first, ...others], time };
}

function timeOf(record: AuditRecord): Instant | undefined {
  const time = cellOf(record, 'time');
  return isInstant(time) ? time : undefined;
}

function isSameTime(a: Instant | undefined, b: Instant | undefined): boolean {
  return a === undefined || b === undefined ? a === b : compareInstants(a, b) === 0;
}

const mostListed = 5;

function ambiguous({ invocation, zone }: Inquiry, records: readonly AuditRecord[]): AuditError {
  const ids = invocation.flags.get('id') ?? [];
  const more = records.length > mostListed ? ['…'] : [];
  const isOneId = new Set(records.map((record) => cellOf(record, 'id'))).size === 1;
  return new AuditError({
    code: 'ambiguous-id',
    message: `--id ${ids.join(' --id ')} fits records of different times: say which one`,
    hint: [
      ...records.slice(0, mostListed).map((record) => lineOf(record, zone)),
      ...more,
      ...(isOneId ? ['--dedupe takes the first delivery'] : []),
    ].join('\n'),
  });
}

function lineOf(record: AuditRecord, zone: Zone): string {
  const [id, time, method] = (['id', 'time', 'method'] as const).map((name) => cellText(cellOf(record, name), zone));
  // The hint keeps its line breaks, so an id must bring none.
  const parts = [id, time ?? 'no time', method, `${record.at.file}:${record.at.line}`];
  return parts.map((part) => (part ?? '-').replaceAll('\n', '\\n')).join('  ');
}

/** `UpdateIpGroup, 2026-03-18T01:27:13Z`. */
export function anchorTitle({ records: [record], time }: Anchor, zone: Zone): string {
  const method = cellText(cellOf(record, 'method'), zone) ?? 'a record without a method';
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
      return nearbyContent({ name, note: '', rows, ascii: false, object: { anchor: null } }, zone);
    },
    { returnsRecords: true },
  );
}
