/** A stream of chunks of which what was not used can be put back, for whoever reads on. */
export class Chunks {
  readonly #chunks: AsyncIterator<Uint8Array>;
  /** The next one last. */
  readonly #back: Uint8Array[] = [];
  #failure: { readonly error: unknown } | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Lent until the next pull. What was thrown once is thrown again when more is asked for. */
  async next(): Promise<Uint8Array | undefined> {
    const back = this.#back.pop();
    if (back !== undefined) return back;
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      const { done, value } = await this.#chunks.next();
      return done === true ? undefined : value;
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** The next chunk when there is one: what failed is thrown by the next call of `next`. */
  async nextOrNone(): Promise<Uint8Array | undefined> {
    try {
      return await this.next();
    } catch {
      return undefined;
    }
  }

  /** Makes the bytes the next chunk. They must stay as they are until they are pulled. */
  putBack(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#back.push(bytes);
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
