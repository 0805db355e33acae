import type { Diagnostic } from '../diag/diagnostic.ts';
import type { AuditRecord } from '../record/record.ts';

/**
 * Looks on while a question runs and has remarks at the end. Sees every record, matched or not, in
 * any order; never throws on one; keeps a bounded amount whatever it is shown.
 */
export interface Watcher {
  readonly see: (record: AuditRecord, matched: boolean) => void;
  readonly end: () => readonly Diagnostic[];
}
