import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell, JsonObject, Provenance } from '../record/record.ts';
import { type Instant, isInstant, type Moment, writtenInstant } from '../record/time.ts';
import { CellDictionary, cellsOfText, type Packed, type Part, packedText } from './cell-dictionary.ts';

/**
 * Records reduced to some of their cells, as bytes: a tenth of the record, and nothing has to be parsed to read them.
 *
 *     second f64 | nano u32 | digits u32 | line f64 | file u32 | time slot u32 | a slot u32 for each part | texts
 *
 * Columns whose values come together again and again are one part. Cells of a part that were met before are a number into
 * its dictionary; others stand behind the slots.
 */
export class CompactRecords {
  readonly parts: readonly Part[];
  readonly #dictionaries: readonly CellDictionary[];
  /** Of each column its part and its place in that. */
  readonly #places: ReadonlyMap<string, readonly [part: number, place: number]>;
  readonly #files: string[] = [];
  #room: Buffer = Buffer.allocUnsafe(64 * 1024);

  constructor(parts: readonly Part[]) {
    this.parts = parts;
    this.#dictionaries = parts.map(() => new CellDictionary());
    this.#places = new Map(parts.flatMap((names, part) => names.map((name, i) => [name, [part, i]])));
  }

  /** What stands for the cells of a part in {@link pack}. */
  packed(part: number, cells: readonly Cell[]): Packed {
    return this.#dictionaries[part]?.packed(cells) ?? packedText(cells);
  }

  /** What stands for those of a record. */
  packedOf(record: AuditRecord): readonly Packed[] {
    return this.parts.map((names, part) =>
      this.packed(
        part,
        names.map((name) => cellOf(record, name)),
      ),
    );
  }

  /** Lent until the next call. `packed` has something for each part. */
  pack(time: Cell, file: string, line: number, packed: readonly Packed[]): Uint8Array {
    let room: Buffer = this.#room;
    let end = slotsAt + packed.length * 4;
    if (isInstant(time)) {
      room.writeDoubleLE(time.second, 0);
      room.writeUInt32LE(time.nano, nanoAt);
      room.writeUInt32LE(digitsOf(time), digitsAt);
    } else room.writeUInt32LE(noTime, digitsAt);
    room.writeDoubleLE(line, lineAt);
    room.writeUInt32LE(this.#fileNumber(file), fileAt);
    for (let i = -1; i < packed.length; i++) {
      const what = i < 0 ? oddTime(time) : packed[i];
      let slot = 0;
      if (typeof what === 'number') slot = what;
      else if (what !== undefined) {
        room = this.#withRoom(end + textHead + what.length * 2);
        slot = inline + end;
        end = writeText(room, end, what);
      }
      room.writeUInt32LE(slot, slotsAt + i * 4);
    }
    return room.subarray(0, end);
  }

  /** A record that knows its time, its place and the cells; it is as long-lived as the bytes. */
  unpack(bytes: Uint8Array): CompactRecord {
    return new CompactRecord(this, bufferOf(bytes));
  }

  placeOf(column: string): readonly [part: number, place: number] {
    const place = this.#places.get(column);
    // What is not there would be worked out from nothing, and look like a missing cell.
    if (place === undefined) throw new Error(`${column} is not among the cells that were kept`);
    return place;
  }

  cells(bytes: Buffer, part: number): readonly Cell[] {
    const slot = bytes.readUInt32LE(slotsAt + part * 4);
    const cells = slot < inline ? this.#dictionaries[part]?.cells(slot) : cellsOfText(readText(bytes, slot - inline));
    if (cells === undefined) throw new Error(`no cells ${slot} of part ${part}`);
    return cells;
  }

  place(bytes: Buffer): Provenance {
    return { file: this.#files[bytes.readUInt32LE(fileAt)] ?? '', line: bytes.readDoubleLE(lineAt) };
  }

  #fileNumber(file: string): number {
    // Records come file by file.
    if (this.#files.at(-1) === file) return this.#files.length - 1;
    const known = this.#files.indexOf(file);
    return known < 0 ? this.#files.push(file) - 1 : known;
  }

  #withRoom(bytes: number): Buffer {
    if (bytes > this.#room.length) {
      const larger = Buffer.allocUnsafe(bytes * 2);
      larger.set(this.#room);
      this.#room = larger;
    }
    return this.#room;
  }
}

const nanoAt = 8;
const digitsAt = 12;
const lineAt = 16;
const fileAt = 24;
const oddTimeAt = 28;
const slotsAt = 32;

const noTime = 0xff_ff_ff_ff;
/** Slots from there on are places of texts. */
const inline = 0x80_00_00_00;

/** When it happened; undefined for a record without a usable time. */
export function momentOf(bytes: Uint8Array): Moment | undefined {
  const view = bufferOf(bytes);
  if (view.readUInt32LE(digitsAt) === noTime) return undefined;
  return { second: view.readDoubleLE(0), nano: view.readUInt32LE(nanoAt) };
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export class CompactRecord implements AuditRecord {
  readonly raw = nothing;
  readonly value = noValue;
  readonly #records: CompactRecords;
  readonly #bytes: Buffer;
  /** The parts that were looked at. */
  readonly #cells: (readonly Cell[])[] = [];

  constructor(records: CompactRecords, bytes: Buffer) {
    this.#records = records;
    this.#bytes = bytes;
  }

  get at(): Provenance {
    return this.#records.place(this.#bytes);
  }

  known(column: string): Cell {
    if (column === 'time') return timeOf(this.#bytes);
    if (column === 'file' || column === 'line') return this.at[column];
    const [part, place] = this.#records.placeOf(column);
    return this.#part(part)[place];
  }

  #part(part: number): readonly Cell[] {
    const known = this.#cells[part];
    if (known !== undefined) return known;
    const cells = this.#records.cells(this.#bytes, part);
    this.#cells[part] = cells;
    return cells;
  }

  /** The same with bytes of its own. */
  kept(): CompactRecord {
    return new CompactRecord(this.#records, Buffer.from(this.#bytes));
  }
}

function timeOf(bytes: Buffer): Instant | undefined {
  const digits = bytes.readUInt32LE(digitsAt);
  if (digits === noTime) return undefined;
  const odd = bytes.readUInt32LE(oddTimeAt);
  const written = odd === 0 ? digits : readText(bytes, odd - inline);
  return new PackedInstant(bytes.readDoubleLE(0), bytes.readUInt32LE(nanoAt), written);
}

/** Most times are compared more often than they are shown. */
class PackedInstant implements Instant {
  readonly second: number;
  readonly nano: number;
  #written: number | string;

  /** `written`: the text, or how many digits it has. */
  constructor(second: number, nano: number, written: number | string) {
    this.second = second;
    this.nano = nano;
    this.#written = written;
  }

  get text(): string {
    if (typeof this.#written === 'number') this.#written = writtenInstant(this.second, this.nano, this.#written);
    return this.#written;
  }
}

const nothing = new Uint8Array(0);
const noValue: JsonObject = {};

/** Texts in UTC are `YYYY-MM-DDTHH:MM:SS`, the digits and `Z`. */
function digitsOf({ text }: Instant): number {
  return Math.max(0, text.length - 'YYYY-MM-DDTHH:MM:SS.Z'.length);
}

/** The text of a time that its numbers do not give again. */
function oddTime(time: Cell): string | undefined {
  return isInstant(time) && digitsOf(time) > 9 ? time.text : undefined;
}

/** Length in bytes, times two; plus 1 for UTF-16. */
const textHead = 4;

function writeText(room: Buffer, at: number, text: string): number {
  const isWide = !isLatin1(text);
  const bytes = room.write(text, at + textHead, isWide ? 'utf16le' : 'latin1');
  room.writeUInt32LE(bytes * 2 + Number(isWide), at);
  return at + textHead + bytes;
}

function readText(bytes: Buffer, at: number): string {
  const head = bytes.readUInt32LE(at);
  const from = at + textHead;
  return bytes.toString((head & 1) === 1 ? 'utf16le' : 'latin1', from, from + (head >>> 1));
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
}
