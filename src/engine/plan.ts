import { compilePredicate } from '../query/predicate.ts';
import type { Question } from '../query/question.ts';
import { isInside, type TimeWindow } from '../query/time-window.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { isInstant } from '../record/time.ts';

/** What became of a record. */
export type Verdict = 'matched' | 'notMatched' | 'outsideWindow' | 'withoutTime';

/** A question ready to be asked of records, telling "does not match" from "matches, but at another time". */
export interface Plan {
  readonly window: TimeWindow | undefined;
  judge(record: AuditRecord): Verdict;
}

export function planFor({ rest, window }: Question): Plan {
  const matches = compilePredicate(rest);
  return {
    window,
    judge(record) {
      if (!matches(record)) return 'notMatched';
      if (window === undefined) return 'matched';
      const time = cellOf(record, 'time');
      if (!isInstant(time)) return 'withoutTime';
      return isInside(time, window) ? 'matched' : 'outsideWindow';
    },
  };
}
