import { maxLineBytes, overlongHeadBytes } from '../input/block.ts';
import { contentOf, type LineContent } from '../input/content.ts';
import type { DumpForms } from '../input/dump-forms.ts';
import { type MalformedLine, tooLong } from '../input/malformed.ts';
import type { CacheFile } from './cache-file.ts';
import { numbersIn } from './cached-rows.ts';
import type { DumpText, Span } from './dump-text.ts';
import type { Stretch } from './format.ts';

/** The lines of a stretch that only the truth can tell about: they are read from the dump each time. */
export class DoubtfulLines {
  readonly count: number;
  readonly #origin: number;
  readonly #start: ArrayLike<number>;
  readonly #length: ArrayLike<number>;
  readonly #line: ArrayLike<number>;

  constructor(file: CacheFile, { from, doubts, columns }: Stretch) {
    this.count = doubts;
    this.#origin = from;
    this.#start = numbersIn(file.section(columns.doubtStart), doubts);
    this.#length = new Float64Array(file.section(columns.doubtLength).buffer);
    this.#line = numbersIn(file.section(columns.doubtLine), doubts);
  }

  start(i: number): number {
    return this.#origin + (this.#start[i] ?? 0);
  }

  /** From the first line of the stretch. */
  line(i: number): number {
    return this.#line[i] ?? 0;
  }

  /** What of it is to be read: all of a line that is not too long. */
  span(i: number): Span {
    const start = this.start(i);
    const length = this.#length[i] ?? 0;
    return { start, end: start + (length > maxLineBytes ? overlongHeadBytes : length) };
  }

  content(i: number, text: DumpText, at: MalformedLine['at'], dumpBytes: number, forms: DumpForms): LineContent {
    const { start, end } = this.span(i);
    const bytes = text.subarray(start, end);
    const byteLength = this.#length[i] ?? 0;
    // Nothing behind it, not even a newline.
    const torn = start + byteLength === dumpBytes;
    if (byteLength > maxLineBytes) {
      const malformed = tooLong({ line: at.line, byteLength, head: bytes, torn }, at.file, maxLineBytes);
      // There may be values in it, for whoever reads long lines.
      return { records: [], malformed, spread: { object: undefined, inArray: false } };
    }
    return contentOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length, { at, torn }, forms);
  }
}
