/** Whole numbers below 2^32, or any numbers, in pieces of flat memory: a list of millions grows without being copied. */
export interface NumberList {
  readonly length: number;
  push(number: number): void;
  at(index: number): number;
}

const pieceBits = 16;
const pieceLength = 1 << pieceBits;

export function words(): NumberList {
  return listOf((length) => new Uint32Array(length));
}

export function doubles(): NumberList {
  return listOf((length) => new Float64Array(length));
}

const shortest = 16;

function listOf(make: (length: number) => Uint32Array | Float64Array): NumberList {
  const pieces: (Uint32Array | Float64Array)[] = [];
  let last = make(0);
  let length = 0;

  /** The first piece grows: there may be thousands of short lists. */
  const makeRoom = (at: number): void => {
    const isFirst = length < pieceLength;
    const larger = make(isFirst ? Math.max(shortest, at * 2) : pieceLength);
    if (isFirst) larger.set(last);
    last = larger;
    pieces[isFirst ? 0 : pieces.length] = larger;
  };

  return {
    get length() {
      return length;
    },
    push(number) {
      const at = length & (pieceLength - 1);
      if (at === 0 || at === last.length) makeRoom(at);
      last[at] = number;
      length++;
    },
    at: (index) => pieces[index >>> pieceBits]?.[index & (pieceLength - 1)] ?? 0,
  };
}
