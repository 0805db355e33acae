import { delimitedCells, delimitedWriter } from './delimited.ts';
import type { Format } from './format.ts';

export const csv: Format = {
  name: 'csv',
  aliases: [],
  doc: 'columns with a header for spreadsheets (RFC 4180); formulas are disarmed',
  example: 'audit-cli filter --failed dump.ndjson -o csv --out-file failed.csv',
  lineShaped: true,
  needsFields: true,
  create: (options, sink) => delimitedWriter(options, sink, ','),
  cells: (options) => delimitedCells(options, ','),
};
