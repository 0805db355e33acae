import { nearbyFold } from '../../analyze/nearby.ts';
import { isCounter, type Relations, relatedExpr, relationsOf, sharedBy } from '../../analyze/relations.ts';
import { AuditError, type Diagnostic } from '../../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../../diag/exit-codes.ts';
import { planFor } from '../../engine/plan.ts';
import { allOf, anyOf } from '../../query/combine.ts';
import type { Expr } from '../../query/expr.ts';
import { compilePredicate } from '../../query/predicate.ts';
import type { Cell } from '../../record/record.ts';
import { type Anchor, anchorObject, anchorTitle, findAnchor, idExpr, reportNoAnchor } from '../anchor.ts';
import type { Inquiry } from '../asking.ts';
import type { Invocation, RunCommand } from '../command.ts';
import { nearbyCells, nearbyContent, sidesText } from '../nearby-report.ts';
import { switched } from '../options.ts';
import { lookOf } from '../out.ts';
import { beforeReading, type Prepared, prepareWithOut } from '../perform.ts';
import { reportFormat, reportOnInquiry } from '../report-command.ts';
import type { Terminal } from '../terminal.ts';

export const run: RunCommand = async (invocation, terminal) => {
  if (!invocation.flags.has('id')) throw noId(invocation);
  reportFormat(invocation);
  lookOf(invocation, terminal);
  const prepared = await prepareWithOut(invocation, terminal, { readsTwice: true, except: ['id'] });
  const anchor = await beforeReading(prepared, async (inquiry) =>
    switched(invocation, 'explain-plan') ? undefined : findAnchor(inquiry, idExpr(inquiry)),
  );
  return anchor === undefined ? reportNoAnchor(prepared) : report(prepared, terminal, anchor);
};

async function report({ inquiry, sink }: Prepared, terminal: Terminal, anchor: Anchor): Promise<ExitCode> {
  const { invocation, zone } = inquiry;
  const expr = idExpr(inquiry);
  const relations = relationsOf(anchor.records);
  const isAnchor = compilePredicate(expr);
  let others = 0;
  const exit = await reportOnInquiry(
    { inquiry: narrow(inquiry, expr, relatedExpr(relations)), sink },
    nearbyFold({
      anchor: anchor.time,
      isAnchor,
      cellsOf: (record) => [...nearbyCells(record, zone), isAnchor(record) ? [] : sharedBy(record, relations)],
    }),
    (rows, accounting) => {
      others = rows.filter((row) => !row.isAnchor).length;
      const note = others > 0 ? undefined : nothingRelated(invocation, relations);
      if (note !== undefined && accounting.stopped === undefined) accounting.diagnostics.push(note);
      return nearbyContent({
        name: `related to ${anchorTitle(anchor, zone)}`,
        note: sidesText(rows),
        rows: rows.map((row) => ({ ...row, cells: row.cells.slice(0, -1) })),
        via: {
          name: 'via',
          cells: rows.map((row) => row.cells.at(-1)),
          forPeople: rows.map((row) => viaText(row.cells.at(-1))),
        },
        zone,
        ascii: lookOf(invocation, terminal).ascii,
        object: { anchor: anchorObject(anchor, zone), shared: sharedObject(relations) },
      });
    },
    { returnsRecords: true, columns: ['time', 'id'] },
  );
  const foundNone = exit === exitCodes.ok && others === 0;
  return foundNone && !switched(invocation, 'exit-zero') ? exitCodes.nothingMatched : exit;
}

/** `request, connection`. */
function viaText(via: Cell): string {
  return Array.isArray(via) ? via.map((name) => name.replace(/Id$/, '')).join(', ') : '';
}

/** The related records that the other filters leave, and the anchor whatever they say. */
function narrow(inquiry: Inquiry, anchor: Expr, related: Expr | undefined): Inquiry {
  const others = related === undefined ? [] : [allOf([inquiry.question.expr, related])];
  const expr = anyOf([anchor, ...others]);
  const question = { expr, window: undefined, rest: expr };
  return { ...inquiry, question, plan: planFor(question) };
}

/** Why the record stands alone. */
function nothingRelated({ flags }: Invocation, relations: Relations): Diagnostic {
  const counters = [...relations.correlationIds].filter(isCounter);
  if (relatedExpr(relations) !== undefined) {
    return {
      code: 'nothing-related',
      severity: 'note',
      message: `no other record shares ${[...namesOf(relations)].join(' or ')} with it`,
    };
  }
  const id = (flags.get('id') ?? []).join(',');
  return {
    code: 'no-shared-ids',
    severity: 'note',
    message:
      counters.length === 0
        ? 'the record names no request id, connection id or correlation id: nothing can be related to it'
        : `the record names only the correlation id ${counters.join(', ')}, a number that counts on each connection anew, and no connection id: nothing can be related to it`,
    hint: `what happened at the same time: audit-cli around --id ${id}`,
  };
}

function namesOf({ requestIds, connectionIds, correlationIds }: Relations): readonly string[] {
  return [
    ...[...requestIds].map((id) => `request id ${id}`),
    ...[...connectionIds].map((id) => `connection id ${id}`),
    ...[...correlationIds].filter((id) => !isCounter(id)).map((id) => `correlation id ${id}`),
  ].slice(0, 3);
}

function sharedObject({ requestIds, connectionIds, correlationIds }: Relations): object {
  return {
    requestId: [...requestIds],
    connectionId: [...connectionIds],
    correlationId: [...correlationIds],
  };
}

function noId({ operands }: Invocation): AuditError {
  const files = operands.length === 0 ? 'dump.ndjson' : operands.join(' ');
  return new AuditError({
    code: 'missing-id',
    message: 'related needs to know which record: --id ID',
    hint: `ids are in the id column: audit-cli filter --fields id,time,method ${files}`,
  });
}
