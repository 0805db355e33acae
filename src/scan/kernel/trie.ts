import { ENTRIES, NODES } from './memory';

/**
 * The keys this query wants, as the host laid them out.
 *
 * An entry is a key in an object on the way to something wanted, 32 bytes:
 * key length u32, key pointer u32 (zero padded to eight bytes), field i32, child node u32, stamp u32, whole u32.
 * `field` takes the raw text of the value. With a child node the value is entered when it is an object; unless it is
 * wanted `whole` as well, the field then only says that it is there (the text is its opening brace). Of a key that is another spelling of a wanted
 * one (`DOUBT`) no more is known than that the truth has to look.
 *
 * A node is an object at one place, 16 bytes: first entry u32, entry count u32, slot count u32, score i32.
 * Node 0 is none: nothing is wanted there and nothing is learned.
 */

export const DOUBT: i32 = -2;

export function nodeAt(node: u32): usize {
  return NODES + ((<usize>node) << 4);
}

/** The entry for the key at `[start, start + length)`, or 0. */
export function entryFor(node: u32, start: usize, length: u32): usize {
  const at = nodeAt(node);
  let entry = ENTRIES + ((<usize>load<u32>(at)) << 5);
  const end = entry + ((<usize>load<u32>(at, 4)) << 5);
  while (entry < end) {
    if (load<u32>(entry) == length && isKey(start, <usize>load<u32>(entry, 4), length)) return entry;
    entry += 32;
  }
  return 0;
}

/** `key` is padded with zeros to a multiple of eight bytes. */
function isKey(start: usize, key: usize, length: u32): bool {
  let i: usize = 0;
  let left = length;
  while (left >= 8) {
    if (load<u64>(start + i) != load<u64>(key + i)) return false;
    i += 8;
    left -= 8;
  }
  if (left == 0) return true;
  const mask = ((<u64>1) << ((<u64>left) << 3)) - 1;
  return (load<u64>(start + i) & mask) == load<u64>(key + i);
}
