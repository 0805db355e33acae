import { gather } from './gather.ts';
import type { Sink } from './sink.ts';

export interface MemorySink extends Sink {
  text(): string;
  bytes(): Uint8Array;
}

/** Keeps what is written. */
export function memorySink(): MemorySink {
  const chunks: Uint8Array[] = [];
  const gathered = gather((chunk) => chunks.push(chunk));
  const bytes = (): Buffer => {
    gathered.send();
    return Buffer.concat(chunks);
  };
  return {
    write: gathered.add,
    async flush() {
      gathered.send();
    },
    async close() {
      gathered.send();
    },
    closed: false,
    get bytesWritten() {
      return gathered.bytes();
    },
    bytes,
    text: () => bytes().toString(),
  };
}
