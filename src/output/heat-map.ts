import { escapeControls } from './escape.ts';
import type { Styles } from './style.ts';

/** Amounts by row and column as shades, for people. */
export interface HeatMap {
  readonly title: string;
  /** Stand over the columns, all of them two characters. */
  readonly columns: readonly string[];
  readonly rows: readonly HeatRow[];
  /** One line each, below. */
  readonly notes: readonly string[];
}

export interface HeatRow {
  readonly name: string;
  /** Undefined where there cannot be any. */
  readonly amounts: readonly (number | undefined)[];
}

export interface HeatOptions {
  /** Cells of a line; undefined is as wide as it takes. */
  readonly width: number | undefined;
  readonly styles: Styles;
  readonly ascii: boolean;
}

export function heatMapText({ title, columns, rows, notes }: HeatMap, options: HeatOptions): string {
  const { styles, ascii, width } = options;
  const names = rows.map(({ name }) => escapeControls(name));
  const margin = Math.max(0, ...names.map((name) => name.length)) + 1;
  const step = stepOf(columns.length, margin, width);
  const most = Math.max(0, ...rows.flatMap(({ amounts }) => amounts.map((amount) => amount ?? 0)));
  const lines = rows.map(({ amounts }, i) => {
    const cells = amounts.map((amount) => cellOf(shadeOf(amount, most, ascii), step));
    return `${(names[i] ?? '').padEnd(margin)}${styles.accent(cells.join('').trimEnd())}`;
  });
  const isSkipping = rows.some(({ amounts }) => amounts.includes(undefined));
  return [
    styles.header(title),
    styles.dim(`${' '.repeat(margin)}${headOf(columns, step)}`),
    ...lines,
    '',
    ...legend(most, ascii, isSkipping, width),
    ...notes.map((note) => styles.dim(note)),
    '',
  ].join('\n');
}

/** Cells that a column takes: three where the line is long enough, or two, or one. */
function stepOf(columns: number, margin: number, width: number | undefined): number {
  return [3, 2].find((step) => width === undefined || margin + columns * step - 1 <= width) ?? 1;
}

function cellOf(shade: string, step: number): string {
  return step === 3 ? `${shade}${shade} ` : shade.padEnd(step);
}

/** Names over all columns, or over every third or sixth, where they have no room. */
function headOf(columns: readonly string[], step: number): string {
  const every = step === 3 ? 1 : step === 2 ? 3 : 6;
  const named = columns.map((name, i) => (i % every === 0 ? name : ''));
  return named
    .filter((_, i) => i % every === 0)
    .map((name) => name.padEnd(every * step))
    .join('')
    .trimEnd();
}

const blocks = ['░', '▒', '▓', '█'];
const asciiShades = [':', '-', '=', '+', '*', '#'];

/** What is not nothing is seen. */
function shadeOf(amount: number | undefined, most: number, ascii: boolean): string {
  if (amount === undefined) return ' ';
  const shades = ascii ? asciiShades : blocks;
  if (amount <= 0) return none(ascii);
  return shades[Math.ceil((amount / most) * shades.length) - 1] ?? '';
}

function none(ascii: boolean): string {
  return ascii ? '.' : '·';
}

/** `· none  ░ 1-5  ▒ 6-10`: from which amount to which a shade stands for, in as many lines as it takes. */
function legend(most: number, ascii: boolean, isSkipping: boolean, width: number | undefined): readonly string[] {
  const shades = ascii ? asciiShades : blocks;
  const ranges = shades.flatMap((shade, i) => {
    const from = Math.floor((i * most) / shades.length) + 1;
    const to = Math.floor(((i + 1) * most) / shades.length);
    if (from > to) return [];
    return [`${shade} ${from === to ? digits(from) : `${digits(from)}-${digits(to)}`}`];
  });
  const lines: string[] = [];
  for (const part of [`${none(ascii)} none`, ...ranges]) {
    const line = lines.at(-1);
    const longer = line === undefined ? part : `${line}  ${part}`;
    if (line !== undefined && longer.length <= (width ?? longer.length)) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return isSkipping ? [...lines, 'blank: the clock skipped that hour'] : lines;
}

function digits(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
