import type { AuditRecord, Cell, Provenance } from '../record/record.ts';
import { type Instant, isInstant } from '../record/time.ts';

/** A record and what it is sorted by, as bytes: `length of the head | head as JSON | bytes of the record`. */

interface PackedKey {
  readonly cell: Cell;
  readonly turn: number;
}

interface Head {
  readonly turn: number;
  readonly cell?: string | number | boolean | readonly string[];
  /** JSON has no infinite numbers, and `1e999` is one. */
  readonly infinite?: 'Infinity' | '-Infinity';
  /** A time has to come back as one. */
  readonly time?: Instant;
  readonly at: Provenance;
}

const lengthBytes = 4;

/** Lent until the next call. */
export function packedRecord({ raw, at }: AuditRecord, { cell, turn }: PackedKey): Uint8Array {
  const head: Head = { turn, ...cellPart(cell), at: plainPlace(at) };
  const text = JSON.stringify(head);
  const headBytes = Buffer.byteLength(text);
  const size = lengthBytes + headBytes + raw.length;
  if (size > room.length) room = Buffer.allocUnsafe(size * 2);
  room.writeUInt32LE(headBytes, 0);
  room.write(text, lengthBytes);
  room.set(raw, lengthBytes + headBytes);
  return room.subarray(0, size);
}

let room = Buffer.allocUnsafe(64 * 1024);

export function unpackedKey(entry: Uint8Array): PackedKey {
  const { cell, infinite, time, turn } = headOf(entry).head;
  return { cell: time ?? (infinite === undefined ? cell : Number(infinite)), turn };
}

/** The bytes are those of the entry. */
export function unpackedRecord(entry: Uint8Array): { readonly raw: Uint8Array; readonly at: Provenance } {
  const { head, end } = headOf(entry);
  return { raw: entry.subarray(end), at: head.at };
}

function headOf(entry: Uint8Array): { readonly head: Head; readonly end: number } {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
  const end = lengthBytes + bytes.readUInt32LE(0);
  return { head: JSON.parse(bytes.toString('utf8', lengthBytes, end)) as Head, end };
}

function cellPart(cell: Cell): Pick<Head, 'cell' | 'infinite' | 'time'> {
  if (cell === undefined) return {};
  if (cell === Number.POSITIVE_INFINITY) return { infinite: 'Infinity' };
  if (cell === Number.NEGATIVE_INFINITY) return { infinite: '-Infinity' };
  return isInstant(cell) ? { time: plainInstant(cell) } : { cell };
}

function plainPlace({ kafkaTime, ...at }: Provenance): Provenance {
  return kafkaTime === undefined ? at : { ...at, kafkaTime: plainInstant(kafkaTime) };
}

/** Whose text is written when it is asked for. */
function plainInstant({ second, nano, text }: Instant): Instant {
  return { second, nano, text };
}
