import type { Cell } from '../record/record.ts';
import { parseInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import { cellJson, cellText } from './cell-text.ts';
import { escapeControls, escapeMarkdown } from './escape.ts';
import { delimitedText } from './formats/delimited.ts';
import { markdownHead, markdownRow } from './formats/md.ts';
import { type DrawnColumn, lineDrawer } from './formats/table.ts';
import { gutter, layoutOf, leastCells, lineWidth, narrowest, widestColumn } from './grid.ts';
import { type Labels, labelledCell, withLabelCells } from './labels.ts';
import { resultStyle, type Style, type Styles } from './style.ts';
import { cutEnd, displayWidth } from './width.ts';

/** A report as data, and its renderings. What `-o json` of a report looks like is up to its command. */
export interface Report {
  readonly title?: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Stands above the section, and in the first column of csv and tsv. Empty for a report that is nothing but rows. */
  readonly name: string;
  readonly note?: string;
  readonly columns: readonly ReportColumn[];
  /** False leaves out the headings for people, where they would say nothing (`fact`, `value`). */
  readonly header?: boolean;
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences and commands instead of rows, for people: never cut, and no line of a command may end but where it ends. */
  readonly lines?: readonly string[];
}

/**
 * `count`: whole number. `share`: 0 to 1. `bar`: a number drawn in proportion to the largest of its
 * section, for people only; machine formats leave the column out. `time`: an instant, or its RFC 3339 text. `exact`: text
 * that is worth nothing when a part is missing, such as a hash: it is never cut. `sign`: `+`, `-` or `~`, painted.
 */
export interface ReportColumn {
  readonly name: string;
  readonly type: 'text' | 'exact' | 'count' | 'share' | 'bar' | 'time' | 'sign';
  /** Cells of a text that people need to tell it from others: other columns are cut before that. */
  readonly least?: number;
  /** People get the column only where no other is cut for it. */
  readonly isSpare?: boolean;
}

export const reportFormats = ['table', 'text', 'csv', 'tsv', 'md', 'ndjson'] as const;

export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions {
  readonly zone: Zone;
  /** As for records: cells of a line, at least 40; undefined is as wide as it takes. */
  readonly width: number | undefined;
  readonly wide: boolean;
  readonly styles: Styles;
  /** Draw bars with `#`. */
  readonly ascii: boolean;
  /** Default true. */
  readonly header?: boolean;
  /** csv and tsv: leave cells that a spreadsheet would run as they are. */
  readonly csvRaw?: boolean;
  /** What principals and addresses are called: beside them for people, in columns of their own for programs. */
  readonly labels?: Labels | undefined;
}

export function renderReport(report: Report, format: ReportFormat, options: ReportOptions): string {
  switch (format) {
    case 'table':
    case 'text':
      return forPeople(report, options);
    case 'md':
      return asMarkdown(report, options);
    case 'csv':
      return asRows(report, options, ',');
    case 'tsv':
      return asRows(report, options, '\t');
    case 'ndjson':
      return asObjects(report, options);
  }
}

function forPeople(report: Report, options: ReportOptions): string {
  const { styles } = options;
  const heading = (text: string): string => styles.header(cutEnd(escapeControls(text), lineLimit(options)));
  const title = report.title === undefined ? [] : [`${heading(report.title)}\n`];
  return [...title, ...report.sections.map((section) => sectionForPeople(section, options, heading))].join('\n');
}

function sectionForPeople(section: Section, options: ReportOptions, heading: (text: string) => string): string {
  const { styles } = options;
  const lines: string[] = [];
  if (section.name !== '') lines.push(headline(section, options, heading));
  if (section.lines !== undefined) lines.push(...section.lines.map(escapeControls));
  else if (section.rows.length === 0) lines.push(styles.dim('none'));
  else lines.push(...gridLines(section, options));
  return lines.map((line) => `${line}\n`).join('');
}

/** Name and note on one line, or the note on its own line when both do not fit. */
function headline({ name, note = '' }: Section, options: ReportOptions, heading: (text: string) => string): string {
  if (note === '') return heading(name);
  const limit = lineLimit(options);
  const remark = cutEnd(escapeControls(note), limit);
  const fits = displayWidth(escapeControls(name)) + gutter + displayWidth(remark) <= limit;
  return `${heading(name)}${fits ? ' '.repeat(gutter) : '\n'}${options.styles.dim(remark)}`;
}

function lineLimit({ width, wide }: ReportOptions): number {
  return width === undefined || wide ? Number.POSITIVE_INFINITY : Math.max(width, narrowest);
}

function gridLines(section: Section, options: ReportOptions): string[] {
  const { styles } = options;
  const withNames = section.header !== false && options.header !== false;
  const room = options.wide ? undefined : options.width;
  const all = stripsOf(section, options).map((strip): DrawnStrip => {
    const { name, texts, give, least } = strip;
    const natural = widest(withNames ? [name, ...texts] : texts);
    return { ...strip, natural, least: Math.max(leastCells(give, natural, options.zone), Math.min(natural, least)) };
  });
  const columns = room === undefined || hasRoom(all, room) ? all : all.filter(({ isSpare }) => !isSpare);
  const draw = lineDrawer(layoutOf(columns, room), columns, room);
  const lines = section.rows.map((_, row) =>
    draw(
      columns.map(({ texts }) => texts[row] ?? ''),
      (text, column) => styleOf(text, columns[column], styles),
    ),
  );
  if (withNames) {
    const names = columns.map(({ name }) => name);
    lines.unshift(draw(names, () => styles.dim));
  }
  return lines.map((line) => line.trimEnd());
}

interface DrawnStrip extends Strip {
  readonly natural: number;
}

/** Whether no name is cut; for one that is longer than most are no column has to go. */
function hasRoom(strips: readonly DrawnStrip[], room: number): boolean {
  const widths = strips.map(({ give, natural, least }) => (give === 'text' ? Math.min(natural, longName) : least));
  return lineWidth(widths) <= Math.max(room, narrowest);
}

const longName = 24;

/** A column for people: its texts, one a row, and how they behave. */
interface Strip extends DrawnColumn {
  readonly name: string;
  readonly texts: readonly string[];
  readonly isSpare: boolean;
  readonly style?: Style | 'by-sign' | 'by-result';
}

function styleOf(text: string, strip: Strip | undefined, styles: Styles): Style | undefined {
  if (strip?.style === 'by-sign') return signStyle(styles, text);
  if (strip?.style === 'by-result') return resultStyle(styles, text);
  return text === absent ? styles.dim : strip?.style;
}

function signStyle(styles: Styles, sign: string): Style | undefined {
  if (sign === '+') return styles.ok;
  return sign === '-' ? styles.failed : styles.warning;
}

/** Bars take what the other columns leave of the line; where that is too little for a picture there are none. */
function stripsOf({ columns, rows }: Section, options: ReportOptions): Strip[] {
  const cellsOf = (i: number): Cell[] => rows.map((row) => row[i]);
  const strips = columns.map((column, i) =>
    column.type === 'bar' ? undefined : textStrip(column, cellsOf(i), options),
  );
  const taken = strips.flatMap((strip) => (strip === undefined ? [] : [widest([strip.name, ...strip.texts])]));
  const barCells = Math.min(longestBar, lineLimit(options) - lineWidth(taken) - gutter);
  return strips.flatMap((strip, i) => strip ?? (barCells < shortestBar ? [] : barStrip(cellsOf(i), barCells, options)));
}

const absent = '-';
const longestBar = 40;
const shortestBar = 6;

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(text, widestColumn)), 1);
}

function textStrip(
  { name, type, least = 0, isSpare = false }: ReportColumn,
  cells: readonly Cell[],
  { zone, labels }: ReportOptions,
): Strip {
  return {
    name: escapeControls(name),
    texts: cells.map((cell) => escapeControls(textFor(type, labelledCell(labels, name, cell), zone) ?? absent)),
    give: type === 'time' ? 'time' : type === 'text' ? 'text' : 'rigid',
    isRight: type === 'count' || type === 'share',
    least,
    isSpare,
    ...(type === 'sign' && { style: 'by-sign' }),
    ...(name === 'result' && { style: 'by-result' }),
  };
}

function barStrip(cells: readonly Cell[], width: number, { ascii, styles }: ReportOptions): Strip {
  const amounts = cells.map((cell) => (typeof cell === 'number' && cell > 0 ? cell : 0));
  const largest = amounts.reduce((most, amount) => Math.max(most, amount), 0);
  return {
    name: '',
    texts: amounts.map((amount) => barOf(amount / (largest || 1), width, ascii)),
    give: 'rigid',
    isRight: false,
    least: 0,
    isSpare: false,
    style: styles.accent,
  };
}

/** Whole blocks, then an eighth-fine rest. What is not nothing is seen: at least one eighth, or one `#`. */
function barOf(share: number, width: number, ascii: boolean): string {
  if (share <= 0) return '';
  if (ascii) return '#'.repeat(Math.max(1, Math.round(share * width)));
  const eighths = Math.max(1, Math.round(share * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (restBlocks[eighths % 8] ?? '');
}

const restBlocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

function textFor(type: ReportColumn['type'], cell: Cell, zone: Zone): string | undefined {
  if (type === 'count' && typeof cell === 'number') return grouped(cell);
  if (type === 'share' && typeof cell === 'number') return `${(cell * 100).toFixed(1)} %`;
  return cellText(type === 'time' ? instantOf(cell) : cell, zone);
}

/** `41208` → `41,208`, the same on every machine. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function instantOf(cell: Cell): Cell {
  return typeof cell === 'string' ? (parseInstant(cell) ?? cell) : cell;
}

function asMarkdown({ title, sections }: Report, { zone, labels }: ReportOptions): string {
  const heading = title === undefined ? [] : [`# ${escapeMarkdown(title)}\n`];
  return [...heading, ...sections.map((section) => sectionAsMarkdown(section, zone, labels))].join('\n');
}

function sectionAsMarkdown(
  { name, note = '', columns, rows, lines: items }: Section,
  zone: Zone,
  labels: Labels | undefined,
): string {
  const parts = [name === '' ? '' : `## ${escapeMarkdown(name)}\n`, note === '' ? '' : `${escapeMarkdown(note)}\n`];
  if (items !== undefined) parts.push(items.map((item) => `- ${escapeMarkdown(item)}\n`).join(''));
  if (items !== undefined) return parts.filter((part) => part !== '').join('\n');
  const kept = columns.flatMap((column, i) => (column.type === 'bar' ? [] : [{ ...column, i }]));
  const head = markdownHead(kept.map(({ name, type }) => ({ name, isNumber: type === 'count' || type === 'share' })));
  const lines = rows.map((row) =>
    markdownRow(kept.map(({ name, type, i }) => textFor(type, labelledCell(labels, name, row[i]), zone))),
  );
  return [...parts.filter((part) => part !== ''), rows.length === 0 ? 'none\n' : head + lines.join('')].join('\n');
}

/** One header for all sections: `section`, then every column name in the order first met. */
function asRows(
  { sections }: Report,
  { zone, header = true, csvRaw = false, labels }: ReportOptions,
  delimiter: ',' | '\t',
): string {
  const { names, rows } = machineRows({ sections: sections.map((section) => withLabelColumns(section, labels)) });
  return delimitedText(header ? [names, ...rows] : rows, { delimiter, zone, raw: csvRaw });
}

/** One object a row, with the keys that its section has. */
function asObjects({ sections }: Report, { zone, labels }: ReportOptions): string {
  const shown = sections.map((section) => withLabelColumns(section, labels));
  const lines = shown.flatMap((section) =>
    section.rows.map((row) => {
      const own = rowEntries(section.columns, row, zone);
      const entries = section.name === '' ? own : [['section', section.name] as const, ...own];
      const members = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
      return escapeControls(`{${members.join(',')}}`);
    }),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** The same with a column of names right behind each column that has some. */
export function withLabelColumns<T extends Pick<Section, 'columns' | 'rows'>>(
  section: T,
  labels: Labels | undefined,
): T {
  if (labels === undefined) return section;
  const { columns, rows } = section;
  const names = columns.map(({ name }) => name);
  return {
    ...section,
    columns: columns.flatMap((column) => {
      const name = labels.columnFor(column.name);
      return name === undefined ? [column] : [column, { name, type: 'text' as const }];
    }),
    rows: rows.map((row) => withLabelCells(labels, names, row)),
  };
}

/** A row as an object, for the JSON of a report. */
export function rowObject(columns: readonly ReportColumn[], row: readonly Cell[], zone: Zone): object {
  return Object.fromEntries(rowEntries(columns, row, zone));
}

function rowEntries(
  columns: readonly ReportColumn[],
  row: readonly Cell[],
  zone: Zone,
): (readonly [string, ReturnType<typeof cellJson>])[] {
  return columns.flatMap(({ name, type }, i) =>
    type === 'bar' ? [] : [[name, cellJson(machineCell(type, row[i]), zone)] as const],
  );
}

interface MachineRows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function machineRows({ sections }: Report): MachineRows {
  const kept = sections.flatMap(({ columns }) => columns.filter(({ type }) => type !== 'bar'));
  const names = [...new Set(kept.map(({ name }) => name))];
  const isNamed = sections.some(({ name }) => name !== '');
  const rows = sections.flatMap(({ name, columns, rows }) =>
    rows.map((row) => {
      const byName = new Map(columns.map((column, i) => [column.name, machineCell(column.type, row[i])]));
      const cells = names.map((one) => byName.get(one));
      return isNamed ? [name, ...cells] : cells;
    }),
  );
  return { names: isNamed ? ['section', ...names] : names, rows };
}

function machineCell(type: ReportColumn['type'], cell: Cell): Cell {
  if (type === 'time') return instantOf(cell);
  // Six digits say a share of a million records exactly; more are noise of the division.
  return type === 'share' && typeof cell === 'number' ? Number(cell.toFixed(6)) : cell;
}
