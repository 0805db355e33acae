import { maxLineBytes, type OverlongLine, overlongHeadBytes, type PlainFile } from './block.ts';

/** Memory into which blocks are read. */
export interface BlockRoom {
  /** Taken anew after `makeRoom`, which may move it. */
  readonly bytes: Buffer;
  readonly blockStart: number;
  makeRoom(bytes: number): void;
}

/** The lines of a file that start in one stretch of it, whole, in memory. */
export interface FileBlock {
  /** Where the lines stand in the room. Each ends with a newline, one that was added included. */
  readonly from: number;
  readonly to: number;
  /** Where in the file they start. */
  readonly position: number;
  /** True when the last newline was added: the file ends without it. */
  readonly endsTorn: boolean;
  /** A line longer than the limit that follows the others: only its length and first bytes. */
  readonly overlong: Omit<OverlongLine, 'line'> | undefined;
  /** True when the end of the file was met: no further block has lines. */
  readonly isLast: boolean;
}

const newline = 10;
const pageBytes = 4096;
/** Read beyond the stretch at once, for the line that goes on there. */
const overlapBytes = 8 * 1024;

/**
 * Block `index` of a file in stretches of `blockBytes`: a line belongs to the block in which it starts, so blocks can
 * be read in any order by anyone. A line longer than `longest` is passed over; `blockBytes` must not be more. Bytes are
 * put at the same place within a page as they have in the file: on some processors copying is four times slower
 * otherwise.
 *
 * ```
 * file:   … | line begun before ⏎ first line … ⏎ line that goes on | … ⏎ …
 *           ^ stretch             ^ from                           ^ limit ^ to
 * ```
 */
export function readFileBlock(
  file: PlainFile,
  index: number,
  blockBytes: number,
  room: BlockRoom,
  longest = maxLineBytes,
): FileBlock {
  // The byte before tells whether a line starts at the first byte of the stretch.
  const lead = index > 0 ? 1 : 0;
  const text = new ReadAhead(file, room, index * blockBytes - lead);
  text.read(lead + blockBytes + overlapBytes);

  const from = lead === 0 ? text.start : text.afterNewline(text.start);
  const limit = text.start + lead + blockBytes;
  if (from === undefined || from >= text.end || from >= limit) {
    const isLast = text.isEnd && (from === undefined || from >= text.end);
    return {
      from: text.start,
      to: text.start,
      position: text.position(text.start),
      endsTorn: false,
      overlong: undefined,
      isLast,
    };
  }
  if (text.end < limit) return endOfFile(text, from);

  const lastLine = text.startOfLastLine(from, limit - 1);
  let to = text.afterNewline(limit - 1);
  while (to === undefined && !text.isEnd && text.end - lastLine <= longest) {
    const before = text.end;
    text.read(Math.max(blockBytes, overlapBytes));
    to = text.afterNewline(before);
  }
  if ((to === undefined ? text.end : to - 1) - lastLine > longest) {
    return passOver(text, { from, lastLine, to, headBytes: Math.min(overlongHeadBytes, longest) });
  }
  if (to === undefined) return endOfFile(text, from);
  const position = text.position(from);
  return { from, to, position, endsTorn: false, overlong: undefined, isLast: text.isEnd && to === text.end };
}

/** The lines from `from` to the end of the file. */
function endOfFile(text: ReadAhead, from: number): FileBlock {
  const endsTorn = text.bytes[text.end - 1] !== newline;
  if (endsTorn) text.bytes[text.end] = newline;
  const position = text.position(from);
  return { from, to: text.end + Number(endsTorn), position, endsTorn, overlong: undefined, isLast: true };
}

interface Overlong {
  readonly from: number;
  readonly lastLine: number;
  /** Behind its newline when that was read already. */
  readonly to: number | undefined;
  readonly headBytes: number;
}

/** Measures the last line, which is too long. */
function passOver(text: ReadAhead, { from, lastLine, to, headBytes }: Overlong): FileBlock {
  const position = text.position(from);
  const head = new Uint8Array(text.bytes.subarray(lastLine, lastLine + headBytes));
  let passed = 0;
  let next = to;
  while (next === undefined && !text.isEnd) {
    // What was read is not needed any more: the line may be longer than any memory.
    passed += text.end - lastLine;
    text.startAgainAt(lastLine);
    text.read(chunkBytes);
    next = text.afterNewline(lastLine);
  }
  const torn = next === undefined;
  const byteLength = passed + (next === undefined ? text.end : next - 1) - lastLine;
  const isLast = text.isEnd && (next === undefined || next === text.end);
  return { from, to: lastLine, position, endsTorn: false, overlong: { byteLength, head, torn }, isLast };
}

const chunkBytes = 1024 * 1024;

/** The part of a file that lies in memory from `start` to `end`. */
class ReadAhead {
  readonly start: number;
  end: number;
  isEnd = false;
  readonly #file: PlainFile;
  readonly #room: BlockRoom;
  #position: number;

  constructor(file: PlainFile, room: BlockRoom, position: number) {
    this.#file = file;
    this.#room = room;
    this.#position = position;
    // The room starts on a page border.
    this.start = room.blockStart + (position % pageBytes);
    this.end = this.start;
  }

  get bytes(): Buffer {
    return this.#room.bytes;
  }

  /** Where in the file a place in memory is. */
  position(place: number): number {
    return this.#position - (this.end - place);
  }

  /** Reads on by so many bytes; one more is kept free for a newline. */
  read(count: number): void {
    this.#room.makeRoom(this.end + count + 1 - this.#room.blockStart);
    const got = this.#file.read(this.#room.bytes, this.end, count, this.#position);
    this.#position += got;
    this.end += got;
    this.isEnd = got < count;
  }

  startAgainAt(place: number): void {
    this.end = place;
  }

  /** The place behind the first newline at `place` or later. */
  afterNewline(place: number): number | undefined {
    const found = this.bytes.subarray(place, this.end).indexOf(newline);
    return found < 0 ? undefined : place + found + 1;
  }

  /** Of the lines that start in `[from, to]`, where the last one does. */
  startOfLastLine(from: number, to: number): number {
    return from + this.bytes.subarray(from, to).lastIndexOf(newline) + 1;
  }
}
