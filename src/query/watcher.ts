import type { Diagnostic } from '../diag/diagnostic.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Glance } from './glance.ts';

/**
 * Looks on while a question runs and has remarks at the end. Sees every record, matched or not, in
 * any order, or from some point on only the matched ones, once it is settled; never throws on one; keeps a bounded amount whatever it is shown.
 */
export interface Watcher {
  readonly see: (record: AuditRecord, matched: boolean) => void;
  /** What it looks at, as far as it does not look into the record itself. */
  readonly reads: readonly Glance[];
  /** True once records that do not match cannot change what it has to say. */
  readonly settled: () => boolean;
  readonly end: () => readonly Diagnostic[];
}
