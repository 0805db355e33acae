import type { ColumnName } from '../record/columns/index.ts';
import type { AuditRecord } from '../record/record.ts';

/**
 * One aspect of a record that a fold counts. `columns` are all that is read of the record, so a reader can group records
 * by what those columns read, and count a group at once with any record that holds the group's values.
 */
export interface Facet {
  readonly columns: readonly ColumnName[];
  /** Counts `times` records, at least one, that are alike in the columns. */
  add(record: AuditRecord, times: number): void;
}
