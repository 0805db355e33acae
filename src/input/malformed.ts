import type { OverlongLine } from './block.ts';
import { describeJsonError, findJsonError } from './json-error.ts';

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

/** `torn` is a last line without a newline that is the beginning of some JSON; `java-text` is dump-formats.md, form 15. */
export type MalformedReason = 'not-json' | 'not-an-audit-record' | 'too-long' | 'torn' | 'java-text';
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
