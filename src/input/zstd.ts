import { SourceError } from './block.ts';
import type { ByteReader } from './byte-reader.ts';
import { piecesAhead } from './pump.ts';

/** Decodes one zstd frame, given piece by piece in the order header, block, block …, checksum. */
export interface FrameDecoder {
  /** How many pieces went in and are not used up. */
  readonly pending: number;
  /** True when nothing more can come out before another piece goes in. */
  readonly idle: boolean;
  /** Its bytes stay as they are. */
  write(piece: Uint8Array): void;
  /** What comes out next; undefined when all pieces are used up. Throws when a piece is damaged, after all that came before it. */
  read(): Promise<Uint8Array | undefined>;
  close(): void;
}

export interface ZstdEngine {
  /** Frames that need a larger window are refused. */
  readonly maxWindowBytes: number;
  startFrame(): FrameDecoder;
}

interface FrameHeader {
  /** Lent until the next read. */
  readonly bytes: Uint8Array;
  readonly windowBytes: number;
  readonly hasChecksum: boolean;
}

/**
 * Decodes all frames of a zstd stream (RFC 8878), passing over skippable ones. The frames are
 * walked block by block here: decoders stop silently after the first frame or forget what they
 * made of a step in which they fail, so each is given exactly one frame, one block at a time.
 */
export async function* unzstd(reader: ByteReader, engine: ZstdEngine): AsyncGenerator<Uint8Array> {
  for (;;) {
    const start = reader.position;
    const magic = await reader.peek(4);
    if (magic.length === 0 && start > 0) {
      reader.throwFailure();
      return;
    }
    if (magic.length < 4 && isZstd(magic)) throw cutShort(reader);
    if (!isZstd(magic)) {
      throw new SourceError('compressed-damaged', `what follows the zstd data at byte ${start} is not zstd`);
    }
    if (isSkippable(magic)) await skipFrame(reader);
    else yield* decodeFrame(reader, engine);
  }
}

/** `28 b5 2f fd`, or a skippable frame `5x 2a 4d 18`. A shorter prefix of either counts. */
export function isZstd(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd]) || isSkippable(bytes);
}

function isSkippable(bytes: Uint8Array): boolean {
  const [first = 0] = bytes;
  return (first & 0xf0) === 0x50 && startsWith(bytes.subarray(1), [0x2a, 0x4d, 0x18]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => at >= bytes.length || bytes[at] === byte);
}

async function skipFrame(reader: ByteReader): Promise<void> {
  const header = await exactly(reader, 8);
  let left = new DataView(header.buffer, header.byteOffset, 8).getUint32(4, true);
  while (left > 0) {
    const bytes = await reader.next(Math.min(left, 64 * 1024));
    if (bytes.length === 0) throw cutShort(reader);
    left -= bytes.length;
  }
}

/**
 * Blocks that are at hand go in before what came of earlier ones is handed out, and are decoded
 * meanwhile. Trouble met on the way there is reported in its turn.
 */
async function* decodeFrame(reader: ByteReader, engine: ZstdEngine): AsyncGenerator<Uint8Array> {
  const header = await readHeader(reader);
  if (header.windowBytes > engine.maxWindowBytes) throw windowTooLarge(header, engine);
  const decoder = engine.startFrame();
  const pieces = piecesOf(header, reader);
  /** Where each piece ends that is in the decoder. */
  const ends: number[] = [];
  let trouble: { readonly error: unknown } | undefined;
  let more = true;
  try {
    while (more || !decoder.idle) {
      while (more && decoder.pending < piecesAhead && (decoder.idle || reader.held >= longestPiece)) {
        try {
          const { value: piece } = await pieces.next();
          if (piece === undefined) more = false;
          else {
            decoder.write(piece);
            ends.push(reader.position);
          }
        } catch (error) {
          trouble = { error };
          more = false;
        }
      }
      // Whatever a decoder throws means that the data is damaged: its framing was sound.
      const out = await decoder.read().catch((error: unknown) => {
        throw damaged(ends.at(-decoder.pending) ?? reader.position, error);
      });
      ends.splice(0, ends.length - decoder.pending);
      if (out !== undefined) yield out;
    }
  } finally {
    decoder.close();
  }
  if (trouble !== undefined) throw trouble.error;
}

/** Header, blocks, checksum, each in memory of its own: the reader only lends its bytes. */
async function* piecesOf(header: FrameHeader, reader: ByteReader): AsyncGenerator<Uint8Array, undefined> {
  yield new Uint8Array(header.bytes);
  let last = false;
  while (!last) {
    const block = await readBlock(reader);
    last = block.last;
    yield new Uint8Array(block.bytes);
  }
  if (header.hasChecksum) yield new Uint8Array(await exactly(reader, 4));
}

/**
 * ```
 * magic(4) descriptor [window] [dictionary id: 0 1 2 4] [content size: 0 1 2 4 8]
 * descriptor: size-flag(2 bits) single-segment(1) unused(1) reserved(1) checksum(1) dictionary-flag(2)
 * ```
 */
async function readHeader(reader: ByteReader): Promise<FrameHeader> {
  const start = reader.position;
  const [, , , , descriptor] = await reader.peek(5);
  if (descriptor === undefined) throw cutShort(reader);
  const single = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = sizeFlag === 0 ? Number(single) : 2 ** sizeFlag;
  const windowAt = 5;
  const dictionaryAt = windowAt + Number(!single);
  const sizeAt = dictionaryAt + dictionaryBytes;

  const bytes = await exactly(reader, sizeAt + sizeBytes);
  if ((descriptor & 8) !== 0) {
    throw new SourceError('compressed-damaged', `the zstd header at byte ${start} is damaged`);
  }
  if (bytes.subarray(dictionaryAt, sizeAt).some((byte) => byte !== 0)) {
    throw new SourceError('unreadable', 'the zstd data was made with a dictionary, which is not here: unpack it first');
  }
  const windowBytes = single
    ? littleEndian(bytes.subarray(sizeAt)) + (sizeFlag === 1 ? 256 : 0)
    : windowSize(bytes[windowAt] ?? 0);
  return { bytes, windowBytes, hasChecksum: (descriptor & 4) !== 0 };
}

/** `exponent(5 bits) mantissa(3 bits)`. */
function windowSize(code: number): number {
  const base = 2 ** (10 + (code >> 3));
  return base + (base / 8) * (code & 7);
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
}

/** Decoded or stored, whatever the window. */
export const maxBlockBytes = 128 * 1024;
const longestPiece = 3 + maxBlockBytes;
const runLengthBlock = 1;
const reservedBlock = 3;

/** `last(1 bit) type(2) size(21)`, little-endian, then the content: one byte when it is a run. */
async function readBlock(reader: ByteReader): Promise<{ readonly bytes: Uint8Array; readonly last: boolean }> {
  const head = await reader.peek(3);
  if (head.length < 3) throw cutShort(reader);
  const word = littleEndian(head);
  const type = (word >> 1) & 3;
  const size = word >> 3;
  if (type === reservedBlock || size > maxBlockBytes) throw damaged(reader.position);
  const bytes = await exactly(reader, 3 + (type === runLengthBlock ? 1 : size));
  return { bytes, last: (word & 1) !== 0 };
}

async function exactly(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = await reader.next(count);
  if (bytes.length < count) throw cutShort(reader);
  return bytes;
}

function damaged(before: number, cause?: unknown): SourceError {
  const message = `the zstd data is damaged before byte ${before + 1}; what came before was read`;
  return new SourceError('compressed-damaged', message, cause);
}

function cutShort(reader: ByteReader): SourceError {
  reader.throwFailure();
  return new SourceError('compressed-cut-short', 'the zstd data is cut short; what could be decoded was read');
}

function windowTooLarge(header: FrameHeader, engine: ZstdEngine): SourceError {
  const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
  const needed = `the zstd data needs a window of ${mebibytes(header.windowBytes)} MiB`;
  const most = `at most ${mebibytes(engine.maxWindowBytes)} MiB can be used here`;
  return new SourceError('unreadable', `${needed}, ${most}: unpack it first`);
}
