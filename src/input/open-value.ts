import { type ArrayPath, JsonScanner, type Noted } from './json-scanner.ts';

/**
 * A JSON object read piece by piece, and the text before it that belongs to it. Of an object longer than memory only the
 * last part is held.
 *
 * ```
 * #bytes   [ text before | { … object … | free ]
 *          0             start           length
 * ```
 */
export class OpenValue {
  readonly #scanner: JsonScanner;
  readonly #longest: number;
  #bytes: Buffer;
  #length: number;
  /** Of the object: negative when it is cut. */
  #start: number;
  /** How many of the scanner's notes were taken. */
  #taken = 0;

  constructor(before: Uint8Array, arrays: readonly ArrayPath[], longest: number) {
    this.#scanner = new JsonScanner(arrays, longest);
    this.#longest = longest;
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(512, 2 * before.length));
    this.#bytes.set(before);
    this.#length = before.length;
    this.#start = before.length;
  }

  /** From now on another object is read. */
  restart(): void {
    this.#scanner.start();
    this.#length = 0;
    this.#start = 0;
    this.#taken = 0;
  }

  get state(): JsonScanner['state'] {
    return this.#scanner.state;
  }

  get isMoreThanBrace(): boolean {
    return this.#scanner.lastToken > 0;
  }

  /** Whether it is longer than what is taken for a value: only what is whole within it counts then. */
  get isLong(): boolean {
    return this.#scanner.length > this.#longest;
  }

  /** Whether so much is held that some has to be forgotten: enough for that to be worth the copying. */
  get isFull(): boolean {
    return this.#length > 1.5 * this.#longest;
  }

  /** Takes bytes up to the end of the object, or to where it breaks; gives where it stopped. */
  add(bytes: Uint8Array, from: number, to: number): number {
    const stop = this.#scanner.scan(bytes, from, to);
    this.#append(bytes.subarray(from, stop));
    return stop;
  }

  /** Everything that is held. */
  held(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Where the object is among what is held. */
  span(): Noted {
    return { start: this.#start, end: this.#start + this.#scanner.length };
  }

  /** Whether it has an array whose elements are noted. */
  get hasElements(): boolean {
    return this.#scanner.hasElements;
  }

  /** Whole objects within it that end before a place and were not taken yet, as places in what is held. */
  takeNoted(before: number): readonly Noted[] {
    const taken: Noted[] = [];
    for (const { noted } = this.#scanner; this.#taken < noted.length; this.#taken++) {
      const { start, end } = noted[this.#taken] ?? { start: 0, end: 0 };
      if (this.#start + end > before) break;
      if (this.#start + start >= 0) taken.push({ start: this.#start + start, end: this.#start + end });
    }
    return taken;
  }

  /** Behind a break: where to look for the next object. */
  lookFrom(): number {
    return Math.max(0, this.#start + this.#scanner.lastToken + 1);
  }

  /** Before which place bytes can be forgotten: all that is open and may yet turn out short enough is behind it. */
  cutPlace(): number {
    return Math.max(0, this.#start + this.#scanner.openSince(this.#scanner.length - this.#longest));
  }

  forget(before: number): void {
    this.#bytes.copyWithin(0, before, this.#length);
    this.#length -= before;
    this.#start -= before;
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
      larger.set(this.held());
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length = needed;
  }
}
