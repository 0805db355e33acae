import type { ScratchFile } from '../input/sources/scratch-file.ts';

/** Before each entry of a run stands how long it is. */
export const prefixBytes = 4;

/** A run: entries end to end in a file, each behind its length. */
export interface Region {
  readonly from: number;
  readonly bytes: number;
}

/** Gives one entry after the other; each is lent until the next. */
export interface Cursor {
  next(): Uint8Array | undefined;
}

export function fileCursor(file: ScratchFile, { from, bytes }: Region, bufferBytes: number): Cursor {
  let buffer = Buffer.alloc(0);
  let at = 0;
  let read = 0;
  const need = (size: number): void => {
    if (buffer.length - at >= size) return;
    const rest = buffer.subarray(at);
    const more = Math.min(bytes - read, Math.max(bufferBytes, size) - rest.length);
    const filled = Buffer.allocUnsafe(rest.length + more);
    filled.set(rest);
    file.read(filled.subarray(rest.length), from + read);
    buffer = filled;
    read += more;
    at = 0;
  };
  return {
    next() {
      if (at === buffer.length && read === bytes) return undefined;
      need(prefixBytes);
      const length = buffer.readUInt32LE(at);
      need(prefixBytes + length);
      const start = at + prefixBytes;
      at = start + length;
      return buffer.subarray(start, at);
    },
  };
}

interface Lane<Key> {
  readonly cursor: Cursor;
  /** Runs in the order they were made in. */
  readonly turn: number;
  entry: Uint8Array;
  key: Key;
}

/** All entries in order; of equal ones those of the earlier cursor come first. */
export function* merged<Key>(
  cursors: readonly Cursor[],
  keyOf: (entry: Uint8Array) => Key,
  compare: (a: Key, b: Key) => number,
): Generator<Uint8Array, undefined> {
  const before = (a: Lane<Key>, b: Lane<Key>): number => compare(a.key, b.key) || a.turn - b.turn;
  const lanes = cursors.flatMap((cursor, turn): Lane<Key>[] => {
    const entry = cursor.next();
    return entry === undefined ? [] : [{ cursor, turn, entry, key: keyOf(entry) }];
  });
  lanes.sort(before);
  for (let lane = lanes[0]; lane !== undefined; lane = lanes[0]) {
    yield lane.entry;
    const entry = lane.cursor.next();
    if (entry === undefined) {
      lanes.shift();
      continue;
    }
    lane.entry = entry;
    lane.key = keyOf(entry);
    const second = lanes[1];
    if (second === undefined || before(lane, second) <= 0) continue;
    const to = lastBefore(lanes, lane, before);
    lanes.copyWithin(0, 1, to + 1);
    lanes[to] = lane;
  }
}

/** The last of the lanes behind the first that comes before `lane`. */
function lastBefore<Key>(
  lanes: readonly Lane<Key>[],
  lane: Lane<Key>,
  before: (a: Lane<Key>, b: Lane<Key>) => number,
): number {
  let low = 1;
  for (let high = lanes.length; low < high; ) {
    const middle = (low + high) >> 1;
    const other = lanes[middle];
    if (other !== undefined && before(other, lane) < 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
