import Table from 'cli-table3';
import type { Field } from '../../query/fields.ts';
import { cellOfOperand } from '../../query/operand.ts';
import type { AuditRecord } from '../../record/record.ts';
import { cellText } from '../cell-text.ts';
import { escapeControls } from '../escape.ts';
import {
  cutTo,
  type Give,
  gutter,
  type Layout,
  layoutOf,
  leastCells,
  narrowest,
  stretched,
  widestColumn,
} from '../grid.ts';
import { labelledCell } from '../labels.ts';
import type { Sink } from '../sinks/sink.ts';
import { resultStyle, type Style, type Styles } from '../style.ts';
import { displayWidth } from '../width.ts';
import { type Format, type FormatOptions, type Writer, wants } from './format.ts';

export const table: Format = {
  name: 'table',
  aliases: [],
  doc: 'aligned columns, cut to the width of the terminal; --wide never cuts',
  example: 'audit-cli filter --failed dump.ndjson -o table --fields time,principal,method',
  lineShaped: true,
  needsFields: true,
  create: tableWriter,
};

/**
 * Rows that decide the widths are held back until there are so many of them or of their
 * characters. What stands in the records decides, not time or block size, so two runs look alike.
 */
const decidingRows = 1000;
const decidingCharacters = 4 * 1024 * 1024;

/** One text a column, escaped. A gap between groups of records is a row, too. */
type Row = readonly string[] | 'gap';

function tableWriter(options: FormatOptions, sink: Sink): Writer {
  const textsOf = rowReader(options);
  let held: Row[] = [];
  let heldCharacters = 0;
  let lineOf: ((texts: readonly string[]) => string) | undefined;

  const show = (row: Row): void => {
    if (lineOf !== undefined) sink.write(row === 'gap' ? '--\n' : `${lineOf(row)}\n`);
    else held.push(row);
  };
  const decide = (): void => {
    if (lineOf !== undefined || held.length === 0) return;
    const painter = rowPainter(options, held);
    if (options.header) sink.write(`${painter.head}\n`);
    lineOf = painter.lineOf;
    for (const row of held) show(row);
    held = [];
  };

  return {
    write(batch) {
      for (const record of batch) {
        const texts = textsOf(record);
        show(texts);
        if (lineOf !== undefined) continue;
        for (const text of texts) heldCharacters += text.length;
        if (held.length >= decidingRows || heldCharacters >= decidingCharacters) decide();
      }
      return wants(sink);
    },
    gap: () => show('gap'),
    end: decide,
  };
}

function rowReader({ fields, zone, labels }: FormatOptions): (record: AuditRecord) => readonly string[] {
  const readers = fields.map(({ name, operand }) => ({ name, cellOf: cellOfOperand(operand) }));
  return (record) =>
    readers.map(({ name, cellOf }) =>
      escapeControls(cellText(labelledCell(labels, name, cellOf(record)), zone) ?? absent),
    );
}

const absent = '-';

interface RowPainter {
  readonly head: string;
  lineOf(texts: readonly string[]): string;
}

function rowPainter({ fields, header, wide, width, zone, styles }: FormatOptions, rows: readonly Row[]): RowPainter {
  const names = fields.map(({ name }) => escapeControls(name));
  const decisive = header ? [names, ...rows] : rows;
  const columns = fields.map((field, i) => {
    const give = giveOf(field);
    const natural = widestText(decisive, i);
    return { give, natural, least: leastCells(give, natural, zone), isRight: field.type === 'number' };
  });
  const room = wide ? undefined : width;
  const line = lineDrawer(layoutOf(columns, room), columns, room);
  return {
    head: line(names, () => styles.header),
    lineOf: (texts) => line(texts, (text, i) => styleOf(styles, fields[i], text)),
  };
}

function giveOf({ type }: Field): Give {
  if (type === 'time') return 'time';
  return type === 'number' || type === 'flag' ? 'rigid' : 'text';
}

function widestText(rows: readonly Row[], column: number): number {
  let widest = 1;
  for (const row of rows) {
    if (row !== 'gap') widest = Math.max(widest, displayWidth(row[column] ?? '', widestColumn));
  }
  return widest;
}

/** Colour says again what the word says already. */
function styleOf(styles: Styles, field: Field | undefined, text: string): Style | undefined {
  if (text === absent) return styles.dim;
  return field?.name === 'result' ? resultStyle(styles, text) : undefined;
}

export interface DrawnColumn {
  readonly give: Give;
  readonly least: number;
  /** Texts stand at the right edge of the column. */
  readonly isRight: boolean;
}

export type StyleOfText = (text: string, column: number) => Style | undefined;

/**
 * Draws lines of the layout. A text that is longer than the widths provide for, because it came
 * after they were decided, pushes its own line to the right as far as the room allows.
 */
export function lineDrawer(
  { widths, isPartial }: Layout,
  columns: readonly DrawnColumn[],
  room: number | undefined,
): (texts: readonly string[], styleOf: StyleOfText) => string {
  const between = frame(widths.length);
  const most = room === undefined ? Number.POSITIVE_INFINITY : Math.max(room, narrowest) - (isPartial ? gutter + 1 : 0);
  return (texts, styleOf) => {
    const needed = texts.map((text) => displayWidth(text, most));
    const isLonger = widths.some((width, i) => (needed[i] ?? 0) > width);
    const own = isLonger ? stretched(columns, widths, needed, most) : widths;
    let line = between[0] ?? '';
    for (const [i, width] of own.entries()) {
      const { give = 'text', isRight = false } = columns[i] ?? {};
      const text = cutTo(texts[i] ?? '', width, give);
      const blanks = ' '.repeat(Math.max(0, width - displayWidth(text, width)));
      const painted = styleOf(texts[i] ?? '', i)?.(text) ?? text;
      const isLast = i === widths.length - 1 && !isPartial;
      line += isRight ? blanks + painted : isLast ? painted : painted + blanks;
      line += between[i + 1] ?? '';
    }
    return isPartial ? `${line}${' '.repeat(gutter)}…` : line;
  };
}

/**
 * What cli-table3 draws round the cells of a row: before the first, between two, after the last.
 * It draws one row of marks, and the texts are put in here, because it measures by an older table
 * of widths (marks other than Latin, new emoji) and takes over 100 µs a row; this takes 3.
 */
function frame(columns: number): readonly string[] {
  const grid = new Table({ chars: borderless, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } });
  grid.push(Array.from({ length: columns }, () => mark));
  return grid.toString().split(mark);
}

const mark = '#';

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(gutter),
};
