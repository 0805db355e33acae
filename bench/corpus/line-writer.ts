/** Bytes of lines, one after the other. */
export class LineWriter {
  #bytes: Buffer;
  #end = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.#end;
  }

  /** Short pieces are many: a loop beats a call for them. */
  putBytes(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    if (bytes.length > 32) this.#bytes.set(bytes, this.#end);
    else for (let i = 0; i < bytes.length; i++) this.#bytes[this.#end + i] = bytes[i] as number;
    this.#end += bytes.length;
  }

  /** A byte for each character. */
  putText(text: string): void {
    if (this.#end + text.length > this.#bytes.length) this.#grow(text.length);
    if (text.length > 64) this.#bytes.write(text, this.#end, 'latin1');
    else for (let i = 0; i < text.length; i++) this.#bytes[this.#end + i] = text.charCodeAt(i);
    this.#end += text.length;
  }

  textFrom(start: number): string {
    return this.#bytes.toString('latin1', start, this.#end);
  }

  /** Forgets what was put after `end`. */
  cutTo(end: number): void {
    this.#end = end;
  }

  /** What was put, for the caller to keep; the writer starts anew. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#end);
    this.#bytes = Buffer.allocUnsafe(this.#bytes.length);
    this.#end = 0;
    return taken;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + needed));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}
