import { type NearbyRow, nearbyFold } from '../../analyze/nearby.ts';
import { AuditError } from '../../diag/diagnostic.ts';
import type { ExitCode } from '../../diag/exit-codes.ts';
import { planFor } from '../../engine/plan.ts';
import { instantText } from '../../output/cell-text.ts';
import { spanText } from '../../output/duration-text.ts';
import { badValue } from '../../query/bad-value.ts';
import { allOf, anyOf } from '../../query/combine.ts';
import { type Duration, parseDuration, shift } from '../../query/duration.ts';
import type { Expr } from '../../query/expr.ts';
import { compilePredicate } from '../../query/predicate.ts';
import { requireTime } from '../../query/time-value.ts';
import { type TimeWindow, windowMatch } from '../../query/time-window.ts';
import { compareInstants, type Instant, instantOf } from '../../record/time.ts';
import type { Zone } from '../../record/zone.ts';
import { type Anchor, anchorObject, anchorTitle, findAnchor, idExpr, reportNoAnchor } from '../anchor.ts';
import type { Inquiry } from '../asking.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { nearbyCells, nearbyContent, sidesText } from '../nearby-report.ts';
import { switched, textFlag } from '../options.ts';
import { lookOf } from '../out.ts';
import { beforeReading, type Prepared, prepareWithOut } from '../perform.ts';
import { reportFormat, reportOnInquiry } from '../report-command.ts';
import type { Terminal } from '../terminal.ts';

const defaultWindow = '10m';

export const run: RunCommand = async (invocation, terminal) => {
  const at = textFlag(invocation, 'at');
  checkPointer(invocation, at);
  const window = windowFlag(invocation);
  reportFormat(invocation);
  lookOf(invocation, terminal);
  const byId = at === undefined;
  const prepared = await prepareWithOut(invocation, terminal, {
    readsTwice: byId,
    except: ['id'],
    ownFlags(context) {
      if (!byId) requireTime('at', at, context);
    },
  });
  const pivot = await beforeReading(prepared, ({ context }) =>
    byId ? pivotById(prepared.inquiry, window) : pivotAt(requireTime('at', at, context), window),
  );
  return pivot === undefined ? reportNoAnchor(prepared) : report(prepared, terminal, pivot);
};

async function pivotById(inquiry: Inquiry, window: Duration): Promise<Pivot | undefined> {
  const expr = idExpr(inquiry);
  const anchor = switched(inquiry.invocation, 'explain-plan') ? undefined : await findAnchor(inquiry, expr);
  if (anchor?.time !== undefined) return { time: anchor.time, window, anchor, expr };
  if (anchor !== undefined) throw withoutTime(inquiry.invocation);
  return undefined;
}

function pivotAt(time: Instant, window: Duration): Pivot {
  return { time, window, anchor: undefined, expr: undefined };
}

interface Pivot {
  readonly time: Instant;
  readonly window: Duration;
  /** None when only a time was given. */
  readonly anchor: Anchor | undefined;
  readonly expr: Expr | undefined;
}

async function report({ inquiry, sink }: Prepared, terminal: Terminal, pivot: Pivot): Promise<ExitCode> {
  const { invocation, zone } = inquiry;
  const { time, window, anchor, expr } = pivot;
  const { from, to } = endsOf(time, window, inquiry);
  const narrowed = narrow(inquiry, { from, to }, expr);
  const isAnchor = expr === undefined ? () => false : compilePredicate(expr);
  const fold = nearbyFold({ anchor: time, isAnchor, cellsOf: (record) => nearbyCells(record, zone) });
  const { ascii } = lookOf(invocation, terminal);
  return reportOnInquiry(
    { inquiry: narrowed, sink },
    fold,
    (rows) =>
      nearbyContent({
        name: `around ${anchor === undefined ? instantText(time, zone) : anchorTitle(anchor, zone)}`,
        note: `${sidesText(rows)}, within ${windowText(window)}`,
        rows,
        ...(expr === undefined && {
          mark: {
            before: (row: NearbyRow) => row.time === undefined || compareInstants(row.time, time) >= 0,
            cells: [time, '(asked for)'],
          },
        }),
        zone,
        ascii,
        object: {
          anchor:
            anchor === undefined
              ? { id: null, time: instantText(time, zone), file: null, line: null }
              : anchorObject(anchor, zone),
          since: textAt(from, zone),
          until: textAt(to, zone),
        },
      }),
    { returnsRecords: true, columns: ['time', 'id'] },
  );
}

/** The neighbours that the other filters leave, and the anchor whatever they say. Both ends of the window belong to it. */
function narrow(
  inquiry: Inquiry,
  { from, to }: { readonly from: Instant | undefined; readonly to: Instant | undefined },
  anchor: Expr | undefined,
): Inquiry {
  const { expr } = inquiry.question;
  const rest = anchor === undefined || expr.kind === 'all' ? expr : anyOf([anchor, expr]);
  const window: TimeWindow = { ...(from && { from }), ...(to && { until: justAfter(to) }) };
  const question = { expr: allOf([windowMatch(window), rest]), window, rest };
  const { judge } = planFor(question);
  return { ...inquiry, question, plan: { window: { ...(from && { from }), ...(to && { until: to }) }, judge } };
}

function justAfter({ second, nano }: Instant): Instant {
  return nano === 999_999_999 ? instantOf(second + 1) : instantOf(second, nano + 1);
}

/** Undefined where the window goes beyond the years that can be written. */
function endsOf(
  time: Instant,
  window: Duration,
  { zone }: Inquiry,
): { readonly from: Instant | undefined; readonly to: Instant | undefined } {
  return { from: shift(time, window, -1, zone), to: shift(time, window, 1, zone) };
}

function windowFlag(invocation: Invocation): Duration {
  const text = textFlag(invocation, 'window') ?? defaultWindow;
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  throw badValue({
    code: 'bad-value',
    flag: 'window',
    value: text,
    reason: 'not a length of time',
    examples: ['--window 10m', '--window 24h'],
  });
}

function checkPointer({ operands, flags }: Invocation, at: string | undefined): void {
  const hasId = flags.has('id');
  if (hasId !== (at !== undefined)) return;
  const files = operands.length === 0 ? 'dump.ndjson' : operands.join(' ');
  throw new AuditError(
    hasId
      ? {
          code: 'flags-conflict',
          message: '--id and --at do not go together: each says what to look around',
          hint: 'leave one of them out',
        }
      : {
          code: 'missing-id',
          message: 'around needs to know what to look around: --id ID or --at TIME',
          hint: `ids are in the id column: audit-cli filter --fields id,time,method ${files}`,
        },
  );
}

function withoutTime({ flags }: Invocation): AuditError {
  return new AuditError({
    code: 'anchor-without-time',
    message: `the record of --id ${(flags.get('id') ?? []).join(' --id ')} has no usable time, so nothing is before or after it`,
    hint: 'look around a time instead, as in --at 2026-05-01T10:00Z, or at its request: audit-cli related --id ID',
  });
}

function windowText({ months, second, nano }: Duration): string {
  // `10 m 0 s` says no more than `10 m`.
  const exact = spanText(second, nano).replace(/(?<=\D) 0 \D$|\.0(?= )/, '');
  const parts = [...(months > 0 ? [`${months} mo`] : []), ...(second > 0 || nano > 0 ? [exact] : [])];
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

function textAt(time: Instant | undefined, zone: Zone): string | null {
  return time === undefined ? null : instantText(time, zone);
}
