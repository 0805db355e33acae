import type { Diagnostic } from '../diag/diagnostic.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { AuditRecord } from '../record/record.ts';

/**
 * Looks on while a question runs and has remarks at the end. Sees every record, matched or not, in
 * any order, or from some point on only the matched ones, once it is settled; never throws on one; keeps a bounded amount whatever it is shown.
 */
export interface Watcher {
  readonly see: (record: AuditRecord, matched: boolean) => void;
  /** The columns it looks at, as far as it looks at columns. */
  readonly reads: readonly ColumnName[];
  /** True once records that do not match cannot change what it has to say. */
  readonly settled: () => boolean;
  readonly end: () => readonly Diagnostic[];
}
