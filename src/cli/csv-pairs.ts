/** One row of a file with two columns, and the line it begins in. */
export interface CsvPair {
  readonly first: string;
  readonly second: string;
  readonly line: number;
}

/** What is wrong with a file, and in which line. */
export interface CsvTrouble {
  readonly trouble: string;
  readonly line: number;
}

/**
 * A CSV text of two columns (RFC 4180): quotes round cells that hold commas, quotes or line breaks. Blank lines and lines
 * that begin with `#` are passed over; blanks round a cell without quotes do not count.
 */
export function csvPairs(text: string): readonly CsvPair[] | CsvTrouble {
  const pairs: CsvPair[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const passedOver = /(?:[ \t]*|#.*)(?:\r?\n|$)/y;
    passedOver.lastIndex = at;
    if (passedOver.test(text) && passedOver.lastIndex > at) {
      at = passedOver.lastIndex;
      line++;
      continue;
    }
    const row = rowAt(text, at);
    if (typeof row === 'string') return { trouble: row, line };
    const [first = '', second = ''] = row.cells;
    if (row.cells.length !== 2) {
      return { trouble: `expected two columns, found ${row.cells.length}`, line };
    }
    pairs.push({ first, second, line });
    line += text.slice(at, row.end).split('\n').length - 1;
    at = row.end;
  }
  return pairs;
}

interface Row {
  readonly cells: readonly string[];
  /** Behind its line break. */
  readonly end: number;
}

const cell = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",\r\n]+)?)(,|\r?\n|$)/y;

/** The row, or what is wrong with it. */
function rowAt(text: string, from: number): Row | string {
  const cells: string[] = [];
  cell.lastIndex = from;
  for (;;) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (found === null) {
      if (/^[^",\r\n]+"/.test(text.slice(at).trimStart())) return 'a quote inside a cell without quotes round it';
      const isOpen = /^[ \t]*"(?:[^"]|"")*$/.test(text.slice(at));
      return isOpen ? 'a quote is not closed' : 'expected a comma or the end of the line behind a cell';
    }
    const [, quoted, plain = '', end] = found;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (end !== ',') return { cells, end: cell.lastIndex };
  }
}
