/**
 * Reads a stream of chunks by count: look at the next bytes, then take them. Independent of where
 * the chunks were split. A failure of the stream is held back until every byte before it was taken.
 */
export class ByteReader {
  /** Bytes taken so far. */
  position = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);
  #at = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** How many bytes are at hand: a peek of no more than these does not wait. */
  get held(): number {
    return this.#held.length - this.#at;
  }

  /** The next `count` bytes, fewer only at the end of the stream. Lent until the next call. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.held < count && !this.#ended) await this.#fill(count);
    return this.#held.subarray(this.#at, this.#at + count);
  }

  /** Moves on past bytes that were peeked. */
  take(count: number): void {
    this.#at += count;
    this.position += count;
  }

  /** Peeks and takes. */
  async next(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    this.take(bytes.length);
    return bytes;
  }

  /** Everything not taken yet, chunk by chunk as it comes. */
  async *rest(): AsyncGenerator<Uint8Array> {
    if (this.held > 0) {
      const held = this.#held.subarray(this.#at);
      this.take(held.length);
      yield held;
    }
    while (!this.#ended) {
      const chunk = await this.#pull();
      if (chunk === undefined) break;
      this.position += chunk.length;
      yield chunk;
    }
    this.throwFailure();
  }

  /** Call when the bytes came to an end: throws if that was because the stream failed. */
  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#chunks.return?.();
  }

  async #fill(count: number): Promise<void> {
    const parts: Uint8Array[] = this.held > 0 ? [new Uint8Array(this.#held.subarray(this.#at))] : [];
    let length = this.held;
    while (length < count) {
      const chunk = await this.#pull();
      if (chunk === undefined) break;
      length += chunk.length;
      // Chunks are lent until the next pull, so only the one that ends the search may be kept as it is.
      parts.push(length < count ? new Uint8Array(chunk) : chunk);
    }
    const [only] = parts;
    this.#held = parts.length === 1 && only !== undefined ? only : joined(parts, length);
    this.#at = 0;
  }

  async #pull(): Promise<Uint8Array | undefined> {
    try {
      const step = await this.#chunks.next();
      if (step.done !== true) return step.value;
    } catch (error) {
      this.#failure = { error };
    }
    this.#ended = true;
    return undefined;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
