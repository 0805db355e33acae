import { hash } from 'node:crypto';

/** The first 16 bytes of a SHA-256, as four words. */
export type Digest = readonly [number, number, number, number];

/** As a text of bytes it comes out of the runtime twice as fast as in a Buffer of its own. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  const text = hash('sha256', bytes, 'binary');
  return [wordAt(text, 0), wordAt(text, 4), wordAt(text, 8), wordAt(text, 12)];
}

function wordAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) |
      (text.charCodeAt(at + 1) << 8) |
      (text.charCodeAt(at + 2) << 16) |
      (text.charCodeAt(at + 3) << 24)) >>>
    0
  );
}

/** 16 bytes as words, in the same order. */
export function wordsOf(bytes: Uint8Array): Digest {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
}
