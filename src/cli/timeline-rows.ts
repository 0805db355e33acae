import type { FoldedColumn, TimelineLine } from '../analyze/timeline.ts';
import { secondsText, spanText } from '../output/duration-text.ts';
import type { StreamedColumn } from '../output/row-stream.ts';
import { callerOf, deedOf, type SentenceOptions, textOf } from '../output/sentence.ts';
import { cellOf } from '../record/normalize.ts';
import type { Cell } from '../record/record.ts';
import { digits } from './render.ts';

/** Lines of a timeline as rows for programs; documented in docs/reports.md. */

export const rowColumns: readonly StreamedColumn[] = [
  { name: 'time' },
  { name: 'delta' },
  { name: 'session', isNumber: true },
  { name: 'principal', recurs: true },
  { name: 'method', recurs: true },
  { name: 'resource' },
  { name: 'ip', recurs: true },
  { name: 'result', recurs: true },
  { name: 'access', recurs: true },
  { name: 'count', isNumber: true, recurs: true },
  { name: 'span' },
  { name: 'text' },
  { name: 'id' },
  { name: 'file', recurs: true },
  { name: 'line', isNumber: true },
];

export function rowOf(line: TimelineLine, options: SentenceOptions): readonly Cell[] {
  const { record, time, session, delta, count, span } = line;
  return [
    time,
    delta && secondsText(delta.second, delta.nano),
    session,
    cellOf(record, 'principal'),
    shared(line, 'method'),
    shared(line, 'resource'),
    shared(line, 'ip'),
    cellOf(record, 'result'),
    cellOf(record, 'accessType'),
    count,
    count > 1 ? secondsText(span.second, span.nano) : undefined,
    sentenceOfLine(line, options),
    cellOf(record, 'id'),
    record.at.file,
    record.at.line,
  ];
}

/** The record's sentence, or one for all checks of the run. */
export function sentenceOfLine(line: TimelineLine, options: SentenceOptions): string {
  const { record, count, span } = line;
  if (count === 1) return deedOf(record, options);
  const resource = textOf(shared(line, 'resource'), options);
  const method = textOf(shared(line, 'method'), options);
  const within = `within ${spanText(span.second, span.nano)}`;
  const on = resource === undefined ? '' : ` on ${resource}`;
  const by = method === undefined ? '' : ` (${method})`;
  return `${callerOf(record, options)} was allowed ${digits(count)} permission checks${on} ${within}${by}`;
}

function shared({ record, count, common }: TimelineLine, column: FoldedColumn): Cell {
  return count === 1 ? cellOf(record, column) : common.get(column);
}
