import type { Batch } from '../input/batch.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Verdict } from './plan.ts';

/**
 * A batch whose reader may have judged records already. What it says of a record is what the plan would say.
 * Records that are settled are not among `records`.
 */
export interface JudgedBatch extends Batch {
  /** What became of each of `records`; undefined for one that is still to be judged. */
  readonly verdicts?: readonly (Verdict | undefined)[];
  /** Records that are not handed over, because nobody needs more of them than this. */
  readonly settled?: Settled;
}

export interface Settled {
  notMatched: number;
  outsideWindow: number;
  withoutTime: number;
  matched: number;
  /** First and last event time among the matched; the earlier in the input among equal ones. */
  first: Instant | undefined;
  last: Instant | undefined;
}

export function nothingSettled(): Settled {
  return { notMatched: 0, outsideWindow: 0, withoutTime: 0, matched: 0, first: undefined, last: undefined };
}

export function settledRecords({ notMatched, outsideWindow, withoutTime, matched }: Settled): number {
  return notMatched + outsideWindow + withoutTime + matched;
}

export function noteTime(settled: Settled, time: Instant | undefined): void {
  if (time === undefined) return;
  if (settled.first === undefined || compareInstants(time, settled.first) < 0) settled.first = time;
  if (settled.last === undefined || compareInstants(time, settled.last) > 0) settled.last = time;
}

export function timeOfRecord(record: AuditRecord): Instant | undefined {
  const time = cellOf(record, 'time');
  return isInstant(time) ? time : undefined;
}
