import type { Duplex } from 'node:stream';
import { parse } from 'ndjson';
import type { JsonObject } from '../record/record.ts';
import { notAnAuditRecord } from './audit-record.ts';
import { type Batch, BatchBuilder } from './batch.ts';
import { maxLineBytes, overlongHeadBytes, type Source } from './block.ts';
import { contentOf } from './content.ts';
import { decompressed } from './decompress.ts';
import { type DumpForms, dumpForms } from './dump-forms.ts';
import { asBuffer } from './lines.ts';
import { tooLong } from './malformed.ts';
import type { ReadOptions } from './reader.ts';
import { asUtf8 } from './recode.ts';

/**
 * The `ndjson` package behind the interface of `readRecords`: a second, slow reader for `--cross-check`.
 *
 * Independent of the first one: decoding UTF-8, splitting lines, deciding what is JSON, finding the bytes of a record
 * (from the first `{` of the line to its last `}`). Shared with it: decompression and recoding, the limit on
 * the length of a line, and what becomes of a line that is not just a record.
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
  let storedBytes = 0;
  const onStored = (bytes: number): void => {
    storedBytes += bytes;
  };
  const takeStored = (): number => {
    const taken = storedBytes;
    storedBytes = 0;
    return taken;
  };
  const reference = new ReferenceParser(source.name, longest, dumpForms(source.name, options));
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const chunk of asUtf8(decompressed(source, signal, { onStored, zstd: options.zstd }))) {
      await reference.write(chunk);
      if (reference.hasLines) yield reference.takeBatch(takeStored());
    }
  } catch (error) {
    failure = { error };
  }
  if (signal.aborted) return;
  await reference.end();
  if (reference.hasLines) yield reference.takeBatch(takeStored());
  if (failure !== undefined) throw failure.error;
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
  /** Of the line being fed: its length so far, and its number. */
  #lineBytes = 0;
  #feedingLine = 1;
  readonly #overlong = new Map<number, { byteLength: number; readonly head: Uint8Array }>();
  #line = 1;
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

  write(chunk: Uint8Array): Promise<void> {
    const feed = this.#withinLimit(chunk);
    const unread = this.#fed.subarray(this.#fedAt);
    const fed = new Uint8Array(unread.length + feed.length);
    fed.set(unread);
    fed.set(feed, unread.length);
    this.#fed = fed;
    this.#fedAt = 0;
    return new Promise((resolve, reject) => {
      this.#stream.write(feed, (error) => (error ? reject(error) : resolve()));
    });
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
    const line = this.#line++;
    const bytes = this.#originalLine();
    const at = { file: this.#file, line };
    const torn = this.#ending;

    const overlong = this.#overlong.get(line);
    if (overlong !== undefined) {
      this.#overlong.delete(line);
      this.#batchBytes += overlong.byteLength + Number(!torn);
      this.#batch.add({ records: [], malformed: tooLong({ line, torn, ...overlong }, this.#file, this.#longest) });
      return;
    }

    this.#batchBytes += bytes.length + Number(!torn);
    const value = this.#forms.takesPlainRecords ? parseRow(withoutPadding(row)) : undefined;
    if (value !== undefined && notAnAuditRecord(value) === undefined) {
      // It is an object.
      const record = { raw: fromBraceToBrace(bytes), at: this.#forms.placed(at), value: value as JsonObject };
      this.#batch.add({ records: [record] });
    } else this.#batch.add(contentOf(asBuffer(bytes), 0, bytes.length, { at, torn }, this.#forms));
  }

  /** The bytes of the row that comes out now: one row is what ends at one newline. */
  #originalLine(): Uint8Array {
    const found = this.#fed.indexOf(newline, this.#fedAt);
    const end = found < 0 ? this.#fed.length : found;
    const bytes = this.#fed.subarray(this.#fedAt, end);
    this.#fedAt = end + 1;
    return bytes;
  }

  /** The chunk without what makes a line too long, so that the package never holds more than the limit. */
  #withinLimit(chunk: Uint8Array): Uint8Array {
    const kept: Uint8Array[] = [];
    for (let at = 0; at < chunk.length; ) {
      const found = chunk.indexOf(newline, at);
      const end = found < 0 ? chunk.length : found;
      this.#lineBytes += end - at;
      if (this.#lineBytes <= this.#longest) kept.push(chunk.subarray(at, found < 0 ? end : end + 1));
      else {
        // A byte of a line not fed at all, for the package gives no row for an empty last line.
        if (this.#lineBytes === end - at) kept.push(chunk.subarray(at, at + 1));
        this.#noteOverlong(chunk.subarray(at, end));
        // Its newline is fed, so that a row comes out for it.
        if (found >= 0) kept.push(chunk.subarray(end, end + 1));
      }
      if (found >= 0) {
        this.#feedingLine++;
        this.#lineBytes = 0;
      }
      at = end + 1;
    }
    return Buffer.concat(kept);
  }

  #noteOverlong(part: Uint8Array): void {
    const known = this.#overlong.get(this.#feedingLine);
    if (known !== undefined) {
      known.byteLength = this.#lineBytes;
      return;
    }
    const beganEarlier = this.#lineBytes > part.length;
    const fedBefore = beganEarlier ? this.#fed.subarray(this.#fed.lastIndexOf(newline) + 1) : new Uint8Array(0);
    const headBytes = Math.min(overlongHeadBytes, this.#longest);
    const head = new Uint8Array(Buffer.concat([fedBefore, part]).subarray(0, headBytes));
    this.#overlong.set(this.#feedingLine, { byteLength: this.#lineBytes, head });
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
