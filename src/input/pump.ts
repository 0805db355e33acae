import type { Transform } from 'node:stream';

/**
 * Pushes one piece at a time through a decompressor and hands out all it made of it before the
 * next piece goes in. So what came out before an error is never lost, and a small piece that
 * swells to gigabytes is handed out bit by bit.
 */
export class Pump {
  readonly #stream: Transform;
  #ended = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

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

  async *write(piece: Uint8Array): AsyncGenerator<Uint8Array> {
    let taken = false;
    this.#stream.write(piece, (error) => {
      taken = true;
      if (error) this.#fail(error);
      else this.#wake?.();
    });
    for (;;) {
      // A byte stream without an encoding gives Buffers.
      const out: Uint8Array | null = this.#stream.read();
      if (out !== null) yield out;
      else if (this.#failure !== undefined) throw this.#failure;
      else if (taken || this.#ended) return;
      else await this.#change();
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
