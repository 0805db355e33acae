import { setImmediate } from 'node:timers/promises';
import { BatchBuilder } from '../input/batch.ts';
import { type Block, maxLineBytes, type PlainFile, type Source } from '../input/block.ts';
import { contentOf } from '../input/content.ts';
import { type DumpForms, dumpForms } from '../input/dump-forms.ts';
import { type BlockRoom, type FileBlock, readFileBlock } from '../input/file-blocks.ts';
import { LineReader } from '../input/line-reader.ts';
import { countNewlines } from '../input/lines.ts';
import { readRecords } from '../input/reader.ts';
import { compileLineSearch, type SearchLines } from '../scan/line-search.ts';
import type { Needles } from '../scan/needles.ts';
import { type JudgedBatch, nothingSettled } from './batch.ts';
import { plainTextFile, readRest } from './scan-sources.ts';

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
  const reader = new LineReader({ file: name, forms, longest: maxLineBytes });
  let isLast = false;
  for (let index = 0; !isLast && !signal.aborted; index++) {
    const block = readFileBlock(file, index, blockBytes, room);
    isLast = block.isLast;
    let { from } = block;
    // What is spread over lines is for the reader of all lines, and so is a line cut off.
    if (index * blockBytes >= checkedBytes && !reader.hasSpread) {
      const lastLine = block.endsTorn ? room.bytes.lastIndexOf(newline, block.to - 2) + 1 : block.to;
      const searched = searchedBatch(room.bytes, from, Math.max(from, lastLine), { search, name, forms, firstLine });
      yield searched.batch;
      firstLine += searched.batch.lines;
      from = searched.to;
    }
    const lines = blockOf(room.bytes, { ...block, from }, firstLine);
    yield* reader.read(lines, lines.bytes.length);
    firstLine += lines.lineCount;
    if (block.overlong !== undefined) {
      yield* reader.end();
      const position = block.position + block.to - block.from;
      yield* readRest({ file, name, forms, position, firstLine }, signal);
      return;
    }
    await setImmediate();
  }
  if (!signal.aborted) yield* reader.end();
}

interface Place {
  readonly name: string;
  readonly forms: DumpForms;
  /** Of the first line. */
  readonly firstLine: number;
}

interface Searched {
  readonly batch: JudgedBatch;
  /** Where it stopped: before a value that is spread over lines. */
  readonly to: number;
}

/** The lines of `[from, to)`, of which only those found are parsed. */
function searchedBatch(
  bytes: Buffer,
  from: number,
  to: number,
  place: Place & { readonly search: SearchLines },
): Searched {
  const { search, name, forms, firstLine } = place;
  const { candidates, lines, blanks } = search(bytes, from, to);
  const found = new BatchBuilder();
  for (const { start, end, line } of candidates) {
    const content = contentOf(bytes, start, end, { at: { file: name, line: firstLine + line }, torn: false }, forms);
    if (content.spread !== undefined) return searchedBatch(bytes, from, start, place);
    found.add(content);
  }
  const batch = found.end({ bytes: to - from, storedBytes: to - from });
  const settled = { ...nothingSettled(), notMatched: lines - blanks - candidates.length };
  return { to, batch: { ...batch, settled, lines, blank: blanks + batch.blank } };
}

function blockOf(
  bytes: Buffer,
  { from, to, endsTorn }: Pick<FileBlock, 'from' | 'to' | 'endsTorn'>,
  firstLine: number,
): Block {
  const text = new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from - Number(endsTorn));
  return {
    bytes: text,
    firstLine,
    lineCount: countNewlines(text) + Number(endsTorn),
    endsTorn,
    endsBeforeLongLine: false,
  };
}

const newline = 10;

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
