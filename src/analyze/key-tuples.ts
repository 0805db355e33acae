import type { Operand } from '../query/expr.ts';
import { cellOfOperand, operandText } from '../query/operand.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { isInstant } from '../record/time.ts';

/** Each once, however often it is asked for. */
export function distinctOperands(operands: readonly Operand[]): readonly Operand[] {
  return [...new Map(operands.map((operand) => [operandText(operand), operand])).values()];
}

/** One value for each column of a key; undefined where the record has none. */
export type KeyTuple = readonly (string | undefined)[];

/** Calls `see` with every tuple of a record: of a list each member counts, once. */
export type EachTuple = (record: AuditRecord, see: (tuple: KeyTuple) => void) => void;

export function tupleReader(operands: readonly Operand[]): EachTuple {
  const [only, ...others] = operands.map(cellOfOperand);
  if (only !== undefined && others.length === 0) {
    return (record, see) => {
      for (const member of membersOf(only(record))) see([member]);
    };
  }
  const readers = operands.map(cellOfOperand);
  return (record, see) => {
    const columns = readers.map((cellOf) => membersOf(cellOf(record)));
    // An odometer rather than all combinations at once: a hostile record can have millions.
    const at = columns.map(() => 0);
    for (;;) {
      see(columns.map((members, i) => members[at[i] ?? 0]));
      let turning = columns.length - 1;
      for (; turning >= 0; turning--) {
        const next = (at[turning] ?? 0) + 1;
        at[turning] = next < (columns[turning]?.length ?? 0) ? next : 0;
        if (at[turning] !== 0) break;
      }
      if (turning < 0) return;
    }
  };
}

/** Equal for equal tuples only. */
export function tupleKey(tuple: KeyTuple): string {
  return JSON.stringify(tuple);
}

/** In the order of their texts; what is missing comes first. */
export function compareTuples(a: KeyTuple, b: KeyTuple): number {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

function membersOf(cell: Cell): readonly (string | undefined)[] {
  if (typeof cell === 'string') return [cell];
  if (cell === undefined) return [undefined];
  if (typeof cell !== 'object') return [String(cell)];
  if (isInstant(cell)) return [cell.text];
  return cell.length === 0 ? [undefined] : cell.length === 1 ? cell : [...new Set(cell)];
}
