/**
 * JSON text laid out for reading, token by token as written: numbers keep their spelling, keys
 * their order, repeated keys stay. It walks the text instead of parsing it, so depth does not
 * matter. The text must be valid JSON.
 */
export function prettyJson(text: string, paint: JsonPaint = plain): string {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  /** For each open container whether anything stands in it yet. */
  const filled: boolean[] = [];
  const breakLine = (): void => {
    lines.push(line);
    // Past a readable depth more blanks say nothing, and a hostile record would make them pile up.
    line = '  '.repeat(Math.min(depth, maxIndent));
  };

  for (const [token, isKey] of tokens(text)) {
    if (token === '}' || token === ']') {
      depth--;
      if (filled.pop()) breakLine();
      line += token;
    } else if (token === ',') {
      line += token;
      breakLine();
    } else if (token === ':') {
      line += ': ';
    } else {
      if (filled.length > 0 && !filled.at(-1)) {
        filled[filled.length - 1] = true;
        breakLine();
      }
      line += isKey ? paint.key(token) : paint.value(token);
      if (token === '{' || token === '[') {
        depth++;
        filled.push(false);
      }
    }
  }
  lines.push(line);
  return lines.join('\n');
}

export interface JsonPaint {
  readonly key: (token: string) => string;
  readonly value: (token: string) => string;
}

const plain: JsonPaint = { key: (token) => token, value: (token) => token };

const maxIndent = 40;

/** Everything that is no string, bracket, comma or colon: a number or a word. */
const word = /[^\s{}[\],:"]+/y;
const blanks = /\s*/y;

function* tokens(text: string): Iterable<readonly [token: string, isKey: boolean]> {
  for (let at = afterBlanks(text, 0); at < text.length; ) {
    const end = endOfToken(text, at);
    const next = afterBlanks(text, end);
    yield [text.slice(at, end), text[at] === '"' && text[next] === ':'];
    at = next;
  }
}

function endOfToken(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  word.lastIndex = at;
  return word.test(text) ? word.lastIndex : at + 1;
}

/** By searching for the quote rather than by regex: strings may be megabytes long. */
function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function afterBlanks(text: string, at: number): number {
  blanks.lastIndex = at;
  blanks.test(text);
  return blanks.lastIndex;
}
