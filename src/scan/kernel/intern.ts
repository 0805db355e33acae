import { SCRATCH, scratchBytes } from './memory';
import { BAD, COLON, OPEN_BRACE, QUOTE, skipBlanks } from './text';
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
const UNLESS_NAMED_IDS: u32 = 4;
const CRN: u32 = 5;
const ACTOR: u32 = 6;
const UNLESS_ACTOR: u32 = 7;

/** True once a CRN with a segment, or a principal with an id, was copied into this key. */
let isNamed: bool = false;
let isActor: bool = false;

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
  isActor = false;
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
    // Of several CRNs the first that names something counts.
    const isDropped = reduction == UNLESS_ACTOR ? isActor : isNamed && isOfNamed(reduction);
    if (isDropped) {
      store<u32>(to, absent);
      to += 4;
      continue;
    }
    if (reduction == CRN) isNamed = namesSomething(start, length);
    else if (reduction == ACTOR) isActor = namesActor(start, length);
    if (reduction == CRN_TYPES) length = copyWithoutNames(to + 4, start, length);
    else if (reduction == UNLESS_NAMED_IDS) length = copyWithoutIds(to + 4, start, length);
    else if (reduction == PRESENCE && length > 2 && load<u8>(start) == QUOTE) length = copyLetter(to + 4);
    else copyText(to + 4, start, length);
    store<u32>(to, length);
    to += 4 + <usize>length;
  }
  return <u32>(to - SCRATCH);
}

/** Whether a value counts only while no CRN before it names anything. */
function isOfNamed(reduction: u32): bool {
  return reduction == CRN || reduction == CRN_TYPES || reduction == UNLESS_NAMED || reduction == UNLESS_NAMED_IDS;
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
  // The first slash behind `crn://` ends the authority.
  let p = startsCrn(from, length) && !hasBackslash(from, end) ? placeOf(slash, from + 7, end) : end;
  if (p == end) {
    copyText(to, from, length);
    return length;
  }
  copyText(to, from, <u32>(p - from));
  let out = to + (p - from);
  while (p < end) {
    const name = placeOf(equals, p, end) + 1;
    const copied = name < end ? name : end;
    copyText(out, p, <u32>(copied - p));
    out += copied - p;
    p = copied;
    if (p >= end || load<u8>(p) == slash) continue;
    isNamed = true;
    store<u8>(out++, 0x78);
    p = placeOf(slash, p, end);
  }
  store<u8>(out++, QUOTE);
  return <u32>(out - to);
}

/** `"crn://` */
function startsCrn(from: usize, length: u32): bool {
  return length >= 8 && load<u32>(from) == 0x6e726322 && load<u32>(from, 3) == 0x2f2f3a6e;
}

/** Where the byte stands first in `[p, end)`, or `end`. */
function placeOf(byte: u8, p: usize, end: usize): usize {
  const wanted = i8x16.splat(<i8>byte);
  while (p < end) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p), wanted));
    if (mask != 0) {
      const at = p + <usize>ctz(mask);
      return at < end ? at : end;
    }
    p += 16;
  }
  return end;
}

/** Whether the text is a CRN with a segment. False when that is not sure. */
function namesSomething(from: usize, length: u32): bool {
  const end = from + <usize>length - 1;
  if (!startsCrn(from, length) || hasBackslash(from, end)) return false;
  const segment = placeOf(slash, from + 7, end) + 1;
  return segment < end && load<u8>(segment) != slash;
}

/**
 * Whether the value is a principal that has an id of its own: a text, or an object that starts with a wrapper
 * (`{"confluentUser":{"resourceId":"u-1"`). A word and a colon (`User:`) is none. False when that is not sure.
 */
function namesActor(from: usize, length: u32): bool {
  const end = from + <usize>length;
  if (hasBackslash(from, end)) return false;
  if (load<u8>(from) == QUOTE) return length > 2 && load<u8>(end - 2) != COLON;
  if (load<u8>(from) != OPEN_BRACE) return false;
  let p = skipBlanks(from + 1);
  const wrapperStart = load<u32>(p);
  const wrapper = wrapperLength(p);
  if (wrapper == 0) return false;
  p = skipBlanks(p + wrapper);
  if (load<u8>(p) != COLON) return false;
  p = skipBlanks(p + 1);
  if (load<u8>(p) != OPEN_BRACE) return false;
  p = skipBlanks(p + 1);
  if (nextResourceId(p, p + 1) != p) return false;
  p = skipBlanks(p + 12);
  if (load<u8>(p) != COLON) return false;
  p = skipBlanks(p + 1);
  if (load<u8>(p) != QUOTE || load<u8>(p, 1) == QUOTE) return false;
  p++;
  while (p < end && load<u8>(p) != QUOTE) p++;
  // Of keys that come twice the last one counts.
  return load<u8>(p - 1) != COLON && !hasText(p, end, wrapperStart) && !hasText(p, end, resourceIdStart);
}

/** `"res` */
const resourceIdStart: u32 = 0x73657222;

/** Whether these four bytes, a quote first, stand anywhere in `[p, end)`. */
function hasText(p: usize, end: usize, text: u32): bool {
  const quotes = i8x16.splat(0x22);
  while (p < end) {
    let mask = i8x16.bitmask(i8x16.eq(v128.load(p), quotes));
    while (mask != 0) {
      const at = p + <usize>ctz(mask);
      mask &= mask - 1;
      if (at < end && load<u32>(at) == text) return true;
    }
    p += 16;
  }
  return false;
}

/** The length of the wrapper's key at `p`, quotes included, or 0. */
function wrapperLength(p: usize): usize {
  // `"conflue` with `ntUser"` or `ntServiceAccount"`, `"identit` with `yPool"`, `"group"`
  if (load<u64>(p) == 0x65756c666e6f6322) {
    if (load<u32>(p, 8) == 0x7355746e && load<u32>(p, 11) == 0x22726573) return 15;
    const isServiceAccount = load<u64>(p, 8) == 0x636976726553746e && load<u64>(p, 16) == 0x746e756f63634165;
    return isServiceAccount && load<u8>(p, 24) == QUOTE ? 25 : 0;
  }
  if (load<u64>(p) == 0x7469746e65646922 && load<u32>(p, 8) == 0x6f6f5079 && load<u16>(p, 12) == 0x226c) return 14;
  return load<u32>(p) == 0x6f726722 && load<u32>(p, 3) == 0x2270756f ? 7 : 0;
}

/**
 * JSON in which every text under a key `resourceId` that is not empty is `x`, for what depends on types alone. With
 * escapes it is copied as it is: only without them does `"resourceId":` always mean a key.
 */
function copyWithoutIds(to: usize, from: usize, length: u32): u32 {
  const end = from + <usize>length;
  let out = to;
  let p = from;
  while (p < end) {
    const key = nextResourceId(p, end);
    if (key == BAD) break;
    // Past the key, the colon, and the opening quote of a text.
    let value = skipBlanks(key + 12);
    if (load<u8>(value) == COLON) value = skipBlanks(value + 1);
    const isText = load<u8>(value) == QUOTE && load<u8>(value, 1) != QUOTE;
    const copied = isText ? value + 1 : key + 12;
    copyText(out, p, <u32>(copied - p));
    out += copied - p;
    p = copied;
    if (!isText) continue;
    store<u8>(out++, 0x78);
    while (p < end && load<u8>(p) != QUOTE) p++;
  }
  if (hasBackslash(from, end)) {
    copyText(to, from, length);
    return length;
  }
  if (p < end) copyText(out, p, <u32>(end - p));
  return <u32>(out - to) + <u32>(end - p);
}

/** Where the next `"resourceId"` stands, or BAD. */
function nextResourceId(p: usize, end: usize): usize {
  const quotes = i8x16.splat(0x22);
  const letters = i8x16.splat(0x72);
  while (p < end) {
    let mask = i8x16.bitmask(v128.and(i8x16.eq(v128.load(p), quotes), i8x16.eq(v128.load(p, 1), letters)));
    while (mask != 0) {
      const at = p + <usize>ctz(mask);
      mask &= mask - 1;
      if (at >= end) return BAD;
      // `"resourc` and `eId"`
      if (load<u64>(at) == 0x6372756f73657222 && load<u32>(at, 8) == 0x22644965) return at;
    }
    p += 16;
  }
  return BAD;
}

function hasBackslash(p: usize, end: usize): bool {
  const backslashes = i8x16.splat(0x5c);
  while (p < end) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p), backslashes));
    if (mask != 0) return p + <usize>ctz(mask) < end;
    p += 16;
  }
  return false;
}

/** `"x"` */
function copyLetter(to: usize): u32 {
  store<u32>(to, 0x00227822);
  return 3;
}

/** Two halves at a time, so that one multiplication need not wait for the other. */
function hashOf(length: u32): u32 {
  let a: u64 = seed ^ <u64>length;
  let b: u64 = ~seed;
  let p = SCRATCH;
  const end = p + <usize>length;
  while (p + 16 <= end) {
    a = (a ^ load<u64>(p)) * 0x9e3779b97f4a7c15;
    b = (b ^ load<u64>(p, 8)) * 0xbf58476d1ce4e5b9;
    a ^= a >> 32;
    b ^= b >> 32;
    p += 16;
  }
  const left = <u64>(end - p);
  if (left >= 8) {
    a = (a ^ load<u64>(p)) * 0x9e3779b97f4a7c15;
    a ^= a >> 32;
    p += 8;
  }
  if ((left & 7) != 0) b = (b ^ (load<u64>(p) & (((<u64>1) << ((left & 7) << 3)) - 1))) * 0xbf58476d1ce4e5b9;
  const hash = (a ^ (b >> 29) ^ b) * 0x94d049bb133111eb;
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
