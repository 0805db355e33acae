import { FIELDS } from './memory';
import { childOf, entryOf, firstSlot, learn, nextSlot, noteHit } from './order';
import {
  BAD,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  endOfKey,
  endOfScalar,
  endOfString,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  skipBlanks,
} from './text';
import { DOUBT, entryFor } from './trie';

/**
 * Walks one JSON object from its opening to its closing brace, checks every byte of it, and notes where the wanted
 * values stand. What `JSON.parse` would refuse is BAD; so is what it would take but may mean something else here:
 * an escape in a key, a wanted key that comes twice, another spelling of one, deep nesting. The truth looks at those.
 */

/** The line's number; whatever carries another one is of an earlier line. */
let stamp: u32 = 0;
const lastStamp: u32 = 0xffffffff;
let depth: i32 = 0;

/** JSON.parse nests deeper; such a line is not ordinary and the stack here is short. */
const deepest: i32 = 64;

/** An object with a key that is not wanted is not sure to be what it is taken for. */
let closedNode: u32 = 0xffffffff;

export function setClosedNode(node: u32): void {
  closedNode = node;
}

/** Past the object that opens at `p`, or BAD. */
export function walkRecord(p: usize, root: u32): usize {
  // After four billion lines the numbers are used up, and the truth reads the rest.
  if (stamp == lastStamp) return BAD;
  stamp++;
  depth = 0;
  return walkObject(p + 1, root);
}

export function isPresent(field: u32): bool {
  return load<u32>(FIELDS + ((<usize>field) << 4), 8) == stamp;
}

export function fieldStart(field: u32): usize {
  return <usize>load<u32>(FIELDS + ((<usize>field) << 4));
}

export function fieldLength(field: u32): u32 {
  return load<u32>(FIELDS + ((<usize>field) << 4), 4);
}

/** `p` is behind the opening brace. */
function walkObject(p: usize, node: u32): usize {
  if (++depth > deepest) return BAD;
  let before = firstSlot(node);
  let isFirst = true;
  while (true) {
    let slot: usize = before == 0 ? 0 : nextSlot(before, p);
    let entry: usize = 0;
    if (slot != 0) {
      p += <usize>load<u32>(slot, 48);
      entry = entryOf(slot);
      noteHit(node);
    } else {
      const start = p;
      p = skipBlanks(p);
      let c = load<u8>(p);
      if (c == CLOSE_BRACE) {
        depth--;
        return p + 1;
      }
      if (!isFirst) {
        if (c != COMMA) return BAD;
        p = skipBlanks(p + 1);
        c = load<u8>(p);
      }
      if (c != QUOTE) return BAD;
      const key = p + 1;
      const keyEnd = endOfKey(key);
      if (keyEnd == BAD) return BAD;
      p = skipBlanks(keyEnd + 1);
      if (load<u8>(p) != COLON) return BAD;
      p = skipBlanks(p + 1);
      if (node != 0) {
        entry = entryFor(node, key, <u32>(keyEnd - key));
        if (before != 0) slot = learn(node, before, start, <u32>(p - start), entry);
      }
    }
    isFirst = false;
    before = slot;
    if (entry == 0 && node == closedNode) return BAD;
    p = entry == 0 ? walkValue(p, slot) : walkWanted(p, entry, slot);
    if (p == BAD) return BAD;
  }
}

/** Past the value that starts at `p`. `slot` may be 0. */
function walkValue(p: usize, slot: usize): usize {
  let c = load<u8>(p);
  if (c <= 0x20) {
    p = skipBlanks(p);
    c = load<u8>(p);
  }
  if (c == QUOTE) {
    const end = endOfString(p + 1);
    return end == BAD ? BAD : end + 1;
  }
  if (c == OPEN_BRACE) return walkObject(p + 1, slot == 0 ? 0 : childOf(slot));
  if (c == OPEN_BRACKET) return walkArray(p + 1, slot);
  return endOfScalar(p);
}

/** `p` is behind the opening bracket. The objects of an array are one place. */
function walkArray(p: usize, slot: usize): usize {
  if (++depth > deepest) return BAD;
  p = skipBlanks(p);
  if (load<u8>(p) == CLOSE_BRACKET) {
    depth--;
    return p + 1;
  }
  while (true) {
    p = walkValue(p, slot);
    if (p == BAD) return BAD;
    p = skipBlanks(p);
    const c = load<u8>(p);
    if (c == CLOSE_BRACKET) {
      depth--;
      return p + 1;
    }
    if (c != COMMA) return BAD;
    p++;
  }
}

function walkWanted(p: usize, entry: usize, slot: usize): usize {
  const field = load<i32>(entry, 8);
  if (field == DOUBT || load<u32>(entry, 16) == stamp) return BAD;
  store<u32>(entry, stamp, 16);
  p = skipBlanks(p);
  const child = load<u32>(entry, 12);
  const isEntered = child != 0 && load<u8>(p) == OPEN_BRACE;
  const end = isEntered ? walkObject(p + 1, child) : walkValue(p, slot);
  if (end == BAD) return BAD;
  const at = FIELDS + ((<usize>field) << 4);
  store<u32>(at, <u32>p);
  store<u32>(at, isEntered && load<u32>(entry, 20) == 0 ? 1 : <u32>(end - p), 4);
  store<u32>(at, stamp, 8);
  return end;
}
