import { setImmediate } from 'node:timers/promises';
import { type FileRef, maxLineBytes, type PlainFile, type Source } from '../input/block.ts';
import { blocksOf } from '../input/blocks.ts';
import { Chunks } from '../input/chunks.ts';
import { isPlainText } from '../input/decompress.ts';
import { type DumpForms, dumpForms } from '../input/dump-forms.ts';
import { type FileBlock, readFileBlock } from '../input/file-blocks.ts';
import { readText, type SourceText, textOf } from '../input/reader.ts';
import { textFrom } from '../input/sources/file-text.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import type { JudgedBatch } from './batch.ts';
import { placeLines, type Scanner } from './scanner.ts';

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

async function* scanFile(
  file: PlainFile,
  name: string,
  signal: AbortSignal,
  scanner: Scanner,
  blockBytes: number,
): AsyncGenerator<JudgedBatch> {
  const forms = dumpForms(name);
  let firstLine = 1;
  let isLast = false;
  for (let index = 0; !isLast && !signal.aborted; index++) {
    const block = readFileBlock(file, index, blockBytes, scanner.kernel);
    isLast = block.isLast;
    const storedBytes = block.to - block.from;
    const isFarDown = index * blockBytes >= scanner.checkedBytes;
    for (const batch of scanner.scan({ ...block, firstLine, storedBytes, isFarDown, forms }, name)) {
      yield batch;
      if (signal.aborted) return;
    }
    if (scanner.isDone) return;
    const rest = restOf(block, scanner, firstLine);
    if (rest !== undefined) {
      yield* readRest({ file, name, forms, ...rest }, signal, scanner);
      return;
    }
    firstLine += scanner.kernel.lines;
    if (index % blocksInARow === 0) await setImmediate();
  }
}

/** Where in a file the truth has to read on. */
export interface FileRest {
  readonly position: number;
  readonly firstLine: number;
}

/** Behind what was scanned of a block; undefined when all of it was. */
export function restOf(block: FileBlock, { spread, kernel }: Scanner, firstLine: number): FileRest | undefined {
  const line = spread ?? (block.overlong && { place: block.to, line: kernel.lines });
  return line && { position: block.position + line.place - block.from, firstLine: firstLine + line.line };
}

/** The lines of a file that only the truth can read, for one of them goes on in the next or is too long to be held. */
export async function* readRest(
  { file, name, forms, position, firstLine }: FileRest & FileText,
  signal: AbortSignal,
  scanner?: Pick<Scanner, 'take'>,
): AsyncGenerator<JudgedBatch> {
  const chunks = new Chunks(textFrom(file, position, signal));
  const place = { file: name, forms, longest: maxLineBytes, firstLine, takeStored: () => 0 };
  for await (const batch of readText(chunks, signal, place)) {
    const stored = { ...batch, storedBytes: batch.bytes };
    yield scanner === undefined ? stored : scanner.take(stored);
    await setImmediate();
  }
}

export interface FileText {
  readonly file: PlainFile;
  readonly name: string;
  readonly forms: DumpForms;
}

async function* scanStream(
  source: Source,
  signal: AbortSignal,
  scanner: Scanner,
  blockBytes: number,
): AsyncGenerator<JudgedBatch> {
  const forms = dumpForms(source.name);
  const { chunks, takeStored } = textOf(source, signal);
  try {
    const firstLine = yield* scanBlocks(chunks, { source, forms, takeStored, blockBytes }, signal, scanner);
    if (firstLine === undefined) return;
    const place = { file: source.name, forms, longest: maxLineBytes, firstLine, takeStored };
    for await (const batch of readText(chunks, signal, place)) yield scanner.take(batch);
  } finally {
    await chunks.close();
  }
}

interface Stream extends Pick<SourceText, 'takeStored'> {
  readonly source: Source;
  readonly forms: DumpForms;
  readonly blockBytes: number;
}

/** Gives the line from which on the truth has to read what is left of the chunks. */
async function* scanBlocks(
  chunks: Chunks,
  { source, forms, takeStored, blockBytes }: Stream,
  signal: AbortSignal,
  scanner: Scanner,
): AsyncGenerator<JudgedBatch, number | undefined> {
  let left: { readonly bytes: Uint8Array; readonly firstLine: number } | undefined;
  for await (const block of blocksOf(chunks, signal, { blockBytes })) {
    const { bytes, firstLine, endsTorn } = block;
    const lines = placeLines(scanner.kernel, bytes, endsTorn);
    // A pipe is slower than the kernel: nothing is gained by passing over lines.
    const placed = { ...lines, firstLine, endsTorn, forms, storedBytes: takeStored(), isFarDown: false };
    yield* scanner.scan(placed, source.name);
    if (scanner.isDone) return undefined;
    const { spread } = scanner;
    if (spread !== undefined)
      left = { bytes: bytes.subarray(spread.place - lines.from), firstLine: firstLine + spread.line };
    else if (block.endsBeforeLongLine)
      left = { bytes: bytes.subarray(bytes.length), firstLine: firstLine + block.lineCount };
    if (left !== undefined) break;
  }
  if (left === undefined) return undefined;
  chunks.putBack(left.bytes);
  return left.firstLine;
}
