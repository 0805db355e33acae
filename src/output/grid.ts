import type { Zone } from '../record/zone.ts';
import { cutCrn, cutEnd, cutMiddle, cutTime } from './width.ts';

/** Column widths that fit a line, and texts cut to them. Knows neither records nor colour. */

/**
 * What a column holds decides how it gives way when the line is too short: times lose fraction
 * digits first, then the widest texts are cut; `rigid` columns (numbers, bars) never are, for half
 * a number is another number.
 */
export type Give = 'time' | 'text' | 'rigid';

export interface GridColumn {
  readonly give: Give;
  /** Cells of the widest text, heading included. */
  readonly natural: number;
  /** Cells below which the column does not go; where even that is too much, the last columns are left out. */
  readonly least: number;
}

export interface Layout {
  /** Widths of the columns shown, which are the first ones. */
  readonly widths: readonly number[];
  /** True when there was no room for all of them. */
  readonly isPartial: boolean;
}

/** Blanks between two columns. */
export const gutter = 2;

/** Narrower terminals get lines of this length all the same. */
export const narrowest = 40;

/** No column is padded further than this; longer texts push their line to the right. */
export const widestColumn = 400;

/** The widths for a line of `width` cells; undefined is as wide as it takes. */
export function layoutOf(columns: readonly GridColumn[], width: number | undefined): Layout {
  if (width === undefined) {
    return { widths: columns.map(({ natural }) => Math.min(natural, widestColumn)), isPartial: false };
  }
  const room = Math.max(width, narrowest);
  const all = shrunk(columns, room);
  if (lineWidth(all) <= room) return { widths: all, isPartial: false };
  const roomForSome = room - gutter - 1;
  let count = columns.length - 1;
  while (count > 1 && lineWidth(shrunk(columns.slice(0, count), roomForSome)) > roomForSome) count--;
  const some = shrunk(columns.slice(0, count), roomForSome);
  return { widths: count === 1 ? some.map((one) => Math.min(one, roomForSome)) : some, isPartial: true };
}

/**
 * The widths for one line whose texts need more than its columns have: as much more as the room
 * allows, or just the columns' own when it allows nothing.
 */
export function stretched(
  columns: readonly Omit<GridColumn, 'natural'>[],
  widths: readonly number[],
  needed: readonly number[],
  room: number,
): readonly number[] {
  const wanting = widths.map((width, i) => ({
    give: columns[i]?.give ?? ('text' as const),
    least: Math.min(width, columns[i]?.least ?? width),
    natural: Math.max(width, needed[i] ?? 0),
  }));
  const found = shrunk(wanting, room);
  return lineWidth(found) <= room ? found : widths;
}

export function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + gutter * Math.max(0, widths.length - 1);
}

/**
 * A text cut to so many cells. How follows from what it is: ids often differ at their ends only,
 * sentences are understood from their beginning.
 */
export function cutTo(text: string, cells: number, give: Give): string {
  if (give === 'time') return cutTime(text, cells);
  if (text.startsWith('crn://') && !text.includes(',')) return cutCrn(text, cells);
  return text.includes(' ') || address.test(text) ? cutEnd(text, cells) : cutMiddle(text, cells);
}

/** Neighbouring addresses begin alike. */
const address = /^(?:[\d.]+|[\da-f]*:[\da-f:.]*)$/i;

/** The least a column of the kind needs: whole seconds of a time, enough of a name to tell it from others, all of a number. */
export function leastCells(give: Give, natural: number, zone: Zone): number {
  switch (give) {
    case 'time':
      return Math.min(natural, (zone.name === 'UTC' ? '2023-09-22T16:24:15Z' : '2023-09-22T16:24:15+02:00').length);
    case 'text':
      return Math.min(natural, 8);
    case 'rigid':
      return natural;
  }
}

function shrunk(columns: readonly GridColumn[], room: number): number[] {
  const natural = columns.map((column) => column.natural);
  return capped(columns, capped(columns, natural, 'time', room), 'text', room);
}

/** The columns of one kind under the highest common cap with which the line fits, or at their least. What is left over goes to the first of them. */
function capped(columns: readonly GridColumn[], widths: readonly number[], give: Give, room: number): number[] {
  const under = (cap: number): number[] =>
    widths.map((width, i) => {
      const column = columns[i];
      return column?.give === give ? Math.min(width, Math.max(cap, column.least)) : width;
    });
  if (lineWidth(widths) <= room) return [...widths];
  let low = 0;
  for (let high = Math.max(...widths); low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (lineWidth(under(middle)) <= room) low = middle;
    else high = middle - 1;
  }
  const fitted = under(low);
  let left = room - lineWidth(fitted);
  return fitted.map((width, i) => {
    if (left <= 0 || width >= (widths[i] ?? 0)) return width;
    left--;
    return width + 1;
  });
}
