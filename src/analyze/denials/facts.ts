import { cellOfOperand } from '../../query/operand.ts';
import type { ColumnName } from '../../record/columns/index.ts';
import { cellOf } from '../../record/normalize.ts';
import type { AuditRecord, Cell } from '../../record/record.ts';
import { isInstant } from '../../record/time.ts';
import { type Span, spanOf } from '../span.ts';
import { type Plane, planeFinder } from './planes.ts';

/** Columns that are asked of every record that failed. */
export const denialColumns: readonly ColumnName[] = [
  ...(['kind', 'method', 'result', 'rawResult', 'principal', 'principalKind', 'ips', 'credential'] as const),
  ...(['resource', 'operation', 'requestIds'] as const),
];

/** What a row stands for. */
export interface DenialKey {
  readonly by: 'principal' | 'address';
  readonly name: string | undefined;
  readonly plane: Plane;
}

export function keyText({ by, name, plane }: DenialKey): string {
  return JSON.stringify([by, plane, name ?? null]);
}

/** The rows that a record which failed stands in. Compile once. */
export function keyFinder(): (record: AuditRecord) => readonly DenialKey[] {
  const planeOf = planeFinder();
  return (record) => {
    const plane = planeOf(record);
    return plane === undefined ? [] : keysOf(factsOf(record), plane);
  };
}

/** What is read of a refusal. */
export interface Facts {
  readonly principal: string | undefined;
  readonly principalKind: string | undefined;
  readonly ips: readonly string[];
  readonly credential: string | undefined;
  readonly method: string | undefined;
  readonly operation: string;
  readonly resource: string | undefined;
  readonly requestIds: readonly string[];
  readonly span: (position: number) => Span | undefined;
}

export function factsOf(record: AuditRecord): Facts {
  const get = (name: ColumnName): string | undefined => textOf(cellOf(record, name));
  const time = cellOf(record, 'time');
  return {
    principal: get('principal'),
    principalKind: get('principalKind'),
    ips: listOf(cellOf(record, 'ips')),
    credential: get('credential'),
    method: get('method'),
    operation: operationOf(record),
    resource: get('resource'),
    requestIds: listOf(cellOf(record, 'requestIds')),
    span: (position) => (isInstant(time) ? spanOf(time, position) : undefined),
  };
}

const checkedType = cellOfOperand({ kind: 'path', path: ['data', 'authorizationInfo', 'resourceType'] });

function operationOf(record: AuditRecord): string {
  const operation = textOf(cellOf(record, 'operation'));
  if (operation === undefined) return textOf(cellOf(record, 'method')) ?? 'no method';
  const type = textOf(checkedType(record));
  return type === undefined ? operation : `${type}:${operation}`;
}

function textOf(cell: Cell): string | undefined {
  return cell === undefined ? undefined : isInstant(cell) ? cell.text : String(cell);
}

function listOf(cell: Cell): readonly string[] {
  return Array.isArray(cell) ? [...new Set(cell.map(String))] : [];
}

export function keysOf({ principal, ips }: Facts, plane: Plane): DenialKey[] {
  const addresses = ips.length === 0 ? [undefined] : ips;
  return [
    { by: 'principal', name: principal, plane },
    ...addresses.map((name) => ({ by: 'address', name, plane }) as const),
  ];
}
