import { type AuditRecord, type Cell, keptRecord } from '../record/record.ts';
import { compareInstants, isInstant } from '../record/time.ts';
import { packedRecord, unpackedKey, unpackedRecord } from './packed-record.ts';
import { SortedRuns, type SortOptions, type Wanted } from './sorted-runs.ts';
import type { Stage } from './stage.ts';

export interface Order {
  /** What to sort by; undefined keeps input order. */
  readonly keyOf: ((record: AuditRecord) => Cell) | undefined;
  readonly reverse: boolean;
  /** Only so many records will be shown, so that no more are kept. */
  readonly wanted?: Wanted | undefined;
}

export interface OrderedStage extends Stage {
  /** Gives the records on, waiting for the output now and then, and ends the stage behind. */
  giveOn(drained: () => Promise<void>): Promise<void>;
  /** Gives the disk space back. */
  readonly close: () => void;
}

/** What a record is sorted by. */
interface OrderKey {
  readonly cell: Cell;
  /** Grows with input order. */
  readonly turn: number;
}

/**
 * All records in another order, given on at the end. Records without the key come last in both
 * directions; equal keys keep input order, which is file, then line.
 */
export function ordered(
  next: Stage,
  { keyOf, reverse, wanted }: Order,
  limits: Pick<SortOptions<OrderKey>, 'mostBytes' | 'openFile'> = {},
): OrderedStage {
  const runs = new SortedRuns<OrderKey>({
    compare: comparator(keyOf !== undefined, reverse),
    keyOf: unpackedKey,
    ...limits,
  });
  let turn = 0;

  return {
    write(batch) {
      if (wanted?.most === 0) return 'more';
      for (const record of batch) {
        const key = { cell: keyOf?.(record), turn: turn++ };
        runs.add(key, packedRecord(record, key));
      }
      if (wanted !== undefined) runs.trim(wanted);
      return 'more';
    },
    gap: () => undefined,
    end: () => undefined,
    async giveOn(drained) {
      for (const batch of batchesOf(runs.entries(), runs.count, wanted)) {
        if (next.write(batch) === 'done') break;
        await drained();
      }
      next.end();
    },
    close: () => runs.close(),
  };
}

/** Small, because each record given on is parsed again and lives as long as its batch. */
const batchSize = 256;

function* batchesOf(
  entries: Iterable<Uint8Array>,
  count: number,
  wanted: Wanted | undefined,
): Generator<readonly AuditRecord[], undefined> {
  const from = wanted?.end === 'last' ? count - wanted.most : 0;
  const to = wanted?.end === 'first' ? wanted.most : count;
  let batch: AuditRecord[] = [];
  let number = 0;
  for (const entry of entries) {
    if (number >= to) break;
    if (number++ < from) continue;
    const { raw, at } = unpackedRecord(entry);
    batch.push(keptRecord(new Uint8Array(raw), at));
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function comparator(keyed: boolean, reverse: boolean): (a: OrderKey, b: OrderKey) => number {
  const direction = reverse ? -1 : 1;
  if (!keyed) return (a, b) => direction * (a.turn - b.turn);
  return (a, b) => {
    if (a.cell === undefined || b.cell === undefined) {
      const lacking = Number(a.cell === undefined) - Number(b.cell === undefined);
      return lacking || a.turn - b.turn;
    }
    return direction * compareCells(a.cell, b.cell) || a.turn - b.turn;
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
