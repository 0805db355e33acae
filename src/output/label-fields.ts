import type { Field } from '../query/fields.ts';
import { cellOfOperand } from '../query/operand.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { type Labels, labelCell } from './labels.ts';

interface ShownColumn {
  readonly name: string;
  readonly cellOf: (record: AuditRecord) => Cell;
}

/** The fields, and behind them all one for each that has names. */
export function withLabelFields(fields: readonly Field[], labels: Labels | undefined): readonly ShownColumn[] {
  const columns = fields.map(({ name, operand }) => ({ name, cellOf: cellOfOperand(operand) }));
  if (labels === undefined) return columns;
  const named = columns.flatMap(({ name, cellOf }) => {
    const column = labels.columnFor(name);
    if (column === undefined) return [];
    return [{ name: column, cellOf: (record: AuditRecord) => labelCell(labels, name, cellOf(record)) }];
  });
  return [...columns, ...named];
}
