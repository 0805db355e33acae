import { setImmediate } from 'node:timers/promises';
import type { Block, FileRef, OverlongLine, PlainFile, Source } from '../input/block.ts';
import { blocksOf } from '../input/blocks.ts';
import { decompressed, isPlainText } from '../input/decompress.ts';
import { dumpForms } from '../input/dump-forms.ts';
import { readFileBlock } from '../input/file-blocks.ts';
import { asUtf8 } from '../input/recode.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import type { JudgedBatch } from './batch.ts';
import { type PlacedBlock, placeLines, type Scanner } from './scanner.ts';

/** Reads a source through the kernel: a plain file straight into its memory, anything else block by block. */
export async function* scanSource(
  source: Source,
  signal: AbortSignal,
  scanner: Scanner,
  blockBytes: number,
): AsyncGenerator<JudgedBatch> {
  const file = source.file === undefined ? undefined : plainTextFile(source.file);
  if (file === undefined) yield* scanStream(source, signal, scanner, blockBytes);
  else {
    try {
      yield* scanFile(file, source.name, signal, scanner, blockBytes);
    } finally {
      file.close();
    }
  }
}

/** The file when it is to be read as it is: not compressed, and UTF-8. */
export function plainTextFile(ref: FileRef): PlainFile | undefined {
  const file = openPlainFile(ref);
  const first = new Uint8Array(8);
  const isPlain = isPlainText(first.subarray(0, file.read(first, 0, first.length, 0)));
  if (!isPlain) file.close();
  return isPlain ? file : undefined;
}

/** Blocks between two looks at what else there is to do, such as a signal. */
const blocksInARow = 16;

/** From block `index` on. */
async function* scanFile(
  file: PlainFile,
  name: string,
  signal: AbortSignal,
  scanner: Scanner,
  blockBytes: number,
  { index: startIndex, firstLine: startLine }: FilePlace = { index: 0, firstLine: 1 },
): AsyncGenerator<JudgedBatch> {
  const forms = dumpForms(name);
  let firstLine = startLine;
  let overlong: OverlongLine[] = [];
  let isLast = false;
  for (let index = startIndex; !isLast && !signal.aborted; index++) {
    const block = readFileBlock(file, index, blockBytes, scanner.kernel);
    isLast = block.isLast;
    const storedBytes = block.to - block.from;
    const isFarDown = index * blockBytes >= scanner.checkedBytes;
    for (const batch of scanner.scan({ ...block, firstLine, overlong, storedBytes, isFarDown, forms }, name)) {
      yield batch;
      if (signal.aborted) return;
    }
    if (scanner.isDone) return;
    firstLine += scanner.kernel.lines;
    overlong = block.overlong === undefined ? [] : [{ line: firstLine++, ...block.overlong }];
    if (index % blocksInARow === 0) await setImmediate();
  }
  if (overlong.length > 0 && !signal.aborted)
    yield* scanner.scan({ ...nothing(scanner), firstLine, overlong, forms }, name);
}

/** A block of a file and the number of its first line. */
export interface FilePlace {
  readonly index: number;
  readonly firstLine: number;
}

function nothing({ kernel }: Scanner): Omit<PlacedBlock, 'firstLine' | 'overlong' | 'forms'> {
  return { from: kernel.blockStart, to: kernel.blockStart, endsTorn: false, storedBytes: 0, isFarDown: false };
}

async function* scanStream(
  source: Source,
  signal: AbortSignal,
  scanner: Scanner,
  blockBytes: number,
): AsyncGenerator<JudgedBatch> {
  const forms = dumpForms(source.name);
  for await (const block of streamBlocks(source, signal, blockBytes)) {
    const lines = placeLines(scanner.kernel, block.bytes, block.endsTorn);
    // A pipe is slower than the kernel: nothing is gained by passing over lines.
    yield* scanner.scan({ ...block, ...lines, forms, isFarDown: false }, source.name);
    if (scanner.isDone) return;
  }
}

/** Lines, and how many bytes as stored were read for them. */
export interface StreamBlock extends Block {
  readonly storedBytes: number;
}

/** A source from its start, decompressed. */
export async function* streamBlocks(
  source: Source,
  signal: AbortSignal,
  blockBytes: number,
): AsyncGenerator<StreamBlock> {
  let storedBytes = 0;
  const onStored = (bytes: number): void => {
    storedBytes += bytes;
  };
  const text = asUtf8(decompressed(source, signal, { onStored }));
  for await (const block of blocksOf(text, signal, undefined, blockBytes)) {
    const stored = storedBytes;
    storedBytes = 0;
    yield { ...block, storedBytes: stored };
  }
}
