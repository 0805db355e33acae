import { anyOf, match } from '../query/combine.ts';
import type { Expr } from '../query/expr.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';

/** The ids by which records belong together. */
export interface Relations {
  readonly requestIds: ReadonlySet<string>;
  readonly connectionIds: ReadonlySet<string>;
  readonly correlationIds: ReadonlySet<string>;
}

export type Via = 'requestId' | 'connectionId' | 'correlationId';

export function relationsOf(records: readonly AuditRecord[]): Relations {
  return {
    requestIds: idsIn(records, 'requestIds'),
    connectionIds: idsIn(records, 'connectionId'),
    correlationIds: idsIn(records, 'correlationId'),
  };
}

function idsIn(records: readonly AuditRecord[], column: ColumnName): ReadonlySet<string> {
  return new Set(records.flatMap((record) => textsOf(record, column)));
}

function textsOf(record: AuditRecord, column: ColumnName): readonly string[] {
  const cell = cellOf(record, column);
  if (typeof cell === 'string') return [cell];
  return Array.isArray(cell) ? cell : [];
}

/**
 * Kafka clients number their requests on each connection from a small number up, so that every connection has a request 5:
 * such a number says something only together with the connection. Any other correlation id was made to be unique.
 */
export function isCounter(correlationId: string): boolean {
  return /^-?\d{1,10}(?:\.0)?$/.test(correlationId);
}

/** What finds the records that share an id; undefined when there is none to share. */
export function relatedExpr({ requestIds, connectionIds, correlationIds }: Relations): Expr | undefined {
  const unique = new Set([...correlationIds].filter((id) => !isCounter(id)));
  const parts = [
    ...among('requestIds', requestIds),
    // Records of the same connection with the same counter are among those of the connection.
    ...among('connectionId', connectionIds),
    ...among('correlationId', unique),
  ];
  return parts.length === 0 ? undefined : anyOf(parts);
}

function among(name: ColumnName, values: ReadonlySet<string>): Expr[] {
  return values.size === 0 ? [] : [match({ kind: 'column', name }, { kind: 'among', values, fold: false })];
}

/** Which ids a record shares. */
export function sharedBy(record: AuditRecord, relations: Relations): readonly Via[] {
  const shares = (column: ColumnName, ids: ReadonlySet<string>): readonly string[] =>
    textsOf(record, column).filter((id) => ids.has(id));
  const onConnection = shares('connectionId', relations.connectionIds).length > 0;
  const correlation = shares('correlationId', relations.correlationIds).some((id) => onConnection || !isCounter(id));
  return [
    ...(shares('requestIds', relations.requestIds).length > 0 ? (['requestId'] as const) : []),
    ...(onConnection ? (['connectionId'] as const) : []),
    ...(correlation ? (['correlationId'] as const) : []),
  ];
}
