/**
 * XXH64 with seed 0, streaming: the checksum at the end of a zstd frame. Only its low 32 bits are
 * asked for. A 64-bit number is held as two unsigned halves, because BigInt is some twenty times slower.
 */
export class Xxh64 {
  readonly #lanes: readonly [Word, Word, Word, Word] = [
    sum(prime1, prime2),
    { ...prime2 },
    { high: 0, low: 0 },
    negated(prime1),
  ];
  readonly #pending = new Uint8Array(32);
  #pendingLength = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#pendingLength > 0) {
      at = Math.min(32 - this.#pendingLength, bytes.length);
      this.#pending.set(bytes.subarray(0, at), this.#pendingLength);
      this.#pendingLength += at;
      if (this.#pendingLength < 32) return;
      this.#stripe(viewOf(this.#pending), 0);
    }
    const view = viewOf(bytes);
    for (; at + 32 <= bytes.length; at += 32) this.#stripe(view, at);
    this.#pending.set(bytes.subarray(at));
    this.#pendingLength = bytes.length - at;
  }

  /** The low 32 bits of the digest. */
  low32(): number {
    const hash = this.#length >= 32 ? this.#merged() : { ...prime5 };
    add(hash, { high: Math.floor(this.#length / 2 ** 32), low: this.#length >>> 0 });
    this.#tail(hash);
    avalanche(hash);
    return hash.low >>> 0;
  }

  #stripe(view: DataView, at: number): void {
    let offset = at;
    for (const lane of this.#lanes) {
      round(lane, view.getUint32(offset + 4, true), view.getUint32(offset, true));
      offset += 8;
    }
  }

  #merged(): Word {
    const [a, b, c, d] = this.#lanes;
    const hash = rotated(a, 1);
    add(hash, rotated(b, 7));
    add(hash, rotated(c, 12));
    add(hash, rotated(d, 18));
    for (const lane of this.#lanes) {
      const mixed: Word = { high: 0, low: 0 };
      round(mixed, lane.high, lane.low);
      xor(hash, mixed);
      multiply(hash, prime1);
      add(hash, prime4);
    }
    return hash;
  }

  #tail(hash: Word): void {
    const view = viewOf(this.#pending);
    let at = 0;
    for (; at + 8 <= this.#pendingLength; at += 8) {
      const mixed: Word = { high: 0, low: 0 };
      round(mixed, view.getUint32(at + 4, true), view.getUint32(at, true));
      xor(hash, mixed);
      rotate(hash, 27);
      multiply(hash, prime1);
      add(hash, prime4);
    }
    if (at + 4 <= this.#pendingLength) {
      const word: Word = { high: 0, low: view.getUint32(at, true) };
      multiply(word, prime1);
      xor(hash, word);
      rotate(hash, 23);
      multiply(hash, prime2);
      add(hash, prime3);
      at += 4;
    }
    for (; at < this.#pendingLength; at++) {
      const word: Word = { high: 0, low: view.getUint8(at) };
      multiply(word, prime5);
      xor(hash, word);
      rotate(hash, 11);
      multiply(hash, prime1);
    }
  }
}

interface Word {
  high: number;
  low: number;
}

const prime1: Word = { high: 0x9e3779b1, low: 0x85ebca87 };
const prime2: Word = { high: 0xc2b2ae3d, low: 0x27d4eb4f };
const prime3: Word = { high: 0x165667b1, low: 0x9e3779f9 };
const prime4: Word = { high: 0x85ebca77, low: 0xc2b2ae63 };
const prime5: Word = { high: 0x27d4eb2f, low: 0x165667c5 };

/** `lane = rotate(lane + input * prime2, 31) * prime1`. */
function round(lane: Word, high: number, low: number): void {
  input.high = high;
  input.low = low;
  multiply(input, prime2);
  add(lane, input);
  rotate(lane, 31);
  multiply(lane, prime1);
}

/** Scratch of `round`, so that a stripe allocates nothing. */
const input: Word = { high: 0, low: 0 };

function avalanche(hash: Word): void {
  xor(hash, { high: 0, low: hash.high >>> 1 });
  multiply(hash, prime2);
  xor(hash, { high: hash.high >>> 29, low: ((hash.high << 3) | (hash.low >>> 29)) >>> 0 });
  multiply(hash, prime3);
  xor(hash, { high: 0, low: hash.high });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function sum(a: Word, b: Word): Word {
  const result = { ...a };
  add(result, b);
  return result;
}

function add(word: Word, other: Word): void {
  const low = word.low + other.low;
  word.high = (word.high + other.high + (low > 0xffffffff ? 1 : 0)) >>> 0;
  word.low = low >>> 0;
}

function negated(word: Word): Word {
  const result: Word = { high: ~word.high >>> 0, low: ~word.low >>> 0 };
  add(result, { high: 0, low: 1 });
  return result;
}

function xor(word: Word, other: Word): void {
  word.high = (word.high ^ other.high) >>> 0;
  word.low = (word.low ^ other.low) >>> 0;
}

function rotated(word: Word, bits: number): Word {
  const result = { ...word };
  rotate(result, bits);
  return result;
}

/** To the left, by 1 to 31 bits. */
function rotate(word: Word, bits: number): void {
  const { high, low } = word;
  word.high = ((high << bits) | (low >>> (32 - bits))) >>> 0;
  word.low = ((low << bits) | (high >>> (32 - bits))) >>> 0;
}

/** Modulo 2^64. */
function multiply(word: Word, factor: Word): void {
  const a0 = word.low & 0xffff;
  const a1 = word.low >>> 16;
  const b0 = factor.low & 0xffff;
  const b1 = factor.low >>> 16;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const cross = a0 * b1 + (middle % 0x10000);
  const carry = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000);
  const high = carry + Math.imul(word.high, factor.low) + Math.imul(word.low, factor.high);
  word.high = high >>> 0;
  word.low = (((cross & 0xffff) << 16) | (low & 0xffff)) >>> 0;
}
