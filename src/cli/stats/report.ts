import { calendarHour, hourOfDay } from '../../analyze/stats/buckets.ts';
import { allKeys, isBucket, type Key } from '../../analyze/stats/keys.ts';
import type { Stats, StatsRow } from '../../analyze/stats/stats.ts';
import { cellText } from '../../output/cell-text.ts';
import { escapeControls } from '../../output/escape.ts';
import { leastCells, lineWidth } from '../../output/grid.ts';
import { type HeatOptions, heatMapText } from '../../output/heat-map.ts';
import type { ReportColumn, Section } from '../../output/report.ts';
import { displayWidth } from '../../output/width.ts';
import type { Cell } from '../../record/record.ts';
import type { Zone } from '../../record/zone.ts';
import { count, digits } from '../render.ts';
import type { RowReport } from '../report-command.ts';
import { missing, type StatsAsked, timeNotes, titleOf } from './asked.ts';
import { heatMapOf } from './heat-map.ts';
import { type AcrossColumn, cellAcross, type PivotRoom, pivotColumns } from './pivot.ts';

/** What a screen holds, and how many columns programs can still make use of. */
const mostShown = 50;
const mostColumns = 12;
const mostForPrograms: PivotRoom = { most: 1000, isForPeople: false };

export interface StatsReport extends RowReport {
  /** The rows of the report, in its order. */
  readonly shown: readonly StatsRow[];
}

/** Rows of stats. `heat`: hours by days are shown to people as shades. */
export function statsReport(
  stats: Stats,
  asked: StatsAsked,
  { isForPeople, heat }: { readonly isForPeople: boolean; readonly heat: HeatOptions | undefined },
): StatsReport {
  const { keys, aggregates } = asked;
  const shown = stats.rows.slice(0, asked.top ?? (isForPeople ? mostShown : stats.rows.length));
  const whole = tableOf(stats, asked, shown, isForPeople ? { most: mostColumns, isForPeople } : mostForPrograms);
  const map = heat && heatMapOf(stats, asked);
  return {
    shown,
    columns: whole.columns,
    rows: whole.rows,
    sections: (width) => {
      const table = width === undefined ? whole : fitted(stats, asked, shown, width);
      return [
        {
          name: titleOf(keys, asked.zone),
          note: `${count(stats.rows.length, 'row')}, ${count(stats.records, 'record')}`,
          ...(keys.pivot === undefined ? withBars(table) : table),
        },
        ...noteSection([
          ...(isCut(table, asked, width) ? ['not all columns fit: --wide or -o csv shows them'] : []),
          ...notesOf(stats, asked, shown.length, table.across),
        ]),
      ];
    },
    ...(map && heat && { page: () => heatMapText(map, heat) }),
    object: {
      by: keys.rows.map(({ name }) => name),
      ...(keys.pivot && { pivot: keys.pivot.name }),
      aggregates: aggregates.map(({ name }) => name),
      records: stats.records,
      withoutTime: stats.withoutTime,
      ...(allKeys(keys).some((key) => isBucket(key, hourOfDay)) && { inRepeatedHour: stats.repeated }),
      rowsLeftOut: stats.rows.length - shown.length,
    },
  };
}

interface Table extends Pick<Section, 'columns' | 'rows'> {
  readonly across: readonly AcrossColumn[];
}

function tableOf(stats: Stats, asked: StatsAsked, shown: readonly StatsRow[], room: PivotRoom): Table {
  const { keys, aggregates } = asked;
  const across = pivotColumns(stats, asked, room);
  const rows = shown.map((row) => [
    ...row.keys,
    ...row.cells,
    ...across.map((column) => cellAcross(row, column, asked)),
  ]);
  const columns = [
    ...keys.rows.map(keyColumn),
    ...aggregates.map(({ name, type }) => ({ name, type })),
    ...across.map(({ name }) => ({ name, type: aggregates[0]?.type ?? 'count' }) as const),
  ];
  return { columns, rows: room.isForPeople ? visible(rows) : rows, across };
}

/** With as many columns of a pivot as the line holds, so that none is lost at its end: the rest is counted as one. */
function fitted(stats: Stats, asked: StatsAsked, shown: readonly StatsRow[], width: number): Table {
  const widths = Array.from(
    { length: asked.keys.pivot === undefined ? 0 : mostColumns - 1 },
    (_, i) => mostColumns - i,
  );
  const tables = widths.map((most) => tableOf(stats, asked, shown, { most, isForPeople: true }));
  return (
    tables.find((table) => naturalWidth(table, asked.zone) <= width) ??
    tableOf(stats, asked, shown, { most: 1, isForPeople: true })
  );
}

/** Columns of hours and weekdays are never counted as one. */
function isCut(table: Table, { keys, zone }: StatsAsked, width: number | undefined): boolean {
  if (width === undefined) return false;
  return keys.pivot === undefined ? leastWidth(table, zone) > width : naturalWidth(table, zone) > width;
}

/** Cells of a line in which nothing is cut; roughly, for numbers are grouped when they are drawn. */
function naturalWidth(table: Table, zone: Zone): number {
  return lineWidth(naturalWidths(table, zone));
}

/** Cells of the shortest line that has all columns. */
function leastWidth(table: Table, zone: Zone): number {
  const least = naturalWidths(table, zone).map((natural, i) => {
    const type = table.columns[i]?.type;
    return leastCells(type === 'time' || type === 'text' ? type : 'rigid', natural, zone);
  });
  return lineWidth(least);
}

function naturalWidths({ columns, rows }: Table, zone: Zone): readonly number[] {
  return columns.map(({ name, type }, i) =>
    [name, ...rows.map((row) => (type === 'count' ? digits(Number(row[i] ?? 0)) : (cellText(row[i], zone) ?? missing)))]
      .map((text) => displayWidth(escapeControls(text)))
      .reduce((a, b) => Math.max(a, b), 0),
  );
}

function keyColumn(key: Key): ReportColumn {
  if (key.kind === 'field') return { name: key.name, type: key.field.type === 'time' ? 'time' : 'text' };
  return { name: key.name, type: isBucket(key, calendarHour) ? 'time' : 'exact' };
}

/** An empty text is no missing one. */
function visible(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return rows.map((row) => row.map((cell) => (cell === '' ? '""' : cell)));
}

/** A bar behind the first number. */
function withBars({ columns, rows }: Table): Pick<Section, 'columns' | 'rows'> {
  const at = columns.findIndex(({ type }) => type === 'count') + 1;
  if (at === 0) return { columns, rows };
  return {
    columns: columns.toSpliced(at, 0, { name: 'bar', type: 'bar' }),
    rows: rows.map((row) => row.toSpliced(at, 0, row[at - 1])),
  };
}

function notesOf(
  stats: Stats,
  { keys }: StatsAsked,
  shown: number,
  across: readonly AcrossColumn[],
): readonly string[] {
  const left = stats.rows.length - shown;
  const rest = across.find(({ isRest }) => isRest)?.values.length ?? 0;
  const counted = [stats.rows, stats.pivots].map((all) => all.reduce((sum, one) => sum + one.count, 0));
  const notes = [
    left > 0 && `${count(left, 'more row')}: --top ${stats.rows.length} shows all`,
    rest > 0 && `other: ${count(rest, 'less frequent value')} of ${keys.pivot?.name}`,
    counted.some((sum) => sum > stats.records) && 'a record with several values counts for each of them',
    ...timeNotes(stats, keys, keys.pivot?.kind === 'bucket' ? `under no ${keys.pivot.name}` : `under ${missing}`),
  ];
  return notes.filter((note) => typeof note === 'string');
}

function noteSection(notes: readonly string[]): readonly Section[] {
  return notes.length === 0 ? [] : [{ name: 'notes', columns: [], rows: [], lines: notes }];
}
