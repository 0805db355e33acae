import { BACKSLASH, BAD, NEWLINE, OPEN_BRACE, QUOTE } from './text';
import { fieldLength, fieldStart, isPresent, walkRecord } from './walk';

/**
 * Records as `kcat -J` wraps them: `{"topic":…,"partition":3,"offset":812,…,"payload":"{\"specversion\":…}"}`. The text
 * of the payload is decoded to a place of its own, from which its record is then read like any other.
 */

/** Node of the wrapper's keys; it has no others. */
let wrapperNode: u32 = 0;
let partitionField: u32 = 0;
let offsetField: u32 = 0;
let payloadField: u32 = 0;
/** Where decoded payloads go: at least as much room as the block has. */
let decodedAt: usize = 0;
let next: usize = 0;

/** What the last call found: the record's text `[recordAt, recordEnd)`. */
export let recordAt: usize = 0;
export let recordEnd: usize = 0;

export function setWrapper(node: u32, partition: u32, offset: u32, payload: u32): void {
  wrapperNode = node;
  partitionField = partition;
  offsetField = offset;
  payloadField = payload;
}

/** 0 switches wrappers off: they are left to the truth. */
export function setDecoded(at: usize): void {
  decodedAt = at;
}

/** Before rows of earlier calls are written over. */
export function startDecoding(): void {
  next = decodedAt;
}

/** `{"topic"` */
const opening: u64 = 0x226369706f74227b;

/** Past the wrapper that opens at `p`, with its payload in `[recordAt, recordEnd)`; BAD when it is not sure to be one. */
export function takeWrapper(p: usize): usize {
  if (decodedAt == 0 || load<u64>(p) != opening) return BAD;
  const end = walkRecord(p, wrapperNode);
  if (end == BAD || !isNumber(partitionField) || !isNumber(offsetField) || !isPresent(payloadField)) return BAD;
  const start = fieldStart(payloadField);
  const length = <usize>fieldLength(payloadField);
  if (load<u8>(start) == OPEN_BRACE) {
    recordAt = start;
    recordEnd = start + length;
    return end;
  }
  if (load<u8>(start) != QUOTE) return BAD;
  const decodedEnd = decode(start + 1, start + length - 1, next);
  if (decodedEnd == BAD) return BAD;
  recordAt = next;
  recordEnd = decodedEnd;
  // Ends every search, as that of a line does.
  store<u8>(decodedEnd, NEWLINE);
  next = decodedEnd + 1;
  return end;
}

function isNumber(field: u32): bool {
  return isPresent(field) && load<u8>(fieldStart(field)) - 0x30 < 10;
}

/**
 * Writes what the text `[p, end)` stands for, and gives its end; up to sixteen bytes more are written. BAD for code
 * points by number, and for bytes that are no UTF-8.
 */
function decode(p: usize, end: usize, to: usize): usize {
  const backslashes = i8x16.splat(0x5c);
  while (p < end) {
    const v = v128.load(p);
    v128.store(to, v);
    const mask = i8x16.bitmask(v128.or(v, i8x16.eq(v, backslashes)));
    let plain: usize = mask == 0 ? 16 : <usize>ctz(mask);
    if (p + plain > end) plain = end - p;
    p += plain;
    to += plain;
    if (plain == 16 || p >= end) continue;
    const c = load<u8>(p);
    if (c == BACKSLASH) {
      const decoded = escaped(load<u8>(p, 1));
      if (decoded == 0) return BAD;
      store<u8>(to++, decoded);
      p += 2;
    } else {
      const length = sequenceLength(p, c);
      if (length == 0) return BAD;
      for (let i: usize = 0; i < length; i++) store<u8>(to + i, load<u8>(p + i));
      p += length;
      to += length;
    }
  }
  return to;
}

/** What a backslash and this letter stand for; 0 for `u`. */
function escaped(letter: u8): u8 {
  if (letter == QUOTE || letter == BACKSLASH || letter == 0x2f) return letter;
  if (letter == 0x6e) return 0x0a;
  if (letter == 0x74) return 0x09;
  if (letter == 0x72) return 0x0d;
  if (letter == 0x62) return 0x08;
  return letter == 0x66 ? 0x0c : 0;
}

/** The bytes of the UTF-8 sequence that starts at `p` with `first`; 0 when it is none (RFC 3629 §4). */
function sequenceLength(p: usize, first: u8): usize {
  const second = load<u8>(p, 1);
  if (first >= 0xc2 && first <= 0xdf) return isContinuation(second) ? 2 : 0;
  if (!isContinuation(load<u8>(p, 2))) return 0;
  if (first >= 0xe0 && first <= 0xef) {
    const least: u8 = first == 0xe0 ? 0xa0 : 0x80;
    const most: u8 = first == 0xed ? 0x9f : 0xbf;
    return second >= least && second <= most ? 3 : 0;
  }
  if (first < 0xf0 || first > 0xf4 || !isContinuation(load<u8>(p, 3))) return 0;
  const least: u8 = first == 0xf0 ? 0x90 : 0x80;
  const most: u8 = first == 0xf4 ? 0x8f : 0xbf;
  return second >= least && second <= most ? 4 : 0;
}

function isContinuation(byte: u8): bool {
  return (byte & 0xc0) == 0x80;
}
