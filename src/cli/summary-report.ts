import type { Activity, Summary, TopValues } from '../analyze/summary.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { Report, Section } from '../output/report.ts';
import { parseInstant } from '../record/time.ts';
import type { Inquiry } from './asking.ts';
import { count, digits } from './render.ts';

/** A summary as sections for people and spreadsheets. */
export function summaryReport(summary: Summary, accounting: Accounting, { zone }: Inquiry): Report {
  return {
    sections: [
      overview(summary, accounting),
      ...histogram(summary, zone.name),
      ...summary.top.map(topSection),
      activity('changes', summary.changes, 'what was created, changed or deleted, by whom'),
      activity('denials and failures', summary.denials, 'what was refused or failed, for whom'),
    ],
  };
}

function overview({ records, time }: Summary, accounting: Accounting): Section {
  const facts: (readonly [string, string])[] = [
    ['records', `${digits(records)} matched of ${digits(accounting.records)} read`],
    ['lines', accountingText(accounting)],
    ['first event', time.first ?? '-'],
    ['last event', time.last ?? '-'],
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

function accountingText({ lines, blank, malformed, duplicates, complete }: Accounting): string {
  const parts = [
    `${digits(lines)} read`,
    `${digits(malformed)} malformed`,
    blank > 0 && `${digits(blank)} blank`,
    duplicates > 0 && `${count(duplicates, 'duplicate')} dropped`,
    !complete && 'INCOMPLETE: see the messages',
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

function activity(name: string, { records, distinct, overflow, rows }: Activity, meaning: string): Section {
  const notes = [
    count(records, 'record'),
    distinct > rows.length && `${digits(rows.length)} of ${digits(distinct)} rows`,
    overflow > 0 && `too many distinct rows: ${digits(overflow)} more were not told apart`,
    meaning,
  ];
  return {
    name,
    note: notes.filter((note) => typeof note === 'string').join(', '),
    columns: [
      { name: 'method', type: 'text' },
      { name: 'principal', type: 'text' },
      { name: 'result', type: 'text' },
      { name: 'count', type: 'count' },
      { name: 'first', type: 'time' },
      { name: 'last', type: 'time' },
    ],
    rows: rows.map(({ method, principal, result, count: n, first, last }) => [
      method,
      principal,
      result,
      n,
      time(first),
      time(last),
    ]),
  };
}

function time(text: string | undefined) {
  return text === undefined ? undefined : parseInstant(text);
}
