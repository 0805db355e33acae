import { randomBytes } from 'node:crypto';
import { type Digest, digestOfBytes } from './digest.ts';
import { type NumberList, words } from './number-list.ts';

/** Gives every distinct id a number, from 0 in the order first met. */
export interface IdIndex {
  /** Of a new id it is the `size` there was before. */
  numberOf(id: string | Uint8Array): number;
  readonly size: number;
}

/**
 * Remembers ids as digests of 16 bytes in flat memory, so that millions of them fit where a map of texts would not. The
 * digests are salted, so that nobody can choose ids that fall into the same place of the table.
 */
export function newIdIndex(): IdIndex {
  const salt = randomBytes(16);
  const digests = [words(), words(), words(), words()] as const;
  /** Numbers plus one; 0 is a free place. */
  let slots = new Uint32Array(1 << 12);

  const slotOf = (digest: Digest): number => {
    const mask = slots.length - 1;
    let slot = digest[0] & mask;
    for (;;) {
      const taken = slots[slot] ?? 0;
      if (taken === 0 || isSame(digests, taken - 1, digest)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    slots = new Uint32Array(slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < digests[0].length; number++) {
      let slot = digests[0].at(number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
  };

  return {
    get size() {
      return digests[0].length;
    },
    numberOf(id) {
      const digest = digestOfBytes(salted(salt, id));
      const slot = slotOf(digest);
      const taken = slots[slot] ?? 0;
      if (taken > 0) return taken - 1;
      for (const [i, list] of digests.entries()) list.push(digest[i] ?? 0);
      const size = digests[0].length;
      slots[slot] = size;
      if (size * 3 > slots.length * 2) grow();
      return size - 1;
    },
  };
}

function isSame(digests: readonly NumberList[], number: number, digest: Digest): boolean {
  return digests.every((list, i) => list.at(number) === digest[i]);
}

/** Ids are short: one buffer takes them all. */
let room = Buffer.alloc(1024);

function salted(salt: Uint8Array, id: string | Uint8Array): Uint8Array {
  const longest = salt.length + (typeof id === 'string' ? id.length * 3 : id.length);
  if (room.length < longest) room = Buffer.alloc(longest);
  room.set(salt);
  if (typeof id === 'string') return room.subarray(0, salt.length + room.write(id, salt.length));
  room.set(id, salt.length);
  return room.subarray(0, salt.length + id.length);
}
