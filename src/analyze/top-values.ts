import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { isInstant } from '../record/time.ts';
import { newTally, type TallyState } from './tally.ts';

/** The most frequent values of one column. A record with several values counts for each. */
export interface TopValues {
  readonly column: ColumnName;
  readonly distinct: number;
  /** Records without a value. */
  readonly absent: number;
  /** Counts of values first met after the limit on distinct values; 0 in any ordinary dump. */
  readonly overflow: number;
  readonly values: readonly {
    readonly value: string;
    readonly kind?: string;
    readonly count: number;
    readonly share: number;
  }[];
}

/** Counts the values of a column; of `principal` together with the kind. */
export interface ValueCounter {
  add(record: AuditRecord, times: number): void;
  end(top: number, records: number): TopValues;
  overflow(): number;
  merge(part: ValueCounterState): void;
  state(): ValueCounterState;
}

export interface ValueCounterState {
  readonly tally: TallyState;
  readonly absent: number;
}

export function newValueCounter(column: ColumnName, limit: number): ValueCounter {
  const tally = newTally(limit);
  let absent = 0;
  return {
    add(record, times) {
      const cell = cellOf(record, column);
      if (cell === undefined) absent += times;
      else {
        for (const value of valuesOf(cell)) tally.add(column === 'principal' ? withKind(value, record) : value, times);
      }
    },
    end: (top, records) => ({
      column,
      distinct: tally.distinct(),
      absent,
      overflow: tally.overflow(),
      values: tally.top(top).map(([key, count]) => {
        const { value, kind } = column === 'principal' ? splitKind(key) : { value: key, kind: undefined };
        return { value, ...(kind !== undefined && { kind }), count, share: count / records };
      }),
    }),
    overflow: tally.overflow,
    merge(part) {
      tally.merge(part.tally);
      absent += part.absent;
    },
    state: () => ({ tally: tally.state(), absent }),
  };
}

function valuesOf(cell: NonNullable<Cell>): readonly string[] {
  if (Array.isArray(cell)) return cell;
  return [isInstant(cell) ? cell.text : String(cell)];
}

/** One key for principal and kind: kinds hold no blank, so the first blank parts them. */
function withKind(principal: string, record: AuditRecord): string {
  return `${cellOf(record, 'principalKind')} ${principal}`;
}

function splitKind(key: string): { value: string; kind: string } {
  const blank = key.indexOf(' ');
  return { value: key.slice(blank + 1), kind: key.slice(0, blank) };
}
