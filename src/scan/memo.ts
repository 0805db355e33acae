/** Something worked out once for each tuple of a group. */
export interface Memo<T> {
  of(tuple: number): T;
}

/** Memos of one set of tuples; numbers that are given anew mean something else, so all are emptied then. */
export class Memos {
  readonly #all: unknown[][] = [];
  #generation = 0;

  memo<T extends NonNullable<unknown>>(workOut: (tuple: number) => T): Memo<T> {
    const known: (T | undefined)[] = [];
    this.#all.push(known);
    return {
      of(tuple) {
        const before = known[tuple];
        if (before !== undefined) return before;
        const made = workOut(tuple);
        known[tuple] = made;
        return made;
      },
    };
  }

  /** Call when rows were made anew. */
  refresh(generation: number): void {
    if (generation === this.#generation) return;
    this.#generation = generation;
    for (const known of this.#all) known.length = 0;
  }
}
