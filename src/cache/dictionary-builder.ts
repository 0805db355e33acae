import type { Slice } from '../scan/projection.ts';
import { absent, type Dictionary } from './format.ts';
import type { SectionWriter } from './section-writer.ts';

/** When a group is not worth its room: its questions are answered by scanning then. */
export interface DictionaryLimits {
  readonly tuples: number;
  readonly textBytes: number;
  /** Past so many tuples each of them has to stand for some records, or most records have a tuple of their own. */
  readonly fewTuples: number;
}

const defaultLimits: DictionaryLimits = { tuples: 128 * 1024, textBytes: 8 * 1024 * 1024, fewTuples: 8 * 1024 };

const recordsPerTuple = 3;

/** No JSON text holds a control character as it is, so these part values and stand for one that is not there. */
const parting = '\u0000';
const missing = '\u0001';

/** Numbers for the tuples of one group that hold for a whole file, whatever numbers the kernel gives meanwhile. */
export class DictionaryBuilder {
  readonly #numbers = new Map<string, number>();
  /** By the kernel's number; 0 for one not met since the kernel's numbers began anew, else one more. */
  #known = new Uint32Array(1024);
  #textBytes = 0;
  #isTooLarge = false;
  #records = 0;
  readonly #limits: DictionaryLimits;

  constructor(limits = defaultLimits) {
    this.#limits = limits;
  }

  /** True once the group had too many tuples to be kept; it is given up then. */
  get isTooLarge(): boolean {
    return this.#isTooLarge;
  }

  /** The kernel gives its numbers anew. */
  renumber(): void {
    this.#known.fill(0);
  }

  /** The number of a record's tuple. `slicesOf` is asked only for a tuple not met yet. */
  numberOf(kernelTuple: number, slicesOf: () => readonly Slice[]): number {
    this.#records++;
    const known = this.#known[kernelTuple] ?? 0;
    if (known > 0) return known - 1;
    const number = this.#add(slicesOf());
    if (kernelTuple >= this.#known.length) {
      const larger = new Uint32Array(Math.max(kernelTuple + 1, 2 * this.#known.length));
      larger.set(this.#known);
      this.#known = larger;
    }
    this.#known[kernelTuple] = number + 1;
    return number;
  }

  write(writer: SectionWriter): Dictionary {
    const keys = [...this.#numbers.keys()];
    const places = new Uint32Array(keys.length + 1);
    const room = keys.reduce((sum, key) => sum + Buffer.byteLength(key) + lengthBytes * key.split(parting).length, 0);
    const texts = Buffer.allocUnsafe(room);
    let end = 0;
    for (const [number, key] of keys.entries()) {
      for (const slice of key.split(parting)) {
        const length = slice === missing ? 0 : texts.write(slice, end + lengthBytes);
        texts.writeUInt32LE(slice === missing ? absent : length, end);
        end += lengthBytes + length;
      }
      places[number + 1] = end;
    }
    return { tuples: keys.length, places: writer.add(bytesOf(places)), texts: writer.add(texts.subarray(0, end)) };
  }

  #add(slices: readonly Slice[]): number {
    const key = slices.map((slice) => slice ?? missing).join(parting);
    const before = this.#numbers.get(key);
    if (before !== undefined) return before;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    this.#textBytes += key.length + 4 * slices.length;
    if (this.#isOverLimit()) {
      this.#isTooLarge = true;
      this.#numbers.clear();
    }
    return number;
  }

  #isOverLimit(): boolean {
    const { tuples, textBytes, fewTuples } = this.#limits;
    const { size } = this.#numbers;
    return size > tuples || this.#textBytes > textBytes || (size > fewTuples && size * recordsPerTuple > this.#records);
  }
}

const lengthBytes = 4;

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
