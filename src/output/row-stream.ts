import type { Cell } from '../record/record.ts';
import type { Zone } from '../record/zone.ts';
import { cellJson, cellText } from './cell-text.ts';
import { escapeControls } from './escape.ts';
import { delimitedCell, delimitedText } from './formats/delimited.ts';
import { markdownHead, markdownRow } from './formats/md.ts';
import type { Sink } from './sinks/sink.ts';

/** Rows for programs, written as they come: a report that is nothing but rows, too many of them to hold. */
export interface RowStream {
  row(cells: readonly Cell[]): void;
  /** `facts` are what is only known now; they stand behind the rows where there is an object around them. */
  end(facts: object): void;
}

export interface StreamedColumn {
  readonly name: string;
  readonly isNumber?: boolean;
  /** The same few cells come again and again. */
  readonly recurs?: boolean;
}

export interface RowStreamOptions {
  readonly columns: readonly StreamedColumn[];
  readonly zone: Zone;
  readonly header: boolean;
  readonly csvRaw: boolean;
  /** What the JSON object begins with. */
  readonly object: object;
}

export const streamedFormats = ['csv', 'tsv', 'md', 'ndjson', 'json'] as const;

export type StreamedFormat = (typeof streamedFormats)[number];

export function rowStream(format: StreamedFormat, options: RowStreamOptions, sink: Sink): RowStream {
  switch (format) {
    case 'csv':
      return delimitedRows(options, sink, ',');
    case 'tsv':
      return delimitedRows(options, sink, '\t');
    case 'md':
      return markdownRows(options, sink);
    case 'ndjson':
      return { row: (cells) => sink.write(`${rowJson(options, cells)}\n`), end: nothing };
    case 'json':
      return jsonObject(options, sink);
  }
}

const nothing = (): undefined => undefined;

function delimitedRows(
  { columns, zone, header, csvRaw }: RowStreamOptions,
  sink: Sink,
  delimiter: ',' | '\t',
): RowStream {
  const options = { delimiter, zone, raw: csvRaw };
  const isAlone = columns.length === 1;
  const textOf = (cell: Cell): string => delimitedCell(cell, options, isAlone);
  const texts = columns.map(({ recurs = false }) => (recurs ? remembered(textOf) : textOf));
  if (header) sink.write(delimitedText([columns.map(({ name }) => name)], options));
  return {
    row(cells) {
      let line = '';
      for (let i = 0; i < texts.length; i++) line += `${i === 0 ? '' : delimiter}${texts[i]?.(cells[i]) ?? ''}`;
      sink.write(`${line}\n`);
    },
    end: nothing,
  };
}

const mostRemembered = 10_000;

/** Lists and times are not told apart by what they hold. */
function remembered(textOf: (cell: Cell) => string): (cell: Cell) => string {
  const texts = new Map<Cell, string>();
  return (cell) => {
    const known = texts.get(cell);
    if (known !== undefined) return known;
    const text = textOf(cell);
    if (typeof cell === 'object') return text;
    if (texts.size >= mostRemembered) texts.clear();
    texts.set(cell, text);
    return text;
  };
}

function markdownRows({ columns, zone }: RowStreamOptions, sink: Sink): RowStream {
  sink.write(markdownHead(columns.map(({ name, isNumber = false }) => ({ name, isNumber }))));
  return { row: (cells) => sink.write(markdownRow(cells.map((cell) => cellText(cell, zone)))), end: nothing };
}

/** One row a line, so that the object can be read with the eye and by line. */
function jsonObject(options: RowStreamOptions, sink: Sink): RowStream {
  const members = (facts: object): readonly string[] =>
    Object.entries(facts).map(
      ([key, value]) => `  ${JSON.stringify(key)}: ${safe(JSON.stringify(value, null, 2)).replaceAll('\n', '\n  ')}`,
    );
  let isFirst = true;
  sink.write(`{\n${members(options.object).join(',\n')},\n  "rows": [`);
  return {
    row(cells) {
      sink.write(`${isFirst ? '' : ','}\n    ${rowJson(options, cells)}`);
      isFirst = false;
    },
    end: (facts) => sink.write(`${isFirst ? '' : '\n  '}],\n${members(facts).join(',\n')}\n}\n`),
  };
}

function rowJson({ columns, zone }: RowStreamOptions, cells: readonly Cell[]): string {
  let text = '{';
  for (const [i, { name }] of columns.entries()) {
    text += `${i === 0 ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(cellJson(cells[i], zone))}`;
  }
  return escapeControls(`${text}}`);
}

/** Line breaks stand between tokens only. */
function safe(json: string): string {
  return json.split('\n').map(escapeControls).join('\n');
}
