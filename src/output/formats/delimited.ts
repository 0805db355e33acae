import { stringify } from 'csv-stringify/sync';
import type { Cell } from '../../record/record.ts';
import type { Zone } from '../../record/zone.ts';
import { cellText } from '../cell-text.ts';
import { escapeControls } from '../escape.ts';
import { withLabelFields } from '../label-fields.ts';
import type { Sink } from '../sinks/sink.ts';
import { type CellWriting, type FormatOptions, type Writer, wants } from './format.ts';

/** Rows of cells parted by a delimiter, one line a row, safe to open in a spreadsheet. */

export interface Delimited {
  readonly delimiter: ',' | '\t';
  readonly zone: Zone;
  /** Leave texts that start a formula as they are. */
  readonly raw: boolean;
}

/** A value to write, or undefined for none. Numbers are no formulas, whatever their sign. */
export type DelimitedCell = string | number | undefined;

export function delimitedText(rows: readonly (readonly Cell[])[], options: Delimited): string {
  let text = '';
  for (const row of rows) {
    let parting = '';
    for (const cell of row) {
      text += parting;
      text += delimitedCell(cell, options, row.length === 1);
      parting = options.delimiter;
    }
    text += '\n';
  }
  return text;
}

/** Texts that no reader takes for anything but themselves: no quotes, delimiters, controls or formulas. */
const plainText = /^[A-Za-z0-9_][A-Za-z0-9_ .:/@=()-]*$/;

/** A length of time in seconds, as reports write it: a number, so no formula either. */
const signedSeconds = /^[+-]\d+\.\d{9}$/;

/** Nearly every cell is such a text, and costs a tenth then. `isAlone`: it is the only one of its row. */
export function delimitedCell(cell: Cell, options: Delimited, isAlone: boolean): string {
  const own = typeof cell === 'string' ? cell : cellText(cell, options.zone);
  if (own === undefined ? !isAlone : plainText.test(own) || signedSeconds.test(own)) return own ?? '';
  const safe = safeCell(cell, options.zone);
  return options.delimiter === ',' ? csvText(safe, options.raw, isAlone) : tsvText(safe, options.raw);
}

export function delimitedCells({ fields, zone, csvRaw }: FormatOptions, delimiter: ',' | '\t'): CellWriting {
  const options = { delimiter, zone, raw: csvRaw };
  return {
    delimiter,
    textOf: (cell) => delimitedCell(cell, options, fields.length === 1),
    isPlain: (text) => plainText.test(text),
  };
}

export function delimitedWriter(
  { fields, zone, header, csvRaw, labels }: FormatOptions,
  sink: Sink,
  delimiter: ',' | '\t',
): Writer {
  const columns = withLabelFields(fields, labels);
  const write = (rows: readonly (readonly Cell[])[]): void => {
    sink.write(delimitedText(rows, { delimiter, zone, raw: csvRaw }));
  };
  if (header) write([columns.map(({ name }) => name)]);
  return {
    write(batch) {
      write(batch.map((record) => columns.map(({ cellOf }) => cellOf(record))));
      return wants(sink);
    },
    gap: () => undefined,
    end: () => undefined,
  };
}

function safeCell(cell: Cell, zone: Zone): DelimitedCell {
  if (typeof cell === 'number') return cell;
  const text = cellText(cell, zone);
  return text === undefined ? undefined : escapeControls(text);
}

/** RFC 4180. A row of one empty cell is written `""`, because readers skip blank lines. */
function csvText(cell: DelimitedCell, raw: boolean, isAlone: boolean): string {
  return stringify([[cell]], { eof: false, record_delimiter: '\n', escape_formulas: !raw, quoted_empty: isAlone });
}

/**
 * No quoting, for `cut` and `awk`: tabs and line breaks are escaped already. Readers that know
 * quotes (spreadsheets, pandas) would let a leading one swallow the rows up to the next, so it is
 * disarmed like a formula.
 */
function tsvText(cell: DelimitedCell, raw: boolean): string {
  const safe = !raw && isQuoted(cell) ? `'${cell}` : cell;
  return stringify([[safe]], {
    eof: false,
    record_delimiter: '\n',
    delimiter: '\t',
    quote: '',
    escape_formulas: !raw,
  });
}

function isQuoted(cell: DelimitedCell): boolean {
  return typeof cell === 'string' && cell.startsWith('"');
}
