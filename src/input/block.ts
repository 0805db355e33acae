/** The input contract: bytes as blocks of whole lines. Knows nothing of audit records. */

/**
 * A run of whole lines. The bytes are lent until the next block is pulled. Every line ends with
 * `\n` except possibly the last one of a source (the torn tail, `endsTorn`).
 */
export interface Block {
  /** A plain Uint8Array, never a Buffer (whose `slice` does not copy). */
  readonly bytes: Uint8Array;
  /** Number of the first line in `bytes`, from 1. */
  readonly firstLine: number;
  /** Lines in `bytes`, the torn tail included. */
  readonly lineCount: number;
  /** True when the last line has no newline: the source ended inside or just after it. */
  readonly endsTorn: boolean;
  /** True when the next line is longer than the limit. */
  readonly endsBeforeLongLine: boolean;
}

export interface OverlongLine {
  readonly line: number;
  /** Without its newline. */
  readonly byteLength: number;
  /** The first bytes, enough for a message. */
  readonly head: Uint8Array;
  /** True when the source ended before its newline. */
  readonly torn: boolean;
}

/** Something to read: a file, stdin, bytes in memory. Opening may fail; failures are thrown as {@link SourceError}. */
export interface Source {
  /** As named by the user; `-` for stdin. */
  readonly name: string;
  /** Size in bytes as stored (compressed), when known before reading: for progress only. */
  readonly byteLength?: number;
  /** True when `chunks` may be called again from the start. */
  readonly rereadable: boolean;
  /**
   * Bytes as stored, in order; each chunk is lent until the next pull. Ends quietly, without an
   * error, when `signal` aborts. Leaving the loop early closes what was opened.
   */
  chunks(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** The regular file behind it; missing where there is none. */
  readonly file?: FileRef;
}

/** A regular file, so that any thread can open it. */
export type FileRef = { readonly path: string } | { readonly fd: number };

/** A regular file that can be read at any place. Failures are thrown as {@link SourceError}. */
export interface PlainFile {
  /** As it is now: a file may grow while it is read. */
  size(): number;
  /** Reads up to `length` bytes at `position` into `target` at `at`; fewer only at the end of the file. */
  read(target: Uint8Array, at: number, length: number, position: number): number;
  close(): void;
}

export type SourceTrouble = 'missing' | 'unreadable' | 'compressed-cut-short' | 'compressed-damaged';

/**
 * A source that could not be read to its end. What was delivered before stays valid; the run goes
 * on with the next source and ends incomplete. The message says why but does not name the source.
 */
export class SourceError extends Error {
  readonly trouble: SourceTrouble;

  constructor(trouble: SourceTrouble, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SourceError';
    this.trouble = trouble;
  }
}

export const maxLineBytes = 16 * 1024 * 1024;

/** How much of an over-long line is kept, never more than the limit itself so that it does not depend on how the stream was split. */
export const overlongHeadBytes = 256;
