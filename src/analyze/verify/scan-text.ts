/** What the bytes of a record tell without being parsed. */
export interface ScannedText {
  /** The same for records with the same keys in the same order and the same nesting. */
  shape: number;
  /** Where the text of the id stands; both -1 when only the parsed record can tell. */
  idStart: number;
  idEnd: number;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/**
 * Goes once over the bytes of a JSON object that is known to be sound. The result is reused by the next call: one for
 * each record would cost more than the reading.
 */
export function scanText(raw: Uint8Array): Readonly<ScannedText> {
  let a = 0x811c9dc5 | 0;
  let b = 0x9e3779b1 | 0;
  let depth = 0;
  scanned.idStart = -1;
  scanned.idEnd = -1;
  let isOdd = false;
  const end = raw.length;
  let at = 0;
  while (at < end) {
    const byte = raw[at++] as number;
    if (byte === quote) {
      let key = 17;
      let other = 5;
      const start = at;
      let hasEscape = false;
      for (let inside = raw[at++] as number; inside !== quote && at < end; inside = raw[at++] as number) {
        if (inside === backslash) {
          hasEscape = true;
          at++;
        }
        key = Math.imul(key ^ inside, 0x01000193);
        other = Math.imul(other + inside, 0x9e3779b1);
      }
      const close = at - 1;
      while (isBlank(raw[at])) at++;
      if (raw[at] !== colon) continue;
      a = Math.imul(a ^ key, 0x85ebca6b);
      a ^= a >>> 13;
      b = Math.imul(b + other, 0xc2b2ae35);
      at++;
      while (isBlank(raw[at])) at++;
      if (depth === 1) {
        if (hasEscape) isOdd = true;
        else if (close - start === 2 && raw[start] === 0x69 && raw[start + 1] === 0x64)
          isOdd = !takeId(raw, at) || isOdd;
      }
      if (raw[at] === quote) at = behindText(raw, at + 1);
    } else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b + byte, 0x85ebca6b);
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--;
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b + byte, 0x85ebca6b);
    }
  }
  if (isOdd) scanned.idStart = -1;
  // 52 bits of both.
  scanned.shape = (a >>> 0) * 0x100000 + ((b >>> 12) & 0xfffff);
  return scanned;
}

const scanned: ScannedText = { shape: 0, idStart: -1, idEnd: -1 };

/** Most bytes stand in texts that are no keys. */
function behindText(raw: Uint8Array, start: number): number {
  let at = start;
  for (let byte = raw[at]; byte !== quote && byte !== undefined; byte = raw[++at]) if (byte === backslash) at++;
  return at + 1;
}

/** Notes the text at the place; false when it is no plain text. */
function takeId(raw: Uint8Array, at: number): boolean {
  scanned.idStart = -1;
  if (raw[at] !== quote) return false;
  const start = at + 1;
  let end = start;
  for (let byte = raw[end]; byte !== quote; byte = raw[++end]) {
    // An escape, or what may be no UTF-8.
    if (byte === undefined || byte === backslash || byte >= 0x80) return false;
  }
  if (end === start) return false;
  scanned.idStart = start;
  scanned.idEnd = end;
  return true;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
