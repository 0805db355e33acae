import { allOf, match } from '../query/combine.ts';
import type { Expr } from '../query/expr.ts';
import type { FilterContext } from '../query/filters/filter.ts';
import { method as methodFilter } from '../query/filters/method.ts';
import { windowMatch } from '../query/time-window.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { isInstant } from '../record/time.ts';
import { type Differences, differencesOf } from './differences.ts';

/** What keeps a record from having a previous one. */
export type Lack = 'method' | 'resource' | 'time';

/**
 * Finds the records of the same thing done to the same resource before: the same method under any of its names, the same event type,
 * resource type, name and CRN, at an earlier time.
 */
export function earlierExpr(record: AuditRecord, context: FilterContext): Expr | Lack {
  const method = textOf(record, 'method');
  const time = cellOf(record, 'time');
  const places = (['crn', 'resourceType', 'resource'] as const).flatMap((name) => same(record, name));
  if (method === undefined) return 'method';
  if (places.length === 0) return 'resource';
  if (!isInstant(time)) return 'time';
  return allOf([
    methodFilter.parse([method], { ...context, exact: true }),
    ...same(record, 'type'),
    ...places,
    windowMatch({ until: time }),
  ]);
}

function same(record: AuditRecord, name: ColumnName): readonly Expr[] {
  const text = textOf(record, name);
  if (text === undefined) return [];
  return [match({ kind: 'column', name }, { kind: 'among', values: new Set([text]), fold: false })];
}

function textOf(record: AuditRecord, name: ColumnName): string | undefined {
  const cell = cellOf(record, name);
  return typeof cell === 'string' ? cell : undefined;
}

/** What was asked for and what came of it: `a` in the earlier record, `b` in the later one. */
export function changesBetween(earlier: AuditRecord, later: AuditRecord): Differences {
  return differencesOf(askedAndAnswered(earlier), askedAndAnswered(later));
}

/** Without the numbers that differ from one request to the next whatever is asked. */
function askedAndAnswered({ value: { data } }: AuditRecord): unknown {
  const parts = isObject(data) ? Object.entries(data).filter(([key]) => key === 'request' || key === 'result') : [];
  return { data: Object.fromEntries(parts.map(([key, part]) => [key, key === 'request' ? withoutIds(part) : part])) };
}

function withoutIds(request: unknown): unknown {
  if (!isObject(request)) return request;
  return Object.fromEntries(Object.entries(request).filter(([key]) => !perRequest.has(key)));
}

const perRequest: ReadonlySet<string> = new Set(['correlationId', 'correlation_id', 'requestId', 'request_id']);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
