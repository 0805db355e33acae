import { crc32, createInflateRaw } from 'node:zlib';
import { SourceError } from './block.ts';
import type { ByteReader } from './byte-reader.ts';
import { Pump } from './pump.ts';

/**
 * Compressed bytes per step, counted from the start of the stream so that the steps do not depend
 * on how it was split. zlib keeps back what it made of the step in which it fails.
 */
const pieceBytes = 8 * 1024;
const outputBytes = 256 * 1024;

/** Broken deflate data. The step that starts at `pieceStart` gave nothing, though part of it may be sound. */
export class DeflateDamage extends SourceError {
  readonly pieceStart: number;

  constructor(pieceStart: number, cause: unknown) {
    super(
      'compressed-damaged',
      `the gzip data is damaged shortly after byte ${pieceStart}; what came before was read`,
      cause,
    );
    this.name = 'DeflateDamage';
    this.pieceStart = pieceStart;
  }
}

/**
 * Inflates all members of a gzip stream (RFC 1952). The framing is read here and not left to
 * zlib's own gzip mode, which passes over bytes that follow a member without a word.
 *
 * From `bytewiseFrom` on, bytes go in one by one: slow, and nothing is kept back.
 */
export async function* gunzip(reader: ByteReader, bytewiseFrom = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  do {
    await skipHeader(reader);
    yield* inflateMember(reader, bytewiseFrom);
    await skipZeros(reader);
  } while (await anotherMember(reader));
}

async function* inflateMember(reader: ByteReader, bytewiseFrom: number): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: outputBytes });
  const pump = new Pump(inflate);
  let crc = 0;
  let length = 0;
  try {
    while (!pump.ended) {
      const { position } = reader;
      const bytewise = position >= bytewiseFrom;
      const piece = await reader.peek(bytewise ? 1 : pieceBytes - (position % pieceBytes));
      if (piece.length === 0) throw cutShort(reader);
      const before = inflate.bytesWritten;
      try {
        for await (const out of pump.write(piece)) {
          crc = crc32(out, crc);
          length += out.length;
          yield out;
        }
      } catch (error) {
        throw damagedAfter(position, error);
      }
      reader.take(inflate.bytesWritten - before);
    }
  } finally {
    pump.close();
  }
  await checkTrailer(reader, crc, length);
}

function damagedAfter(pieceStart: number, cause: unknown): DeflateDamage {
  return new DeflateDamage(pieceStart, cause);
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
    const bytes = await reader.peek(pieceBytes);
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
