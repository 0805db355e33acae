/**
 * Counts by key, exact. A hostile dump can hold a new key in every record, so past `maxKeys` no
 * new key is taken in: those already known stay exact, the rest are counted together, and the
 * result says so.
 *
 * Up to the limit, order does not matter: counts add up. Past it, the keys told apart are those
 * first met, so keys must come in input order, or groups of them in the order they were first met.
 */
export interface Tally {
  /** Whether the key is one of those that are told apart. */
  add(key: string, times?: number): boolean;
  has(key: string): boolean;
  /** Most frequent first, ties by key text. */
  top(most: number): readonly (readonly [key: string, count: number])[];
  distinct(): number;
  /** Counts of keys that were not taken in; 0 in any ordinary dump. */
  overflow(): number;
  /** Adds what another tally counted. Exact if nothing overflows then. */
  merge(part: TallyState): void;
  /** Lent until more is added. */
  state(): TallyState;
}

/** A tally as plain data. */
export interface TallyState {
  readonly counts: ReadonlyMap<string, number>;
  readonly overflow: number;
}

export const maxKeys = 200_000;

export function newTally(limit = maxKeys): Tally {
  const counts = new Map<string, number>();
  let overflow = 0;

  const add = (key: string, times = 1): boolean => {
    const count = counts.get(key) ?? 0;
    if (count === 0 && counts.size >= limit) {
      overflow += times;
      return false;
    }
    counts.set(key, count + times);
    return true;
  };

  return {
    add,
    has: (key) => counts.has(key),
    top: (most) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most),
    distinct: () => counts.size,
    overflow: () => overflow,
    merge(part) {
      for (const [key, count] of part.counts) add(key, count);
      overflow += part.overflow;
    },
    state: () => ({ counts, overflow }),
  };
}
