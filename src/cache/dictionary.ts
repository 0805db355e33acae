import type { Slice } from '../scan/projection.ts';
import type { CacheFile } from './cache-file.ts';
import { absent, type Dictionary } from './format.ts';

/** The texts of a tuple, in the order of its standard group. */
export type SlicesOf = (tuple: number) => readonly Slice[];

export function readDictionary(file: CacheFile, { places, texts }: Dictionary): SlicesOf {
  const starts = new Uint32Array(file.section(places).buffer);
  const bytes = Buffer.from(file.section(texts).buffer);
  return (tuple) => {
    const slices: Slice[] = [];
    const end = starts[tuple + 1] ?? 0;
    for (let at = starts[tuple] ?? 0; at < end; ) {
      const length = bytes.readUInt32LE(at);
      at += 4;
      if (length === absent) slices.push(undefined);
      else {
        slices.push(bytes.toString('utf8', at, at + length));
        at += length;
      }
    }
    return slices;
  };
}
