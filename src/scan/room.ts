import { growTo, type WasmMemory, wasmPageBytes } from './wasm.ts';

/** Hands out the memory from the bottom up. What is not written stays zero and takes no real memory. */
export class Room {
  readonly #memory: WasmMemory;
  /** The first page belongs to the kernel's own constants. */
  #next = wasmPageBytes;

  constructor(memory: WasmMemory) {
    this.#memory = memory;
  }

  take(bytes: number): number {
    const at = this.#next;
    this.#next = (at + bytes + 63) & ~63;
    growTo(this.#memory, this.#next);
    return at;
  }

  setWords(at: number, words: readonly number[]): void {
    new Int32Array(this.#memory.buffer, at, words.length).set(words);
  }

  /** UTF-8, padded with zeros to a multiple of eight bytes. */
  text(text: string): { readonly at: number; readonly length: number } {
    const bytes = new TextEncoder().encode(text);
    return { at: this.bytes(bytes), length: bytes.length };
  }

  /** At least eight zeros follow. */
  bytes(bytes: Uint8Array): number {
    const at = this.take(bytes.length + 8);
    new Uint8Array(this.#memory.buffer).set(bytes, at);
    return at;
  }

  end(multipleOf: number): number {
    return this.take(0) + ((multipleOf - (this.#next % multipleOf)) % multipleOf);
  }
}
