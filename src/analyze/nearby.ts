import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { compareInstants, type Instant, isInstant, type Moment } from '../record/time.ts';
import type { Fold } from './fold.ts';

/** A record beside the one that was pointed at. */
export interface NearbyRow {
  readonly time: Instant | undefined;
  /** From the anchor to it; the nanoseconds alone may be negative. Undefined where one of them has no usable time. */
  readonly delta: Moment | undefined;
  readonly isAnchor: boolean;
  /** What is shown of it. */
  readonly cells: readonly Cell[];
}

export interface NearbyOptions {
  readonly anchor: Moment | undefined;
  readonly isAnchor: (record: AuditRecord) => boolean;
  readonly cellsOf: (record: AuditRecord) => readonly Cell[];
  /** Rows and characters of them that are held at most. */
  readonly mostRows?: number;
  readonly mostCharacters?: number;
}

/**
 * Records by their distance from one moment, earliest first. Equal times keep input order, which is file, then line;
 * records without a usable time come last.
 */
export function nearbyFold({
  anchor,
  isAnchor,
  cellsOf,
  mostRows = 500_000,
  mostCharacters = 512 * 1024 * 1024,
}: NearbyOptions): Fold<readonly NearbyRow[]> {
  const rows: NearbyRow[] = [];
  let characters = 0;
  return {
    push(batch) {
      for (const record of batch) {
        const cell = cellOf(record, 'time');
        const time = isInstant(cell) ? cell : undefined;
        const cells = cellsOf(record);
        characters += cells.reduce<number>((sum, one) => sum + charactersIn(one), 0);
        rows.push({ time, delta: time && anchor && between(anchor, time), isAnchor: isAnchor(record), cells });
        if (rows.length > mostRows || characters > mostCharacters) throw tooMany(rows.length - 1);
      }
    },
    // Sorting keeps the order of what compares equal.
    end: () => rows.sort(byTime),
  };
}

function between(from: Moment, to: Moment): Moment {
  return { second: to.second - from.second, nano: to.nano - from.nano };
}

function byTime(a: NearbyRow, b: NearbyRow): number {
  if (a.time === undefined || b.time === undefined) return Number(a.time === undefined) - Number(b.time === undefined);
  return compareInstants(a.time, b.time);
}

function charactersIn(cell: Cell): number {
  if (typeof cell === 'string') return cell.length;
  return Array.isArray(cell) ? cell.reduce((sum, member) => sum + member.length, 0) : 0;
}

function tooMany(rows: number): AuditError {
  return new AuditError(
    {
      code: 'too-many-rows',
      message: `more than ${rows.toLocaleString('en-US')} records: they do not fit in memory`,
      hint: 'narrow the question with a filter or a smaller window',
    },
    exitCodes.incomplete,
  );
}
