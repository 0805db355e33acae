/** Whole numbers below 2^32, or any numbers, in pieces of flat memory: a list of millions grows without being copied. */
export interface NumberList {
  readonly length: number;
  push(number: number): void;
  at(index: number): number;
}

const pieceBits = 16;
const pieceLength = 1 << pieceBits;

export function words(): NumberList {
  return listOf(() => new Uint32Array(pieceLength));
}

export function doubles(): NumberList {
  return listOf(() => new Float64Array(pieceLength));
}

function listOf(piece: () => Uint32Array | Float64Array): NumberList {
  const pieces: (Uint32Array | Float64Array)[] = [];
  let last = piece();
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(number) {
      const at = length & (pieceLength - 1);
      if (at === 0) {
        if (length > 0) last = piece();
        pieces.push(last);
      }
      last[at] = number;
      length++;
    },
    at: (index) => pieces[index >>> pieceBits]?.[index & (pieceLength - 1)] ?? 0,
  };
}
