import { type AuditRecord, keepRecord } from '../record/record.ts';
import type { Stage, Wants } from './stage.ts';

/** Neighbours of matches in the same file, as `grep -B` and `-A` show them. */
export interface ContextOptions {
  readonly before: number;
  readonly after: number;
}

/** Takes every record with whether it matched, and gives on matches with their neighbours, groups parted by `gap`. */
export interface ContextStage {
  write(record: AuditRecord, matched: boolean): void;
  /** Neighbours never cross from one file into the next. */
  endOfSource(): void;
  /** Sends what was chosen from the records written since the last call, while they are still lent. */
  flush(): Wants;
  /** True when no record is owed to the last match. */
  isSettled(): boolean;
}

export function withContext(next: Stage, { before, after }: ContextOptions): ContextStage {
  let earlier: AuditRecord[] = [];
  /** Records still to be shown after the last match. */
  let owed = 0;
  /** Whether the record before this one was shown; true at the start, where nothing is left out. */
  let adjacent = true;
  let anything = false;
  let out: AuditRecord[] = [];

  const send = (): Wants => {
    const batch = out;
    out = [];
    return batch.length > 0 ? next.write(batch) : 'more';
  };

  return {
    write(record, matched) {
      if (matched) {
        if (!adjacent && anything) {
          send();
          next.gap();
        }
        out.push(...earlier, record);
        earlier = [];
        owed = after;
        adjacent = true;
        anything = true;
      } else if (owed > 0) {
        out.push(record);
        owed--;
      } else {
        if (before > 0) earlier.push(keepRecord(record));
        if (before === 0 || earlier.length > before) {
          earlier.shift();
          adjacent = false;
        }
      }
    },
    endOfSource() {
      earlier = [];
      owed = 0;
      adjacent = false;
    },
    flush: send,
    isSettled: () => owed === 0,
  };
}
