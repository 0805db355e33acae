import type { Source } from '../block.ts';

/**
 * Bytes in memory as a source. `chunkBytes` is the length of each chunk, or a list of lengths, the
 * rest coming as one chunk: for callers that want to see every way a stream can be split.
 */
export function memorySource(
  name: string,
  content: Uint8Array | string,
  chunkBytes: number | readonly number[] = 1024 * 1024,
): Source {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    byteLength: bytes.length,
    rereadable: true,
    async *chunks(signal) {
      let turn = 0;
      for (let at = 0; at < bytes.length && !signal.aborted; ) {
        const wanted = typeof chunkBytes === 'number' ? chunkBytes : (chunkBytes[turn++] ?? bytes.length);
        const end = at + Math.max(1, wanted);
        yield bytes.subarray(at, end);
        at = end;
      }
    },
  };
}
