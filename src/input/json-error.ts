/** Where a text stops being JSON. */
export interface JsonError {
  /** Offset of the first byte that does not fit; the length of the text when it ended too soon. */
  readonly at: number;
  /** True when every byte fits and more was to come: the text is the beginning of some JSON. */
  readonly endedEarly: boolean;
  readonly expected: string;
}

/**
 * Finds where bytes stop being one JSON text, undefined when they are one. Accepts exactly what
 * `JSON.parse` accepts of the decoded text; written by hand because the messages of `JSON.parse`
 * differ between runtimes and give no byte offset. Does not recurse: nesting is as deep as the input says.
 */
export function findJsonError(bytes: Uint8Array): JsonError | undefined {
  const nesting = new Nesting();
  let state: State = 'value';
  let at = 0;
  for (;;) {
    at = skipBlanks(bytes, at);
    const byte = bytes[at];
    if (byte === undefined) return state === 'end' ? undefined : stopped(bytes, at, expectedIn(state));
    switch (state) {
      case 'value':
      case 'firstElement':
        if (byte === quote || isScalarStart(byte)) {
          const next = byte === quote ? scanString(bytes, at) : scanScalar(bytes, at, byte);
          if (typeof next !== 'number') return next;
          at = next;
          state = nesting.stateAfterValue();
        } else if (byte === openBrace || byte === openBracket) {
          nesting.enter(byte === openBrace);
          state = byte === openBrace ? 'firstKey' : 'firstElement';
          at++;
        } else if (byte === closeBracket && state === 'firstElement') {
          state = nesting.leave();
          at++;
        } else return stopped(bytes, at, expectedIn(state));
        break;
      case 'key':
      case 'firstKey':
        if (byte === quote) {
          const next = scanString(bytes, at);
          if (typeof next !== 'number') return next;
          at = next;
          state = 'colon';
        } else if (byte === closeBrace && state === 'firstKey') {
          state = nesting.leave();
          at++;
        } else return stopped(bytes, at, expectedIn(state));
        break;
      case 'colon':
        if (byte !== colon) return stopped(bytes, at, expectedIn(state));
        state = 'value';
        at++;
        break;
      case 'afterMember':
      case 'afterElement': {
        const inObject: boolean = state === 'afterMember';
        if (byte === comma) state = inObject ? 'key' : 'value';
        else if (byte === (inObject ? closeBrace : closeBracket)) state = nesting.leave();
        else return stopped(bytes, at, expectedIn(state));
        at++;
        break;
      }
      case 'end':
        return stopped(bytes, at, expectedIn(state));
    }
  }
}

/** One sentence about a {@link JsonError}; `lineStart` is where the text stands in its line, whose bytes count from 1. */
export function describeJsonError(bytes: Uint8Array, error: JsonError, lineStart: number): string {
  const place = lineStart + error.at;
  if (error.endedEarly) {
    return `unexpected end after ${place} ${place === 1 ? 'byte' : 'bytes'}, expected ${error.expected}`;
  }
  return `byte ${place + 1}: expected ${error.expected}, found ${shown(bytes[error.at] ?? 0)}`;
}

type State = 'value' | 'firstElement' | 'key' | 'firstKey' | 'colon' | 'afterMember' | 'afterElement' | 'end';

function expectedIn(state: State): string {
  switch (state) {
    case 'value':
      return 'a value';
    case 'firstElement':
      return 'a value or ]';
    case 'key':
      return 'a key';
    case 'firstKey':
      return 'a key or }';
    case 'colon':
      return ':';
    case 'afterMember':
      return ', or }';
    case 'afterElement':
      return ', or ]';
    case 'end':
      return 'the end of the line';
  }
}

/** Which container encloses each level, in bytes that grow with the depth. */
class Nesting {
  #inObject = new Uint8Array(64);
  #depth = 0;

  enter(object: boolean): void {
    if (this.#depth === this.#inObject.length) {
      const larger = new Uint8Array(this.#depth * 2);
      larger.set(this.#inObject);
      this.#inObject = larger;
    }
    this.#inObject[this.#depth++] = Number(object);
  }

  leave(): State {
    this.#depth--;
    return this.stateAfterValue();
  }

  stateAfterValue(): State {
    if (this.#depth === 0) return 'end';
    return this.#inObject[this.#depth - 1] === 1 ? 'afterMember' : 'afterElement';
  }
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const minus = 0x2d;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

function skipBlanks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d; byte = bytes[at]) at++;
  return at;
}

function stopped(bytes: Uint8Array, at: number, expected: string): JsonError {
  return { at, endedEarly: at >= bytes.length, expected };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isScalarStart(byte: number): boolean {
  return isDigit(byte) || byte === minus || literals.has(byte);
}

const literals: ReadonlyMap<number, string> = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), word]),
);

/** Offset past the value, or where it goes wrong. */
function scanScalar(bytes: Uint8Array, start: number, first: number): number | JsonError {
  const word = literals.get(first);
  if (word === undefined) return scanNumber(bytes, start);
  for (let index = 1; index < word.length; index++) {
    if (bytes[start + index] !== word.charCodeAt(index)) return stopped(bytes, start + index, word);
  }
  return start + word.length;
}

function scanNumber(bytes: Uint8Array, start: number): number | JsonError {
  let at = bytes[start] === minus ? start + 1 : start;
  if (!isDigit(bytes[at])) return stopped(bytes, at, 'a digit');
  // Nothing may follow a leading zero but a fraction or an exponent.
  at = bytes[at] === 0x30 ? at + 1 : skipDigits(bytes, at);
  if (bytes[at] === 0x2e) {
    if (!isDigit(bytes[at + 1])) return stopped(bytes, at + 1, 'a digit');
    at = skipDigits(bytes, at + 1);
  }
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at++;
    if (bytes[at] === 0x2b || bytes[at] === minus) at++;
    if (!isDigit(bytes[at])) return stopped(bytes, at, 'a digit');
    at = skipDigits(bytes, at);
  }
  return at;
}

function skipDigits(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isDigit(bytes[at])) at++;
  return at;
}

function scanString(bytes: Uint8Array, start: number): number | JsonError {
  let at = start + 1;
  for (;;) {
    const byte = bytes[at];
    if (byte === undefined) return stopped(bytes, at, 'the closing "');
    if (byte === quote) return at + 1;
    if (byte < 0x20) return stopped(bytes, at, 'the closing "');
    if (byte === backslash) {
      const next = scanEscape(bytes, at + 1);
      if (typeof next !== 'number') return next;
      at = next;
    } else at++;
  }
}

const shortEscapes = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));

function scanEscape(bytes: Uint8Array, at: number): number | JsonError {
  const letter = bytes[at];
  if (letter !== undefined && shortEscapes.has(letter)) return at + 1;
  if (letter !== 0x75) return stopped(bytes, at, 'an escape such as \\n or \\u000a');
  for (let index = at + 1; index <= at + 4; index++) {
    if (!isHexDigit(bytes[index])) return stopped(bytes, index, 'four hexadecimal digits after \\u');
  }
  return at + 5;
}

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

/** Printable ASCII as it is, anything else by number: the byte may be part of a character or an attack on a terminal. */
function shown(byte: number): string {
  if (byte > 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return `byte 0x${byte.toString(16).padStart(2, '0')}`;
}
