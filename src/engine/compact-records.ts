import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell, JsonObject, Provenance } from '../record/record.ts';
import { type Instant, isInstant, type Moment, writtenInstant } from '../record/time.ts';

/**
 * Records reduced to some of their cells, as bytes: a tenth of the record, and nothing has to be parsed to read them.
 *
 *     second f64 | nano u32 | digits u32 | line f64 | file u32 | a slot u32 for each column | texts
 *
 * Cells that come again and again are numbers into a dictionary of their column; others stand behind the slots.
 */
export class CompactRecords {
  readonly #columns: readonly ColumnName[];
  readonly #dictionaries: readonly Dictionary[];
  readonly #slots: ReadonlyMap<string, number>;
  readonly #files: string[] = [];
  #room: Buffer = Buffer.allocUnsafe(64 * 1024);

  /** `time` is always one of them. */
  constructor(columns: readonly ColumnName[]) {
    this.#columns = ['time', ...columns.filter((name) => name !== 'time')];
    this.#dictionaries = this.#columns.map(newDictionary);
    this.#slots = new Map(this.#columns.map((name, i) => [name, slotsAt + i * 4]));
  }

  /** Lent until the next call. `time` is that of the record. */
  pack(record: AuditRecord, time = cellOf(record, 'time')): Uint8Array {
    const { file, line } = record.at;
    let room: Buffer = this.#room;
    let end = slotsAt + this.#columns.length * 4;
    if (isInstant(time)) {
      room.writeDoubleLE(time.second, 0);
      room.writeUInt32LE(time.nano, nanoAt);
      room.writeUInt32LE(digitsOf(time), digitsAt);
    } else room.writeUInt32LE(noTime, digitsAt);
    room.writeDoubleLE(line, lineAt);
    room.writeUInt32LE(this.#fileNumber(file), fileAt);
    for (let i = 0; i < this.#columns.length; i++) {
      const name = this.#columns[i] ?? 'time';
      const cell = name === 'time' ? oddTime(time) : cellOf(record, name);
      let slot = numberOf(this.#dictionaries[i], cell);
      if (slot === undefined) {
        const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
        room = this.#withRoom(end + textHead + text.length * 2);
        slot = inline + end;
        end = writeText(room, end, text, typeof cell === 'string');
      }
      room.writeUInt32LE(slot, slotsAt + i * 4);
    }
    return room.subarray(0, end);
  }

  /** A record that knows its time, its place and the cells; it is as long-lived as the bytes. */
  unpack(bytes: Uint8Array): CompactRecord {
    return new CompactRecord(this, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  cell(bytes: Buffer, name: string): Cell {
    if (name === 'time') return this.#timeOf(bytes);
    if (name === 'file') return this.place(bytes).file;
    if (name === 'line') return this.place(bytes).line;
    const at = this.#slots.get(name);
    // What is not there would be worked out from nothing, and look like a missing cell.
    if (at === undefined) throw new Error(`${name} is not among the cells that were kept`);
    return this.#cellAt(bytes, at);
  }

  #timeOf(bytes: Buffer): Instant | undefined {
    const digits = bytes.readUInt32LE(digitsAt);
    if (digits === noTime) return undefined;
    const second = bytes.readDoubleLE(0);
    const nano = bytes.readUInt32LE(nanoAt);
    return new PackedInstant(second, nano, digits <= 9 ? digits : String(this.#cellAt(bytes, slotsAt)));
  }

  #cellAt(bytes: Buffer, at: number): Cell {
    const slot = bytes.readUInt32LE(at);
    return slot < inline ? this.#dictionaries[(at - slotsAt) / 4]?.cells[slot] : readText(bytes, slot - inline);
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
const slotsAt = 28;

const noTime = 0xff_ff_ff_ff;
/** Slots from there on are places of texts. */
const inline = 0x80_00_00_00;

/** When it happened; undefined for a record without a usable time. */
export function momentOf(bytes: Uint8Array): Moment | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.readUInt32LE(digitsAt) === noTime) return undefined;
  return { second: view.readDoubleLE(0), nano: view.readUInt32LE(nanoAt) };
}

export class CompactRecord implements AuditRecord {
  readonly raw = nothing;
  readonly value = noValue;
  readonly #records: CompactRecords;
  readonly #bytes: Buffer;

  constructor(records: CompactRecords, bytes: Buffer) {
    this.#records = records;
    this.#bytes = bytes;
  }

  get at(): Provenance {
    return this.#records.place(this.#bytes);
  }

  known(column: string): Cell {
    return this.#records.cell(this.#bytes, column);
  }

  /** The same with bytes of its own. */
  kept(): CompactRecord {
    return new CompactRecord(this.#records, Buffer.from(this.#bytes));
  }
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
function oddTime(time: Cell): Cell {
  return isInstant(time) && digitsOf(time) > 9 ? time.text : undefined;
}

interface Dictionary {
  readonly cells: Cell[];
  readonly numbers: Map<Cell, number>;
  /** The cell before often comes again. */
  last: Cell;
  lastNumber: number;
  /** How often it was asked in vain since it is full. Where that is the rule, it is not asked any more. */
  misses: number;
  hits: number;
}

/** Number 0 is the missing cell. */
function newDictionary(): Dictionary {
  return { cells: [undefined], numbers: new Map([[undefined, 0]]), last: undefined, lastNumber: 0, misses: 0, hits: 0 };
}

const mostCells = 4096;
const longestCell = 200;

/** Undefined for a cell that has none, and a list: those are not told apart by what they hold. */
function numberOf(dictionary: Dictionary | undefined, cell: Cell): number | undefined {
  if (dictionary === undefined) return undefined;
  if (cell === dictionary.last) return dictionary.lastNumber;
  if (dictionary.misses > mostCells && dictionary.misses > dictionary.hits) return undefined;
  const number = dictionary.numbers.get(cell) ?? newNumber(dictionary, cell);
  if (number === undefined) {
    dictionary.misses++;
    return undefined;
  }
  dictionary.hits++;
  dictionary.last = cell;
  dictionary.lastNumber = number;
  return number;
}

function newNumber({ cells, numbers }: Dictionary, cell: Cell): number | undefined {
  if (cells.length >= mostCells || (typeof cell === 'string' && cell.length > longestCell)) return undefined;
  if (Array.isArray(cell) && cell.length > 4) return undefined;
  const number = cells.push(cell) - 1;
  numbers.set(cell, number);
  return number;
}

/** Length in bytes, times four; plus 1 for UTF-16, plus 2 for JSON of what is no text. */
const textHead = 4;

function writeText(room: Buffer, at: number, text: string, isText: boolean): number {
  const isWide = !isLatin1(text);
  const bytes = room.write(text, at + textHead, isWide ? 'utf16le' : 'latin1');
  room.writeUInt32LE(bytes * 4 + Number(isWide) + (isText ? 0 : 2), at);
  return at + textHead + bytes;
}

function readText(bytes: Buffer, at: number): Cell {
  const head = bytes.readUInt32LE(at);
  const from = at + textHead;
  const to = from + Math.floor(head / 4);
  const text = (head & 1) === 1 ? bytes.toString('utf16le', from, to) : bytes.toString('latin1', from, to);
  return (head & 2) === 0 ? text : (JSON.parse(text) as Cell);
}

function isLatin1(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
}
