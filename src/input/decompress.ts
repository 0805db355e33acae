import type { Transform, TransformOptions } from 'node:stream';
import * as zlib from 'node:zlib';
import { type Source, SourceError } from './block.ts';
import { ByteReader } from './byte-reader.ts';
import { DeflateDamage, gunzip, largePiece, smallPiece } from './gzip.ts';
import { Pump, pumpOptions } from './pump.ts';
import { encodingOf } from './recode.ts';
import { isZstd, maxBlockBytes, unzstd, type ZstdEngine } from './zstd.ts';
import { scriptEngine } from './zstd-fallback.ts';

export interface DecompressOptions {
  /** Told how many stored bytes were read, chunk by chunk: for progress. */
  readonly onStored?: ((bytes: number) => void) | undefined;
  /** Decodes zstd; by default the runtime's own, else a slower one in JavaScript. */
  readonly zstd?: ZstdEngine | undefined;
}

/**
 * The bytes of a source, decompressed. What it is, is told by its first bytes and never by its name. When
 * the data is cut short or damaged, everything that can be decoded is delivered before the error.
 * Each chunk is lent until the next pull.
 */
export async function* decompressed(
  source: Source,
  signal: AbortSignal,
  { onStored, zstd }: DecompressOptions = {},
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(counted(source.chunks(signal), onStored));
  try {
    const form = formOf(await reader.peek(longestMagic));
    switch (form.kind) {
      case 'plain':
        yield* reader.rest();
        return;
      case 'gzip':
        yield* gunzipToTheLast(reader, source, signal);
        return;
      case 'zstd':
        yield* unzstd(reader, zstd ?? (await zstdEngine()));
        return;
      case 'foreign':
        throw new SourceError('unreadable', `this is ${form.name}, not text: unpack or convert it first`);
    }
  } catch (error) {
    // Reading stopped on request, which looks like data cut short.
    if (!signal.aborted) throw error;
  } finally {
    await reader.close();
  }
}

type Form = { readonly kind: 'plain' | 'gzip' | 'zstd' } | { readonly kind: 'foreign'; readonly name: string };

const longestMagic = 6;

/** Named so that a user who gives one is told, rather than shown a file of broken lines. */
const foreignForms: readonly { readonly magic: readonly number[]; readonly name: string }[] = [
  { magic: [0x50, 0x4b, 3, 4], name: 'a zip archive' },
  { magic: [0x42, 0x5a, 0x68], name: 'bzip2 data' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], name: 'xz data' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], name: 'a 7-Zip archive' },
  { magic: [4, 0x22, 0x4d, 0x18], name: 'lz4 data' },
  { magic: [0x4f, 0x62, 0x6a, 1], name: 'an Avro file' },
  { magic: [0x50, 0x41, 0x52, 0x31], name: 'a Parquet file' },
];

/** Whether what begins with these bytes is text as it stands: not compressed and not UTF-16. */
export function isPlainText(first: Uint8Array): boolean {
  return formOf(first).kind === 'plain' && encodingOf(first) === undefined;
}

function formOf(first: Uint8Array): Form {
  const begins = (magic: readonly number[]): boolean => magic.every((byte, at) => first[at] === byte);
  if (begins([0x1f, 0x8b])) return { kind: 'gzip' };
  if (first.length >= 4 && isZstd(first)) return { kind: 'zstd' };
  const foreign = foreignForms.find(({ magic }) => begins(magic));
  return foreign === undefined ? { kind: 'plain' } : { kind: 'foreign', name: foreign.name };
}

/**
 * When the data turns out damaged, the sound part of the step that failed was kept back. If the
 * source can be read again, it is, and bytes go in one by one from that step on. If not, it is
 * lost, for the state of zlib before that step cannot be had again: so the steps are small.
 */
async function* gunzipToTheLast(reader: ByteReader, source: Source, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let delivered = 0;
  try {
    for await (const out of gunzip(reader, { pieceBytes: source.rereadable ? largePiece : smallPiece })) {
      delivered += out.length;
      yield out;
    }
  } catch (error) {
    if (error instanceof DeflateDamage && source.rereadable) {
      yield* gunzipAgain(source, signal, error.stepStart, delivered);
    }
    throw error;
  }
}

async function* gunzipAgain(
  source: Source,
  signal: AbortSignal,
  bytewiseFrom: number,
  delivered: number,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source.chunks(signal));
  let skip = delivered;
  try {
    for await (const out of gunzip(reader, { pieceBytes: largePiece, bytewiseFrom })) {
      if (out.length > skip) yield out.subarray(skip);
      skip = Math.max(0, skip - out.length);
    }
  } catch (error) {
    // The same damage, more exactly. Any other trouble is not that of the source as it was first read.
    if (error instanceof DeflateDamage || !(error instanceof SourceError)) throw error;
  } finally {
    await reader.close();
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onStored: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onStored?.(chunk.length);
    yield chunk;
  }
}

/** The runtime's own decoder (Node 22.15 and later), else `fzstd`, loaded only then. */
async function zstdEngine(): Promise<ZstdEngine> {
  const create = nativeZstd();
  if (create !== undefined) return nativeEngine(create);
  const { Decompress } = await import('fzstd');
  return scriptEngine(Decompress);
}

type CreateZstd = (options: TransformOptions & { readonly chunkSize: number }) => Transform;

export function nativeZstd(): CreateZstd | undefined {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  // Documented to return a Transform; the type package describes the oldest runtime, which lacks it.
  return typeof create === 'function' ? (create as CreateZstd) : undefined;
}

/** The limit of the zstd command and of `node:zlib`. */
const maxWindowBytes = 128 * 1024 * 1024;

function nativeEngine(create: CreateZstd): ZstdEngine {
  return { maxWindowBytes, startFrame: () => new Pump(create({ ...pumpOptions, chunkSize: zstdOutputBytes })) };
}

/** Room for several blocks: the decoder goes round once more whenever its room is filled to the brim. */
const zstdOutputBytes = 8 * maxBlockBytes;
