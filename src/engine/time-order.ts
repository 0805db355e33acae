import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { compareInstants, isInstant, type Moment } from '../record/time.ts';
import { type CompactRecord, CompactRecords, momentOf } from './compact-records.ts';
import { SortedRuns, type SortOptions } from './sorted-runs.ts';

type TimeKey = Moment | undefined;

/** Some cells of records in the order of their times, however many there are. Those without a time come last, as they came. */
export class TimeOrder {
  /** Records without a usable time. */
  withoutTime = 0;
  readonly #compact: CompactRecords;
  readonly #runs: SortedRuns<TimeKey>;

  constructor(columns: readonly ColumnName[], limits: Pick<SortOptions<TimeKey>, 'mostBytes' | 'openFile'> = {}) {
    this.#compact = new CompactRecords(columns);
    this.#runs = new SortedRuns({ compare: compareKeys, keyOf: momentOf, ...limits });
  }

  push(batch: readonly AuditRecord[]): void {
    for (const record of batch) {
      const time = cellOf(record, 'time');
      const key = isInstant(time) ? time : undefined;
      if (key === undefined) this.withoutTime++;
      this.#runs.add(key, this.#compact.pack(record, time));
    }
  }

  /** Lent until the next one is asked for; several may look through them at once. */
  *records(): Generator<CompactRecord, undefined> {
    for (const bytes of this.#runs.entries()) yield this.#compact.unpack(bytes);
  }

  close(): void {
    this.#runs.close();
  }
}

function compareKeys(a: TimeKey, b: TimeKey): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareInstants(a, b);
}
