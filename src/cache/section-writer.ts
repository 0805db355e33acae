import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type CacheIndex, magic, type Section, trailerBytes } from './format.ts';

/**
 * Writes a cache under a temporary name. It gets its own name only once it is whole and on the disk, so that whatever
 * ends the program leaves no cache or a whole one.
 */
export class SectionWriter {
  readonly #temporary: string;
  readonly #fd: number;
  #offset = 0;
  #isOpen = true;

  /** Throws the system's error when nothing can be written there. */
  constructor(temporary: string) {
    this.#temporary = temporary;
    this.#fd = openSync(temporary, 'wx', 0o600);
    this.#write(Buffer.from(magic));
  }

  add(bytes: Uint8Array): Section {
    const section = { offset: this.#offset, length: bytes.byteLength, crc: crc32(bytes) };
    this.#write(bytes);
    return section;
  }

  /** Ends the cache and gives it its name; an older one of that name is gone then. */
  finish(index: CacheIndex, path: string): void {
    const { offset, length, crc } = this.add(Buffer.from(JSON.stringify(index)));
    const trailer = Buffer.alloc(trailerBytes);
    trailer.writeDoubleLE(offset, 0);
    trailer.writeUInt32LE(length, 8);
    trailer.writeUInt32LE(crc, 12);
    trailer.writeUInt32LE(crc32(trailer.subarray(0, 16)), 16);
    this.#write(trailer);
    fsyncSync(this.#fd);
    this.#close();
    renameSync(this.#temporary, path);
  }

  /** Takes away what was written. Never throws. */
  discard(): void {
    try {
      this.#close();
      rmSync(this.#temporary, { force: true });
    } catch {
      // What is left has a temporary name, which nobody believes and `audit-cli cache clear` takes away.
    }
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#fd);
    this.#isOpen = false;
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.byteLength; ) done += writeSync(this.#fd, bytes, done);
    this.#offset += bytes.byteLength;
  }
}
