import { columnOfGlance, compileGlance, type Glance, glanceName } from '../query/glance.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import { type AuditRecord, type Cell, type JsonObject, notKnown, type Provenance } from '../record/record.ts';
import { type Instant, writtenInstant } from '../record/time.ts';
import { Groups } from './groups.ts';
import type { KernelLines } from './kernel-lines.ts';
import { type Memo, Memos } from './memo.ts';
import type { KeyPath, Slice } from './projection.ts';
import { noRows, noTuples, type Rows, type Tuples } from './rows.ts';
import { compileTupleRecord } from './tuple-record.ts';

/** Bytes in memory, or in a file from which they are read when they are asked for. */
export interface Bytes {
  subarray(start: number, end: number): Uint8Array;
}

/** Rows seen as records. A record is lent until the next rows are asked for. */
export class ScannedRecords {
  readonly groups = new Groups();
  readonly memos = new Memos();
  /** Set once all groups are known. */
  rows: Rows = noRows;
  tuples: Tuples = noTuples;
  /** Set where rows become lines of output. */
  lines: KernelLines | undefined;
  /** The bytes that rows count in, and where they are from; set for each block. */
  bytes: Bytes = new Uint8Array(0);
  file = '';
  firstLine = 1;
  /** What the source as a whole, and the text before or around the record of a row, tell of its place. */
  placed: (at: Provenance, row: number) => Provenance = (at) => at;
  readonly #cells = new Map<string, KnownCells>();
  readonly #copied = new Map<string, (i: number) => Cell>();
  readonly #builders: ReturnType<typeof compileTupleRecord>[] = [];

  record(i: number): AuditRecord {
    return new ScannedRecord(this, i);
  }

  /** A record that has the values of a group and no others: what depends on them alone is the same for it. */
  skeleton(group: number, slices: readonly Slice[]): AuditRecord {
    const build = this.#builders[group] ?? compileTupleRecord(this.groups.at(group));
    this.#builders[group] = build;
    return build(slices);
  }

  /** The same by the number of a tuple. */
  tupleRecord(group: number, tuple: number): AuditRecord {
    return this.skeleton(group, this.tuples.slices(group, tuple));
  }

  /** Of each tuple of the group a record that knows these columns, made once. */
  knownRecords(group: number, columns: readonly ColumnName[]): Memo<AuditRecord> {
    return this.memos.memo(group, (tuple) => {
      const skeleton = this.tupleRecord(group, tuple);
      return new KnownRecord(
        columns,
        columns.map((column) => cellOf(skeleton, column)),
      );
    });
  }

  /** Undefined when the time has to be read by the truth. */
  time(i: number): Instant | undefined {
    const { rows } = this;
    return rows.hasOddTime(i) ? undefined : new PlainInstant(rows.second(i), rows.nano(i), rows.digits(i));
  }

  /** It will be asked for: it is worked out once for each tuple. */
  know(glance: Glance): void {
    const name = glanceName(glance);
    if (name === 'time' || this.#cells.has(name)) return;
    const group = this.groups.addColumns([columnOfGlance(glance)]);
    if (group === undefined) return;
    const cellIn = compileGlance(glance);
    const memo = this.memos.memo(group, (tuple) => ({ cell: cellIn(this.tupleRecord(group, tuple)) }));
    this.#cells.set(name, { group, memo });
  }

  /** The column is copied to lines of output as the part with that number: its values are not numbered. */
  knowCopied(name: ColumnName, path: KeyPath, part: number): void {
    this.groups.watchFor(name);
    const build = compileTupleRecord([{ path }]);
    this.#copied.set(name, (i) => cellOf(build([this.lines?.copied(i, part)]), name));
  }

  known(i: number, name: string): Cell | typeof notKnown {
    if (name === 'time') return this.time(i) ?? notKnown;
    const copied = this.#copied.get(name);
    if (copied !== undefined) return copied(i);
    const cells = this.#cells.get(name);
    return cells === undefined ? notKnown : cells.memo.of(this.rows.tuple(i, cells.group)).cell;
  }
}

interface KnownCells {
  readonly group: number;
  readonly memo: Memo<{ readonly cell: Cell }>;
}

const nothing = new Uint8Array(0);
const nowhere: Provenance = { file: '', line: 0 };

/** Nothing but some cells: small, for there are thousands. */
class KnownRecord implements AuditRecord {
  readonly raw = nothing;
  readonly at = nowhere;
  readonly value = noValue;
  readonly #columns: readonly string[];
  readonly #cells: readonly Cell[];

  constructor(columns: readonly string[], cells: readonly Cell[]) {
    this.#columns = columns;
    this.#cells = cells;
  }

  known(column: string): Cell | typeof notKnown {
    const i = this.#columns.indexOf(column);
    return i < 0 ? notKnown : this.#cells[i];
  }
}

const noValue: JsonObject = {};

class ScannedRecord implements AuditRecord {
  readonly #records: ScannedRecords;
  readonly #row: number;
  #value: JsonObject | undefined;

  constructor(records: ScannedRecords, row: number) {
    this.#records = records;
    this.#row = row;
  }

  get raw(): Uint8Array {
    const { bytes, rows } = this.#records;
    return bytes.subarray(rows.start(this.#row), rows.end(this.#row));
  }

  get at(): Provenance {
    const { file, firstLine, rows, placed } = this.#records;
    return placed({ file, line: firstLine + rows.line(this.#row) }, this.#row);
  }

  get value(): JsonObject {
    // The kernel has checked every byte of it.
    this.#value ??= JSON.parse(textOf(this.raw)) as JsonObject;
    return this.#value;
  }

  known(column: string): Cell | typeof notKnown {
    return this.#records.known(this.#row, column);
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** An instant whose text is written only when somebody asks: most are only compared. */
class PlainInstant implements Instant {
  readonly second: number;
  readonly nano: number;
  readonly #digits: number;

  constructor(second: number, nano: number, digits: number) {
    this.second = second;
    this.nano = nano;
    this.#digits = digits;
  }

  get text(): string {
    return writtenInstant(this.second, this.nano, this.#digits);
  }
}
