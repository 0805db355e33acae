import { cellOf } from '../record/normalize.ts';
import { copiedPath } from '../scan/groups.ts';
import type { LinePart } from '../scan/projection.ts';
import type { ScannedRecords } from '../scan/scanned-records.ts';
import { type Packed, type Part, packedText } from './cell-dictionary.ts';
import type { RowTaker } from './judge.ts';
import type { TimeOrder } from './time-order.ts';

/** Puts rows in order without making records of them: what stands for a part is worked out once for each tuple. */
export function orderTaker(order: TimeOrder): RowTaker {
  let rows: RowPacker | undefined;
  return {
    prepare(records) {
      rows = new RowPacker(records, order);
    },
    take: (i) => rows?.take(i),
    takeAll({ from, to }) {
      for (let i = from; i < to; i++) rows?.take(i);
    },
    takeRecord: (record) => order.push([record]),
    flush: () => undefined,
  };
}

class RowPacker {
  readonly #records: ScannedRecords;
  readonly #order: TimeOrder;
  readonly #packers: readonly ((i: number) => Packed)[];
  readonly #packed: Packed[];

  constructor(records: ScannedRecords, order: TimeOrder) {
    const copies: LinePart[] = [];
    this.#records = records;
    this.#order = order;
    this.#packers = order.compact.parts.map((part, number) => packerOf(records, order, { part, number, copies }));
    this.#packed = this.#packers.map(() => 0);
    // No lines are written, but values are told apart from all others only where they are copied.
    if (copies.length > 0) records.groups.line = { parts: copies, delimiter: ',', isPlain: () => false, missing: '' };
  }

  take(i: number): void {
    const { rows, file, firstLine } = this.#records;
    for (let part = 0; part < this.#packed.length; part++) this.#packed[part] = this.#packers[part]?.(i) ?? 0;
    const time = this.#records.time(i) ?? cellOf(this.#records.record(i), 'time');
    this.#order.add(time, file, firstLine + rows.line(i), this.#packed);
  }
}

interface PartPlace {
  readonly part: Part;
  readonly number: number;
  /** What the kernel is to copy. */
  readonly copies: LinePart[];
}

function packerOf(
  records: ScannedRecords,
  { compact }: TimeOrder,
  { part, number, copies }: PartPlace,
): (i: number) => Packed {
  const [name] = part;
  const path = name !== undefined && part.length === 1 ? copiedPath(name) : undefined;
  if (path !== undefined && name !== undefined) {
    records.knowCopied(name, path, copies.push({ kind: 'copied', path }) - 1);
    return (i) => packedText([cellOf(records.record(i), name)]);
  }
  const group = records.groups.addColumns(part);
  if (group === undefined) throw new Error(`${part.join(', ')} read more than some values`);
  const memo = records.memos.memo(group, (tuple) => {
    const record = records.tupleRecord(group, tuple);
    return compact.packed(
      number,
      part.map((column) => cellOf(record, column)),
    );
  });
  return (i) => memo.of(records.rows.tuple(i, group));
}
