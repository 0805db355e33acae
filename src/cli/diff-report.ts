import {
  type Change,
  type Diff,
  type Difference,
  type DiffOptions,
  type Period,
  secondsBetween,
} from '../analyze/diff.ts';
import { type KeyTuple, tupleKey, tupleReader } from '../analyze/key-tuples.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { instantText } from '../output/cell-text.ts';
import type { ReportColumn, Section } from '../output/report.ts';
import { operandText } from '../query/operand.ts';
import { isInside, type TimeWindow } from '../query/time-window.ts';
import { cellOf } from '../record/normalize.ts';
import type { Cell } from '../record/record.ts';
import { type Instant, isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import type { Inquiry } from './asking.ts';
import type { ReadAgain } from './perform.ts';
import { proofsOf, withProof } from './proof.ts';
import { count, digits } from './render.ts';
import type { RowReport } from './report-command.ts';
import { reproducing } from './reproducing.ts';

const columns: readonly ReportColumn[] = [
  { name: 'key', type: 'text' },
  { name: 'value', type: 'text' },
  { name: 'change', type: 'text' },
  { name: 'a', type: 'count' },
  { name: 'b', type: 'count' },
];

const signs: Readonly<Record<Change, string>> = { appeared: '+', vanished: '-', changed: '~' };

export function diffReport(result: Diff, options: DiffOptions, zone: Zone): RowReport {
  return {
    columns,
    rows: rowsOf(result).map(({ name, row }) => [name, valueText(row.tuple), row.change, row.a, row.b]),
    sections: () => [periodSection(result, options, zone), ...result.keys.map(keySection)],
    object: {
      a: periodObject(result.a, options.a, zone),
      b: periodObject(result.b, options.b, zone),
      factor: options.factor,
      least: options.least,
      unchanged: result.keys.map(({ key, unchanged }) => ({ key: key.name, values: unchanged })),
      inBoth: result.inBoth,
      outside: result.outside,
      withoutTime: result.withoutTime,
    },
  };
}

interface NamedRow {
  readonly name: string;
  readonly row: Difference;
}

function rowsOf({ keys }: Diff): readonly NamedRow[] {
  return keys.flatMap(({ key, rows }) => rows.map((row) => ({ name: key.name, row })));
}

/** One value, or those of a combined key with `+` between them, `-` for one that is missing. */
function valueText(tuple: KeyTuple): string | undefined {
  return tuple.length === 1 ? tuple[0] : tuple.map((value) => value ?? '-').join('+');
}

function periodSection({ a, b }: Diff, windows: DiffOptions, zone: Zone): Section {
  const row = (name: string, { from, until }: TimeWindow, { records }: Period): Cell[] => [
    name,
    from === undefined ? '…' : instantText(from, zone),
    until === undefined ? '…' : instantText(until, zone),
    records,
  ];
  return {
    name: 'periods',
    columns: [
      { name: '', type: 'text' },
      { name: 'from', type: 'text' },
      { name: 'until', type: 'text' },
      { name: 'records', type: 'count' },
    ],
    rows: [row('a', windows.a, a), row('b', windows.b, b)],
  };
}

function keySection({ key, rows, unchanged }: Diff['keys'][number]): Section {
  const times = (wanted: Change): number => rows.filter(({ change }) => change === wanted).length;
  const parts = (['appeared', 'vanished', 'changed'] as const).map((change) => `${digits(times(change))} ${change}`);
  return {
    name: key.name,
    note: [...parts, `${digits(unchanged)} much the same`].join(', '),
    columns: [
      { name: '', type: 'sign' },
      ...key.operands.map((operand): ReportColumn => ({ name: operandText(operand), type: 'text' })),
      { name: 'a', type: 'count' },
      { name: 'b', type: 'count' },
      { name: 'rate', type: 'exact' },
    ],
    rows: rows.map(({ tuple, change, a, b, ratio }) => [signs[change], ...tuple, a, b, ratioText(ratio)]),
  };
}

/** `×2.8` or `÷3.1`: periods of different lengths make counts hard to compare. */
function ratioText(ratio: number | undefined): string {
  if (ratio === undefined) return ' ';
  return ratio >= 1 ? `×${shortNumber(ratio)}` : `÷${shortNumber(1 / ratio)}`;
}

function shortNumber(number: number): string {
  return number < 9.95 ? number.toFixed(1) : digits(Math.round(number));
}

function periodObject({ records, span }: Period, { from, until }: TimeWindow, zone: Zone): object {
  const text = (time: Instant | undefined): string | null => (time === undefined ? null : instantText(time, zone));
  return {
    since: text(from),
    until: text(until),
    records,
    first: text(span?.first.time),
    last: text(span?.last.time),
  };
}

/** What makes the comparison worth less than it looks. */
export function noteDiff(result: Diff, windows: DiffOptions, zone: Zone): readonly Diagnostic[] {
  const { span, inBoth, withoutTime } = result;
  const notes: Diagnostic[] = [];
  if (span !== undefined && result.a.records + result.b.records === 0) notes.push(emptyPeriods(span, zone));
  else
    for (const name of ['a', 'b'] as const) {
      const { records, seconds } = result[name];
      if (records === 0 && span !== undefined) notes.push(emptyPeriod(name, span, zone));
      else if (span !== undefined) notes.push(...uncovered(name, windows[name], seconds, span, zone));
    }
  if (inBoth > 0) {
    notes.push({
      code: 'periods-overlap',
      severity: 'note',
      message: `the periods overlap: ${count(inBoth, 'record')} ${inBoth === 1 ? 'counts' : 'count'} in both`,
    });
  }
  if (withoutTime > 0) {
    notes.push({
      code: 'without-time',
      severity: 'note',
      message: `${count(withoutTime, 'matching record')} without a usable time ${withoutTime === 1 ? 'is' : 'are'} in neither period`,
    });
  }
  return notes;
}

type Span = NonNullable<Diff['span']>;

function emptyPeriod(name: 'a' | 'b', span: Span, zone: Zone): Diagnostic {
  return {
    code: 'empty-period',
    severity: 'warning',
    message: `no matching record is in period ${name}, so everything seems to have ${name === 'a' ? 'appeared' : 'vanished'}`,
    hint: coverage(span, zone),
  };
}

function emptyPeriods(span: Span, zone: Zone): Diagnostic {
  return {
    code: 'empty-period',
    severity: 'warning',
    message: 'no matching record is in either period, so there is nothing to compare',
    hint: coverage(span, zone),
  };
}

function coverage({ first, last }: Span, zone: Zone): string {
  return `the matching records are from ${instantText(first.time, zone)} to ${instantText(last.time, zone)}`;
}

/** Records seldom begin and end with a period to the second; a gap of more than a hundredth of it is told. */
function uncovered(name: string, { from, until }: TimeWindow, seconds: number, span: Span, zone: Zone): Diagnostic[] {
  const gaps = [
    from !== undefined && secondsBetween(from, span.first.time) > seconds / 100
      ? `begin at ${instantText(span.first.time, zone)}, after the period does`
      : '',
    until !== undefined && secondsBetween(span.last.time, until) > seconds / 100
      ? `end at ${instantText(span.last.time, zone)}, before the period does`
      : '',
  ].filter((gap) => gap !== '');
  return gaps.map((gap) => ({
    code: 'period-not-covered',
    severity: 'note',
    message: `period ${name}: the matching records ${gap}; rates are counted over all of the period`,
  }));
}

/** The report with the records behind each row: those of either period. */
export async function proveDiff(
  report: RowReport,
  result: Diff,
  { a, b, keys }: DiffOptions,
  inquiry: Inquiry,
  again: ReadAgain,
): Promise<RowReport> {
  const rows = rowsOf(result);
  const proofKey = (name: string, tuple: KeyTuple): string => `${name} ${tupleKey(tuple)}`;
  const readers = keys.map(({ name, operands }) => ({ name, eachTuple: tupleReader(operands) }));
  const proofs = await proofsOf(
    inquiry,
    again,
    new Set(rows.map(({ name, row }) => proofKey(name, row.tuple))),
    (record) => {
      const time = cellOf(record, 'time');
      const found: string[] = [];
      if (!isInstant(time) || !(isInside(time, a) || isInside(time, b))) return found;
      for (const { name, eachTuple } of readers) eachTuple(record, (tuple) => found.push(proofKey(name, tuple)));
      return found;
    },
  );
  const condition = `(${[a, b].map(windowCondition).join(' or ')})`;
  return withProof(
    report,
    rows.map(({ name, row }) => {
      const operands = keys.find((key) => key.name === name)?.operands ?? [];
      const key = operands.map((operand, i) => [operandText(operand), row.tuple[i]] as const);
      return {
        title: `${signs[row.change]} ${name} ${valueText(row.tuple) ?? '-'}`,
        filter: reproducing(inquiry, key, [condition]),
        records: proofs.get(proofKey(name, row.tuple)) ?? [],
      };
    }),
  );
}

function windowCondition({ from, until }: TimeWindow): string {
  const ends = [from && `time >= "${from.text}"`, until && `time < "${until.text}"`];
  return ends.filter((end) => end !== undefined).join(' and ');
}
