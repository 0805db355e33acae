import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { SourceError } from '../input/block.ts';
import { errorCode, plainWords } from '../input/sources/trouble.ts';
import { type CacheIndex, magic, type Section, trailerBytes } from './format.ts';

/** A cache of which a byte is not as it was written. Met while a question is answered, it ends the reading of the dump. */
export class DamagedCache extends SourceError {
  readonly why: string;

  constructor(why: string, { cause }: { readonly cause?: unknown } = {}) {
    super('unreadable', `its cache was damaged while it was read: ${why}`, cause);
    this.why = why;
  }
}

/**
 * An open cache. Nothing of it is believed unchecked: opening checks its ends and its index, reading a section checks
 * that. Throws {@link DamagedCache}, or the system's error when the file cannot be read.
 */
export class CacheFile {
  readonly index: CacheIndex;
  readonly byteLength: number;
  readonly #fd: number;
  readonly #scratch = new Room();

  constructor(path: string) {
    this.#fd = openSync(path, 'r');
    try {
      this.byteLength = fstatSync(this.#fd).size;
      this.index = this.#readIndex();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Reads a section ahead, so that damage is found before the first answer is given. */
  check(section: Section): void {
    this.section(section, this.#scratch);
  }

  /** The section's bytes, from the start of the room on: lent until the room is used again. */
  section({ offset, length, crc }: Section, room = new Room()): Uint8Array<ArrayBuffer> {
    const bytes = this.#read(offset, length, room);
    if (crc32(bytes) !== crc) throw new DamagedCache(`${length} bytes at ${offset} are damaged`);
    return bytes;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #readIndex(): CacheIndex {
    const trailerAt = this.byteLength - trailerBytes;
    if (trailerAt < magic.length) throw new DamagedCache('it is cut short');
    if (Buffer.from(this.#read(0, magic.length, this.#scratch)).toString('latin1') !== magic) {
      throw new DamagedCache('it does not begin as a cache does');
    }
    const trailer = Buffer.from(this.#read(trailerAt, trailerBytes, this.#scratch));
    if (crc32(trailer.subarray(0, 16)) !== trailer.readUInt32LE(16)) throw new DamagedCache('its end is damaged');
    const offset = trailer.readDoubleLE(0);
    const length = trailer.readUInt32LE(8);
    if (offset + length !== trailerAt) throw new DamagedCache('its length is not that of a cache');
    const text = Buffer.from(this.section({ offset, length, crc: trailer.readUInt32LE(12) })).toString();
    // The bytes are those that were written, so this is what was written.
    return JSON.parse(text) as CacheIndex;
  }

  #read(offset: number, length: number, room: Room): Uint8Array<ArrayBuffer> {
    const bytes = room.take(length);
    for (let done = 0; done < length; ) {
      const got = this.#readSome(bytes, done, offset + done);
      if (got === 0) throw new DamagedCache('it is cut short');
      done += got;
    }
    return bytes;
  }

  #readSome(bytes: Uint8Array, done: number, position: number): number {
    try {
      return readSync(this.#fd, bytes, done, bytes.length - done, position);
    } catch (error) {
      throw new DamagedCache(plainWords(errorCode(error)), { cause: error });
    }
  }
}

/** Memory for one section at a time. */
export class Room {
  #bytes = new Uint8Array(0);

  take(length: number): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return this.#bytes.subarray(0, length);
  }
}
