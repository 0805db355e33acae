import type { Tuples } from './rows.ts';

/** Something worked out once for each tuple of a group. */
export interface Memo<T> {
  of(tuple: number): T;
}

/** Memos of one set of tuples. Numbers that are given anew mean something else, so those of their group are emptied then. */
export class Memos {
  readonly #all: GroupMemo[] = [];
  #generation = 0;

  memo<T extends NonNullable<unknown>>(group: number, workOut: (tuple: number) => T): Memo<T> {
    const known: (T | undefined)[] = [];
    this.#all.push({ group, known, generation: 0 });
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
  refresh(tuples: Tuples): void {
    if (tuples.generation === this.#generation) return;
    this.#generation = tuples.generation;
    for (const memo of this.#all) {
      const generation = tuples.generationOf(memo.group);
      if (generation !== memo.generation) memo.known.length = 0;
      memo.generation = generation;
    }
  }
}

interface GroupMemo {
  readonly group: number;
  readonly known: unknown[];
  generation: number;
}
