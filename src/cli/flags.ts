/** Flags that are not filters, as data. Filters have their own registry in `query/filters`. */
export interface Flag {
  readonly long: string;
  readonly short?: string;
  /** Other spellings, shown only in full help. */
  readonly aliases?: readonly string[];
  /** Placeholder of its value; a switch has none. */
  readonly value?: string;
  readonly repeatable?: boolean;
  /** One line of at most 60 characters. */
  readonly help: string;
  readonly group: FlagGroup;
}

export type FlagGroup = 'filter' | 'time' | 'rows' | 'order' | 'output' | 'report' | 'evidence' | 'own';

export const groupTitles: Readonly<Record<FlagGroup, string>> = {
  filter: 'Filters',
  time: 'Time',
  order: 'Order and amount',
  rows: 'Columns and rows',
  report: 'Report',
  output: 'Output',
  evidence: 'Input and evidence',
  own: 'This command',
};

/** Also for reports whose rows are all there is, which have no `--top`. */
export const proofFlag: Flag = {
  long: 'proof',
  group: 'report',
  help: 'the records behind each row, and the command that finds them',
};

export const flags: readonly Flag[] = [
  { long: 'exact', group: 'filter', help: 'take * ? and /…/ in filter values literally' },

  { long: 'tz', value: 'ZONE', group: 'time', help: 'zone for times without one and for output (UTC, local, IANA)' },
  {
    long: 'now',
    value: 'TIME',
    group: 'time',
    help: 'what relative times count from: a time, or last, the newest',
  },

  { long: 'limit', short: 'n', value: 'N', group: 'order', help: 'first N matches, then stop reading' },
  { long: 'tail', value: 'N', group: 'order', help: 'last N matches' },
  { long: 'count', short: 'c', group: 'order', help: 'print only the number of matches' },
  { long: 'sort', value: 'COLUMN', group: 'order', help: 'sort by a column or path; records without it last' },
  { long: 'reverse', short: 'r', group: 'order', help: 'turn the order round' },
  { long: 'after-context', short: 'A', value: 'N', group: 'order', help: 'N records after each match' },
  { long: 'before-context', short: 'B', value: 'N', group: 'order', help: 'N records before each match' },
  { long: 'context', short: 'C', value: 'N', group: 'order', help: 'N records before and after each match' },
  { long: 'dedupe', group: 'evidence', help: 'drop repeated ids: first delivery wins, conflicts named' },

  {
    long: 'fields',
    short: 'F',
    value: 'LIST',
    repeatable: true,
    group: 'rows',
    help: 'columns or paths to show; +x adds, -x drops',
  },
  { long: 'normalized', group: 'rows', help: 'json, ndjson: columns instead of original records' },

  { long: 'top', value: 'N', group: 'report', help: 'rows in each section (default 10; stats 50)' },
  proofFlag,

  { long: 'output', short: 'o', value: 'FORMAT', group: 'output', help: 'table text json ndjson csv tsv md summary' },
  { long: 'out-file', value: 'FILE', group: 'output', help: 'write there; the ending chooses the format' },
  { long: 'force', group: 'output', help: 'overwrite files that exist' },
  { long: 'width', value: 'N', group: 'output', help: 'fit tables to N columns' },
  { long: 'wide', group: 'output', help: 'never cut cells' },
  { long: 'no-header', group: 'output', help: 'table, csv, tsv: no header line' },
  { long: 'csv-raw', group: 'output', help: 'csv, tsv: do not disarm formulas' },
  { long: 'color', value: 'WHEN', group: 'output', help: 'auto, always, never' },
  { long: 'no-color', group: 'output', help: 'same as --color never' },
  { long: 'names', value: 'FILE', group: 'output', help: 'names to show beside principals: CSV of id,name' },
  { long: 'networks', value: 'FILE', group: 'output', help: 'labels to show beside addresses: CSV of cidr,label' },
  { long: 'ascii', group: 'output', help: 'draw bars with ASCII characters' },

  { long: 'format', value: 'FORM', group: 'evidence', help: 'form of the dumps: see audit-cli help formats' },
  { long: 'record-path', value: 'PATH', group: 'evidence', help: 'where the record stands in an unknown wrapper: a.b' },
  { long: 'strict', group: 'evidence', help: 'exit 3 when any line is malformed' },
  { long: 'max-malformed', value: 'N|N%', group: 'evidence', help: 'exit 3 when more lines than that are malformed' },
  { long: 'malformed-out', value: 'FILE', group: 'evidence', help: 'save malformed lines as they are' },
  { long: 'cache', group: 'evidence', help: 'keep what questions need of big files for the next one' },
  { long: 'cross-check', group: 'evidence', help: 'ask again through the ndjson package and compare' },
  { long: 'stats', value: 'json', group: 'evidence', help: 'accounting as JSON on stderr' },
  { long: 'explain-plan', group: 'evidence', help: 'say how the question is answered, and read nothing' },
  { long: 'no-progress', group: 'evidence', help: 'no progress bar' },
  { long: 'no-summary', group: 'evidence', help: 'no accounting line' },
  { long: 'quiet', short: 'q', group: 'evidence', help: 'print nothing; the exit code is the answer' },
  { long: 'exit-zero', group: 'evidence', help: 'exit 0 instead of 1 when nothing matched' },
];
