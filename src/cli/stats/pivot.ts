import { calendarDay, calendarHour, hourOfDay, hoursOfDay, isSkipped, weekdays } from '../../analyze/stats/buckets.ts';
import { allKeys, isBucket, type Key, type Keys, keyText } from '../../analyze/stats/keys.ts';
import { orderOfTexts } from '../../analyze/stats/order.ts';
import type { PivotValue, Stats, StatsRow } from '../../analyze/stats/stats.ts';
import { cellText } from '../../output/cell-text.ts';
import { escapeControls } from '../../output/escape.ts';
import { cutMiddle } from '../../output/width.ts';
import type { Cell } from '../../record/record.ts';
import type { StatsAsked } from './asked.ts';

/** A column of the pivot, and the values it stands for. */
export interface AcrossColumn {
  readonly name: string;
  readonly values: readonly PivotValue[];
  /** Of the values that have no column of their own. */
  readonly isRest?: true;
}

/** How many values get columns of their own, and who reads their names. */
export interface PivotRoom {
  readonly most: number;
  readonly isForPeople: boolean;
}

/** Days of the week and hours of the day are all there, in order; of other values the most frequent, the rest as one. */
export function pivotColumns(
  { pivots }: Stats,
  { keys, zone }: StatsAsked,
  { most, isForPeople }: PivotRoom,
): readonly AcrossColumn[] {
  const { pivot } = keys;
  if (pivot === undefined) return [];
  const labels = labelsOf(pivot);
  const values = labels === undefined ? inTime(pivot, pivots.slice(0, most)) : completed(labels, pivots);
  const texts = values.map(({ cell }) => cellText(cell, zone) ?? keyText(cell));
  const isPlain = texts.every((text) => text === undefined || isPlainName(text, keys));
  const short = texts.map((text) => (text === undefined ? undefined : shortName(text, pivot)));
  const columns = values.map((value, i) => {
    const text = texts[i];
    if (text === undefined) return { name: `no ${pivot.name}`, values: [value] };
    const full = isPlain ? text : `${pivot.name}=${text}`;
    const brief = short[i];
    const isOnly = brief !== other && short.indexOf(brief) === short.lastIndexOf(brief);
    const name = isForPeople && isOnly && brief !== undefined ? brief : full;
    return { name, values: [value] };
  });
  const rest = labels === undefined ? pivots.slice(most) : [];
  return rest.length === 0 ? columns : [...columns, { name: other, values: rest, isRest: true }];
}

/** A name for people: of an hour only what tells it from those beside it. */
function shortName(text: string, key: Key): string {
  const [, day, hour] = /^\d+-(\d\d-\d\d)T(\d\d):00:00/.exec(text) ?? [];
  const isHour = isBucket(key, calendarHour) && hour !== undefined;
  return isHour ? `${day} ${hour}h` : cutMiddle(escapeControls(text || '""'), longestName);
}

/** Cells of a column's name for people. */
const longestName = 24;

const other = 'other';

/** The labels of buckets that come again. */
function labelsOf(key: Key): readonly string[] | undefined {
  if (key.kind === 'field') return undefined;
  return isBucket(key, hourOfDay) ? hoursOfDay : key.name === 'weekday' ? weekdays : undefined;
}

function completed(labels: readonly string[], values: readonly PivotValue[]): readonly PivotValue[] {
  const found = labels.map((label) => values.find(({ cell }) => cell === label) ?? { cell: label, count: 0 });
  return [...found, ...values.filter(({ cell }) => cell === undefined)];
}

function inTime(pivot: Key, values: readonly PivotValue[]): readonly PivotValue[] {
  if (pivot.kind === 'field') return values;
  const order = ({ cell }: PivotValue): string => keyText(cell) ?? '~';
  return values.toSorted((a, b) => orderOfTexts(order(a), order(b)));
}

/** Whether a value can be the name of a column: no other has it, and programs do not move numbers to the front. */
function isPlainName(text: string, { rows, pivot }: Keys): boolean {
  const isTaken = takenNames.has(text) || text === `no ${pivot?.name}` || rows.some(({ name }) => name === text);
  return !isTaken && !/^\d*$|[(]/.test(text);
}

const takenNames: ReadonlySet<string> = new Set([other, 'count', 'share', 'ids', 'places', 'filter', '__proto__']);

/** Nothing counted is 0, but where the clock was turned past an hour there is nothing to count. */
export function cellAcross(row: StatsRow, { values, isRest }: AcrossColumn, asked: StatsAsked): Cell {
  const cell = row.across(values);
  if (cell !== undefined) return cell;
  const [aggregate] = asked.aggregates;
  if (aggregate?.type !== 'count' && aggregate?.type !== 'share') return undefined;
  return !isRest && isSkippedHour([...row.keys, values[0]?.cell], asked) ? undefined : 0;
}

function isSkippedHour(cells: readonly Cell[], { keys, zone }: StatsAsked): boolean {
  const all = allKeys(keys);
  const hour = cells[all.findIndex((key) => isBucket(key, hourOfDay))];
  const day = cells[all.findIndex((key) => isBucket(key, calendarDay))];
  return typeof hour === 'string' && typeof day === 'string' && isSkipped(Number(hour), day, zone);
}
