import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { compareInstants, isInstant, type Moment } from '../record/time.ts';
import type { Packed, Part } from './cell-dictionary.ts';
import { type CompactRecord, CompactRecords, momentOf } from './compact-records.ts';
import { SortedRuns, type SortOptions } from './sorted-runs.ts';

type TimeKey = Moment | undefined;

/** Some cells of records in the order of their times, however many there are. Those without a time come last, as they came. */
export class TimeOrder {
  /** Records without a usable time. */
  withoutTime = 0;
  readonly compact: CompactRecords;
  readonly #runs: SortedRuns<TimeKey>;

  constructor(parts: readonly Part[], limits: Pick<SortOptions<TimeKey>, 'mostBytes' | 'openFile'> = {}) {
    this.compact = new CompactRecords(parts);
    this.#runs = new SortedRuns({ compare: compareKeys, keyOf: momentOf, ...limits });
  }

  push(batch: readonly AuditRecord[]): void {
    for (const record of batch) {
      const { file, line } = record.at;
      this.add(cellOf(record, 'time'), file, line, this.compact.packedOf(record));
    }
  }

  /** A record by what stands for its cells. */
  add(time: Cell, file: string, line: number, packed: readonly Packed[]): void {
    const key = isInstant(time) ? time : undefined;
    if (key === undefined) this.withoutTime++;
    this.#runs.add(key, this.compact.pack(time, file, line, packed));
  }

  /** Lent until the next one is asked for; several may look through them at once. */
  *records(): Generator<CompactRecord, undefined> {
    for (const bytes of this.#runs.entries()) yield this.compact.unpack(bytes);
  }

  close(): void {
    this.#runs.close();
  }
}

function compareKeys(a: TimeKey, b: TimeKey): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareInstants(a, b);
}
