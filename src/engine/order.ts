import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';
import { type AuditRecord, type Cell, keepRecord } from '../record/record.ts';
import { compareInstants, isInstant } from '../record/time.ts';
import type { Stage } from './stage.ts';

export interface Order {
  /** What to sort by; undefined keeps input order (to be reversed). */
  readonly keyOf: ((record: AuditRecord) => Cell) | undefined;
  readonly reverse: boolean;
  /** Only so many records will be shown, so no more are held. */
  readonly most: number | undefined;
}

/** Record bytes that may be held for sorting. Past it the run stops with a clear error instead of running out of memory. */
const maxHeldBytes = 1024 * 1024 * 1024;

interface Held {
  readonly record: AuditRecord;
  readonly key: Cell;
  readonly turn: number;
}

/**
 * All records in another order, given on at the end. Records without the key come last in both
 * directions; equal keys keep input order, which is file, then line.
 */
export function ordered(next: Stage, { keyOf, reverse, most }: Order, maxBytes = maxHeldBytes): Stage {
  let held: Held[] = [];
  let heldBytes = 0;
  let turn = 0;
  const compare = comparator(keyOf !== undefined, reverse);

  const trim = (): void => {
    held.sort(compare);
    if (most === undefined || held.length <= most) return;
    held = held.slice(0, most);
    heldBytes = held.reduce((sum, { record }) => sum + record.raw.byteLength, 0);
  };

  return {
    write(batch) {
      if (most === 0) return 'more';
      for (const record of batch) {
        held.push({ record: keepRecord(record), key: keyOf?.(record), turn: turn++ });
        heldBytes += record.raw.byteLength;
      }
      if (most !== undefined && held.length > most * 2 + 1024) trim();
      if (heldBytes > maxBytes) throw tooMuch(held.length, maxBytes);
      return 'more';
    },
    gap: () => undefined,
    end() {
      trim();
      for (let from = 0; from < held.length; from += batchSize) {
        const wants = next.write(held.slice(from, from + batchSize).map(({ record }) => record));
        if (wants === 'done') break;
      }
      next.end();
    },
  };
}

/** Small, because each record given on is parsed again and lives as long as its batch. */
const batchSize = 256;

function comparator(keyed: boolean, reverse: boolean): (a: Held, b: Held) => number {
  const direction = reverse ? -1 : 1;
  if (!keyed) return (a, b) => direction * (a.turn - b.turn);
  return (a, b) => {
    if (a.key === undefined || b.key === undefined) {
      const lacking = Number(a.key === undefined) - Number(b.key === undefined);
      return lacking || a.turn - b.turn;
    }
    return direction * compareCells(a.key, b.key) || a.turn - b.turn;
  };
}

/**
 * Times by instant, numbers by value, everything else by code unit: the same order on every machine. Where a raw
 * path holds numbers and texts, all numbers come before all texts, because `9 < 10 < "9"` would be no order.
 */
function compareCells(a: Cell, b: Cell): number {
  if (isInstant(a) && isInstant(b)) return compareInstants(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const numbersFirst = Number(typeof b === 'number') - Number(typeof a === 'number');
  if (numbersFirst !== 0) return numbersFirst;
  const left = sortText(a);
  const right = sortText(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

function sortText(cell: Cell): string {
  if (Array.isArray(cell)) return cell.join(',');
  return isInstant(cell) ? cell.text : String(cell);
}

function tooMuch(records: number, maxBytes: number): AuditError {
  return new AuditError(
    {
      code: 'sort-too-large',
      message: `sorting would hold more than ${Math.round(maxBytes / 1024 / 1024)} MiB of records (${records} so far)`,
      hint: 'narrow the question with a filter or a time window, or keep only the first rows with --limit N',
    },
    exitCodes.incomplete,
  );
}
