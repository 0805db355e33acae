import type { AuditRecord } from '../record/record.ts';

/** Takes records in order and gives one result at the end. Holds no record. */
export interface Fold<T> {
  push(batch: readonly AuditRecord[]): void;
  end(): T;
}
