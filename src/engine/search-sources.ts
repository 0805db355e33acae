import { setImmediate } from 'node:timers/promises';
import { BatchBuilder } from '../input/batch.ts';
import { maxLineBytes, type OverlongLine, type PlainFile, type Source } from '../input/block.ts';
import { contentOf } from '../input/content.ts';
import { type DumpForms, dumpForms } from '../input/dump-forms.ts';
import { type BlockRoom, type FileBlock, readFileBlock } from '../input/file-blocks.ts';
import { countNewlines, inParts } from '../input/lines.ts';
import { batchOf, maxBatchLines, readRecords } from '../input/reader.ts';
import { compileLineSearch, type SearchLines } from '../scan/line-search.ts';
import type { Needles } from '../scan/needles.ts';
import { type JudgedBatch, nothingSettled } from './batch.ts';
import { plainTextFile } from './scan-sources.ts';

export interface SearchOptions {
  readonly needles: Needles;
  readonly checkedBytes: number;
  readonly blockBytes: number;
}

/**
 * Reads a source without the kernel: of a plain file, lines far down that cannot match are only counted, all others
 * are parsed. Gives the answers and the counts that the kernel gives.
 */
export async function* searchSource(
  source: Source,
  signal: AbortSignal,
  options: SearchOptions,
): AsyncGenerator<JudgedBatch> {
  const file = source.file === undefined ? undefined : plainTextFile(source.file);
  if (file === undefined) {
    yield* readRecords(source, signal);
    return;
  }
  try {
    yield* searchFile(file, source.name, signal, options);
  } finally {
    file.close();
  }
}

async function* searchFile(
  file: PlainFile,
  name: string,
  signal: AbortSignal,
  { needles, checkedBytes, blockBytes }: SearchOptions,
): AsyncGenerator<JudgedBatch> {
  const room = newRoom();
  const search = compileLineSearch(needles);
  const forms = dumpForms(name);
  let firstLine = 1;
  let overlong: readonly OverlongLine[] = [];
  let isLast = false;
  for (let index = 0; !isLast && !signal.aborted; index++) {
    const block = readFileBlock(file, index, blockBytes, room);
    isLast = block.isLast;
    const isFarDown = index * blockBytes >= checkedBytes;
    // A line cut off is always looked at.
    const lastLine = block.endsTorn ? room.bytes.lastIndexOf(newline, block.to - 2) + 1 : block.to;
    const searchedTo = isFarDown ? Math.max(block.from, lastLine) : block.from;
    if (searchedTo > block.from) {
      yield* parsedBatches(room.bytes, nothing, { name, forms, firstLine, overlong });
      firstLine += overlong.length;
      overlong = [];
      const found = searchedBatch(room.bytes, block.from, searchedTo, { search, name, forms, firstLine });
      yield found;
      firstLine += found.lines;
    }
    for (const batch of parsedBatches(
      room.bytes,
      { ...block, from: searchedTo },
      { name, forms, firstLine, overlong },
    )) {
      yield batch;
      firstLine += batch.lines;
    }
    overlong = block.overlong === undefined ? [] : [{ line: firstLine, ...block.overlong }];
    await setImmediate();
  }
  if (!signal.aborted) yield* parsedBatches(room.bytes, nothing, { name, forms, firstLine, overlong });
}

interface Place {
  readonly name: string;
  readonly forms: DumpForms;
  /** Of the first line. */
  readonly firstLine: number;
}

/** The lines of `[from, to)`, of which only those found are parsed. */
function searchedBatch(
  bytes: Buffer,
  from: number,
  to: number,
  { search, name, forms, firstLine }: Place & { readonly search: SearchLines },
): JudgedBatch {
  const { candidates, lines, blanks } = search(bytes, from, to);
  const found = new BatchBuilder();
  for (const { start, end, line } of candidates)
    found.add(contentOf(bytes, start, end, { at: { file: name, line: firstLine + line }, torn: false }, forms));
  const batch = found.end({ bytes: to - from, storedBytes: to - from });
  const settled = { ...nothingSettled(), notMatched: lines - blanks - candidates.length };
  return { ...batch, settled, lines, blank: blanks + batch.blank };
}

function* parsedBatches(
  bytes: Buffer,
  { from, to, endsTorn }: Pick<FileBlock, 'from' | 'to' | 'endsTorn'>,
  { name, forms, firstLine, overlong }: Place & { readonly overlong: readonly OverlongLine[] },
): Generator<JudgedBatch> {
  const text = new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from - Number(endsTorn));
  const lineCount = countNewlines(text) + Number(endsTorn);
  if (lineCount === 0 && overlong.length === 0) return;
  const block = { bytes: text, firstLine: firstLine + overlong.length, lineCount, endsTorn, overlong };
  for (const part of inParts(block, maxBatchLines))
    yield batchOf(part, { file: name, forms, longest: maxLineBytes, storedBytes: part.bytes.length });
}

const newline = 10;
const nothing = { from: 0, to: 0, endsTorn: false };

function newRoom(): BlockRoom {
  let bytes = Buffer.alloc(0);
  return {
    blockStart: 0,
    get bytes() {
      return bytes;
    },
    makeRoom(needed) {
      if (bytes.length >= needed) return;
      const larger = Buffer.alloc(needed);
      larger.set(bytes);
      bytes = larger;
    },
  };
}
