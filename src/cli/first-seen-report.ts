import type { FirstSeen, NewTuple, Stretch } from '../analyze/first-seen.ts';
import { tupleKey, tupleReader } from '../analyze/key-tuples.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { instantText } from '../output/cell-text.ts';
import type { ReportColumn } from '../output/report.ts';
import type { Field } from '../query/fields.ts';
import { isInside } from '../query/time-window.ts';
import { cellOf } from '../record/normalize.ts';
import type { Cell } from '../record/record.ts';
import { type Instant, isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import { keyColumn, operandsOf } from './key-flag.ts';
import type { ReadAgain } from './perform.ts';
import { proofsOf, withProof } from './proof.ts';
import { count, digits } from './render.ts';
import type { RowReport } from './report-command.ts';
import { reproducing } from './reproducing.ts';

interface Asked {
  readonly key: readonly Field[];
  readonly until: Instant;
}

/** Columns besides the key, in the order programs get them; people read the counts before the id. */
const facts = ['time', 'method', 'id', 'count', 'failed', 'file', 'line'] as const;
const factsForPeople = ['time', 'method', 'count', 'failed', 'id'] as const;

/** Of the first record only: who and where from are told apart before it. */
const leastOfMethod = 14;
const leastOfAddress = 15;

type Fact = (typeof facts)[number];

export function firstSeenReport(result: FirstSeen, { key, until }: Asked, zone: Zone): RowReport {
  const tableOf = (shown: readonly Fact[]): Pick<RowReport, 'columns' | 'rows'> => {
    // What is part of the key need not be said twice: the first record has the same.
    const others = shown.filter((fact) => key.every(({ name }) => name !== fact));
    return {
      columns: [...key.map(keyColumn), ...others.map(factColumn)],
      rows: result.rows.map((row) => [...row.tuple, ...others.map((fact) => factOf(row, fact))]),
    };
  };
  const name = `new ${key.map((field) => field.name).join(', ')}`;
  return {
    ...tableOf(facts),
    sections: () => {
      const table = tableOf(factsForPeople);
      return [{ name, note: noteOn(result, until, zone), ...table, columns: table.columns.map(forPeople) }];
    },
    object: {
      baselineUntil: instantText(until, zone),
      baseline: { ...stretchObject(result.baseline, zone), distinct: result.baseline.distinct },
      since: stretchObject(result.since, zone),
      withoutTime: result.withoutTime,
    },
  };
}

function factColumn(fact: Fact): ReportColumn {
  if (fact === 'time') return { name: fact, type: 'time' };
  if (fact === 'count' || fact === 'failed') return { name: fact, type: 'count' };
  return { name: fact, type: fact === 'id' ? 'exact' : 'text' };
}

function forPeople(column: ReportColumn): ReportColumn {
  if (column.name === 'id') return { ...column, isSpare: true };
  if (column.name === 'method') return { ...column, least: leastOfMethod };
  return column.name === 'ip' || column.name === 'ips' ? { ...column, least: leastOfAddress } : column;
}

function factOf({ first, count: times, failed }: NewTuple, fact: Fact): Cell {
  switch (fact) {
    case 'time':
      return first.time;
    case 'method':
    case 'id':
      return first[fact];
    case 'count':
      return times;
    case 'failed':
      return failed;
    case 'file':
    case 'line':
      return first.at[fact];
  }
}

function noteOn({ rows, baseline, since }: FirstSeen, until: Instant, zone: Zone): string {
  const known = `${digits(baseline.distinct)} known from ${count(baseline.records, 'record')} before`;
  const time = instantText(until, zone);
  return `${digits(rows.length)} since ${time} (${count(since.records, 'record')}); ${known}`;
}

function stretchObject({ records, span }: Stretch, zone: Zone): object {
  const text = (time: Instant | undefined): string | null => (time === undefined ? null : instantText(time, zone));
  return { records, first: text(span?.first.time), last: text(span?.last.time) };
}

/** What makes the answer worth less than it looks. */
export function noteBaseline({ baseline, since, withoutTime }: FirstSeen, { until }: Asked, zone: Zone): Diagnostic[] {
  const time = instantText(until, zone);
  const notes: Diagnostic[] = [];
  if (baseline.records === 0 && since.span !== undefined) {
    notes.push({
      code: 'empty-baseline',
      severity: 'warning',
      message: `no matching record is older than ${time}, so everything is new`,
      hint: `the matching records begin at ${instantText(since.span.first.time, zone)}: --baseline-until has to be later than that`,
    });
  }
  if (since.records === 0 && baseline.span !== undefined) {
    notes.push({
      code: 'nothing-since-baseline',
      severity: 'warning',
      message: `no matching record is from ${time} or later, so nothing can be new`,
      hint: `the matching records end at ${instantText(baseline.span.last.time, zone)}: --baseline-until has to be earlier, or count from them with --now last`,
    });
  }
  if (withoutTime > 0) {
    notes.push({
      code: 'without-time',
      severity: 'note',
      message: `${count(withoutTime, 'matching record')} without a usable time ${withoutTime === 1 ? 'is' : 'are'} left out: neither before nor after ${time}`,
    });
  }
  return notes;
}

/** The report with the records behind each row: those at the baseline's end or later. */
export async function proveFirstSeen(
  report: RowReport,
  { rows }: FirstSeen,
  { key, until }: Asked,
  inquiry: Inquiry,
  again: ReadAgain,
): Promise<RowReport> {
  const eachTuple = tupleReader(operandsOf(key));
  const keys = rows.map(({ tuple }) => tupleKey(tuple));
  const proofs = await proofsOf(inquiry, again, new Set(keys), (record) => {
    const time = cellOf(record, 'time');
    const found: string[] = [];
    if (isInstant(time) && isInside(time, { from: until })) eachTuple(record, (tuple) => found.push(tupleKey(tuple)));
    return found;
  });
  return withProof(
    report,
    rows.map(({ tuple }, i) => ({
      title: tuple.map((value) => value ?? '-').join(', '),
      filter: reproducing(
        inquiry,
        key.map(({ name }, part) => [name, tuple[part]] as const),
        [`time >= "${until.text}"`],
      ),
      records: proofs.get(keys[i] ?? '') ?? [],
    })),
  );
}
