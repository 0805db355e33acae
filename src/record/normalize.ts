import { type AnyColumn, type ColumnName, columnNamed, columns, listedColumns } from './columns/index.ts';
import { type Steps, stepsOf, valuesAt } from './paths.ts';
import { type AuditRecord, type Cell, notKnown } from './record.ts';

/**
 * The truth: a column's cell from the parsed record. Everything faster must agree with it. Never
 * throws on a record, whatever its shape.
 */
export function cellOf(record: AuditRecord, name: ColumnName): Cell {
  const known = knownCell(record, name);
  return known === notKnown ? deriveFrom(record, columnNamed(name)) : known;
}

function knownCell(record: AuditRecord, name: ColumnName): Cell | typeof notKnown {
  return record.known === undefined ? notKnown : record.known(name);
}

/** Whether any member of the column's list passes; undefined when the whole cell has to be asked. */
export function someOf(
  record: AuditRecord,
  name: ColumnName,
  passes: (member: string) => boolean,
): boolean | undefined {
  const column = columnNamed(name);
  if (column.some === undefined || knownCell(record, name) !== notKnown) return undefined;
  return column.some(foundIn(record, column), passes);
}

/** The whole normalised view: every listed column in order. */
export function normalize(record: AuditRecord): Readonly<Record<string, Cell>> {
  return Object.fromEntries(listedColumns.map((column) => [column.name, deriveFrom(record, column)]));
}

const steps: ReadonlyMap<AnyColumn, readonly (readonly [string, Steps])[]> = new Map(
  columns.map((column) => [column, Object.entries(column.reads).map(([key, path]) => [key, stepsOf(path)] as const)]),
);

function deriveFrom(record: AuditRecord, column: AnyColumn): Cell {
  return column.derive(foundIn(record, column), record.at);
}

function foundIn(record: AuditRecord, column: AnyColumn): Readonly<Record<string, readonly unknown[]>> {
  if (record.found !== undefined) return record.found(column.reads);
  const found: Record<string, unknown[]> = {};
  for (const [key, path] of steps.get(column) ?? []) found[key] = valuesAt(record.value, path);
  return found;
}
