import { stringify } from 'csv-stringify/sync';
import { cellOfOperand } from '../../query/operand.ts';
import type { Cell } from '../../record/record.ts';
import type { Zone } from '../../record/zone.ts';
import { cellText } from '../cell-text.ts';
import { escapeControls } from '../escape.ts';
import type { Sink } from '../sinks/sink.ts';
import { type FormatOptions, type Writer, wants } from './format.ts';

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
  for (const row of rows) text += plainRow(row, options) ?? carefulRow(row, options);
  return text;
}

/** Texts that no reader takes for anything but themselves: no quotes, delimiters, controls or formulas. */
const plainText = /^[A-Za-z0-9_][A-Za-z0-9_ .:/@=-]*$/;

/** Nearly every row is of such texts, and joining them costs a tenth; undefined for any other. */
function plainRow(row: readonly Cell[], { delimiter, zone }: Delimited): string | undefined {
  if (row.length < 2) return undefined;
  let text = '';
  let parting = '';
  for (const cell of row) {
    const own = typeof cell === 'string' ? cell : cellText(cell, zone);
    if (own !== undefined && !plainText.test(own)) return undefined;
    text += parting;
    if (own !== undefined) text += own;
    parting = delimiter;
  }
  return `${text}\n`;
}

function carefulRow(row: readonly Cell[], { delimiter, zone, raw }: Delimited): string {
  const cells = row.map((cell) => safeCell(cell, zone));
  return delimiter === ',' ? csvText([cells], raw) : tsvText([cells], raw);
}

export function delimitedWriter(
  { fields, zone, header, csvRaw }: FormatOptions,
  sink: Sink,
  delimiter: ',' | '\t',
): Writer {
  const readers = fields.map(({ operand }) => cellOfOperand(operand));
  const write = (rows: readonly (readonly Cell[])[]): void => {
    sink.write(delimitedText(rows, { delimiter, zone, raw: csvRaw }));
  };
  if (header) write([fields.map(({ name }) => name)]);
  return {
    write(batch) {
      write(batch.map((record) => readers.map((cellOf) => cellOf(record))));
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
function csvText(rows: readonly (readonly DelimitedCell[])[], raw: boolean): string {
  const isNarrow = rows[0]?.length === 1;
  return stringify([...rows], { escape_formulas: !raw, record_delimiter: '\n', quoted_empty: isNarrow });
}

/**
 * No quoting, for `cut` and `awk`: tabs and line breaks are escaped already. Readers that know
 * quotes (spreadsheets, pandas) would let a leading one swallow the rows up to the next, so it is
 * disarmed like a formula.
 */
function tsvText(rows: readonly (readonly DelimitedCell[])[], raw: boolean): string {
  const safe = raw ? [...rows] : rows.map((row) => row.map((cell) => (isQuoted(cell) ? `'${cell}` : cell)));
  return stringify(safe, { delimiter: '\t', quote: '', escape_formulas: !raw, record_delimiter: '\n' });
}

function isQuoted(cell: DelimitedCell): boolean {
  return typeof cell === 'string' && cell.startsWith('"');
}
