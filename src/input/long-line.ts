import type { AuditRecord } from '../record/record.ts';
import { overlongHeadBytes } from './block.ts';
import type { LineContent } from './content.ts';
import type { Noted } from './json-scanner.ts';
import type { LineReaderOptions } from './line-reader.ts';
import { tooLong } from './malformed.ts';
import type { NoiseKind } from './noise.ts';
import { isBetweenElements, messageOf, placeOf, unwrapped } from './odd-line.ts';
import { OpenValue } from './open-value.ts';
import { parsedJson } from './parsed-json.ts';

/**
 * A line too long to be held, read piece by piece: an array or a row of values, each of which is given on when it is
 * whole. Says of a line of such values what is said of shorter ones. The bytes of records are copies.
 */
export class LongLine {
  readonly #options: LineReaderOptions;
  readonly #line: number;
  readonly #value: OpenValue;
  #isInValue = false;
  /** Of the last value: what follows may show that it is not sure to be whole. */
  #pending: readonly AuditRecord[] = [];
  #text = new TextBetween();
  hasRecords = false;
  #isDamaged = false;
  #noise: NoiseKind | undefined;
  readonly #marks = new Set<string>();
  #byteLength = 0;
  #head: Uint8Array = new Uint8Array(0);

  constructor(options: LineReaderOptions, line: number) {
    this.#options = options;
    this.#line = line;
    this.#value = new OpenValue(new Uint8Array(0), options.forms.arrays, options.longest);
  }

  /** Takes the next bytes of the line; gives the records that are sure now. */
  add(piece: Uint8Array): readonly AuditRecord[] {
    const headBytes = Math.min(overlongHeadBytes, this.#options.longest);
    if (this.#head.length < headBytes)
      this.#head = new Uint8Array(Buffer.concat([this.#head, piece.subarray(0, headBytes - this.#head.length)]));
    this.#byteLength += piece.length;
    const records: AuditRecord[] = [];
    this.#read(Buffer.from(piece.buffer, piece.byteOffset, piece.length), records);
    if (records.length > 0) this.hasRecords = true;
    return records;
  }

  /** What is left to say of the line. */
  end(torn: boolean): LineContent {
    const records: AuditRecord[] = [];
    if (this.#isInValue) {
      this.#isDamaged = true;
      this.#takeNoted(Number.POSITIVE_INFINITY, records);
    } else if (this.#text.isGarbage(this.#options)) {
      this.#isDamaged = true;
      this.#pending = [];
    }
    this.#takePending(records);
    const { file, longest } = this.#options;
    const hasRecords = this.hasRecords || records.length > 0;
    const marks = this.#marks;
    if (!this.#isDamaged && (hasRecords || this.#noise !== undefined)) return { records, marks, noise: this.#noise };
    const line = { line: this.#line, byteLength: this.#byteLength, head: this.#head, torn };
    return { records, marks, malformed: tooLong(line, file, longest) };
  }

  #read(piece: Buffer, records: AuditRecord[]): void {
    const value = this.#value;
    for (let at = 0; at < piece.length; ) {
      if (!this.#isInValue) {
        const brace = piece.indexOf(openBrace, at);
        this.#text.add(piece.subarray(at, brace < 0 ? piece.length : brace));
        if (brace < 0) return;
        at = brace;
        this.#isInValue = true;
        value.restart();
      }
      at = value.add(piece, at, piece.length);
      if (value.state === 'ended') this.#endValue(records);
      else if (value.state === 'broken') this.#breakValue(piece[at], records);
      else if (value.isFull) this.#forgetStart(records);
    }
  }

  #endValue(records: AuditRecord[]): void {
    const value = this.#value;
    this.#isInValue = false;
    this.#takePending(records);
    if (value.isLong) {
      this.#takeNoted(Number.POSITIVE_INFINITY, records);
      if (!value.hasElements) this.#isDamaged = true;
    } else this.#pending = this.#recordsIn(value.span(), 0);
    this.#text = new TextBetween();
  }

  #breakValue(next: number | undefined, records: AuditRecord[]): void {
    const value = this.#value;
    this.#isInValue = false;
    const token = value.held().subarray(value.lookFrom());
    // A brace alone may be of a key.
    if (value.isMoreThanBrace || next === openBrace) {
      this.#isDamaged = true;
      this.#takePending(records);
      this.#text = new TextBetween();
      this.#takeNoted(Number.POSITIVE_INFINITY, records);
    }
    // The memory of the value is used again.
    if (token.length > 0) this.#read(Buffer.from(token), records);
  }

  #forgetStart(records: AuditRecord[]): void {
    const place = this.#value.cutPlace();
    this.#takePending(records);
    this.#takeNoted(place, records);
    this.#value.forget(place);
  }

  #takePending(records: AuditRecord[]): void {
    records.push(...this.#pending);
    this.#pending = [];
  }

  #takeNoted(before: number, records: AuditRecord[]): void {
    for (const noted of this.#value.takeNoted(before)) records.push(...this.#recordsIn(noted, 1));
  }

  #recordsIn({ start, end }: Noted, depth: number): readonly AuditRecord[] {
    const { file, forms } = this.#options;
    const raw = new Uint8Array(this.#value.held().subarray(start, end));
    const value = parsedJson(Buffer.from(raw.buffer).toString());
    const place = depth === 0 ? placeOf(this.#text.tail(), forms) : undefined;
    const found = unwrapped(
      { raw, value, at: { ...forms.placed({ file, line: this.#line }), ...place } },
      forms,
      depth,
    );
    this.#noise ??= found.noise;
    for (const mark of found.marks) this.#marks.add(mark);
    return found.records;
  }
}

/** Text between values, of which the start and the end are kept. */
class TextBetween {
  /** From the first byte on that does not stand between the elements of an array. */
  #start = '';
  #end: Buffer = nothing;

  add(text: Buffer): void {
    if (text.length === 0) return;
    if (this.#start.length < keptBytes) {
      const from = this.#start === '' ? text.findIndex((byte) => !isBetweenElements(byte)) : 0;
      if (from >= 0) this.#start += text.toString('latin1', from, from + keptBytes - this.#start.length);
    }
    this.#end = Buffer.concat([this.#end, text]).subarray(-keptBytes);
  }

  tail(): Buffer {
    return this.#end;
  }

  isGarbage({ forms }: LineReaderOptions): boolean {
    return this.#start !== '' && messageOf(this.#start, forms) === undefined;
  }
}

const keptBytes = 4096;
const nothing: Buffer = Buffer.alloc(0);
const openBrace = 0x7b;
