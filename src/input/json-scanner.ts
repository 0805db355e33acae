/** How far a value was followed: more of it may come, it has ended, or it stopped being JSON. */
export type ScanState = 'open' | 'ended' | 'broken';

/** An object within the value that was seen whole. Places count from the start of the value. */
export interface Noted {
  readonly start: number;
  readonly end: number;
}

/** Names of the members that lead to an array. */
export type ArrayPath = readonly string[];

/**
 * Follows one object or array through bytes that come piece by piece: where it ends, or where it breaks, or that it is
 * still open. Accepts what `JSON.parse` accepts of the decoded text. Does not recurse: a value nests as deep as it is
 * long.
 *
 * On the way it notes objects that look like audit records or like messages that hold one, and the elements of arrays
 * at the given paths, so that what is whole within a value that breaks later is not lost. Of those within each other only the outermost is noted.
 */
export class JsonScanner {
  state: ScanState = 'open';
  /** Bytes taken so far. */
  length = 0;
  /** Where the last token begins. */
  lastToken = 0;
  noted: Noted[] = [];
  /** Whether an array at one of the paths was met. */
  hasElements = false;
  readonly #paths: readonly ArrayPath[];
  readonly #longest: number;
  #expected: Expected = value;
  #depth = 0;
  /** For each level 1 when it is an object, else 0. */
  #isObject = new Uint8Array(64);
  /** Of the first levels: where each starts, what was met in it, and the member that is being read. */
  readonly #starts = new Float64Array(watchedLevels);
  readonly #marks = new Uint8Array(watchedLevels);
  readonly #keys: string[] = [];
  /** The level of the elements of an array at one of the paths; 0 outside of it. */
  #elementLevel = 0;
  /** Of the text that is being read: whether it is a key, and its bytes in earlier pieces. */
  #isKey = false;
  #head = '';
  #word = '';
  /** Of the word taken so far, or hexadecimal digits that are still to come. */
  #count = 0;

  /** Objects longer than `longest` are not noted. */
  constructor(paths: readonly ArrayPath[] = [], longest = Number.POSITIVE_INFINITY) {
    this.#paths = paths;
    this.#longest = longest;
  }

  /** From now on another value is followed. */
  start(): void {
    this.state = 'open';
    this.length = 0;
    this.lastToken = 0;
    if (this.noted.length > 0) this.noted = [];
    this.#expected = value;
    this.#depth = 0;
    this.#elementLevel = 0;
    this.hasElements = false;
  }

  /** Of the objects and arrays that are open, the start of the outermost that is not before `least`. */
  openSince(least: number): number {
    const levels = Math.min(this.#depth, watchedLevels);
    return this.#starts.subarray(0, levels).find((start) => start >= least) ?? this.length;
  }

  /** Takes the bytes of `[from, to)`, the next of the value. Gives where it stopped: `to` when it is still open. */
  scan(bytes: Uint8Array, from: number, to: number): number {
    const shift = this.length - from;
    let at = from;
    while (at < to && this.state === 'open') at = this.#take(bytes, at, to, shift);
    this.length = at + shift;
    return at;
  }

  /** Takes a byte or more; gives the place behind them, or the same when the value stops before. */
  #take(bytes: Uint8Array, at: number, to: number, shift: number): number {
    const byte = bytes[at] ?? 0;
    const expected = this.#expected;
    if (expected < text) return isBlank(byte) ? at + 1 : this.#takeToken(bytes, at, to, shift);
    switch (expected) {
      case text:
        return this.#takeText(bytes, at, to);
      case escapeLetter:
        if (byte === letterU) this.#count = 4;
        else if (!isShortEscape(byte)) return this.#break(at);
        this.#expected = byte === letterU ? hex : text;
        return at + 1;
      case hex:
        if (!isHexDigit(byte)) return this.#break(at);
        if (--this.#count === 0) this.#expected = text;
        return at + 1;
      case word:
        if (byte !== this.#word.charCodeAt(this.#count)) return this.#break(at);
        if (++this.#count === this.#word.length) this.#endValue();
        return at + 1;
      default:
        return this.#takeNumber(byte, at);
    }
  }

  #takeToken(bytes: Uint8Array, at: number, to: number, shift: number): number {
    const byte = bytes[at] ?? 0;
    switch (this.#expected) {
      case value:
      case firstElement:
        if (byte === closeBracket && this.#expected === firstElement) return this.#leave(at, shift);
        return this.#startValue(bytes, at, to, shift);
      case key:
      case firstKey:
        if (byte === closeBrace && this.#expected === firstKey) return this.#leave(at, shift);
        return byte === quote ? this.#startText(bytes, at, to, shift, true) : this.#break(at);
      case colonSign:
        if (byte !== colon) return this.#break(at);
        this.#expected = value;
        break;
      case afterMember:
        if (byte === closeBrace) return this.#leave(at, shift);
        if (byte !== comma) return this.#break(at);
        this.#expected = key;
        break;
      default:
        if (byte === closeBracket) return this.#leave(at, shift);
        if (byte !== comma) return this.#break(at);
        this.#expected = value;
    }
    this.lastToken = at + shift;
    return at + 1;
  }

  #startValue(bytes: Uint8Array, at: number, to: number, shift: number): number {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      this.#mark(byte);
      return this.#startText(bytes, at, to, shift, false);
    }
    if (byte === openBrace || byte === openBracket) {
      this.#mark(byte);
      this.#enter(byte === openBrace, at + shift);
      return at + 1;
    }
    const literal = words.find((one) => one.charCodeAt(0) === byte);
    if (literal !== undefined) {
      this.#word = literal;
      this.#count = 1;
      this.#expected = word;
    } else if (byte === hyphen) this.#expected = minus;
    else if (isDigit(byte)) this.#expected = byte === digitZero ? zero : digits;
    else return this.#break(at);
    this.#mark(byte);
    this.lastToken = at + shift;
    return at + 1;
  }

  #startText(bytes: Uint8Array, at: number, to: number, shift: number, isKey: boolean): number {
    this.lastToken = at + shift;
    this.#isKey = isKey;
    this.#head = '';
    this.#expected = text;
    return this.#takeText(bytes, at + 1, to);
  }

  #takeText(bytes: Uint8Array, from: number, to: number): number {
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === quote || byte === backslash || byte < 0x20) break;
    }
    const isWatched = this.#isKey && this.#depth <= watchedLevels && this.#head.length <= longestKey;
    if (isWatched) this.#head += latin1(bytes, from, Math.min(at, from + longestKey + 1));
    if (at === to) return to;
    const byte = bytes[at];
    if (byte === backslash) {
      // No key that is looked for needs one.
      if (isWatched) this.#head += '\\';
      this.#expected = escapeLetter;
      return at + 1;
    }
    if (byte !== quote) return this.#break(at);
    if (!this.#isKey) this.#endValue();
    else {
      if (this.#depth <= watchedLevels) this.#keys[this.#depth - 1] = this.#head;
      this.#expected = colonSign;
    }
    return at + 1;
  }

  #takeNumber(byte: number, at: number): number {
    const digit = isDigit(byte);
    switch (this.#expected) {
      case minus:
        if (!digit) return this.#break(at);
        this.#expected = byte === digitZero ? zero : digits;
        return at + 1;
      case point:
      case exponent:
      case exponentSign:
        if (digit) this.#expected = this.#expected === point ? decimals : exponentDigits;
        else if (this.#expected === exponent && (byte === hyphen || byte === plus)) this.#expected = exponentSign;
        else return this.#break(at);
        return at + 1;
    }
    if (digit && this.#expected !== zero) return at + 1;
    if (byte === fullStop && (this.#expected === zero || this.#expected === digits)) this.#expected = point;
    else if ((byte | 0x20) === letterE && this.#expected !== exponentDigits) this.#expected = exponent;
    else {
      // The byte is of the next token.
      this.#endValue();
      return at;
    }
    return at + 1;
  }

  #enter(isObject: boolean, offset: number): void {
    this.lastToken = offset;
    const depth = this.#depth++;
    if (depth === this.#isObject.length) {
      const larger = new Uint8Array(depth * 2);
      larger.set(this.#isObject);
      this.#isObject = larger;
    }
    this.#isObject[depth] = Number(isObject);
    if (depth < watchedLevels) {
      this.#starts[depth] = offset;
      this.#marks[depth] = 0;
      if (!isObject && this.#elementLevel === 0 && this.#isAtPath(depth)) {
        this.#elementLevel = depth + 1;
        this.hasElements = true;
      }
    }
    this.#expected = isObject ? firstKey : firstElement;
  }

  /** Whether the value in the innermost of `depth` levels stands at one of the paths. */
  #isAtPath(depth: number): boolean {
    return this.#paths.some(
      (path) => path.length === depth && path.every((name, i) => this.#isObject[i] === 1 && this.#keys[i] === name),
    );
  }

  #leave(at: number, shift: number): number {
    this.lastToken = at + shift;
    const depth = --this.#depth;
    if (depth === this.#elementLevel - 1) this.#elementLevel = 0;
    if (depth > 0 && depth < watchedLevels && this.#isObject[depth] === 1) {
      const marks = this.#marks[depth] ?? 0;
      const mayHold = (marks & recordMarks) === recordMarks || (marks & messageMarks) === messageMarks;
      if (mayHold || depth === this.#elementLevel) this.#note(this.#starts[depth] ?? 0, at + 1 + shift);
    }
    this.#endValue();
    return at + 1;
  }

  #note(start: number, end: number): void {
    if (end - start > this.#longest) return;
    while ((this.noted.at(-1)?.start ?? -1) > start) this.noted.pop();
    this.noted.push({ start, end });
  }

  /** Remembers what the member whose value starts with this byte makes of the object it is in. */
  #mark(byte: number): void {
    const level = this.#depth - 1;
    if (level < 0 || level >= watchedLevels || this.#isObject[level] === 0) return;
    const mark = markOf(this.#keys[level] ?? '', byte);
    if (mark !== 0) this.#marks[level] = (this.#marks[level] ?? 0) | mark;
  }

  #endValue(): void {
    if (this.#depth === 0) this.state = 'ended';
    else this.#expected = this.#isObject[this.#depth - 1] === 1 ? afterMember : afterElement;
  }

  #break(at: number): number {
    this.state = 'broken';
    return at;
  }
}

/** Records nest no deeper in anything. */
const watchedLevels = 32;
/** Longer than any key that is looked for. */
const longestKey = 32;

const hasData = 1;
const hasType = 2;
const recordMarks = hasData | hasType;
/** A message as kcat, rpk and REST Proxy write it: the record is in it, perhaps as a text, and its place beside. */
const hasPartition = 4;
const hasPayload = 8;
const messageMarks = hasPartition | hasPayload;

function markOf(name: string, first: number): number {
  switch (name) {
    case 'data':
      return first === openBrace ? hasData : 0;
    case 'type':
    case 'specversion':
      return first === quote ? hasType : 0;
    case 'partition':
      return isDigit(first) ? hasPartition : 0;
    case 'payload':
    case 'value':
      return first === quote || first === openBrace ? hasPayload : 0;
    default:
      return 0;
  }
}

/** What may come next: tokens, or more of the token that has begun. */
type Expected = number;
const value: Expected = 0;
const firstElement: Expected = 1;
const key: Expected = 2;
const firstKey: Expected = 3;
const colonSign: Expected = 4;
const afterMember: Expected = 5;
const afterElement: Expected = 6;
const text: Expected = 7;
const escapeLetter: Expected = 8;
const hex: Expected = 9;
const word: Expected = 10;
const minus: Expected = 11;
const zero: Expected = 12;
const digits: Expected = 13;
const point: Expected = 14;
const decimals: Expected = 15;
const exponent: Expected = 16;
const exponentSign: Expected = 17;
const exponentDigits: Expected = 18;

const words = ['true', 'false', 'null'];

function latin1(bytes: Uint8Array, from: number, to: number): string {
  let read = '';
  for (let at = from; at < to; at++) read += String.fromCharCode(bytes[at] ?? 0);
  return read;
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function isDigit(byte: number): boolean {
  return byte >= digitZero && byte <= 0x39;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

function isShortEscape(byte: number): boolean {
  return '"\\/bfnrt'.includes(String.fromCharCode(byte));
}

const quote = 0x22;
const plus = 0x2b;
const comma = 0x2c;
const hyphen = 0x2d;
const fullStop = 0x2e;
const digitZero = 0x30;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const letterE = 0x65;
const letterU = 0x75;
const openBrace = 0x7b;
const closeBrace = 0x7d;
