import { nodeLimit, SLOTS } from './memory';
import { nodeAt } from './trie';

/**
 * Learned key order. In an object at one place the same keys come in the same order over and over, so the text from
 * the end of one value to the start of the next (`,"methodName":`) is kept and compared in one or two steps. That is
 * exact: a difference only means that the key is read the long way.
 *
 * A slot is such a text, 80 bytes: text (48, zero padded), length u32 @48, entry u32 @52, the two slots that followed
 * last @56 and @60, child node u32 @64 for the values of an unwanted key. Each node has 32; the first stands for the
 * opening brace.
 */

const SLOT_BYTES: usize = 80;
const SLOTS_PER_NODE: u32 = 32;
const longestText: u32 = 47;

/** Nodes in use; the host sets how many the trie takes. */
let nodes: u32 = 0;

export function startNodes(count: u32): void {
  nodes = count;
}

/** The slot that stands for the opening brace; 0 where nothing is learned, or learning does not pay for now. */
export function firstSlot(node: u32): usize {
  if (node == 0) return 0;
  const at = nodeAt(node);
  const score = load<i32>(at, 12);
  if (score < 0) {
    store<i32>(at, score + 1, 12);
    return 0;
  }
  return SLOTS + <usize>node * (SLOT_BYTES * <usize>SLOTS_PER_NODE);
}

/** The slot after `slot` whose text stands at `p`, or 0. */
export function nextSlot(slot: usize, p: usize): usize {
  const likely = <usize>load<u32>(slot, 56);
  if (likely == 0) return 0;
  if (textStandsAt(p, likely)) return likely;
  const other = <usize>load<u32>(slot, 60);
  if (other == 0 || !textStandsAt(p, other)) return 0;
  store<u32>(slot, <u32>other, 56);
  store<u32>(slot, <u32>likely, 60);
  return other;
}

function textStandsAt(p: usize, slot: usize): bool {
  const length = load<u32>(slot, 48);
  const first = i8x16.bitmask(i8x16.eq(v128.load(p), v128.load(slot)));
  if (length <= 16) return (<u32>first | ((<u32>0xffffffff) << length)) == 0xffffffff;
  if (first != 0xffff) return false;
  const second = <u32>i8x16.bitmask(i8x16.eq(v128.load(p, 16), v128.load(slot, 16)));
  if (length <= 32) return (second | ((<u32>0xffffffff) << (length - 16))) == 0xffffffff;
  const third = <u32>i8x16.bitmask(i8x16.eq(v128.load(p, 32), v128.load(slot, 32)));
  return second == 0xffff && (third | ((<u32>0xffffffff) << (length - 32))) == 0xffffffff;
}

/** Scores: what a guess that held is worth, what one that failed costs, how long a node then rests. */
const hit: i32 = 1;
const miss: i32 = 4;
const best: i32 = 256;
const rest: i32 = 1 << 12;

export function noteHit(node: u32): void {
  const at = nodeAt(node);
  const score = load<i32>(at, 12);
  if (score < best) store<i32>(at, score + hit, 12);
}

/** Keeps the text `[start, start + length)` as what follows `slot`. Gives its slot, or 0 when there is no room. */
export function learn(node: u32, slot: usize, start: usize, length: u32, entry: usize): usize {
  const at = nodeAt(node);
  const score = load<i32>(at, 12) - miss;
  // A node whose keys come in ever new orders rests: guessing wrong costs more than reading.
  store<i32>(at, score < 0 ? -rest : score, 12);
  if (score < 0 || length > longestText) return 0;
  const found = slotFor(node, start, length, entry);
  if (found != 0) {
    store<u32>(slot, load<u32>(slot, 56), 60);
    store<u32>(slot, <u32>found, 56);
  }
  return found;
}

function slotFor(node: u32, start: usize, length: u32, entry: usize): usize {
  const at = nodeAt(node);
  const used = load<u32>(at, 8);
  const base = SLOTS + <usize>node * (SLOT_BYTES * <usize>SLOTS_PER_NODE);
  for (let i: u32 = 1; i <= used; i++) {
    const slot = base + <usize>i * SLOT_BYTES;
    if (load<u32>(slot, 48) == length && textStandsAt(start, slot)) return slot;
  }
  if (used + 1 >= SLOTS_PER_NODE) return 0;
  store<u32>(at, used + 1, 8);
  const slot = base + <usize>(used + 1) * SLOT_BYTES;
  memory.fill(slot, 0, SLOT_BYTES);
  memory.copy(slot, start, <usize>length);
  store<u32>(slot, length, 48);
  store<u32>(slot, <u32>entry, 52);
  return slot;
}

export function entryOf(slot: usize): usize {
  return <usize>load<u32>(slot, 52);
}

/** The node for objects under an unwanted key, made when first met; 0 when all are taken. */
export function childOf(slot: usize): u32 {
  const child = load<u32>(slot, 64);
  if (child != 0) return child;
  if (nodes >= nodeLimit) return 0;
  const made = nodes++;
  const at = nodeAt(made);
  store<u64>(at, 0);
  store<u32>(at, 0, 8);
  store<i32>(at, best, 12);
  memory.fill(SLOTS + <usize>made * (SLOT_BYTES * <usize>SLOTS_PER_NODE), 0, SLOT_BYTES);
  store<u32>(slot, made, 64);
  return made;
}
