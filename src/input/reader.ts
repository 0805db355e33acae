import type { Batch } from './batch.ts';
import { maxLineBytes, type Source } from './block.ts';
import { blocksOf } from './blocks.ts';
import { Chunks } from './chunks.ts';
import { type DecompressOptions, decompressed } from './decompress.ts';
import { type DumpForms, dumpForms, type FormOptions } from './dump-forms.ts';
import { LineReader } from './line-reader.ts';
import { asUtf8 } from './recode.ts';

export interface ReadOptions extends FormOptions {
  readonly maxLineBytes?: number;
  readonly zstd?: DecompressOptions['zstd'];
}

/**
 * Reads a source line by line: this is the truth about what its records are. Every line is parsed
 * by `JSON.parse`. One batch per block of ordinary lines; the only wait is between batches. Throws `SourceError`
 * after the last batch when the source could not be read to its end; ends quietly when aborted.
 */
export async function* readRecords(
  source: Source,
  signal: AbortSignal,
  options: ReadOptions = {},
): AsyncGenerator<Batch> {
  const forms = dumpForms(source.name, options);
  const { chunks, takeStored } = textOf(source, signal, options);
  try {
    const place = { file: source.name, forms, longest: options.maxLineBytes ?? maxLineBytes, firstLine: 1, takeStored };
    yield* readText(chunks, signal, place);
  } finally {
    await chunks.close();
  }
}

export interface SourceText {
  /** Decompressed, as UTF-8. Whoever asked for them closes them. */
  readonly chunks: Chunks;
  /** Bytes of the source as stored that were read since the last call. */
  readonly takeStored: () => number;
}

export function textOf(source: Source, signal: AbortSignal, { zstd }: Pick<ReadOptions, 'zstd'> = {}): SourceText {
  let stored = 0;
  const onStored = (bytes: number): void => {
    stored += bytes;
  };
  return {
    chunks: new Chunks(asUtf8(decompressed(source, signal, { onStored, zstd }))),
    takeStored: () => {
      const taken = stored;
      stored = 0;
      return taken;
    },
  };
}

export interface TextPlace extends Pick<SourceText, 'takeStored'> {
  readonly file: string;
  readonly forms: DumpForms;
  readonly longest: number;
  /** Number of the first line. */
  readonly firstLine: number;
}

/** The truth about text from the start of some line on. */
export async function* readText(
  chunks: Chunks,
  signal: AbortSignal,
  { file, forms, longest, firstLine, takeStored }: TextPlace,
): AsyncGenerator<Batch> {
  const reader = new LineReader({ file, forms, longest });
  let nextLine = firstLine;
  let failure: { readonly error: unknown } | undefined;
  try {
    for (let goesOn = true; goesOn; ) {
      goesOn = false;
      for await (const block of blocksOf(chunks, signal, { longest, firstLine: nextLine })) {
        nextLine = block.firstLine + block.lineCount;
        yield* reader.read(block, takeStored());
        goesOn = block.endsBeforeLongLine;
      }
      if (goesOn) yield* reader.readLong(chunks, signal, nextLine++, takeStored);
    }
  } catch (error) {
    failure = { error };
  }
  if (signal.aborted) return;
  yield* reader.end();
  if (failure !== undefined) throw failure.error;
}
