/**
 * Counts by key, exact. A hostile dump can hold a new key in every record, so past `maxKeys` no
 * new key is taken in: those already known stay exact, the rest are counted together, and the
 * result says so.
 */
export interface Tally {
  /** Whether the key is one of those that are told apart. */
  add(key: string): boolean;
  /** Most frequent first, ties by key text. */
  top(most: number): readonly (readonly [key: string, count: number])[];
  distinct(): number;
  /** Counts of keys that were not taken in; 0 in any ordinary dump. */
  overflow(): number;
}

export const maxKeys = 200_000;

export function newTally(limit = maxKeys): Tally {
  const counts = new Map<string, number>();
  let overflow = 0;
  return {
    add(key) {
      const count = counts.get(key) ?? 0;
      if (count === 0 && counts.size >= limit) {
        overflow++;
        return false;
      }
      counts.set(key, count + 1);
      return true;
    },
    top: (most) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most),
    distinct: () => counts.size,
    overflow: () => overflow,
  };
}
