import type { TransformOptions } from 'node:stream';
import { crc32, createInflateRaw, type ZlibOptions } from 'node:zlib';
import { SourceError } from './block.ts';
import type { ByteReader } from './byte-reader.ts';
import { Pump, piecesAhead, pumpOptions } from './pump.ts';

/**
 * Compressed bytes per step, counted from the start of the stream so that the steps do not depend
 * on how it was split. zlib keeps back what it made of the step in which it fails: that is little
 * with small steps, but large ones are inflated in less time.
 */
export const smallPiece = 8 * 1024;
export const largePiece = 64 * 1024;
const outputBytes = 256 * 1024;

export interface GunzipOptions {
  readonly pieceBytes: number;
  /** From this byte on, bytes go in one by one: slow, and nothing is kept back. */
  readonly bytewiseFrom?: number;
}

/** Broken deflate data. The step that starts at `stepStart` gave nothing, though part of it may be sound. */
export class DeflateDamage extends SourceError {
  readonly stepStart: number;

  constructor(memberStart: number, stepStart: number, cause: unknown) {
    // The same whether it was met with small steps or byte by byte.
    const near = Math.max(memberStart, stepStart - (stepStart % smallPiece));
    super(
      'compressed-damaged',
      `the gzip data is damaged shortly after byte ${near}; what came before was read`,
      cause,
    );
    this.name = 'DeflateDamage';
    this.stepStart = stepStart;
  }
}

/**
 * Inflates all members of a gzip stream (RFC 1952). The framing is read here and not left to
 * zlib's own gzip mode, which passes over bytes that follow a member without a word.
 */
export async function* gunzip(reader: ByteReader, options: GunzipOptions): AsyncGenerator<Uint8Array> {
  do {
    await skipHeader(reader);
    yield* inflateMember(reader, options);
    await skipZeros(reader);
  } while (await anotherMember(reader));
}

/**
 * ```
 * | taken: inflated | given to the pump | held by the reader | still to be read |
 *                   ^ reader.position   ^ given
 * ```
 * Bytes are taken when they were inflated, for where the deflate data ends is known only then.
 */
async function* inflateMember(reader: ByteReader, options: GunzipOptions): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw(inflateOptions);
  const pump = new Pump(inflate);
  const start = reader.position;
  let given = start;
  let crc = 0;
  let length = 0;
  try {
    // What a pump that is done has left over comes after the data.
    while (!pump.ended && !(pump.idle && given > reader.position)) {
      given += await feed(pump, reader, { start, given }, options);
      const out = await pump.read().catch((error: unknown) => {
        throw new DeflateDamage(start, start + inflate.bytesWritten, error);
      });
      reader.take(start + inflate.bytesWritten - reader.position);
      if (out === undefined) continue;
      crc = crc32(out, crc);
      length += out.length;
      yield out;
    }
  } finally {
    pump.close();
  }
  await checkTrailer(reader, crc, length);
}

const inflateOptions: ZlibOptions & TransformOptions = { ...pumpOptions, chunkSize: outputBytes };

interface Progress {
  /** Where the deflate data of the member starts. */
  readonly start: number;
  /** Up to where it was given to the pump. */
  readonly given: number;
}

/**
 * Gives the pump what it has room for, and waits for bytes only when it has nothing to do. Returns
 * how many. A member starts with one small piece: where there are many, most end within it.
 */
async function feed(pump: Pump, reader: ByteReader, member: Progress, options: GunzipOptions): Promise<number> {
  const ahead = reader.position === member.start ? 1 : piecesAhead;
  let { given } = member;
  while (pump.pending < ahead) {
    const wanted = given + pieceLength(given, member.start, options) - reader.position;
    if (!pump.idle && reader.held < wanted) break;
    const piece = (await reader.peek(wanted)).subarray(given - reader.position);
    if (piece.length === 0) throw cutShort(reader);
    // Lent by the reader, but it reads on only when the pump is idle.
    pump.write(piece);
    given += piece.length;
  }
  return given - member.given;
}

function pieceLength(from: number, memberStart: number, options: GunzipOptions): number {
  const { pieceBytes, bytewiseFrom = Number.POSITIVE_INFINITY } = options;
  if (from >= bytewiseFrom) return 1;
  const step = from - memberStart < pieceBytes ? smallPiece : pieceBytes;
  return Math.min(step - (from % step), bytewiseFrom - from);
}

/** `CRC32 (4 bytes) ISIZE (4 bytes, length modulo 2^32)`, both little-endian. */
async function checkTrailer(reader: ByteReader, crc: number, length: number): Promise<void> {
  const trailer = await reader.next(8);
  if (trailer.length < 8) throw cutShort(reader);
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.length);
  if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== length % 2 ** 32) {
    const message = `the gzip data that ends at byte ${reader.position} is damaged: its checksum does not fit`;
    throw new SourceError('compressed-damaged', message);
  }
}

const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/** `1f 8b method flags mtime(4) xfl os [extra] [name\0] [comment\0] [crc16]`. */
async function skipHeader(reader: ByteReader): Promise<void> {
  const start = reader.position;
  const header = await reader.next(10);
  const [, , method, flag = 0] = header;
  if (header.length < 10) throw cutShort(reader);
  if (method !== 8 || (flag & flags.reserved) !== 0) {
    throw new SourceError('compressed-damaged', `the gzip header at byte ${start} is damaged`);
  }
  if ((flag & flags.extra) !== 0) {
    const [low = 0, high = 0] = await exactly(reader, 2);
    await exactly(reader, low + high * 256);
  }
  if ((flag & flags.name) !== 0) await skipText(reader);
  if ((flag & flags.comment) !== 0) await skipText(reader);
  if ((flag & flags.headerCrc) !== 0) await exactly(reader, 2);
}

async function exactly(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = await reader.next(count);
  if (bytes.length < count) throw cutShort(reader);
  return bytes;
}

async function skipText(reader: ByteReader): Promise<void> {
  for (;;) {
    const bytes = await reader.peek(256);
    if (bytes.length === 0) throw cutShort(reader);
    const end = bytes.indexOf(0);
    reader.take(end < 0 ? bytes.length : end + 1);
    if (end >= 0) return;
  }
}

/** Tapes and block devices pad with zeros; every gzip reader lets them pass. */
async function skipZeros(reader: ByteReader): Promise<void> {
  for (;;) {
    const bytes = await reader.peek(smallPiece);
    if (bytes.length === 0) return;
    const end = bytes.findIndex((byte) => byte !== 0);
    reader.take(end < 0 ? bytes.length : end);
    if (end >= 0) return;
  }
}

async function anotherMember(reader: ByteReader): Promise<boolean> {
  const magic = await reader.peek(2);
  const [first, second] = magic;
  if (magic.length === 0) {
    reader.throwFailure();
    return false;
  }
  if (first === 0x1f && (second === 0x8b || magic.length === 1)) return true;
  throw new SourceError('compressed-damaged', `what follows the gzip data at byte ${reader.position} is not gzip`);
}

function cutShort(reader: ByteReader): SourceError {
  reader.throwFailure();
  return new SourceError('compressed-cut-short', 'the gzip data is cut short; what could be decoded was read');
}
