import type { AuditRecord } from '../record/record.ts';

/** Whether the receiver wants more records. `done` ends the reading: nothing that follows could change the output. */
export type Wants = 'more' | 'done';

/**
 * A receiver of matched records, in order. Records are lent until `write` returns. Writers are
 * stages; the others stand in front of one and pass on what they choose.
 */
export interface Stage {
  write(batch: readonly AuditRecord[]): Wants;
  /** Marks that what follows does not stand next to what came before (`-A`, `-B`, `-C`). */
  gap(): void;
  end(): void;
}

/** The end of the line for reports: every record goes into the fold. */
export function foldStage(fold: { push(batch: readonly AuditRecord[]): void }): Stage {
  return {
    write(batch) {
      fold.push(batch);
      return 'more';
    },
    gap: () => undefined,
    end: () => undefined,
  };
}

/** For answers that need no record: a count, or only the exit code. */
export const nowhere: Stage = {
  write: () => 'more',
  gap: () => undefined,
  end: () => undefined,
};
