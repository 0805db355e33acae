/** Chance from a seed: the same numbers on every runtime, because only whole 32-bit numbers are involved. */
export interface Random {
  /** A whole number below `limit`, which is at most 2 to the power of 32. */
  below(limit: number): number;
  /** True in so many of a million cases. */
  perMillion(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** The items in any order; a list of one is given back as it is. */
  shuffled<T>(items: readonly T[]): readonly T[];
  /** So many hexadecimal digits; a multiple of four. */
  hex(length: number): string;
}

/** Mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / 4294967296) * limit);
  return {
    below,
    perMillion: (share) => below(1_000_000) < share,
    pick: (items) => itemAt(items, below(items.length)),
    shuffled<T>(items: readonly T[]) {
      if (items.length < 2) return items;
      const order = items.slice();
      for (let i = order.length - 1; i > 0; i--) {
        const j = below(i + 1);
        const moved = order[i] as T;
        order[i] = order[j] as T;
        order[j] = moved;
      }
      return order;
    },
    hex(length) {
      let text = '';
      for (let done = 0; done < length; done += 8) {
        const number = next();
        text += hexGroup(number >>> 16);
        if (done + 4 < length) text += hexGroup(number & 0xffff);
      }
      return text;
    },
  };
}

/** Fills a table of `size` places with the items, each as often as its weight says: one draw is one look-up. */
export function weighted<T>(items: readonly T[], weightOf: (item: T, index: number) => number, size = 1 << 14): T[] {
  const weights = items.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const table: T[] = [];
  let reached = 0;
  items.forEach((item, index) => {
    reached += weights[index] ?? 0;
    const end = Math.round((reached / total) * size);
    while (table.length < end) table.push(item);
  });
  return table;
}

const hexGroups = Array.from({ length: 1 << 16 }, (_, number) => number.toString(16).padStart(4, '0'));
const hexGroup = (number: number): string => hexGroups[number] ?? '';

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
