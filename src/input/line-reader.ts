import type { AuditRecord, Provenance } from '../record/record.ts';
import { type Batch, BatchBuilder, kindOf, type LineKind } from './batch.ts';
import type { Block } from './block.ts';
import type { Chunks } from './chunks.ts';
import { contentOf, type LineContent, type LinePlace } from './content.ts';
import { type DumpForms, withoutOffset } from './dump-forms.ts';
import type { Noted } from './json-scanner.ts';
import { asBuffer, contentEnd, contentStart, countNewlines } from './lines.ts';
import { LongLine } from './long-line.ts';
import { judged, type MalformedLine } from './malformed.ts';
import { placeOf, unwrapped } from './odd-line.ts';
import { OpenValue } from './open-value.ts';
import { parsedJson } from './parsed-json.ts';
import type { Found } from './unwrap.ts';

export interface LineReaderOptions {
  readonly file: string;
  readonly forms: DumpForms;
  readonly longest: number;
}

/** More lines at once would weigh too much as objects. */
const maxBatchLines = 8192;

/**
 * What the lines of a source hold, one after the other: each by itself, or many together when an object is spread over
 * them. The lines of one that breaks, or never ends, are looked at one by one after all, apart from the records within
 * it that are whole.
 */
export class LineReader {
  readonly #options: LineReaderOptions;
  #batch = new BatchBuilder();
  #bytes = 0;
  #storedBytes = 0;
  /** The object that is open. */
  #open: Open | undefined;
  /** Between the elements of an array. */
  #inArray = false;
  /** Whether a value spread over lines was met: lines cannot be looked at by themselves any more. */
  hasSpread = false;

  constructor(options: LineReaderOptions) {
    this.#options = options;
  }

  /** The next lines. Batches lend the bytes of the block. */
  *read(block: Block, storedBytes: number): Generator<Batch> {
    const text = asBuffer(block.bytes);
    this.#bytes += text.length;
    this.#storedBytes += storedBytes;
    let start = 0;
    for (let i = 0; i < block.lineCount; i++) {
      const found = text[start] === newline ? start : text.indexOf(newline, start);
      const line = { text, start, end: found < 0 ? text.length : found, number: block.firstLine + i, torn: found < 0 };
      if (this.#open === undefined) this.#readFresh(line, false);
      else yield* this.#readOn(line, this.#open);
      yield* this.#takeFull();
      start = line.end + 1;
    }
    yield this.#take();
  }

  /** The next line, which is too long to be in a block. */
  async *readLong(
    chunks: Chunks,
    signal: AbortSignal,
    number: number,
    takeStored: () => number,
  ): AsyncGenerator<Batch> {
    yield* this.end();
    const line = new LongLine(this.#options, number);
    for (;;) {
      const chunk = await chunks.nextOrNone();
      if (signal.aborted) return;
      this.#storedBytes += takeStored();
      const end = chunk?.indexOf(newline) ?? 0;
      const piece = end < 0 ? chunk : chunk?.subarray(0, end);
      if (piece !== undefined) {
        const records = line.add(piece);
        this.#bytes += piece.length + Number(end >= 0);
        this.#batch.addLines({ records }, 0);
        yield this.#take();
        if (chunk !== undefined && end >= 0) chunks.putBack(chunk.subarray(end + 1));
      }
      if (chunk !== undefined && end < 0) continue;
      const content = line.end(chunk === undefined);
      this.#batch.addLines(
        content,
        1,
        content.malformed === undefined && line.hasRecords ? 'records' : kindOf(content),
      );
      yield this.#take();
      return;
    }
  }

  /** What is left when the source has ended. */
  *end(): Generator<Batch> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const held = open.value.held();
    yield* this.#readHeld(open, countNewlines(held) + Number(held.at(-1) !== newline));
    yield this.#take();
  }

  /** `isShared`: what stands before it in the line is of records. */
  #readFresh(line: Line, isShared: boolean): void {
    const { text, start, end, number, torn } = line;
    const { file, forms, longest } = this.#options;
    const content = contentOf(text, start, end, { at: { file, line: number }, torn, inArray: this.#inArray }, forms);
    const { spread } = content;
    if (spread !== undefined) this.hasSpread = true;
    if (spread?.inArray === true) this.#inArray = true;
    else if (this.#inArray && text[contentEnd(text, start, end) - 1] === closeBracket) this.#inArray = false;
    if (spread?.object !== undefined && !torn) {
      const object = start + spread.object;
      const value = new OpenValue(text.subarray(start, object), forms.arrays, longest);
      value.add(text, object, end + 1);
      // In an array a text may break at the end of the line.
      if (value.state === 'open') {
        this.#open = { value, firstLine: number, isShared };
        return;
      }
    }
    this.#batch.addLines(content, 1, sharedKind(content, isShared));
  }

  *#readOn(line: Line, open: Open): Generator<Batch> {
    const { text, start, end, number, torn } = line;
    const { value, firstLine } = open;
    const stop = value.add(text, start, torn ? end : end + 1);
    if (value.state === 'open') {
      if (value.isFull) yield* this.#forgetStart(open);
      return;
    }
    this.#open = undefined;
    const rest = { ...line, start: stop };
    if (value.state === 'broken' || this.#isFollowedByText(rest)) {
      const covered = yield* this.#readHeld(open, number - firstLine);
      this.#readFresh({ ...line, start: start + covered }, covered > 0);
    } else if (value.isLong) {
      yield* this.#readHeld(open, number - firstLine);
      if (isEmpty(rest)) this.#addOfLong(line, open);
      else this.#readFresh(rest, true);
    } else yield* this.#readWhole(open, line, rest);
  }

  /** What follows a record right behind makes it malformed; it may be whole otherwise. */
  #isFollowedByText(rest: Line): boolean {
    if (isEmpty(rest)) return false;
    const place = { at: { file: this.#options.file, line: rest.number }, torn: rest.torn, inArray: this.#inArray };
    const { records, malformed, spread } = contentOf(rest.text, rest.start, rest.end, place, this.#options.forms);
    return malformed !== undefined && records.length === 0 && spread === undefined;
  }

  /** An object that has ended in `line`, before `rest` of it. */
  *#readWhole(open: Open, line: Line, rest: Line): Generator<Batch> {
    const { value, firstLine } = open;
    const held = value.held();
    const { start, end } = value.span();
    const before = this.#recordsBefore(open, held.subarray(0, start));
    const found = this.#foundIn(held, { start, end }, this.#placeOf(firstLine, held.subarray(0, start)), 0);
    const isLast = isEmpty(rest);
    const lines = line.number - firstLine + Number(isLast);
    const records = [...before, ...inTheirLines(found.records, held, firstLine)];
    const { marks } = found;
    if (found.records.length > 0) yield* this.#addLines({ records, marks }, lines, 'records');
    else if (found.flaw === undefined && found.noise !== undefined)
      yield* this.#addLines({ records, marks }, lines, found.noise);
    else {
      this.#batch.addLines({ records, marks }, 0);
      yield* this.#addFlawed(open, lines, found.flaw ?? '');
    }
    if (!isLast) this.#readFresh(rest, found.records.length > 0);
  }

  *#addLines(content: LineContent, count: number, kind: LineKind): Generator<Batch> {
    this.#batch.addLines(content, 0);
    for (let left = count; left > 0; ) {
      const some = Math.min(left, maxBatchLines - this.#batch.lines);
      this.#batch.addLines({ records: [] }, some, kind);
      left -= some;
      yield* this.#takeFull();
    }
  }

  /** Lines of JSON that is no record. */
  *#addFlawed({ value, firstLine }: Open, count: number, detail: string): Generator<Batch> {
    const held = value.held();
    const { file } = this.#options;
    let start = 0;
    for (let i = 0; i < count; i++) {
      const found = held.indexOf(newline, start);
      const end = found < 0 ? held.length : found;
      const bytes = viewOf(held, start, end);
      const at = { file, line: firstLine + i };
      this.#batch.add(
        isEmpty({ text: held, start, end })
          ? { records: [] }
          : { records: [], malformed: { at, reason: 'not-an-audit-record', detail, bytes, torn: false } },
      );
      yield* this.#takeFull();
      start = end + 1;
    }
  }

  /**
   * The first lines of what is held, each by itself where no whole record is: gives how far the last of those reaches
   * into the line behind them.
   */
  *#readHeld(open: Open, lines: number, before = Number.POSITIVE_INFINITY): Generator<Batch, number> {
    const { value, firstLine, isShared } = open;
    const held = value.held();
    const noted = value.takeNoted(before);
    let next = 0;
    let covered = 0;
    let start = 0;
    for (let i = 0; i < lines; i++) {
      const found = held.indexOf(newline, start);
      const line = { text: held, start, end: found < 0 ? held.length : found, number: firstLine + i, torn: found < 0 };
      const content = { records: [] as AuditRecord[], marks: new Set<string>() };
      for (let one = noted[next]; one !== undefined && one.start < line.end; one = noted[++next]) {
        const { records, marks } = this.#foundIn(held, one, this.#placeOf(line.number), 1);
        content.records.push(...records);
        for (const mark of marks) content.marks.add(mark);
        if (records.length > 0) covered = one.end;
      }
      if (covered > start) this.#batch.addLines(content, 1, 'records');
      else this.#readByItself(line, open, i === 0 && isShared);
      yield* this.#takeFull();
      start = line.end + 1;
    }
    return Math.max(0, covered - start);
  }

  #readByItself(line: Line, open: Open, isShared: boolean): void {
    const { text, start, end, number, torn } = line;
    const { file, forms } = this.#options;
    const place = { at: { file, line: number }, torn };
    if (open.value.isLong) {
      this.#addOfLong(line, open);
      return;
    }
    const content = contentOf(text, start, end, place, forms);
    if (content.noise !== 'punctuation') this.#batch.addLines(content, 1, sharedKind(content, isShared));
    else this.#batch.add({ records: [], malformed: brokenLine(line, place) });
  }

  /** A line of an object longer than memory, in which no record is. */
  #addOfLong({ text, start, end, number }: Line, { value }: Open): void {
    const { file, longest } = this.#options;
    if (isEmpty({ text, start, end })) this.#batch.add({ records: [] });
    else if (value.hasElements) this.#batch.add({ records: [], noise: 'punctuation' });
    else {
      const at = { file, line: number };
      const detail = `of a value of more than ${longest} bytes`;
      const bytes = viewOf(text, start, end);
      this.#batch.add({ records: [], malformed: { at, reason: 'too-long', detail, bytes, torn: false } });
    }
  }

  /** Gives on what can be had of an object that is too long to be held, but for its last part. */
  *#forgetStart(open: Open): Generator<Batch> {
    const { value } = open;
    const before = value.held().lastIndexOf(newline, value.cutPlace() - 1) + 1;
    // A single line: the next one makes room.
    if (before === 0) return;
    const lines = countNewlines(value.held().subarray(0, before));
    yield* this.#readHeld(open, lines, before);
    // What was given on lends the bytes.
    yield this.#take();
    value.forget(before);
    open.firstLine += lines;
  }

  /** Records that stand before the object in its first line. */
  #recordsBefore({ firstLine }: Open, text: Buffer): readonly AuditRecord[] {
    if (!text.includes(closeBrace)) return [];
    const { file, forms } = this.#options;
    return contentOf(text, 0, text.length, { at: { file, line: firstLine }, torn: false }, forms).records;
  }

  #foundIn(held: Buffer, { start, end }: Noted, at: Provenance, depth: number): Found {
    const value = parsedJson(held.toString('utf8', start, end));
    return unwrapped({ raw: viewOf(held, start, end), value, at }, this.#options.forms, depth);
  }

  #placeOf(line: number, prefix?: Buffer): Provenance {
    const { file, forms } = this.#options;
    return { ...withoutOffset(forms.placed({ file, line })), ...(prefix && placeOf(prefix, forms)) };
  }

  *#takeFull(): Generator<Batch> {
    if (this.#batch.lines >= maxBatchLines) yield this.#take();
  }

  #take(): Batch {
    const batch = this.#batch.end({ bytes: this.#bytes, storedBytes: this.#storedBytes });
    this.#batch = new BatchBuilder();
    this.#bytes = 0;
    this.#storedBytes = 0;
    return batch;
  }
}

/** What stands in the text itself starts in a line of its own; what was a text within it starts where that object does. */
function inTheirLines(records: readonly AuditRecord[], held: Buffer, firstLine: number): readonly AuditRecord[] {
  let line = firstLine;
  let counted = 0;
  return records.map((record) => {
    const { raw, at } = record;
    const start = raw.buffer === held.buffer ? raw.byteOffset - held.byteOffset : 0;
    if (start <= counted) return record;
    line += countNewlines(held.subarray(counted, start));
    counted = start;
    return { ...record, at: { ...at, line } };
  });
}

/** An object that is open at the end of a line. */
interface Open {
  readonly value: OpenValue;
  /** The first line of what is held of it. */
  firstLine: number;
  /** Whether what stands before it in its first line is of records. */
  readonly isShared: boolean;
}

interface Span {
  readonly text: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A line, or what is left of it from `start` on. */
interface Line extends Span {
  readonly number: number;
  readonly torn: boolean;
}

function isEmpty({ text, start, end }: Span): boolean {
  return contentStart(text, start, end) >= end;
}

/** A line of records stays one, whatever else is in it, unless it is malformed. */
function sharedKind(content: LineContent, isShared: boolean): LineKind {
  const kind = kindOf(content);
  return isShared && kind !== 'malformed' ? 'records' : kind;
}

function brokenLine({ text, start, end, torn }: Line, { at }: LinePlace): MalformedLine {
  const from = contentStart(text, start, end);
  const content = text.subarray(from, contentEnd(text, from, end));
  return { at, ...judged(content, from - start, torn), bytes: viewOf(text, start, end), torn };
}

/** Not a Buffer, whose `slice` does not copy. */
function viewOf(bytes: Buffer, from: number, to: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from);
}

const newline = 10;
const closeBracket = 0x5d;
const closeBrace = 0x7d;
