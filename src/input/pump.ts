import type { Transform, TransformOptions } from 'node:stream';

/**
 * Stands between a decompressor of `node:zlib`, which works in the thread pool, and whoever uses
 * what comes out. Up to two pieces may be in it at a time: while the caller looks at what came of
 * one, the next is already being decompressed.
 *
 * What came out before an error is never lost, and a small piece that swells to gigabytes is handed
 * out bit by bit: the decompressor stops when `outputsAhead` wait to be read.
 */
export class Pump {
  readonly #stream: Transform;
  #pending = 0;
  #lent: Uint8Array | undefined;
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  /** The stream must have been made with {@link pumpOptions}. */
  constructor(stream: Transform) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake?.());
    stream.on('end', () => {
      this.#ended = true;
      this.#wake?.();
    });
    stream.on('error', (error) => this.#fail(error));
  }

  /** True once the decompressor has met the end of its data; it takes nothing more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** How many pieces went in and are not used up. */
  get pending(): number {
    return this.#pending;
  }

  /** True when nothing more can come out before another piece goes in. */
  get idle(): boolean {
    return this.#pending === 0 && this.#stream.readableLength === 0;
  }

  /** Puts a piece in. Its bytes must stay as they are until it is used up. */
  write(piece: Uint8Array): void {
    this.#pending++;
    this.#stream.write(piece, (error) => {
      if (error) return this.#fail(error);
      this.#pending--;
      this.#wake?.();
    });
  }

  /** What comes out next; undefined when all pieces are used up or the data has ended. Throws when a piece is damaged, after all that came before it. Lent until the next call. */
  async read(): Promise<Uint8Array | undefined> {
    if (this.#lent !== undefined) release(this.#lent);
    for (;;) {
      // A byte stream without an encoding gives Buffers.
      const out: Uint8Array | null = this.#stream.read();
      this.#lent = out ?? undefined;
      if (out !== null) return out;
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#pending === 0 || this.#ended) return undefined;
      await this.#change();
    }
  }

  close(): void {
    this.#stream.destroy();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/**
 * Frees the memory of an output, if it was the last one that lay there, where the runtime can (Node
 * 21 and later): the collector, which sees only the small object that stands for it, waited for 60 MB
 * of them on Node 26, and memory used again at once is still in the cache.
 */
function release(output: Uint8Array): void {
  const { buffer, byteOffset, length } = output;
  // Described in a later library than that of the oldest runtime.
  const { transfer } = buffer as { readonly transfer?: (this: unknown, newLength: number) => unknown };
  if (byteOffset + length === buffer.byteLength) transfer?.call(buffer, 0);
}

export const piecesAhead = 2;
const outputsAhead = 2;

/** Outputs are read one by one, as objects: as bytes, those that wait would be copied into one. */
export const pumpOptions = {
  readableObjectMode: true,
  readableHighWaterMark: outputsAhead,
} as const satisfies TransformOptions;
