import type { AuditRecord, JsonObject } from '../record/record.ts';
import { type Block, maxLineBytes, type OverlongLine, type Source } from './block.ts';
import { blocksOf } from './blocks.ts';
import { type DecompressOptions, decompressed } from './decompress.ts';
import { describeJsonError, findJsonError } from './json-error.ts';
import { asBuffer, contentEnd, contentStart, eachLine, inParts } from './lines.ts';
import { asUtf8 } from './recode.ts';

/** Some lines of a source, each accounted for: `lines = blank + malformed.length + records.length`. */
export interface Batch {
  readonly lines: number;
  readonly blank: number;
  /** Of the text: decompressed, as UTF-8, newlines and over-long lines included. */
  readonly bytes: number;
  /** Bytes of the source as stored that were read since the last batch: for progress. */
  readonly storedBytes: number;
  /** In order. Their bytes are lent until the next batch is pulled. */
  readonly records: readonly AuditRecord[];
  /** In order. */
  readonly malformed: readonly MalformedLine[];
}

export interface MalformedLine {
  readonly at: { readonly file: string; readonly line: number };
  readonly reason: MalformedReason;
  /** What is wrong with it, the same on every runtime: `unexpected end after 212 bytes, expected , or }`. */
  readonly detail: string;
  /** The line as it stands, without its newline; of a line that is too long only the first bytes. Lent like the records. */
  readonly bytes: Uint8Array;
  /** True for the last line of a source that ends without a newline. */
  readonly torn: boolean;
}

/** `torn` is a last line without a newline that is the beginning of some JSON. */
export type MalformedReason = 'not-json' | 'not-an-audit-record' | 'too-long' | 'torn';

export interface ReadOptions {
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
  let storedBytes = 0;
  const onStored = (bytes: number): void => {
    storedBytes += bytes;
  };
  const text = asUtf8(decompressed(source, signal, { onStored, zstd: options.zstd }));
  for await (const block of blocksOf(text, signal, longest)) {
    for (const part of inParts(block, maxBatchLines)) {
      const stored = storedBytes;
      storedBytes = 0;
      yield batchOf(part, source.name, stored, longest);
    }
  }
}

/** More lines at once would weigh too much as objects. */
export const maxBatchLines = 8192;

/** What the lines of a block hold. */
export function batchOf(block: Block, file: string, storedBytes: number, longest: number): Batch {
  const records: AuditRecord[] = [];
  const malformed = block.overlong.map((line) => tooLong(line, file, longest));
  const text = asBuffer(block.bytes);
  let blank = 0;

  eachLine(block, (start, end, line, torn) => {
    const content = contentOf(text, start, end, { at: { file, line }, torn });
    if (content === 'blank') blank++;
    else if ('reason' in content) malformed.push(content);
    else records.push(content);
  });

  const overlongBytes = block.overlong.reduce((sum, line) => sum + line.byteLength + Number(!line.torn), 0);
  return {
    lines: block.lineCount + block.overlong.length,
    blank,
    bytes: block.bytes.length + overlongBytes,
    storedBytes,
    records,
    malformed,
  };
}

/** What the line `[start, end)` holds, its newline not included. */
export function contentOf(
  bytes: Buffer,
  start: number,
  end: number,
  { at, torn }: { readonly at: MalformedLine['at']; readonly torn: boolean },
): AuditRecord | MalformedLine | 'blank' {
  const from = contentStart(bytes, start, end);
  const to = contentEnd(bytes, from, end);
  if (from === to) return 'blank';
  const value = parsed(bytes, from, to);
  const flaw = value === undefined ? undefined : notAnAuditRecord(value);
  if (value !== undefined && flaw === undefined) return { raw: viewOf(bytes, from, to), at, value };
  const line = viewOf(bytes, start, end);
  if (flaw !== undefined) return { at, reason: 'not-an-audit-record', detail: flaw, bytes: line, torn };
  return { at, ...judged(viewOf(bytes, from, to), from - start, torn), bytes: line, torn };
}

/** Not a Buffer, whose `slice` does not copy. */
function viewOf(bytes: Buffer, from: number, to: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from);
}

const openBrace = 0x7b;
const closeBrace = 0x7d;

/** The object a line holds; undefined when it holds something else or is no JSON. Never throws. */
function parsed(text: Buffer, from: number, to: number): JsonObject | undefined {
  // Text that is no JSON at all is told by its ends: an exception for each line of a log would cost more than the line.
  if (text[from] !== openBrace || text[to - 1] !== closeBrace) return undefined;
  try {
    // Text that starts with a brace parses to an object or not at all.
    return JSON.parse(text.toString('utf8', from, to)) as JsonObject;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** CLI.md, "What is a record": an object with a string `type` or `specversion` and an object `data`. Undefined when it is one. */
export function notAnAuditRecord(value: unknown): string | undefined {
  if (!isJsonObject(value)) return `${kindOf(value)}, not an object`;
  if (typeof value.type !== 'string' && typeof value.specversion !== 'string') {
    return 'an object without a string "type" or "specversion"';
  }
  if (!Object.hasOwn(value, 'data')) return 'an object without "data"';
  return isJsonObject(value.data) ? undefined : `"data" is ${kindOf(value.data)}, not an object`;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

/** Why a content that is no JSON object is malformed. */
export function judged(
  content: Uint8Array,
  offset: number,
  torn: boolean,
): { readonly reason: MalformedReason; readonly detail: string } {
  const error = findJsonError(content);
  if (error === undefined) return { reason: 'not-an-audit-record', detail: `${scalarKind(content)}, not an object` };
  return {
    reason: torn && error.endedEarly ? 'torn' : 'not-json',
    detail: describeJsonError(content, error, offset),
  };
}

/** What valid JSON other than an object is, told by its first byte. */
function scalarKind([first = 0]: Uint8Array): string {
  switch (String.fromCharCode(first)) {
    case '[':
      return 'an array';
    case '"':
      return 'a string';
    case 't':
      return 'true';
    case 'f':
      return 'false';
    case 'n':
      return 'null';
    default:
      return 'a number';
  }
}

export function tooLong(line: OverlongLine, file: string, longest: number): MalformedLine {
  return {
    at: { file, line: line.line },
    reason: 'too-long',
    detail: `${line.byteLength} bytes, at most ${longest} are read`,
    bytes: line.head,
    torn: line.torn,
  };
}
