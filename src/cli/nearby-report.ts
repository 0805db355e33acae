import type { NearbyRow } from '../analyze/nearby.ts';
import { instantText } from '../output/cell-text.ts';
import { secondsText, spanText } from '../output/duration-text.ts';
import type { ReportColumn, Section } from '../output/report.ts';
import { deedOf } from '../output/sentence.ts';
import { styles } from '../output/style.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import { type ReportContent, rowReport } from './report-command.ts';

/** What `around` and `related` show of a record, besides where it stands to the anchor. */
export function nearbyCells(record: AuditRecord, zone: Zone): readonly Cell[] {
  const { file, line } = record.at;
  return [
    cellOf(record, 'principal'),
    cellOf(record, 'method'),
    cellOf(record, 'resource'),
    cellOf(record, 'ip'),
    cellOf(record, 'result'),
    cellOf(record, 'accessType'),
    deedOf(record, { zone, wide: true, styles: styles(false) }),
    cellOf(record, 'id'),
    file,
    line,
  ];
}

const columns: readonly ReportColumn[] = [
  { name: 'delta', type: 'text' },
  { name: 'time', type: 'time' },
  { name: 'principal', type: 'text' },
  { name: 'method', type: 'text' },
  { name: 'resource', type: 'text' },
  { name: 'ip', type: 'text' },
  { name: 'result', type: 'text' },
  { name: 'access', type: 'text' },
  { name: 'text', type: 'text' },
  { name: 'id', type: 'text' },
  { name: 'file', type: 'text' },
  { name: 'line', type: 'count' },
  { name: 'anchor', type: 'text' },
];

/** Of the cells of a record, those that people see; the whole row has the id and where it stands. */
const shownCells = ['principal', 'method', 'resource', 'ip', 'result'].map((name) => ({
  column: { name, type: 'text' } as const,
  at: columns.findIndex((column) => column.name === name) - 2,
}));

/** On a narrow terminal all of them would be cut beyond recognition. */
const narrowBelow = 100;

/** Cells of a method that tell it from others on a narrow terminal, alone and beside one more column. */
const leastOfMethod = 20;
const leastBesideMore = 16;

interface TableOptions {
  readonly rows: readonly NearbyRow[];
  readonly zone: Zone;
  readonly width: number | undefined;
  readonly hasMore: boolean;
}

/** Where there is little room and all is of one day, which the title tells, times of day leave more of it for names. */
function tableFor({ rows, zone, width, hasMore }: TableOptions) {
  const whole = { shown: shownCells, time: { name: 'time', type: 'time' } as const, timeOf: (time: Cell) => time };
  if (width === undefined || width >= narrowBelow) return whole;
  const shown = shownCells.filter(({ column }) => column.name !== 'ip');
  const dayOf = (text: string): string => text.replace(/T[\d:.]*/, ' ');
  const days = new Set(rows.flatMap(({ time }) => (time === undefined ? [] : [dayOf(instantText(time, zone))])));
  if (days.size > 1) return { ...whole, shown };
  const least = hasMore ? leastBesideMore : leastOfMethod;
  return {
    shown: shown.map(({ column, at }) => ({ column: column.name === 'method' ? { ...column, least } : column, at })),
    time: { name: 'time', type: 'exact' } as const,
    timeOf: (time: Cell) => (isInstant(time) ? instantText(time, zone).slice(11, 19) : time),
  };
}

export interface NearbyReport {
  readonly name: string;
  readonly note: string;
  readonly rows: readonly NearbyRow[];
  /** Why a row is there, as a column of its own. */
  readonly via?: { readonly name: string; readonly cells: readonly Cell[]; readonly forPeople: readonly Cell[] };
  /** Rows for people that are no records: the moment asked for. */
  readonly mark?: { readonly before: (row: NearbyRow) => boolean; readonly cells: readonly Cell[] };
  readonly zone: Zone;
  readonly ascii: boolean;
  readonly object: object;
}

export function nearbyContent({ name, note, rows, via, mark, zone, ascii, object }: NearbyReport): ReportContent {
  const viaColumn: readonly ReportColumn[] = via === undefined ? [] : [{ name: via.name, type: 'text' }];
  const viaCell = (i: number): readonly Cell[] => (via === undefined ? [] : [via.cells[i]]);
  return rowReport({
    columns: [...columns, ...viaColumn],
    rows: rows.map((row, i) => [
      row.delta && secondsText(row.delta.second, row.delta.nano, true),
      row.time,
      ...row.cells,
      row.isAnchor,
      ...viaCell(i),
    ]),
    sections: (width) => {
      const { shown, time, timeOf } = tableFor({ rows, zone, width, hasMore: via !== undefined });
      const [markTime, ...markRest] = mark?.cells ?? [];
      return [
        {
          name,
          note,
          columns: [{ name: '  delta', type: 'exact' }, time, ...shown.map(({ column }) => column), ...viaColumn],
          rows: withMark(
            rows.map((row, i) => [
              row.isAnchor ? anchorText(ascii) : row.delta && `  ${signed(row.delta)}`,
              timeOf(row.time),
              ...shown.map(({ at }) => row.cells[at]),
              ...(via === undefined ? [] : [via.forPeople[i]]),
            ]),
            mark && { at: rows.findIndex(mark.before), cells: [anchorText(ascii), timeOf(markTime), ...markRest] },
          ),
        } satisfies Section,
      ];
    },
    object,
  });
}

function withMark(
  rows: readonly (readonly Cell[])[],
  mark: { readonly at: number; readonly cells: readonly Cell[] } | undefined,
): readonly (readonly Cell[])[] {
  if (mark === undefined) return rows;
  const at = mark.at === -1 ? rows.length : mark.at;
  return [...rows.slice(0, at), mark.cells, ...rows.slice(at)];
}

function anchorText(ascii: boolean): string {
  return `${ascii ? '>' : '▶'} 0 s`;
}

function signed({ second, nano }: { readonly second: number; readonly nano: number }): string {
  const text = spanText(second, nano);
  return text.startsWith('-') || (second === 0 && nano === 0) ? text : `+${text}`;
}

/** `3 before, 2 after`, where the rows lie in time. */
export function sidesText(rows: readonly NearbyRow[]): string {
  const side = (row: NearbyRow): number => Math.sign((row.delta?.second ?? 0) * 1e9 + (row.delta?.nano ?? 0));
  const timed = rows.filter(({ delta }) => delta !== undefined);
  const before = timed.filter((row) => side(row) < 0).length;
  const after = timed.filter((row) => side(row) > 0).length;
  const together = timed.filter((row) => side(row) === 0 && !row.isAnchor).length;
  const without = rows.length - timed.length;
  if (rows.every(({ isAnchor }) => isAnchor)) return 'nothing else';
  return [
    `${before} before`,
    ...(together > 0 ? [`${together} at the same time`] : []),
    `${after} after`,
    ...(without > 0 ? [`${without} without a usable time`] : []),
  ].join(', ');
}
