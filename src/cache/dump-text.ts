import { type PlainFile, SourceError } from '../input/block.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import { type FileStamp, isUnchanged } from './stamp.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Gaps up to this much are read along: one longer read is cheaper than two. */
const gapBytes = 32 * 1024;
const mostBytesAtOnce = 8 * 1024 * 1024;

/**
 * The original bytes of a dump, as far as they are asked for. Throws {@link SourceError} when the dump is no longer what
 * its cache was made of.
 */
export class DumpText {
  readonly #fd: number;
  readonly #file: PlainFile;
  readonly #stamp: FileStamp;
  #expected: readonly Span[] = [];
  #runs: Run[] = [];

  constructor(fd: number, stamp: FileStamp) {
    this.#fd = fd;
    this.#file = openPlainFile({ fd });
    this.#stamp = stamp;
  }

  /** Lets go of what was read. */
  forget(): void {
    this.#expected = [];
    this.#runs = [];
  }

  /** Spans that may be asked for, in the order of the file: once one is, those near behind it are read along. */
  expect(spans: readonly Span[]): void {
    this.#expected = spans;
  }

  subarray(start: number, end: number): Uint8Array {
    const run = this.#runs.findLast((one) => one.start <= start && end <= one.start + one.bytes.length);
    if (run !== undefined) return run.bytes.subarray(start - run.start, end - run.start);
    const bytes = this.#read(start, this.#endOfGroup(start, end));
    this.#runs.push({ start, bytes });
    return bytes.subarray(0, end - start);
  }

  /** Throws when the dump has changed by now. */
  checkUnchanged(): void {
    if (!isUnchanged(this.#fd, this.#stamp)) throw changed();
  }

  /** Behind the expected spans that follow one near each other. */
  #endOfGroup(start: number, end: number): number {
    let last = end;
    for (let i = firstFrom(this.#expected, end); i < this.#expected.length; i++) {
      const span = this.#expected[i];
      if (span === undefined || span.start - last > gapBytes || span.end - start > mostBytesAtOnce) break;
      last = span.end;
    }
    return last;
  }

  #read(start: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - start);
    if (this.#file.read(bytes, 0, bytes.length, start) < bytes.length) throw changed();
    this.checkUnchanged();
    return bytes;
  }
}

interface Run {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** The first span that starts at `place` or behind it. */
function firstFrom(spans: readonly Span[], place: number): number {
  let low = 0;
  for (let high = spans.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? place) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function changed(): SourceError {
  return new SourceError('unreadable', 'it changed while it was read');
}
