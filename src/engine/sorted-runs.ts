import { openScratchFile, type ScratchFile } from '../input/sources/scratch-file.ts';
import { type Cursor, fileCursor, merged, prefixBytes, type Region } from './merged-runs.ts';

/**
 * Entries in order, however many there are. What is held in memory is sorted and taken to a temporary file whenever it
 * has grown too large (a run); in the end all runs are merged. Entries that compare equal keep the order in which they
 * were added.
 */
export class SortedRuns<Key> {
  readonly #options: SortOptions<Key>;
  readonly #most: number;
  readonly #runs: Region[] = [];
  #held: Held<Key> = newHeld();
  #file: ScratchFile | undefined;
  #spilled = 0;

  constructor(options: SortOptions<Key>) {
    this.#options = options;
    this.#most = options.mostBytes ?? mostBytesHeld;
  }

  /** Entries that will be given. */
  get count(): number {
    return this.#spilled + this.#held.keys.length;
  }

  /** The bytes are copied. */
  add(key: Key, entry: Uint8Array): void {
    hold(this.#held, key, entry);
    if (this.#held.bytes > this.#most) this.#spill();
  }

  /** Of those in memory only the first or the last so many will be needed. */
  trim(wanted: Wanted): void {
    const { keys } = this.#held;
    if (keys.length <= wanted.most * 2 + 1024) return;
    const order = this.#orderOfHeld();
    const kept = wanted.end === 'first' ? order.slice(0, wanted.most) : order.slice(-wanted.most);
    const before = this.#held;
    this.#held = newHeld();
    // In the order they were added in, which decides between equal ones.
    for (const i of kept.toSorted((a, b) => a - b)) hold(this.#held, keyAt(before, i), entryAt(before, i));
  }

  /** All of them in order; lent until the next one is asked for. Nothing may be added meanwhile. */
  *entries(): Generator<Uint8Array, undefined> {
    const { keyOf, compare } = this.#options;
    const file = this.#file;
    const held = this.#heldCursor();
    if (file === undefined) {
      for (let entry = held.next(); entry !== undefined; entry = held.next()) yield entry;
      return;
    }
    const bufferBytes = Math.min(mostBuffer, Math.max(leastBuffer, Math.floor(mostBuffers / this.#runs.length)));
    const cursors = [...this.#runs.map((region) => fileCursor(file, region, bufferBytes)), held];
    yield* merged(cursors, keyOf, compare);
  }

  close(): void {
    this.#held = newHeld();
    this.#file?.close();
    this.#file = undefined;
  }

  #spill(): void {
    this.#file ??= (this.#options.openFile ?? openScratchFile)();
    const held = this.#held;
    let piece = Buffer.allocUnsafe(pieceBytes);
    let used = 0;
    let from: number | undefined;
    let bytes = 0;
    const send = (file: ScratchFile, part: Uint8Array): void => {
      const at = file.append(part);
      from ??= at;
      bytes += part.length;
    };
    for (const i of this.#orderOfHeld()) {
      const entry = entryAt(held, i);
      const size = prefixBytes + entry.length;
      if (used + size > piece.length) {
        send(this.#file, piece.subarray(0, used));
        if (size > piece.length) piece = Buffer.allocUnsafe(size);
        used = 0;
      }
      piece.writeUInt32LE(entry.length, used);
      piece.set(entry, used + prefixBytes);
      used += size;
    }
    send(this.#file, piece.subarray(0, used));
    this.#runs.push({ from: from ?? 0, bytes });
    this.#spilled += held.keys.length;
    this.#held = newHeld(held.chunks.filter(({ length }) => length === chunkBytes));
  }

  /** The numbers of those in memory. Records mostly come in the order that is asked for. */
  #orderOfHeld(): number[] {
    const { keys } = this.#held;
    const { compare } = this.#options;
    const order = Array.from(keys, (_, i) => i);
    const isSorted = keys.every((key, i) => i === 0 || compare(keyAt(this.#held, i - 1), key) <= 0);
    return isSorted ? order : order.sort((a, b) => compare(keyAt(this.#held, a), keyAt(this.#held, b)) || a - b);
  }

  #heldCursor(): Cursor {
    const held = this.#held;
    const order = this.#orderOfHeld();
    let next = 0;
    return {
      next() {
        const i = order[next++];
        return i === undefined ? undefined : entryAt(held, i);
      },
    };
  }
}

export interface SortOptions<Key> {
  readonly compare: (a: Key, b: Key) => number;
  /** The key that the entry was added with. */
  readonly keyOf: (entry: Uint8Array) => Key;
  /** Held in memory before a run is made of it. */
  readonly mostBytes?: number | undefined;
  readonly openFile?: (() => ScratchFile) | undefined;
}

/** One end of the order. */
export interface Wanted {
  readonly end: 'first' | 'last';
  readonly most: number;
}

const mostBytesHeld = 32 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

/** Of the buffers through which runs are read. */
const mostBuffers = 16 * 1024 * 1024;
const mostBuffer = 1024 * 1024;
const leastBuffer = 16 * 1024;

/** Entries end to end in chunks, and what to sort them by. */
interface Held<Key> {
  readonly keys: Key[];
  readonly chunks: Buffer[];
  /** To be used before new ones are made: what is let go waits long for the collector. */
  readonly spare: Buffer[];
  /** Of each entry its chunk, where it begins there and how long it is. */
  readonly places: number[];
  /** Where the next entry goes in the last chunk. */
  end: number;
  bytes: number;
}

function newHeld<Key>(spare: Buffer[] = []): Held<Key> {
  return { keys: [], chunks: [], spare, places: [], end: 0, bytes: 0 };
}

const firstChunk = 64 * 1024;
const chunkBytes = 1024 * 1024;

/** What the key and the place of an entry take. */
const overhead = 96;

function hold<Key>(held: Held<Key>, key: Key, entry: Uint8Array): void {
  let chunk = held.chunks.at(-1);
  if (chunk === undefined || held.end + entry.length > chunk.length) {
    chunk = newChunk(held, entry.length);
    held.chunks.push(chunk);
    held.end = 0;
  }
  chunk.set(entry, held.end);
  held.keys.push(key);
  held.places.push(held.chunks.length - 1, held.end, entry.length);
  held.end += entry.length;
  held.bytes += entry.length + overhead;
}

function newChunk({ chunks, spare }: Pick<Held<unknown>, 'chunks' | 'spare'>, least: number): Buffer {
  const used = least > chunkBytes ? undefined : spare.pop();
  return used ?? Buffer.allocUnsafeSlow(Math.max(least, chunks.length === 0 ? firstChunk : chunkBytes));
}

function keyAt<Key>({ keys }: Held<Key>, i: number): Key {
  // Only numbers of entries are asked for; a key may itself be undefined.
  return keys[i] as Key;
}

function entryAt<Key>({ chunks, places }: Held<Key>, i: number): Buffer {
  const from = places[i * 3 + 1] ?? 0;
  const length = places[i * 3 + 2] ?? 0;
  const bytes = chunks[places[i * 3] ?? 0];
  if (bytes === undefined) throw new Error(`no entry ${i}`);
  return bytes.subarray(from, from + length);
}
