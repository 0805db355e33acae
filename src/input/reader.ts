import { type Batch, BatchBuilder } from './batch.ts';
import { type Block, maxLineBytes, type Source } from './block.ts';
import { blocksOf } from './blocks.ts';
import { contentOf } from './content.ts';
import { type DecompressOptions, decompressed } from './decompress.ts';
import { type DumpForms, dumpForms, type FormOptions } from './dump-forms.ts';
import { asBuffer, eachLine, inParts } from './lines.ts';
import { tooLong } from './malformed.ts';
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
  const longest = options.maxLineBytes ?? maxLineBytes;
  const forms = dumpForms(source.name, options);
  let storedBytes = 0;
  const onStored = (bytes: number): void => {
    storedBytes += bytes;
  };
  const text = asUtf8(decompressed(source, signal, { onStored, zstd: options.zstd }));
  for await (const block of blocksOf(text, signal, longest)) {
    for (const part of inParts(block, maxBatchLines)) {
      const stored = storedBytes;
      storedBytes = 0;
      yield batchOf(part, { file: source.name, forms, longest, storedBytes: stored });
    }
  }
}

/** More lines at once would weigh too much as objects. */
export const maxBatchLines = 8192;

export interface LinesOf {
  readonly file: string;
  readonly forms: DumpForms;
  readonly longest: number;
  readonly storedBytes: number;
}

/** What the lines of a block hold, each looked at by itself. */
export function batchOf(block: Block, { file, forms, longest, storedBytes }: LinesOf): Batch {
  const batch = new BatchBuilder();
  for (const line of block.overlong) batch.add({ records: [], malformed: tooLong(line, file, longest) });
  const text = asBuffer(block.bytes);
  eachLine(block, (start, end, line, torn) => {
    batch.add(contentOf(text, start, end, { at: { file, line }, torn }, forms));
  });
  const overlongBytes = block.overlong.reduce((sum, line) => sum + line.byteLength + Number(!line.torn), 0);
  return batch.end({ bytes: block.bytes.length + overlongBytes, storedBytes });
}
