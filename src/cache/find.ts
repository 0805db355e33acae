import { createHash } from 'node:crypto';
import { errorCode, isMissing, plainWords } from '../input/sources/trouble.ts';
import { CacheFile, DamagedCache } from './cache-file.ts';
import { type CacheIndex, type CacheKey, formatVersion, type Section } from './format.ts';
import type { FileStamp } from './stamp.ts';
import { standardProjection } from './standard-groups.ts';

/** What stands where a dump's cache is looked for. */
export type Found =
  | { readonly state: 'valid'; readonly file: CacheFile }
  | { readonly state: 'none' }
  /** Of another state of the dump, or made by another version of the program. */
  | { readonly state: 'stale' }
  | { readonly state: 'damaged'; readonly why: string };

export function keyFor(realPath: string, stamp: FileStamp, tool: string): CacheKey {
  const projection = createHash('sha256').update(JSON.stringify(standardProjection())).digest('hex');
  return { format: formatVersion, tool, projection, path: realPath, stamp };
}

/** Opens the cache at `path` if it is the one with this key. Whoever gets it closes it. */
export function findCache(path: string, key: CacheKey): Found {
  try {
    const file = new CacheFile(path);
    if (JSON.stringify(file.index.key) === JSON.stringify(key)) return { state: 'valid', file };
    file.close();
    return { state: 'stale' };
  } catch (error) {
    if (error instanceof DamagedCache) return { state: 'damaged', why: error.why };
    const code = errorCode(error);
    if (code === undefined) throw error;
    return isMissing(code) ? { state: 'none' } : { state: 'damaged', why: plainWords(code) };
  }
}

/** Every section of a cache. */
export function sectionsOf({ stretches, dictionaries }: CacheIndex): readonly Section[] {
  return [
    ...stretches.flatMap(({ columns, tuples }) => [...Object.values(columns), ...tuples]),
    ...dictionaries.flatMap((dictionary) => (dictionary === null ? [] : [dictionary.places, dictionary.texts])),
  ].filter((section) => section !== null);
}
