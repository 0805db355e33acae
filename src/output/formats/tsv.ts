import { delimitedCells, delimitedWriter } from './delimited.ts';
import type { Format } from './format.ts';

export const tsv: Format = {
  name: 'tsv',
  aliases: [],
  doc: 'columns with a header parted by tabs, never quoted, for cut and awk',
  example: 'audit-cli filter --failed dump.ndjson -o tsv | cut -f2 | sort | uniq -c',
  lineShaped: true,
  needsFields: true,
  create: (options, sink) => delimitedWriter(options, sink, '\t'),
  cells: (options) => delimitedCells(options, '\t'),
};
