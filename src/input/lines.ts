const newline = 10;

/** Empty lines are counted one by one: calling out to `indexOf` for each costs fifty times the byte. */
export function countNewlines(block: Uint8Array): number {
  const bytes = asBuffer(block);
  let count = 0;
  let at = 0;
  while (at >= 0 && at < bytes.length) {
    if (bytes[at] === newline) {
      count++;
      at++;
    } else at = bytes.indexOf(newline, at);
  }
  return count;
}

/** The same memory as a Buffer, whose `indexOf` is two to three times as fast and which decodes faster than TextDecoder. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Where the content of a line starts: past blanks, CR, NUL padding, the record separator of RFC
 * 7464 and byte order marks, which stand at the start of a file and wherever files were joined.
 */
export function contentStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (isPadding(bytes[at])) at++;
    else if (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    else break;
  }
  return at;
}

/** Where the content that starts at `start` ends: before trailing padding. */
export function contentEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isPadding(bytes[at - 1])) at--;
  return at;
}

export function isPadding(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === 0 || byte === 0x1e;
}
