import { doubles, type NumberList, words } from '../../record/ids/number-list.ts';
import { newPairList, type Pairs } from './pairs.ts';
import type { RecordList, RecordPlace } from './records.ts';

/** What the offsets of one partition tell. */
export interface Partition {
  readonly partition: number;
  /** Records of it. */
  readonly records: number;
  readonly first: number;
  readonly last: number;
  /** Offsets between first and last that no record has. */
  readonly missing: number;
  /** Runs of them. */
  readonly holes: number;
  /** Offsets that several records have. */
  readonly repeated: number;
  /** Times that an offset is below the one before it in the same file. */
  readonly backwards: number;
  /** The first of those places. */
  readonly backwardsAt?: RecordPlace;
}

/** Offsets that no record has, and the records beside them. */
export interface Hole {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly after: RecordPlace;
  readonly before: RecordPlace;
}

export interface Offsets {
  readonly partitions: readonly Partition[];
  /** The first of them, by partition and offset. */
  readonly holes: readonly Hole[];
  /** Records without an offset. */
  readonly without: number;
  /** Records of partitions that were met when there were too many to look at more; 0 in any ordinary dump. */
  readonly overflow: number;
  /** Records at the same offset with other bytes: in Kafka there is only one. */
  readonly pairs: Pairs;
}

export interface OffsetCounter {
  /** The record that was added to the list last. */
  add(partition: number | undefined, offset: number | undefined): void;
  endOfSource(): void;
  end(): Offsets;
}

/** Enough for any report; the rest is counted. */
const mostHoles = 1000;

/** A hostile dump can name another partition in every record. */
const mostPartitions = 10_000;

export function newOffsetCounter(records: RecordList): OffsetCounter {
  const partitions = new Map<number, Seen>();
  let without = 0;
  let overflow = 0;
  let source = 0;
  return {
    add(partition, offset) {
      if (partition === undefined || offset === undefined) {
        without++;
        return;
      }
      let seen = partitions.get(partition);
      if (seen === undefined) {
        if (partitions.size >= mostPartitions) {
          overflow++;
          return;
        }
        seen = newSeen();
        partitions.set(partition, seen);
      }
      if (seen.source !== source) seen.previous = undefined;
      seen.source = source;
      note(seen, offset, records.length - 1, records);
    },
    endOfSource() {
      source++;
    },
    end() {
      const pairs = newPairList();
      const holes: Hole[] = [];
      const sorted = [...partitions].sort(([a], [b]) => a - b);
      const found = sorted.map(([partition, seen]) => {
        const walked = walk(seen, {
          onRepeat(first, again) {
            if (!records.isSameText(first, again)) pairs.add(first, again);
          },
          onHole(from, to, after, before) {
            if (holes.length >= mostHoles) return;
            const at = (record: number, offset: number) => ({ ...records.placeOf(record), partition, offset });
            holes.push({ partition, from, to, after: at(after, from - 1), before: at(before, to + 1) });
          },
        });
        const { backwards, backwardsAt } = seen;
        return { partition, ...walked, backwards, ...(backwardsAt && { backwardsAt }) };
      });
      return {
        partitions: found,
        holes,
        without,
        overflow,
        pairs,
      };
    },
  };
}

/** Offsets come in order but for re-deliveries: those that do are sorted as they come. */
interface Seen {
  readonly rising: NumberedOffsets;
  readonly late: NumberedOffsets;
  /** Where the previous offset stood. */
  source: number;
  previous: number | undefined;
  highest: number;
  backwards: number;
  backwardsAt: RecordPlace | undefined;
}

interface NumberedOffsets {
  readonly offsets: NumberList;
  readonly records: NumberList;
}

function newSeen(): Seen {
  return {
    rising: { offsets: doubles(), records: words() },
    late: { offsets: doubles(), records: words() },
    source: 0,
    previous: undefined,
    highest: Number.NEGATIVE_INFINITY,
    backwards: 0,
    backwardsAt: undefined,
  };
}

function note(seen: Seen, offset: number, record: number, records: RecordList): void {
  const list = offset > seen.highest ? seen.rising : seen.late;
  list.offsets.push(offset);
  list.records.push(record);
  if (offset > seen.highest) seen.highest = offset;
  if (seen.previous !== undefined && offset < seen.previous) {
    seen.backwards++;
    seen.backwardsAt ??= records.placeOf(record);
  }
  seen.previous = offset;
}

interface Visitor {
  onRepeat(first: number, again: number): void;
  onHole(from: number, to: number, after: number, before: number): void;
}

/** All offsets in rising order, of equal ones the record that came first in the input first. */
function walk(
  { rising, late }: Seen,
  { onRepeat, onHole }: Visitor,
): Pick<Partition, 'records' | 'first' | 'last' | 'missing' | 'holes' | 'repeated'> {
  const order = sortedOrder(late.offsets);
  const total = rising.offsets.length + order.length;
  let [i, j] = [0, 0];
  let first = Number.NaN;
  let offset = Number.NaN;
  let record = 0;
  const counts = { missing: 0, holes: 0, repeated: 0 };
  for (let taken = 0; taken < total; taken++) {
    const lateAt = order[j] ?? 0;
    const takesRising =
      j >= order.length || (i < rising.offsets.length && rising.offsets.at(i) <= late.offsets.at(lateAt));
    const next = takesRising ? rising.offsets.at(i) : late.offsets.at(lateAt);
    const nextRecord = takesRising ? rising.records.at(i) : late.records.at(lateAt);
    if (takesRising) i++;
    else j++;
    if (taken === 0) first = next;
    else if (next === offset) {
      counts.repeated++;
      onRepeat(record, nextRecord);
      continue;
    } else if (next > offset + 1) {
      counts.missing += next - offset - 1;
      counts.holes++;
      onHole(offset + 1, next - 1, record, nextRecord);
    }
    offset = next;
    record = nextRecord;
  }
  return { records: total, first, last: offset, ...counts };
}

function sortedOrder(offsets: NumberList): Uint32Array {
  const order = Uint32Array.from({ length: offsets.length }, (_, i) => i);
  return order.sort((a, b) => offsets.at(a) - offsets.at(b) || a - b);
}
