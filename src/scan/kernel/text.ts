/** JSON text, byte by byte and sixteen at a time. Every line ends with `\n`, which ends every search. */

export const QUOTE: u8 = 0x22;
export const BACKSLASH: u8 = 0x5c;
export const NEWLINE: u8 = 0x0a;
export const OPEN_BRACE: u8 = 0x7b;
export const CLOSE_BRACE: u8 = 0x7d;
export const OPEN_BRACKET: u8 = 0x5b;
export const CLOSE_BRACKET: u8 = 0x5d;
export const COMMA: u8 = 0x2c;
export const COLON: u8 = 0x3a;

/** What every function here returns instead of a place when the text is no JSON, or is not sure to be. */
export const BAD: usize = 0;

/** Past the white space that JSON allows within a line. */
export function skipBlanks(p: usize): usize {
  let c = load<u8>(p);
  while (c == 0x20 || c == 0x09 || c == 0x0d) c = load<u8>(++p);
  return p;
}

/** The closing quote of the string whose content starts at `p`; BAD for control characters and false escapes. */
export function endOfString(p: usize): usize {
  const quotes = i8x16.splat(0x22);
  const backslashes = i8x16.splat(0x5c);
  const lastControl = i8x16.splat(0x1f);
  while (true) {
    const v = v128.load(p);
    const stops = v128.or(
      v128.or(i8x16.eq(v, quotes), i8x16.eq(v, backslashes)),
      i8x16.eq(i8x16.min_u(v, lastControl), v),
    );
    const mask = i8x16.bitmask(stops);
    if (mask == 0) {
      p += 16;
      continue;
    }
    p += <usize>ctz(mask);
    const c = load<u8>(p);
    if (c == QUOTE) return p;
    if (c != BACKSLASH) return BAD;
    p = afterEscape(p);
    if (p == BAD) return BAD;
  }
}

/** The closing quote of a key; BAD when it holds an escape, for then it may be another spelling of a wanted one. */
export function endOfKey(p: usize): usize {
  const quotes = i8x16.splat(0x22);
  const backslashes = i8x16.splat(0x5c);
  const lastControl = i8x16.splat(0x1f);
  while (true) {
    const v = v128.load(p);
    const stops = v128.or(
      v128.or(i8x16.eq(v, quotes), i8x16.eq(v, backslashes)),
      i8x16.eq(i8x16.min_u(v, lastControl), v),
    );
    const mask = i8x16.bitmask(stops);
    if (mask != 0) {
      p += <usize>ctz(mask);
      return load<u8>(p) == QUOTE ? p : BAD;
    }
    p += 16;
  }
}

function afterEscape(p: usize): usize {
  const c = load<u8>(p, 1);
  if (c == 0x75) {
    for (let i: usize = 2; i < 6; i++) if (!isHex(load<u8>(p + i))) return BAD;
    return p + 6;
  }
  // " \ / b f n r t
  const isShort =
    c == QUOTE || c == BACKSLASH || c == 0x2f || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74;
  return isShort ? p + 2 : BAD;
}

function isHex(c: u8): bool {
  const letter = c | 0x20;
  return isDigit(c) || (letter >= 0x61 && letter <= 0x66);
}

export function isDigit(c: u8): bool {
  return c - 0x30 < 10;
}

/** Past a number, `true`, `false` or `null`. */
export function endOfScalar(p: usize): usize {
  const word = load<u32>(p);
  if (word == 0x65757274 || word == 0x6c6c756e) return p + 4;
  if (word == 0x736c6166) return load<u8>(p, 4) == 0x65 ? p + 5 : BAD;
  return endOfNumber(p);
}

function endOfNumber(p: usize): usize {
  if (load<u8>(p) == 0x2d) p++;
  if (load<u8>(p) == 0x30) p++;
  else {
    p = endOfDigits(p);
    if (p == BAD) return BAD;
  }
  if (load<u8>(p) == 0x2e) {
    p = endOfDigits(p + 1);
    if (p == BAD) return BAD;
  }
  if ((load<u8>(p) | 0x20) == 0x65) {
    const sign = load<u8>(p, 1);
    p = endOfDigits(p + (sign == 0x2b || sign == 0x2d ? 2 : 1));
  }
  return p;
}

/** Past one digit or more. */
function endOfDigits(p: usize): usize {
  const start = p;
  while (isDigit(load<u8>(p))) p++;
  return p == start ? BAD : p;
}

/**
 * The first brace of the line that starts at `p`, behind whatever a consumer writes before a record; BAD when there is
 * none.
 */
export function openingBehind(p: usize): usize {
  const braces = i8x16.splat(0x7b);
  const newlines = i8x16.splat(0x0a);
  while (true) {
    const v = v128.load(p);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(v, braces), i8x16.eq(v, newlines)));
    if (mask != 0) {
      p += <usize>ctz(mask);
      return load<u8>(p) == OPEN_BRACE ? p : BAD;
    }
    p += 16;
  }
}

/** The newline that ends the line in which `p` lies. */
export function endOfLine(p: usize): usize {
  const newlines = i8x16.splat(0x0a);
  while (true) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p), newlines));
    if (mask != 0) return p + <usize>ctz(mask);
    p += 16;
  }
}
