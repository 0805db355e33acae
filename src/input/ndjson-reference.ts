import type { Duplex } from 'node:stream';
import { parse } from 'ndjson';
import type { JsonObject } from '../record/record.ts';
import { notAnAuditRecord } from './audit-record.ts';
import { type Batch, BatchBuilder } from './batch.ts';
import { maxLineBytes, type Source } from './block.ts';
import { contentOf, type LineContent } from './content.ts';
import { type DumpForms, dumpForms } from './dump-forms.ts';
import { asBuffer } from './lines.ts';
import { type ReadOptions, readText, textOf } from './reader.ts';

/**
 * The `ndjson` package behind the interface of `readRecords`: a second, slow reader for `--cross-check`.
 *
 * Independent of the first one: decoding UTF-8, splitting lines, deciding what is JSON, finding the bytes of a record
 * (from the first `{` of the line to its last `}`). Shared with it: decompression and recoding, the limit on
 * the length of a line, what becomes of a line that is not just a record, and everything from the first value on that
 * is spread over lines.
 *
 * The package drops broken lines without a word, counts no lines, takes a byte order mark for garbage
 * and ends the stream at a `null` line. So each row is looked at on its way into and out of the package's own row parser.
 */
export async function* readRecordsWithNdjson(
  source: Source,
  signal: AbortSignal,
  options: ReadOptions = {},
): AsyncGenerator<Batch> {
  const longest = options.maxLineBytes ?? maxLineBytes;
  const forms = dumpForms(source.name, options);
  const { chunks, takeStored } = textOf(source, signal, options);
  const reference = new ReferenceParser(source.name, longest, forms);
  try {
    for (;;) {
      const chunk = await chunks.nextOrNone();
      if (chunk === undefined) break;
      const rest = await reference.write(chunk);
      if (reference.hasLines) yield reference.takeBatch(takeStored());
      if (rest === undefined) continue;
      chunks.putBack(rest);
      const place = { file: source.name, forms, longest, firstLine: reference.line, takeStored };
      yield* readText(chunks, signal, place);
      return;
    }
    if (signal.aborted) return;
    await reference.end();
    if (reference.hasLines) yield reference.takeBatch(takeStored());
    // What made the source end is thrown now.
    await chunks.next();
  } finally {
    await chunks.close();
  }
}

type RowParser = (row: string) => unknown;

const newline = 10;

class ReferenceParser {
  readonly #file: string;
  readonly #longest: number;
  readonly #stream: Duplex & { mapper: RowParser };
  /** Bytes fed whose row has not come out yet, to find the original line of a row. */
  #fed: Uint8Array = new Uint8Array(0);
  #fedAt = 0;
  /** Of the line being fed: its length so far. */
  #lineBytes = 0;
  /** Number of the next line. */
  line = 1;
  /** Among the bytes fed, where a value begins that is spread over lines. */
  #spreadAt: number | undefined;
  #ending = false;
  readonly #forms: DumpForms;
  #batch = new BatchBuilder();
  #batchBytes = 0;

  constructor(file: string, longest: number, forms: DumpForms) {
    this.#file = file;
    this.#forms = forms;
    this.#longest = longest;
    this.#stream = rowStream();
    const parseRow = this.#stream.mapper;
    this.#stream.mapper = (row) => {
      this.#row(row, (text) => parseRow.call(this.#stream, text));
      // Nothing goes down the stream: a `null` would end it.
      return undefined;
    };
  }

  get hasLines(): boolean {
    return this.#batch.lines > 0;
  }

  /** Gives the bytes from the line on that goes on in the next one, or is too long: those are not for rows. */
  async write(chunk: Uint8Array): Promise<Uint8Array | undefined> {
    const unread = this.#fed.subarray(this.#fedAt);
    const fed = new Uint8Array(unread.length + chunk.length);
    fed.set(unread);
    fed.set(chunk, unread.length);
    this.#fed = fed;
    this.#fedAt = 0;
    const longLine = this.#longLine(chunk);
    const feed = longLine === undefined ? chunk : chunk.subarray(0, Math.max(0, longLine));
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(feed, (error) => (error ? reject(error) : resolve()));
    });
    if (this.#spreadAt !== undefined) return fed.subarray(this.#spreadAt);
    return longLine === undefined ? undefined : fed.subarray(unread.length + longLine);
  }

  end(): Promise<void> {
    this.#ending = true;
    return new Promise((resolve, reject) => {
      this.#stream.once('error', reject);
      this.#stream.end(resolve);
    });
  }

  takeBatch(storedBytes: number): Batch {
    const batch = this.#batch.end({ bytes: this.#batchBytes, storedBytes });
    this.#batch = new BatchBuilder();
    this.#batchBytes = 0;
    return batch;
  }

  /** A row as the package split it off, and the package's parser for it. */
  #row(row: string, parseRow: RowParser): void {
    if (this.#spreadAt !== undefined) return;
    const start = this.#fedAt;
    const bytes = this.#originalLine();
    const at = { file: this.#file, line: this.line };
    const torn = this.#ending;
    const value = this.#forms.takesPlainRecords ? parseRow(withoutPadding(row)) : undefined;
    const isRecord = value !== undefined && notAnAuditRecord(value) === undefined;
    const content: LineContent = isRecord
      ? // It is an object.
        { records: [{ raw: fromBraceToBrace(bytes), at: this.#forms.placed(at), value: value as JsonObject }] }
      : contentOf(asBuffer(bytes), 0, bytes.length, { at, torn }, this.#forms);
    if (content.spread !== undefined && !torn) {
      this.#spreadAt = start;
      return;
    }
    this.line++;
    this.#batchBytes += bytes.length + Number(!torn);
    this.#batch.add(content);
  }

  /** The bytes of the row that comes out now: one row is what ends at one newline. */
  #originalLine(): Uint8Array {
    const found = this.#fed.indexOf(newline, this.#fedAt);
    const end = found < 0 ? this.#fed.length : found;
    const bytes = this.#fed.subarray(this.#fedAt, end);
    this.#fedAt = end + 1;
    return bytes;
  }

  /** Where in the chunk a line starts that is too long: before its first byte when it began in an earlier one. */
  #longLine(chunk: Uint8Array): number | undefined {
    for (let at = 0; at < chunk.length; ) {
      const found = chunk.indexOf(newline, at);
      const end = found < 0 ? chunk.length : found;
      const before = this.#lineBytes;
      this.#lineBytes += end - at;
      if (this.#lineBytes > this.#longest) return at - before;
      if (found >= 0) this.#lineBytes = 0;
      at = end + 1;
    }
    return undefined;
  }
}

/** The package's parser. Its row parser is a property of the stream, though its types do not say so. */
function rowStream(): Duplex & { mapper: RowParser } {
  const stream: Duplex & { mapper?: unknown } = parse({ strict: false });
  if (typeof stream.mapper !== 'function') throw new Error('this version of ndjson keeps its row parser elsewhere');
  return stream as Duplex & { mapper: RowParser };
}

const padding = new Set(' \t\r\0\u001e');

function withoutPadding(row: string): string {
  let start = 0;
  let end = row.length;
  while (start < end && (padding.has(row.charAt(start)) || row.charAt(start) === '\ufeff')) start++;
  while (end > start && padding.has(row.charAt(end - 1))) end--;
  return row.slice(start, end);
}

function fromBraceToBrace(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(bytes.indexOf(0x7b), bytes.lastIndexOf(0x7d) + 1);
}
