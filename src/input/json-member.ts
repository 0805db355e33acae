import { asBuffer } from './lines.ts';

/**
 * Where a member of an object stands in the JSON text, so that what is handed on are the very bytes of the dump. The
 * text must be valid JSON: it was parsed before.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The value at the path of keys, from its first byte to past its last; of keys that come twice the last counts, as for JSON.parse. */
export function memberAt(text: Uint8Array, path: readonly string[]): Span | undefined {
  const bytes = asBuffer(text);
  let span: Span | undefined = { start: skipBlanks(bytes, 0), end: bytes.length };
  for (const key of path) {
    if (span === undefined || bytes[span.start] !== openBrace) return undefined;
    span = memberOf(bytes, span.start, key);
  }
  return span && { start: span.start, end: endOfValue(bytes, span.start) };
}

/** The elements of the array that stands in the span. */
export function elementsAt(text: Uint8Array, { start }: Span): readonly Span[] {
  const bytes = asBuffer(text);
  const spans: Span[] = [];
  let at = skipBlanks(bytes, start + 1);
  while (bytes[at] !== closeBracket) {
    const end = endOfValue(bytes, at);
    spans.push({ start: at, end });
    at = skipBlanks(bytes, end);
    if (bytes[at] === comma) at = skipBlanks(bytes, at + 1);
    else if (bytes[at] !== closeBracket) throw new Error('not valid JSON');
  }
  return spans;
}

function memberOf(bytes: Buffer, open: number, wanted: string): Span | undefined {
  let found: Span | undefined;
  let at = skipBlanks(bytes, open + 1);
  while (bytes[at] === quote) {
    const keyEnd = endOfText(bytes, at);
    const start = skipBlanks(bytes, skipBlanks(bytes, keyEnd) + 1);
    const end = endOfValue(bytes, start);
    if (textAt(bytes, at, keyEnd) === wanted) found = { start, end };
    at = skipBlanks(bytes, end);
    if (bytes[at] === comma) at = skipBlanks(bytes, at + 1);
  }
  return found;
}

function textAt(bytes: Buffer, start: number, end: number): unknown {
  return JSON.parse(bytes.toString('utf8', start, end));
}

/** Past the value that starts at `at`. */
function endOfValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === quote) return endOfText(bytes, at);
  if (first !== openBrace && first !== openBracket) return endOfScalar(bytes, at);
  let depth = 0;
  for (let i = at; i < bytes.length; i++) {
    switch (bytes[i]) {
      case quote:
        i = endOfText(bytes, i) - 1;
        break;
      case openBrace:
      case openBracket:
        depth++;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        if (depth === 0) return i + 1;
    }
  }
  throw new Error('not valid JSON');
}

function endOfScalar(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && !isEndOfScalar(bytes[at])) at++;
  return at;
}

function isEndOfScalar(byte: number | undefined): boolean {
  return byte === comma || byte === closeBrace || byte === closeBracket || isBlank(byte);
}

/** Past the closing quote of the text that starts at `at`. */
function endOfText(bytes: Buffer, at: number): number {
  for (let end = bytes.indexOf(quote, at + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let backslashes = 0;
    while (bytes[end - 1 - backslashes] === backslash) backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  throw new Error('not valid JSON');
}

function skipBlanks(bytes: Buffer, start: number): number {
  let at = start;
  while (isBlank(bytes[at])) at++;
  return at;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
