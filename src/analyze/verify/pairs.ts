import { words } from '../../record/ids/number-list.ts';

/** Pairs of records by their numbers: an earlier one, and one that ought to be the same. */
export interface Pairs {
  readonly length: number;
  first(pair: number): number;
  again(pair: number): number;
}

export interface PairList extends Pairs {
  add(first: number, again: number): void;
}

export function newPairList(): PairList {
  const firsts = words();
  const agains = words();
  return {
    get length() {
      return firsts.length;
    },
    first: firsts.at,
    again: agains.at,
    add(first, again) {
      firsts.push(first);
      agains.push(again);
    },
  };
}

/** Those that are not among others, whose later records rise. */
export function withoutPairs(pairs: Pairs, others: Pairs): Pairs {
  const kept = newPairList();
  for (let pair = 0; pair < pairs.length; pair++) {
    const first = pairs.first(pair);
    const again = pairs.again(pair);
    const other = placeOfAgain(others, again);
    if (others.again(other) !== again || others.first(other) !== first) kept.add(first, again);
  }
  return kept;
}

function placeOfAgain(pairs: Pairs, again: number): number {
  let low = 0;
  for (let high = pairs.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (pairs.again(middle) < again) low = middle + 1;
    else high = middle;
  }
  return low;
}
