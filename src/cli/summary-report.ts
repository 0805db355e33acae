import type { Activity, Summary, TopValues } from '../analyze/summary.ts';
import type { Accounting } from '../engine/accounting.ts';
import { instantText } from '../output/cell-text.ts';
import type { Section } from '../output/report.ts';
import type { Cell } from '../record/record.ts';
import { type Instant, parseInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import { count, digits, noiseParts } from './render.ts';

/** A summary as sections for people and spreadsheets. */
export function summarySections(
  summary: Summary,
  accounting: Accounting,
  zone: Zone,
  width: number | undefined,
): readonly Section[] {
  // Two times beside each other leave no room for names on a narrow terminal.
  const span = (width ?? wideEnough) < wideEnough ? (['last'] as const) : (['first', 'last'] as const);
  if (summary.records === 0) return [overview(summary, accounting)];
  return [
    overview(summary, accounting),
    ...histogram(summary, zone.name),
    ...summary.top.map(topSection),
    activity('changes', summary.changes, 'what was created, changed or deleted', span),
    activity('denials and failures', summary.denials, 'what was refused or failed', span),
  ];
}

/** The same for programs: times keep their digits and are in the zone asked for. */
export function summaryObject(summary: Summary, zone: Zone): Summary {
  const inZone = (text: string): string => {
    const instant = parseInstant(text);
    return instant === undefined ? text : instantText(instant, zone);
  };
  const rowsInZone = (activity: Activity): Activity => ({
    ...activity,
    rows: activity.rows.map(({ first, last, ...row }) => ({
      ...row,
      ...(first !== undefined && { first: inZone(first) }),
      ...(last !== undefined && { last: inZone(last) }),
    })),
  });
  const { time, histogram, changes, denials } = summary;
  return {
    ...summary,
    time: {
      ...(time.first !== undefined && { first: inZone(time.first) }),
      ...(time.last !== undefined && { last: inZone(time.last) }),
      without: time.without,
    },
    histogram: histogram && {
      ...histogram,
      buckets: histogram.buckets.map((bucket) => ({ ...bucket, start: inZone(bucket.start) })),
    },
    changes: rowsInZone(changes),
    denials: rowsInZone(denials),
  };
}

const wideEnough = 100;

function overview({ records, time }: Summary, accounting: Accounting): Section {
  const facts: (readonly [string, Cell])[] = [
    ['records', `${digits(records)} matched of ${digits(accounting.records)} read`],
    ['lines', accountingText(accounting)],
    ['first event', instant(time.first)],
    ['last event', instant(time.last)],
  ];
  if (time.without > 0) facts.push(['without a time', digits(time.without)]);
  return {
    name: 'summary',
    columns: [
      { name: 'fact', type: 'text' },
      { name: 'value', type: 'text' },
    ],
    header: false,
    rows: facts,
  };
}

function accountingText(accounting: Accounting): string {
  const { lines, blank, malformed, duplicates, complete, stopped } = accounting;
  const parts = [
    `${digits(lines)} read`,
    `${digits(malformed)} malformed`,
    ...noiseParts(accounting),
    blank > 0 && `${digits(blank)} blank`,
    duplicates > 0 && `${count(duplicates, 'duplicate')} dropped`,
    !complete && 'INCOMPLETE: see the messages',
    stopped === 'interrupted' && 'INTERRUPTED: the rest was not read',
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

function histogram({ histogram: found }: Summary, zone: string): Section[] {
  if (found === undefined) return [];
  return [
    {
      name: 'events over time',
      note: `buckets of ${found.bucket}, ${zone}`,
      columns: [
        { name: 'start', type: 'time' },
        { name: 'count', type: 'count' },
        { name: 'bar', type: 'bar' },
      ],
      rows: found.buckets.map(({ start, count: n }) => [parseInstant(start), n, n]),
    },
  ];
}

const titles: Readonly<Record<string, string>> = {
  ips: 'client IP',
  resourceType: 'resource type',
  type: 'event type',
};

function topSection({ column, distinct, absent, overflow, values }: TopValues): Section {
  const name = titles[column] ?? column;
  const notes = [
    distinct > values.length && `${digits(values.length)} of ${digits(distinct)} values`,
    absent > 0 && `${count(absent, 'record')} without`,
    overflow > 0 && `too many distinct values: ${digits(overflow)} more were not told apart`,
  ];
  const withKind = values.some(({ kind }) => kind !== undefined);
  return {
    name,
    note: notes.filter((note) => typeof note === 'string').join(', '),
    columns: [
      { name, type: 'text' },
      ...(withKind ? [{ name: 'kind', type: 'text' } as const] : []),
      { name: 'count', type: 'count' },
      { name: 'share', type: 'share' },
    ],
    rows: values.map(({ value, kind, count: n, share }) => [value, ...(withKind ? [kind] : []), n, share]),
  };
}

function activity(
  name: string,
  { records, distinct, overflow, rows }: Activity,
  meaning: string,
  span: readonly ('first' | 'last')[],
): Section {
  const notes = [
    `${meaning}: ${count(records, 'record')}`,
    distinct > rows.length && `${digits(rows.length)} of ${digits(distinct)} rows`,
    overflow > 0 && `too many distinct rows: ${digits(overflow)} more were not told apart`,
  ];
  return {
    name,
    note: notes.filter((note) => typeof note === 'string').join(', '),
    columns: [
      { name: 'method', type: 'text' },
      { name: 'principal', type: 'text' },
      { name: 'result', type: 'text' },
      { name: 'count', type: 'count' },
      ...span.map((end) => ({ name: end, type: 'time' }) as const),
    ],
    rows: rows.map((row) => [
      row.method,
      row.principal,
      row.result,
      row.count,
      ...span.map((end) => instant(row[end])),
    ]),
  };
}

function instant(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text);
}
