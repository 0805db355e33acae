import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Fold } from './fold.ts';
import { type Histogram, newHistogram } from './histogram.ts';
import { newTally, type Tally } from './tally.ts';

/** What is in these records: the shape of `summary -o json`, documented in docs/reports.md. */
export interface Summary {
  readonly records: number;
  readonly time: { readonly first?: string; readonly last?: string; readonly without: number };
  readonly histogram: Histogram | undefined;
  readonly top: readonly TopValues[];
  readonly changes: Activity;
  readonly denials: Activity;
}

/** The most frequent values of one column. A record with several values counts for each. */
export interface TopValues {
  readonly column: ColumnName;
  readonly distinct: number;
  /** Records without a value. */
  readonly absent: number;
  /** Counts of values first met after the limit on distinct values; 0 in any ordinary dump. */
  readonly overflow: number;
  readonly values: readonly {
    readonly value: string;
    readonly kind?: string;
    readonly count: number;
    readonly share: number;
  }[];
}

/** Who did what how often, for the few records that matter. */
export interface Activity {
  readonly records: number;
  readonly distinct: number;
  readonly overflow: number;
  readonly rows: readonly ActivityRow[];
}

export interface ActivityRow {
  readonly method: string;
  readonly principal: string;
  readonly result: string;
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
}

export interface SummaryOptions {
  /** Rows in each section. */
  readonly top: number;
  readonly zone: Zone;
  /** At most so many histogram buckets. */
  readonly buckets: number;
}

const topColumns = [
  'method',
  'principal',
  'result',
  'ips',
  'resourceType',
  'type',
] as const satisfies readonly ColumnName[];

export function summaryFold({ top, zone, buckets }: SummaryOptions): Fold<Summary> {
  let records = 0;
  let withoutTime = 0;
  let first: Instant | undefined;
  let last: Instant | undefined;
  const histogram = newHistogram();
  const counters = topColumns.map(newCounter);
  const changes = newActivity();
  const denials = newActivity();

  const count = (record: AuditRecord): void => {
    records++;
    const time = cellOf(record, 'time');
    if (isInstant(time)) {
      histogram.add(time.second);
      first = first === undefined || compareInstants(time, first) < 0 ? time : first;
      last = last === undefined || compareInstants(time, last) > 0 ? time : last;
    } else withoutTime++;
    for (const counter of counters) counter.add(record);
    if (cellOf(record, 'accessType') === 'MODIFICATION') changes.add(record, time);
    if (cellOf(record, 'ok') === false) denials.add(record, time);
  };

  return {
    push(batch) {
      for (const record of batch) count(record);
    },
    end: () => ({
      records,
      time: { ...(first && { first: first.text }), ...(last && { last: last.text }), without: withoutTime },
      histogram: histogram.end(zone, buckets),
      top: counters.map((counter) => counter.end(top, records)),
      changes: changes.end(top),
      denials: denials.end(top),
    }),
  };
}

function newCounter(column: ColumnName): {
  add(record: AuditRecord): void;
  end(top: number, records: number): TopValues;
} {
  const tally = newTally();
  let absent = 0;
  return {
    add(record) {
      const cell = cellOf(record, column);
      if (cell === undefined) absent++;
      else for (const value of valuesOf(cell)) tally.add(column === 'principal' ? withKind(value, record) : value);
    },
    end: (top, records) => ({
      column,
      distinct: tally.distinct(),
      absent,
      overflow: tally.overflow(),
      values: tally.top(top).map(([key, count]) => {
        const { value, kind } = column === 'principal' ? splitKind(key) : { value: key, kind: undefined };
        return { value, ...(kind !== undefined && { kind }), count, share: count / records };
      }),
    }),
  };
}

/** One key for principal and kind: kinds hold no blank, so the first blank parts them. */
function withKind(principal: string, record: AuditRecord): string {
  return `${cellOf(record, 'principalKind')} ${principal}`;
}

function splitKind(key: string): { value: string; kind: string } {
  const blank = key.indexOf(' ');
  return { value: key.slice(blank + 1), kind: key.slice(0, blank) };
}

function valuesOf(cell: NonNullable<Cell>): readonly string[] {
  if (Array.isArray(cell)) return cell;
  return [isInstant(cell) ? cell.text : String(cell)];
}

const activityColumns = ['method', 'principal', 'result'] as const;

function newActivity(): { add(record: AuditRecord, time: Cell): void; end(top: number): Activity } {
  const tally: Tally = newTally();
  const spans = new Map<string, { first: Instant; last: Instant }>();
  let records = 0;
  return {
    add(record, time) {
      records++;
      // JSON keeps the parts apart whatever the names hold.
      const key = JSON.stringify(activityColumns.map((column) => cellOf(record, column) ?? ''));
      if (!tally.add(key) || !isInstant(time)) return;
      const span = spans.get(key);
      if (span === undefined) spans.set(key, { first: time, last: time });
      else {
        if (compareInstants(time, span.first) < 0) span.first = time;
        if (compareInstants(time, span.last) > 0) span.last = time;
      }
    },
    end: (top) => ({
      records,
      distinct: tally.distinct(),
      overflow: tally.overflow(),
      rows: tally.top(top).map(([key, count]) => {
        const [method = '', principal = '', result = ''] = JSON.parse(key) as string[];
        const span = spans.get(key);
        return { method, principal, result, count, ...(span && { first: span.first.text, last: span.last.text }) };
      }),
    }),
  };
}
