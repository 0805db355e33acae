import { type Grouping, groupOfOne, slotOf, type Witness, wantsWitness, witnessOf } from '../analyze/grouping.ts';
import type { Operand } from '../query/expr.ts';
import { type AuditRecord, keptRecord, type Provenance } from '../record/record.ts';
import type { ScannedRecords } from '../scan/scanned-records.ts';
import type { RowRange, RowTaker } from './judge.ts';
import { PairTable } from './pair-table.ts';

/**
 * Counts groups from rows: how often each tuple of what the grouping reads came in each slot. What a group means is
 * worked out by the truth, once for each of them. `isGivenUp` is true once what was counted is of no use any more.
 */
export function groupingTaker(grouping: Grouping, isGivenUp: () => boolean = () => false): RowTaker {
  let rows: RowGroups | undefined;
  return {
    prepare(records) {
      rows = new RowGroups(records, grouping);
    },
    take(i, position) {
      if (!isGivenUp()) rows?.take(i, position);
    },
    takeAll(range, position) {
      if (!isGivenUp()) rows?.takeAll(range, position);
    },
    takeRecord: (record, position) => grouping.add(groupOfOne(record, position, grouping)),
    flush: () => rows?.flush(),
  };
}

/** Pairs are given on when there are more than this: they take some memory, and those of a long time ago come no more. */
const mostPairs = 100_000;

/** Bytes of records held as witnesses before they are looked into. */
const mostCapturedBytes = 4 * 1024 * 1024;

class RowGroups {
  readonly #records: ScannedRecords;
  readonly #grouping: Grouping;
  /** Undefined when nothing is read but the time. */
  readonly #group: number | undefined;
  /** By tuple and number of the slot. */
  readonly #pairs = new PairTable();
  readonly #slots = new SlotNumbers();
  readonly #moment = { second: 0, nano: 0 };
  #witnesses: (Captured | Witness)[] = [];
  #capturedBytes = 0;

  constructor(records: ScannedRecords, grouping: Grouping) {
    const { reads } = grouping;
    this.#records = records;
    this.#grouping = grouping;
    this.#group = reads.length === 0 ? undefined : groupFor(records, reads);
  }

  take(i: number, position: number): void {
    const records = this.#records;
    if (records.rows.hasOddTime(i)) this.#grouping.add(groupOfOne(records.record(i), position, this.#grouping));
    else this.#note(i, position);
  }

  takeAll({ from, to }: RowRange, position: number): void {
    const { rows } = this.#records;
    for (let i = from; i < to; i++) this.#note(i, position + rows.line(i));
  }

  flush(): void {
    const known = new Map<number, AuditRecord>();
    for (const { first, second, times, span, number } of this.#pairs.pairs()) {
      const record = known.get(first) ?? this.#tupleRecord(first);
      known.set(first, record);
      const slot = this.#slots.at(second);
      const captured = this.#witnesses[number];
      const witness = captured && ('raw' in captured ? witnessIn(captured) : captured);
      this.#grouping.add({ record, slot, times, span, witness });
    }
    this.#pairs.clear();
    this.#witnesses = [];
    this.#capturedBytes = 0;
  }

  #note(i: number, position: number): void {
    const { rows } = this.#records;
    const tuple = this.#group === undefined ? 0 : rows.tuple(i, this.#group);
    const slot = this.#slotOf(i);
    const earliestOf = this.#pairs.note(tuple, this.#slots.numberOf(slot), rows, i, position);
    if (earliestOf >= 0 && wantsWitness(this.#grouping, slot)) this.#capture(earliestOf, i, position);
    if (this.#pairs.count > mostPairs) this.flush();
  }

  #slotOf(i: number): number {
    const { slots } = this.#grouping;
    if (slots.kind === 'one') return 0;
    const { rows } = this.#records;
    this.#moment.second = rows.second(i);
    this.#moment.nano = rows.nano(i);
    return slotOf(slots, this.#moment);
  }

  /** Looking into a record takes much longer than copying it, and an earlier one may come. */
  #capture(pair: number, i: number, position: number): void {
    const { raw, at } = this.#records.record(i);
    this.#capturedBytes += raw.length;
    this.#witnesses[pair] = { raw: new Uint8Array(raw), at, position };
    if (this.#capturedBytes <= mostCapturedBytes) return;
    this.#witnesses = this.#witnesses.map((one) => ('raw' in one ? witnessIn(one) : one));
    this.#capturedBytes = 0;
  }

  #tupleRecord(tuple: number): AuditRecord {
    return this.#group === undefined ? emptyRecord : this.#records.tupleRecord(this.#group, tuple);
  }
}

interface Captured {
  readonly raw: Uint8Array;
  readonly at: Provenance;
  readonly position: number;
}

function witnessIn({ raw, at, position }: Captured): Witness {
  return witnessOf(keptRecord(raw, at), position);
}

function groupFor(records: ScannedRecords, reads: readonly Operand[]): number {
  const group = records.groups.addOperands(reads);
  if (group === undefined) throw new Error('a grouping reads more than values of the record');
  return group;
}

const emptyRecord: AuditRecord = { raw: new Uint8Array(0), at: { file: '', line: 0 }, value: {} };

/** Slots by small numbers, in the order first met. Neighbours are in the same one mostly. */
class SlotNumbers {
  readonly #numbers = new Map<number, number>();
  readonly #slots: number[] = [];
  #last = Number.NaN;
  #lastNumber = 0;

  numberOf(slot: number): number {
    if (slot === this.#last) return this.#lastNumber;
    const number = this.#numbers.get(slot) ?? this.#slots.push(slot) - 1;
    this.#numbers.set(slot, number);
    this.#last = slot;
    this.#lastNumber = number;
    return number;
  }

  at(number: number): number {
    const slot = this.#slots[number];
    if (slot === undefined) throw new Error(`no slot ${number}`);
    return slot;
  }
}
