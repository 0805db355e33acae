/** Where the kernel's tables lie. The host lays them out once (`kernel-memory.ts`) and tells it here. */

/** Field `f` at `FIELDS + 16 f`: start u32, length u32, stamp u32. A field is present when its stamp is the line's. */
export let FIELDS: usize = 0;

/** Wanted keys, 32 bytes each: see `trie.ts`. */
export let ENTRIES: usize = 0;

/** Nodes, 16 bytes each: see `trie.ts`. */
export let NODES: usize = 0;
export let nodeLimit: u32 = 0;

/** Key literals met before, see `order.ts`. */
export let SLOTS: usize = 0;

/** Room for one composite key while it is put together. */
export let SCRATCH: usize = 0;
export let scratchBytes: u32 = 0;

export function setFields(at: usize): void {
  FIELDS = at;
}

export function setTrie(entries: usize, nodes: usize, limit: u32, slots: usize): void {
  ENTRIES = entries;
  NODES = nodes;
  nodeLimit = limit;
  SLOTS = slots;
}

export function setScratch(at: usize, bytes: u32): void {
  SCRATCH = at;
  scratchBytes = bytes;
}
