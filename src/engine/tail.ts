import { type AuditRecord, keepRecord } from '../record/record.ts';
import type { Stage } from './stage.ts';

/** The last `most` records, given on at the end. Holds that many. */
export function lastOnly(next: Stage, most: number): Stage {
  let held: AuditRecord[] = [];
  return {
    write(batch) {
      if (most === 0) return 'more';
      for (const record of batch.slice(-most)) held.push(keepRecord(record));
      // Trimmed now and then rather than one by one: shifting an array is linear.
      if (held.length > most * 2 + 1024) held = held.slice(-most);
      return 'more';
    },
    gap: () => undefined,
    end() {
      const last = most === 0 ? [] : held.slice(-most);
      if (last.length > 0) next.write(last);
      next.end();
    },
  };
}
