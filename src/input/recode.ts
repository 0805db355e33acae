import { ByteReader } from './byte-reader.ts';

/**
 * Text as UTF-8: a stream that starts with a UTF-16 byte order mark (what Windows PowerShell's `>`
 * writes) is recoded, anything else passes unchanged. A code unit cut in half at the end is dropped.
 */
export async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    const encoding = encodingOf(await reader.peek(2));
    if (encoding === undefined) {
      yield* reader.rest();
      return;
    }
    const decoder = new TextDecoder(encoding);
    for await (const chunk of reader.rest()) {
      const text = decoder.decode(chunk, { stream: true });
      if (text !== '') yield Buffer.from(text, 'utf8');
    }
  } finally {
    await reader.close();
  }
}

export function encodingOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}
