import { createHash } from 'node:crypto';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { digestOf } from './canonical.ts';

/** `first`: not seen before, or without an id. The others repeat an id; `conflicting` ones say something else than the first delivery. */
export type Delivery = 'first' | 'repeated' | 'conflicting';

export type DeliveryOf = (record: AuditRecord) => Delivery;

/**
 * Remembers every id delivered so far as digests in flat arrays: 32 bytes a record, so that
 * millions of records fit where a map of strings would not.
 */
export function newDeliveries(): DeliveryOf {
  const table = newDigestTable();
  return (record) => {
    const id = cellOf(record, 'id');
    if (typeof id !== 'string') return 'first';
    const idDigest = createHash('sha256').update(id).digest().subarray(0, 16);
    return table.see(idDigest, digestOf(record.value));
  };
}

const wordsPerRow = 8;

function newDigestTable(): { see(key: Uint8Array, content: Uint8Array): Delivery } {
  let rows = 1024;
  let used = 0;
  let table = new Uint32Array(rows * wordsPerRow);

  const grow = (): void => {
    const old = table;
    rows *= 2;
    table = new Uint32Array(rows * wordsPerRow);
    for (let at = 0; at < old.length; at += wordsPerRow) {
      const row = old.subarray(at, at + wordsPerRow);
      if (row.some((word) => word !== 0)) table.set(row, slotOf(row));
    }
  };

  /** Where a row with this key stands, or the free place where it belongs. */
  const slotOf = (row: Uint32Array): number => {
    let slot = (row[0] ?? 0) % rows;
    for (;;) {
      const at = slot * wordsPerRow;
      const free = table.subarray(at, at + wordsPerRow).every((word) => word === 0);
      if (free || sameWords(table, at, row, 0, 4)) return at;
      slot = (slot + 1) % rows;
    }
  };

  return {
    see(key, content) {
      const row = new Uint32Array(wordsPerRow);
      new Uint8Array(row.buffer).set(key);
      new Uint8Array(row.buffer).set(content, 16);
      const at = slotOf(row);
      if (sameWords(table, at, row, 0, 4)) return sameWords(table, at + 4, row, 4, 4) ? 'repeated' : 'conflicting';
      table.set(row, at);
      used++;
      if (used * 3 > rows * 2) grow();
      return 'first';
    },
  };
}

function sameWords(a: Uint32Array, atA: number, b: Uint32Array, atB: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (a[atA + i] !== b[atB + i]) return false;
  return true;
}
