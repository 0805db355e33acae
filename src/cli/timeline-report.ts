import { setImmediate } from 'node:timers/promises';
import { type Session, sessionsOf, type TimelineLine, type TimelineOptions, timelineOf } from '../analyze/timeline.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { CompactRecord } from '../engine/compact-records.ts';
import type { TimeOrder } from '../engine/time-order.ts';
import { secondsText } from '../output/duration-text.ts';
import { type Labels, labelledCell, withLabelCells } from '../output/labels.ts';
import { rowStream, type StreamedColumn, type StreamedFormat, streamedFormats } from '../output/row-stream.ts';
import type { Sink } from '../output/sinks/sink.ts';
import { styles } from '../output/style.ts';
import type { Cell } from '../record/record.ts';
import type { Zone } from '../record/zone.ts';
import type { Look } from './out.ts';
import { count } from './render.ts';
import type { reportFormat } from './report-command.ts';
import { timelinePage } from './timeline-page.ts';
import { rowColumns, rowOf } from './timeline-rows.ts';

export interface Telling {
  readonly format: ReturnType<typeof reportFormat>;
  /** Short sentences. */
  readonly brief: boolean;
  readonly look: Look;
  readonly zone: Zone;
  readonly header: boolean;
  readonly csvRaw: boolean;
  readonly options: TimelineOptions;
  readonly limit: number | undefined;
  readonly tail: number | undefined;
}

/** What only the whole timeline tells. */
interface Told {
  lines: number;
  sessions: number;
  foldedLines: number;
  foldedRecords: number;
}

/** Writes the lines one after the other, as fast as they are taken. */
export async function tellTimeline(
  order: TimeOrder,
  telling: Telling,
  sink: Sink,
  accounting: Accounting,
  { signal, accountingObject }: { readonly signal: AbortSignal; readonly accountingObject: () => object },
): Promise<void> {
  const { format, limit, tail, options } = telling;
  const from = tail === undefined ? 0 : Math.max(0, linesIn(order, options) - tail);
  const wasAborted = signal.aborted;
  const told: Told = { lines: 0, sessions: 0, foldedLines: 0, foldedRecords: 0 };
  const writer = isStreamed(format)
    ? rowWriter(format, telling, sink, order, accountingObject)
    : pageWriter(telling, sink, order);
  let number = 0;
  let isCut = false;
  for (const line of linesOf(order, options)) {
    if (number++ < from) continue;
    if (limit !== undefined && told.lines >= limit) {
      isCut = true;
      break;
    }
    told.lines++;
    told.sessions = line.session ?? told.sessions;
    if (line.count > 1) {
      told.foldedLines++;
      told.foldedRecords += line.count;
    }
    writer.line(line);
    if (told.lines % linesAtOnce !== 0) continue;
    await sink.flush();
    // Only here an interrupt is heard.
    await setImmediate();
    if (sink.closed) accounting.stopped = 'closed-pipe';
    else if (signal.aborted && !wasAborted) accounting.stopped = 'interrupted';
    else continue;
    break;
  }
  writer.end(told, { isCut, from });
}

const linesAtOnce = 500;

interface Writer {
  line(line: TimelineLine): void;
  end(told: Told, shown: { readonly isCut: boolean; readonly from: number }): void;
}

function linesOf(order: TimeOrder, options: TimelineOptions): Generator<TimelineLine, undefined> {
  return timelineOf(order.records(), options, (record: CompactRecord) => record.kept());
}

function linesIn(order: TimeOrder, options: TimelineOptions): number {
  let lines = 0;
  for (const _ of linesOf(order, options)) lines++;
  return lines;
}

function isStreamed(format: Telling['format']): format is StreamedFormat {
  return streamedFormats.some((one) => one === format);
}

/** Names stand beside the values in Markdown, and in columns of their own for programs. */
function labelling(
  format: StreamedFormat,
  labels: Labels | undefined,
): { readonly columns: readonly StreamedColumn[]; cells(row: readonly Cell[]): readonly Cell[] } {
  const names = rowColumns.map(({ name }) => name);
  if (labels === undefined) return { columns: rowColumns, cells: (row) => row };
  if (format === 'md') {
    return { columns: rowColumns, cells: (row) => row.map((cell, i) => labelledCell(labels, names[i] ?? '', cell)) };
  }
  return {
    columns: rowColumns.flatMap((column) => {
      const name = labels.columnFor(column.name);
      return name === undefined ? [column] : [column, { name }];
    }),
    cells: (row) => withLabelCells(labels, names, row),
  };
}

function rowWriter(
  format: StreamedFormat,
  { zone, brief, header, csvRaw, options, look: { labels } }: Telling,
  sink: Sink,
  order: TimeOrder,
  accountingObject: () => object,
): Writer {
  const object = {
    schemaVersion: 1,
    command: 'timeline',
    gap: secondsText(options.gap.second, options.gap.nano),
    unfolded: options.unfold,
  };
  const { columns, cells } = labelling(format, labels);
  const rows = rowStream(format, { columns, zone, header, csvRaw, object }, sink);
  const sentences = { zone, withoutPlace: brief, wide: true, styles: styles(false) };
  return {
    line: (line) => rows.row(cells(rowOf(line, sentences))),
    end(told, { isCut }) {
      rows.end({ ...told, more: isCut, withoutTime: order.withoutTime, accounting: accountingObject() });
    },
  };
}

/** The sessions are looked through beside the lines, one ahead of them. */
function pageWriter({ brief, look, zone, options, limit, tail }: Telling, sink: Sink, order: TimeOrder): Writer {
  const { styles, ascii, labels } = look;
  const { withoutTime } = order;
  const width = brief ? look.width : undefined;
  const page = timelinePage({ zone, width, styles, brief, ascii, labels, withoutTime }, sink);
  const sessions = sessionsOf(order.records(), options.gap);
  let session: Session | undefined;
  return {
    line(line) {
      while (line.session !== undefined && session?.number !== line.session) {
        const next = sessions.next();
        if (next.done === true) break;
        session = next.value;
      }
      page.line(line, line.session === undefined ? undefined : session);
    },
    end({ lines, foldedLines, foldedRecords }, { isCut, from }) {
      if (foldedRecords > 0) {
        const where = foldedLines === 1 ? 'one line' : count(foldedLines, 'line');
        page.note(
          `${count(foldedRecords, 'granted permission check')} folded into ${where}; --unfold shows each of them`,
        );
      }
      if (isCut && lines > 0) page.note(`the first ${count(lines, 'line')} (--limit ${limit}); more follow`);
      if (from > 0) page.note(`the last ${count(lines, 'line')} (--tail ${tail}) of ${count(from + lines, 'line')}`);
    },
  };
}
