import { calendarHour, hourOfDay } from '../../analyze/stats/buckets.ts';
import { allKeys, isBucket, type Key } from '../../analyze/stats/keys.ts';
import type { Stats, StatsRow } from '../../analyze/stats/stats.ts';
import { type HeatOptions, heatMapText } from '../../output/heat-map.ts';
import type { ReportColumn, Section } from '../../output/report.ts';
import type { Cell } from '../../record/record.ts';
import { count } from '../render.ts';
import type { RowReport } from '../report-command.ts';
import { missing, type StatsAsked, timeNotes, titleOf } from './asked.ts';
import { heatMapOf } from './heat-map.ts';
import { type AcrossColumn, cellAcross, other, pivotColumns } from './pivot.ts';

/** Of rows and of columns of a pivot: what a screen holds, and what programs can still make use of. */
const mostShown = { rows: 50, columns: 12 };
const mostForPrograms = { rows: Number.POSITIVE_INFINITY, columns: 1000 };

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
  const most = isForPeople ? mostShown : mostForPrograms;
  const shown = stats.rows.slice(0, asked.top ?? most.rows);
  const across = pivotColumns(stats, asked, most.columns, isForPeople);
  const columns: readonly ReportColumn[] = [
    ...keys.rows.map(keyColumn),
    ...aggregates.map(({ name, type }) => ({ name, type })),
    ...across.map(({ name }) => ({ name, type: aggregates[0]?.type ?? 'count' }) as const),
  ];
  const rows = shown.map((row) => [
    ...row.keys,
    ...row.cells,
    ...across.map((column) => cellAcross(row, column, asked)),
  ]);
  const map = heat && heatMapOf(stats, asked);
  return {
    shown,
    columns,
    rows,
    sections: () => [
      {
        name: titleOf(keys, asked.zone),
        note: `${count(stats.rows.length, 'row')}, ${count(stats.records, 'record')}`,
        ...(across.length === 0 ? withBars(columns, visible(rows)) : { columns, rows: visible(rows) }),
      },
      ...noteSection(notesOf(stats, asked, shown.length, across)),
    ],
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

function keyColumn(key: Key): ReportColumn {
  if (key.kind === 'field') return { name: key.name, type: key.field.type === 'time' ? 'time' : 'text' };
  return { name: key.name, type: isBucket(key, calendarHour) ? 'time' : 'exact' };
}

/** An empty text is no missing one. */
function visible(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return rows.map((row) => row.map((cell) => (cell === '' ? '""' : cell)));
}

/** A bar behind the first number. */
function withBars(
  columns: readonly ReportColumn[],
  rows: readonly (readonly Cell[])[],
): Pick<Section, 'columns' | 'rows'> {
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
  const rest = across.find(({ name, values }) => name === other && values.length > 0)?.values.length ?? 0;
  const counted = stats.rows.reduce((sum, row) => sum + row.count, 0);
  const notes = [
    left > 0 && `${count(left, 'more row')}: --top ${stats.rows.length} shows all`,
    rest > 0 && `other: ${count(rest, 'less frequent value')} of ${keys.pivot?.name}`,
    counted > stats.records && 'a record with several values counts for each of them',
    ...timeNotes(stats, keys, keys.pivot?.kind === 'bucket' ? `under no ${keys.pivot.name}` : `under ${missing}`),
  ];
  return notes.filter((note) => typeof note === 'string');
}

function noteSection(notes: readonly string[]): readonly Section[] {
  return notes.length === 0 ? [] : [{ name: 'notes', columns: [], rows: [], lines: notes }];
}
