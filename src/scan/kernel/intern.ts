import { SCRATCH, scratchBytes } from './memory';
import { BACKSLASH, QUOTE } from './text';
import { fieldLength, fieldStart, isPresent } from './walk';

/**
 * Small numbers for tuples of raw values. A group is some fields that are looked at together; each distinct tuple of
 * their texts gets the next number, so that whatever depends on them alone is worked out once.
 *
 * A group is 40 bytes: field count u32, fields pointer u32 (field u32 and its reduction u32 each), table pointer u32,
 * table mask u32, tuple count u32 @16, tuple limit u32, keys pointer u32 @24 (start u32 and length u32 each), arena
 * start u32 @28, arena place u32 @32, arena end u32 @36. A table row is hash u32, number + 1 u32.
 *
 * A key is, for each field, its length u32 (0xffffffff when absent) and its text.
 */

const absent: u32 = 0xffffffff;

/** Reductions: of some values only a part counts. `kernel.ts` says which are which. */
const CRN_TYPES: u32 = 1;
const PRESENCE: u32 = 2;
const UNLESS_NAMED: u32 = 3;

/** True once a CRN with a segment was copied into this key. */
let isNamed: bool = false;

/** Random for each process, so that nobody can prepare names that all hash alike. */
let seed: u64 = 0;

export function setSeed(value: u64): void {
  seed = value;
}

/** What to do when the tables are full, or one key is longer than any room for it. */
export const FULL: u32 = 0xffffffff;
export const TOO_LONG: u32 = 0xfffffffe;

/** The number of the line's tuple for the group at `group`. */
export function intern(group: usize): u32 {
  const length = composeKey(group);
  if (length == 0) return TOO_LONG;
  const hash = hashOf(length);
  const table = <usize>load<u32>(group, 8);
  const mask = load<u32>(group, 12);
  const keys = <usize>load<u32>(group, 24);
  let row = hash & mask;
  while (true) {
    const at = table + ((<usize>row) << 3);
    const number = load<u32>(at, 4);
    if (number == 0) return addKey(group, at, hash, length);
    if (load<u32>(at) == hash) {
      const key = keys + ((<usize>(number - 1)) << 3);
      if (load<u32>(key, 4) == length && isScratch(<usize>load<u32>(key), length)) return number - 1;
    }
    row = (row + 1) & mask;
  }
}

function addKey(group: usize, at: usize, hash: u32, length: u32): u32 {
  const number = load<u32>(group, 16);
  const place = load<u32>(group, 32);
  // Copies go sixteen bytes at a time, past the end.
  const room = (length + 31) & ~15;
  if (number >= load<u32>(group, 20) || place + room > load<u32>(group, 36)) return number == 0 ? TOO_LONG : FULL;
  store<u32>(at, hash);
  store<u32>(at, number + 1, 4);
  const key = <usize>load<u32>(group, 24) + ((<usize>number) << 3);
  store<u32>(key, place);
  store<u32>(key, length, 4);
  copyText(<usize>place, SCRATCH, length);
  store<u32>(group, number + 1, 16);
  store<u32>(group, place + room, 32);
  return number;
}

/** Puts the key of the line together in SCRATCH and gives its length, or 0 when it does not fit. */
function composeKey(group: usize): u32 {
  let field = <usize>load<u32>(group, 4);
  const end = field + ((<usize>load<u32>(group)) << 3);
  let to = SCRATCH;
  const limit = SCRATCH + <usize>scratchBytes - 64;
  isNamed = false;
  for (; field < end; field += 8) {
    const id = load<u32>(field);
    if (to > limit) return 0;
    if (!isPresent(id)) {
      store<u32>(to, absent);
      to += 4;
      continue;
    }
    const start = fieldStart(id);
    let length = fieldLength(id);
    if (to + <usize>length > limit) return 0;
    const reduction = load<u32>(field, 4);
    if (reduction == UNLESS_NAMED && isNamed) {
      store<u32>(to, absent);
      to += 4;
      continue;
    }
    if (reduction == CRN_TYPES) length = copyWithoutNames(to + 4, start, length);
    else if (reduction == PRESENCE && length > 2 && load<u8>(start) == QUOTE) length = copyLetter(to + 4);
    else copyText(to + 4, start, length);
    store<u32>(to, length);
    to += 4 + <usize>length;
  }
  return <u32>(to - SCRATCH);
}

/** Up to fifteen bytes more are written. */
function copyText(to: usize, from: usize, length: u32): void {
  let i: usize = 0;
  do {
    v128.store(to + i, v128.load(from + i));
    i += 16;
  } while (i < <usize>length);
}

const slash: u8 = 0x2f;
const equals: u8 = 0x3d;

/**
 * A CRN with every name that is not empty replaced by `x`, for what depends on its types alone: thousands of names
 * are then one text. Any other text, and one with escapes, is copied as it is. Gives the length of the copy.
 */
function copyWithoutNames(to: usize, from: usize, length: u32): u32 {
  const end = from + <usize>length - 1;
  // `"crn:` and `//`
  if (length < 8 || load<u32>(from) != 0x6e726322 || load<u32>(from, 3) != 0x2f2f3a6e) {
    copyText(to, from, length);
    return length;
  }
  let out = to;
  let p = from;
  let slashes = 0;
  while (p < end) {
    const c = load<u8>(p++);
    if (c == slash) slashes++;
    if (c == BACKSLASH) {
      copyText(to, from, length);
      return length;
    }
    store<u8>(out++, c);
    if (c != equals || load<u8>(p) == slash || p == end) continue;
    // The third slash ends the authority.
    if (slashes > 2) isNamed = true;
    store<u8>(out++, 0x78);
    while (p < end && load<u8>(p) != slash) {
      if (load<u8>(p) == BACKSLASH) {
        copyText(to, from, length);
        return length;
      }
      p++;
    }
  }
  store<u8>(out++, QUOTE);
  return <u32>(out - to);
}

/** `"x"` */
function copyLetter(to: usize): u32 {
  store<u32>(to, 0x00227822);
  return 3;
}

function hashOf(length: u32): u32 {
  let hash: u64 = seed ^ <u64>length;
  let p = SCRATCH;
  const end = p + <usize>length;
  while (p < end) {
    let word = load<u64>(p);
    const left = <u64>(end - p);
    if (left < 8) word &= ((<u64>1) << (left << 3)) - 1;
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
    p += 8;
  }
  hash = hash * 0xbf58476d1ce4e5b9;
  return <u32>(hash >> 32);
}

function isScratch(key: usize, length: u32): bool {
  let i: u32 = 0;
  while (i + 16 <= length) {
    if (i8x16.bitmask(i8x16.eq(v128.load(SCRATCH + <usize>i), v128.load(key + <usize>i))) != 0xffff) return false;
    i += 16;
  }
  if (i == length) return true;
  const same = <u32>i8x16.bitmask(i8x16.eq(v128.load(SCRATCH + <usize>i), v128.load(key + <usize>i)));
  return (same | ((<u32>0xffffffff) << (length - i))) == 0xffffffff;
}

/** Forgets every tuple of the group. */
export function forget(group: usize): void {
  memory.fill(<usize>load<u32>(group, 8), 0, (<usize>load<u32>(group, 12) + 1) << 3);
  store<u32>(group, 0, 16);
  store<u32>(group, load<u32>(group, 28), 32);
}
