import { createHash } from 'node:crypto';
import type { Source } from '../block.ts';

/** A source whose stored bytes are hashed while they are read. */
export interface HashedSource extends Source {
  /** Of all stored bytes: when reading stopped before the end, they are read once more. Throws SourceError when that fails; undefined when aborted. */
  sum(signal: AbortSignal): Promise<Sum | undefined>;
}

export interface Sum {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The first reading is hashed chunk by chunk, so that the sum is that of the bytes that were looked at. It has no `file`:
 * whoever reads it has to take its chunks.
 */
export function hashedSource(source: Source): HashedSource {
  let isFirst = true;
  let sum: Sum | undefined;
  return {
    name: source.name,
    rereadable: source.rereadable,
    ...(source.byteLength !== undefined && { byteLength: source.byteLength }),
    async *chunks(signal) {
      if (!isFirst) {
        yield* source.chunks(signal);
        return;
      }
      isFirst = false;
      const summing = newSum();
      for await (const chunk of source.chunks(signal)) {
        summing.add(chunk);
        yield chunk;
      }
      if (!signal.aborted) sum = summing.end();
    },
    async sum(signal) {
      sum ??= await sumOf(source, signal);
      return sum;
    },
  };
}

/** Of all stored bytes of a source; undefined when aborted. Throws SourceError. */
export async function sumOf(source: Source, signal: AbortSignal): Promise<Sum | undefined> {
  const summing = newSum();
  for await (const chunk of source.chunks(signal)) summing.add(chunk);
  return signal.aborted ? undefined : summing.end();
}

function newSum(): { add(chunk: Uint8Array): void; end(): Sum } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
    },
    end: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}
