import type { Field } from '../../query/fields.ts';
import type { AuditRecord, Cell } from '../../record/record.ts';
import type { Zone } from '../../record/zone.ts';
import type { Labels } from '../labels.ts';
import type { Sink } from '../sinks/sink.ts';
import type { Styles } from '../style.ts';

/** One output format for records. From its row follow `-o`, help and the contract tests. */
export interface Format {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line for help. */
  readonly doc: string;
  /** A command line that shows it. */
  readonly example: string;
  /** Whether every record is exactly one line, header and `--` apart. */
  readonly lineShaped: boolean;
  /** Whether `fields` decide what is shown. json and ndjson need them only when normalized. */
  readonly needsFields: boolean;
  readonly create: (options: FormatOptions, sink: Sink) => Writer;
  /** How cells are written where a record is a line of them, parted by a delimiter, and nothing else. */
  readonly cells?: (options: FormatOptions) => CellWriting;
}

export interface CellWriting {
  readonly delimiter: string;
  readonly textOf: (cell: Cell) => string;
  /** True for texts that are their own cell. That hangs on each character alone, and on which is the first. */
  readonly isPlain: (text: string) => boolean;
}

export interface FormatOptions {
  readonly fields: readonly Field[];
  /** json and ndjson: the fields as an object instead of the original bytes. */
  readonly normalized: boolean;
  /** The zone times are shown in. */
  readonly zone: Zone;
  /** Display cells of a line, at least 40; undefined is as wide as it takes. */
  readonly width: number | undefined;
  /** Never cut a value. */
  readonly wide: boolean;
  readonly header: boolean;
  readonly styles: Styles;
  /** csv and tsv: leave cells that a spreadsheet would run as they are. */
  readonly csvRaw: boolean;
  /**
   * Whether a terminal shows the output. JSON may hold characters that drive a terminal or turn the
   * line around (C1, bidi controls); there json and ndjson write them as JSON escapes, elsewhere
   * the original bytes stay.
   */
  readonly onTerminal?: boolean;
  /** What principals and addresses are called: beside them for people, in columns of their own for programs. */
  readonly labels?: Labels | undefined;
}

/** Writes records in the order given. They are lent until `write` returns. */
export interface Writer {
  /** `done`: nobody takes the output any more. */
  write(batch: readonly AuditRecord[]): 'more' | 'done';
  /** What follows did not stand next to what came before; table and text show `--`. */
  gap(): void;
  /** Writes what belongs after the last record, so that the output is whole even when the reading was cut short. */
  end(): void;
}

export function wants(sink: Sink): 'more' | 'done' {
  return sink.closed ? 'done' : 'more';
}
