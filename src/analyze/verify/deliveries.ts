import { newIdIndex } from '../../record/ids/id-index.ts';
import { words } from '../../record/ids/number-list.ts';
import { newPairList, type Pairs } from './pairs.ts';
import type { RecordList, RecordPlace } from './records.ts';

/** Records that were delivered more than once, going by their CloudEvents id. */
export interface Deliveries {
  readonly withoutId: number;
  /** Repeats with the very bytes of the first delivery. */
  readonly sameBytes: number;
  /** The first few of them. */
  readonly examples: readonly Repeat[];
  /** Repeats with other bytes: whether they say the same only the parsed records can tell. */
  readonly pairs: Pairs;
}

export interface Repeat {
  readonly id: string;
  readonly first: RecordPlace;
  readonly again: RecordPlace;
}

export interface DeliveryCounter {
  /** The record that was added to the list last. */
  add(id: string | Uint8Array | undefined): void;
  end(): Deliveries;
}

const mostExamples = 5;

export function newDeliveryCounter(records: RecordList): DeliveryCounter {
  const ids = newIdIndex();
  /** By the number of the id. */
  const firsts = words();
  const pairs = newPairList();
  const examples: Repeat[] = [];
  let withoutId = 0;
  let sameBytes = 0;

  return {
    add(id) {
      if (id === undefined) {
        withoutId++;
        return;
      }
      const record = records.length - 1;
      const before = ids.size;
      const number = ids.numberOf(id);
      if (number === before) {
        firsts.push(record);
        return;
      }
      const first = firsts.at(number);
      if (!records.isSameText(first, record)) {
        pairs.add(first, record);
        return;
      }
      sameBytes++;
      if (examples.length < mostExamples)
        examples.push({ id: textOf(id), first: records.placeOf(first), again: records.placeOf(record) });
    },
    end: () => ({
      withoutId,
      sameBytes,
      examples,
      pairs,
    }),
  };
}

function textOf(id: string | Uint8Array): string {
  return typeof id === 'string' ? id : new TextDecoder().decode(id);
}
