import { ODD, rowAt } from './rows';
import { QUOTE } from './text';

/**
 * Rows to lines of output: cells parted by a delimiter, a newline at the end. What a cell looks like is the host's
 * part. It tells the text of each tuple once; what stands in the record as it is shown is copied from there, when
 * every character of it is one that the host calls plain.
 *
 * A part of a line is 16 bytes: kind u32, where in the row its value stands u32, table of told cells u32, unused u32.
 * A copied value is start u32 and length u32 in the row. A told cell is place u32 (0 while it was not told) and length
 * u32, at the number of its tuple.
 *
 * Plain characters are 48 bytes: for the low half of a byte which high halves make it plain, a bit each; the bit of
 * each high half; and the low halves again, for the first character of a text.
 */

const COPIED: u32 = 1;
const TIME: u32 = 2;
const TOLD: u32 = 3;

/** Why writing stopped: nothing is left, a cell is to be told, the host has to write a row, no room. */
const DONE: u32 = 0;
const CELL: u32 = 1;
const ROW: u32 = 2;
const FULL: u32 = 3;

let PARTS: usize = 0;
let partCount: u32 = 0;
let delimiter: u8 = 0;
let PLAIN: usize = 0;
/** What is written for a value that is missing or empty, sixteen bytes at most. */
let MISSING: usize = 0;
let missingLength: usize = 0;
/** Numbers of the rows to write, u32 each. */
let CHOSEN: usize = 0;
let OUT: usize = 0;
let OUT_END: usize = 0;

/** Bytes in `OUT`. */
export let written: u32 = 0;
export let stop: u32 = 0;
/** The cell that is to be told. */
export let stopPart: u32 = 0;
export let stopTuple: u32 = 0;

export function setLine(parts: usize, count: u32, parting: u32, plain: usize, missing: usize, length: u32): void {
  PARTS = parts;
  partCount = count;
  delimiter = <u8>parting;
  PLAIN = plain;
  MISSING = missing;
  missingLength = <usize>length;
}

/** Up to 64 bytes behind `bytes` may be written too. */
export function setOut(chosen: usize, out: usize, bytes: u32): void {
  CHOSEN = chosen;
  OUT = out;
  OUT_END = out + <usize>bytes;
}

export function startOut(): void {
  written = 0;
}

/** Writes the lines of the rows chosen, from the `i`th to before the `count`th. Gives at which it stopped. */
export function writeLines(i: u32, count: u32): u32 {
  for (; i < count; i++) {
    stop = DONE;
    const start = OUT + <usize>written;
    const end = writeLine(rowAt(load<u32>(CHOSEN + ((<usize>i) << 2))), start);
    if (stop != DONE) {
      // What does not fit into all of the room never will.
      if (stop == FULL && written == 0) stop = ROW;
      return i;
    }
    written += <u32>(end - start);
  }
  stop = DONE;
  return i;
}

/** Past the line written at `to`; sets `stop` when it could not be written. */
function writeLine(row: usize, to: usize): usize {
  for (let i: u32 = 0; i < partCount; i++) {
    const part = PARTS + ((<usize>i) << 4);
    if (i > 0) store<u8>(to++, delimiter);
    const value = row + <usize>load<u32>(part, 4);
    const kind = load<u32>(part);
    let from: usize = 0;
    let length: usize = 0;
    if (kind == TOLD) {
      const tuple = load<u32>(value);
      const cell = <usize>load<u32>(part, 8) + ((<usize>tuple) << 3);
      from = <usize>load<u32>(cell);
      length = <usize>load<u32>(cell, 4);
      if (from == 0) {
        stopPart = i;
        stopTuple = tuple;
        return stopAt(CELL);
      }
    } else {
      if (kind == TIME ? load<u32>(row, 12) == ODD : !isTextOrMissing(value)) return stopAt(ROW);
      from = <usize>load<u32>(value) + 1;
      length = <usize>load<u32>(value, 4) - 2;
      if (<isize>length <= 0) {
        from = MISSING;
        length = missingLength;
      }
    }
    if (to + length > OUT_END) return stopAt(FULL);
    if (kind == COPIED && from != MISSING && !isPlain(from, length)) return stopAt(ROW);
    for (let k: usize = 0; k < length; k += 16) v128.store(to + k, v128.load(from + k));
    to += length;
  }
  store<u8>(to, 0x0a);
  return to + 1;
}

function stopAt(why: u32): usize {
  stop = why;
  return 0;
}

function isTextOrMissing(value: usize): bool {
  return load<u32>(value, 4) == 0 || load<u8>(<usize>load<u32>(value)) == QUOTE;
}

/** Whether all characters of a text are plain; it is not empty. */
function isPlain(p: usize, length: usize): bool {
  const first = load<u8>(p);
  if ((load<u8>(PLAIN + 32 + <usize>(first & 15)) & load<u8>(PLAIN + 16 + <usize>(first >> 4))) == 0) return false;
  const lows = v128.load(PLAIN);
  const highs = v128.load(PLAIN, 16);
  const half = i8x16.splat(15);
  const none = i8x16.splat(0);
  for (let i: usize = 0; i < length; i += 16) {
    const v = v128.load(p + i);
    const low = i8x16.swizzle(lows, v128.and(v, half));
    const high = i8x16.swizzle(highs, i8x16.shr_u(v, 4));
    const odd = <u32>i8x16.bitmask(i8x16.eq(v128.and(low, high), none));
    const left = length - i;
    if ((left < 16 ? odd & (((<u32>1) << (<u32>left)) - 1) : odd) != 0) return false;
  }
  return true;
}
