import type { PlainFile } from '../block.ts';

const chunkBytes = 256 * 1024;

/** What a file holds from a place on. Each chunk is lent until the next one is pulled. */
export async function* textFrom(file: PlainFile, position: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(chunkBytes);
  for (let at = position; !signal.aborted; ) {
    const got = file.read(chunk, 0, chunk.length, at);
    if (got === 0) return;
    at += got;
    yield chunk.subarray(0, got);
  }
}
