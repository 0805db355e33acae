import type { AuditRecord, JsonObject } from '../record/record.ts';
import { notAnAuditRecord } from './audit-record.ts';
import type { DumpForms } from './dump-forms.ts';
import { contentEnd, contentStart } from './lines.ts';
import type { MalformedLine } from './malformed.ts';
import type { NoiseKind } from './noise.ts';
import { oddContent } from './odd-line.ts';
import { parsedJson } from './parsed-json.ts';

/**
 * What a line holds. It is malformed when `malformed` is there, whatever records could be had of it all the same;
 * else a line of records when there are any; else noise when that is there; else blank.
 */
export interface LineContent {
  readonly records: readonly AuditRecord[];
  readonly malformed?: MalformedLine | undefined;
  readonly noise?: NoiseKind | undefined;
  /** What forms have to know at the end of the source (`Envelope.atEnd`). */
  readonly marks?: ReadonlySet<string> | undefined;
  /** The line begins a value that goes on in the next ones; what else is said of it holds when it is looked at by itself. */
  readonly spread?: SpreadStart | undefined;
}

export interface SpreadStart {
  /** Where in the line the object starts that is still open; undefined between the elements of an array. */
  readonly object: number | undefined;
  /** Whether an array begins that is not ended. */
  readonly inArray: boolean;
}

/** How a line counts. */
export type LineClass = 'blank' | 'noise' | 'malformed' | 'records';

export function classOf({ records, malformed, noise }: LineContent): LineClass {
  if (malformed !== undefined) return 'malformed';
  if (records.length > 0) return 'records';
  return noise === undefined ? 'blank' : 'noise';
}

export interface LinePlace {
  readonly at: MalformedLine['at'];
  /** True for the last line of a source that ends without a newline. */
  readonly torn: boolean;
  /** True within an array that began in an earlier line: its elements may be spread in any way. */
  readonly inArray?: boolean;
}

/** Whether the line may begin a value that is spread over lines; false is certain. */
export function mayBeginSpread(bytes: Buffer, start: number, end: number): boolean {
  const from = contentStart(bytes, start, end);
  return bytes[from] === openBracket || bytes[contentEnd(bytes, from, end) - 1] === openBrace;
}

/** What the line `[start, end)` holds, its newline not included, when it is looked at by itself. */
export function contentOf(bytes: Buffer, start: number, end: number, place: LinePlace, forms: DumpForms): LineContent {
  const from = contentStart(bytes, start, end);
  const to = contentEnd(bytes, from, end);
  if (from === to) return blank;
  const value = forms.takesPlainRecords ? parsed(bytes, from, to) : undefined;
  if (value !== undefined && notAnAuditRecord(value) === undefined)
    return { records: [{ raw: viewOf(bytes, from, to), at: forms.placed(place.at), value }] };
  return oddContent({ line: viewOf(bytes, start, end), content: viewOf(bytes, from, to), value }, place, forms);
}

const blank: LineContent = { records: [] };

/** Not a Buffer, whose `slice` does not copy. */
function viewOf(bytes: Buffer, from: number, to: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + from, to - from);
}

const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** The object a line holds; undefined when it holds something else or is no JSON. Never throws. */
function parsed(text: Buffer, from: number, to: number): JsonObject | undefined {
  // Text that is no JSON at all is told by its ends: an exception for each line of a log would cost more than the line.
  if (text[from] !== openBrace || text[to - 1] !== closeBrace) return undefined;
  // Text that starts with a brace parses to an object or not at all.
  return parsedJson(text.toString('utf8', from, to)) as JsonObject | undefined;
}
