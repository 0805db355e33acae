import type { CellWriting } from '../output/formats/format.ts';
import { cellWriting, type RenderSpec, rowRenderer } from '../output/row-renderer.ts';
import type { Field } from '../query/fields.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { copiedPath, groupOfColumn } from '../scan/groups.ts';
import type { KernelLines } from '../scan/kernel-lines.ts';
import type { LinePart } from '../scan/projection.ts';
import type { ScannedRecords } from '../scan/scanned-records.ts';
import type { RowRange, RowTaker } from './judge.ts';

/**
 * Writes matches as lines of cells. The kernel puts them together from what stands in the record and from cells that
 * the format writes once for each tuple; whatever it is not sure of the format writes from the record, in its place.
 */
export class LineWriter implements RowTaker {
  readonly #columns: readonly ColumnName[];
  readonly #cells: CellWriting;
  readonly #render: (records: readonly AuditRecord[]) => Uint8Array;
  readonly #onMatch: ((record: AuditRecord) => void) | undefined;
  readonly #pieces: Uint8Array[] = [];
  #parts: readonly LinePart[] = [];
  #records: ScannedRecords | undefined;

  private constructor({ columns, cells, render, onMatch }: LineWriterParts) {
    this.#columns = columns;
    this.#cells = cells;
    this.#render = render;
    this.#onMatch = onMatch;
  }

  /** Undefined where the kernel has no part in lines like these. `onMatch` is shown every match. */
  static async create(
    spec: RenderSpec,
    onMatch: ((record: AuditRecord) => void) | undefined,
  ): Promise<LineWriter | undefined> {
    const columns = lineColumns(spec);
    const cells = columns && (await cellWriting(spec));
    return cells && new LineWriter({ columns, cells, render: await rowRenderer(spec), onMatch });
  }

  prepare(records: ScannedRecords): void {
    this.#records = records;
    this.#parts = this.#columns.map((name, i) => partOf(records, name, i));
    const { delimiter, isPlain } = this.#cells;
    records.groups.line = { parts: this.#parts, delimiter, isPlain, missing: this.#cells.textOf(undefined) };
  }

  take(i: number): void {
    this.takeAll({ from: i, to: i + 1 });
  }

  takeAll({ from, to }: Pick<RowRange, 'from' | 'to'>): void {
    const { records, lines } = this.#prepared();
    const onMatch = this.#onMatch;
    for (let i = from; i < to; i++) {
      onMatch?.(records.record(i));
      lines.choose(i);
    }
  }

  takeRecord(record: AuditRecord): void {
    this.#onMatch?.(record);
    this.#write();
    this.#addRendered(record);
  }

  /** Lines are written before tuples get other numbers: {@link written} is called for every batch. */
  readonly flush = (): void => undefined;

  /** The lines since the last call, in memory of their own. Call it before the next rows are made. */
  written(): readonly Uint8Array[] {
    const { lines } = this.#prepared();
    this.#write();
    this.#add(lines.take());
    return this.#pieces.splice(0);
  }

  #prepared(): { readonly records: ScannedRecords; readonly lines: KernelLines } {
    const records = this.#records;
    const lines = records?.lines;
    if (records === undefined || lines === undefined) throw new Error('no rows to write');
    return { records, lines };
  }

  #write(): void {
    const { records, lines } = this.#prepared();
    for (;;) {
      switch (lines.write()) {
        case 'done':
          return;
        case 'full':
          this.#add(lines.take());
          break;
        case 'cell':
          if (!lines.tell(this.#cellText(records, lines.part, lines.tuple))) this.#writeRow(records, lines);
          break;
        case 'row':
          this.#writeRow(records, lines);
          break;
      }
    }
  }

  #cellText(records: ScannedRecords, part: number, tuple: number): string {
    const name = this.#columns[part];
    const how = this.#parts[part];
    if (name === undefined || how?.kind !== 'told') throw new Error(`no cells to tell in part ${part}`);
    return this.#cells.textOf(cellOf(records.tupleRecord(how.group, tuple), name));
  }

  #writeRow(records: ScannedRecords, lines: KernelLines): void {
    this.#addRendered(records.record(lines.row));
    lines.skip();
  }

  /** In its place, behind what the kernel wrote. */
  #addRendered(record: AuditRecord): void {
    this.#add(this.#prepared().lines.take());
    this.#add(this.#render([record]));
  }

  #add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#pieces.push(bytes);
  }
}

interface LineWriterParts {
  readonly columns: readonly ColumnName[];
  readonly cells: CellWriting;
  readonly render: (records: readonly AuditRecord[]) => Uint8Array;
  readonly onMatch: ((record: AuditRecord) => void) | undefined;
}

/** The columns of a line that the kernel can put together; undefined when it cannot. */
export function lineColumns({ fields, zone }: RenderSpec): readonly ColumnName[] | undefined {
  const columns = fields.flatMap(({ operand }: Field) => (operand.kind === 'column' ? [operand.name] : []));
  // Only in UTC is a time shown as it is spelled.
  const isWritable = (name: ColumnName): boolean =>
    name === 'time' ? zone === 'UTC' : groupOfColumn(name) !== undefined;
  return columns.length === fields.length && columns.every(isWritable) ? columns : undefined;
}

function partOf(records: ScannedRecords, name: ColumnName, part: number): LinePart {
  if (name === 'time') return { kind: 'time' };
  const path = copiedPath(name);
  if (path !== undefined) {
    records.knowCopied(name, path, part);
    return { kind: 'copied', path };
  }
  records.know(name);
  const group = records.groups.addColumns([name]);
  if (group === undefined) throw new Error(`${name} reads more than some values`);
  return { kind: 'told', group };
}
