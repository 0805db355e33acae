import { closeSync, openSync, realpathSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCode, isMissing, plainWords } from '../input/sources/trouble.ts';
import { CacheFile, DamagedCache } from './cache-file.ts';
import { keyFor, sectionsOf } from './find.ts';
import { storedFiles } from './folder.ts';
import { stampOf } from './stamp.ts';

/** `stale`: the dump has changed since, or another version of the program built it. `missing`: there is no such dump. */
export type CacheState = 'valid' | 'stale' | 'missing' | 'damaged';

export interface StoredCache {
  /** The file it stands in. */
  readonly file: string;
  readonly byteLength: number;
  readonly state: CacheState;
  /** The rest is known of a cache that is not damaged only. */
  readonly dump?: string;
  readonly lines?: number;
  /** Milliseconds since 1970. */
  readonly builtAt?: number;
}

/** Every cache in the folder, checked whole. */
export function listCaches(folder: string, tool: string): readonly StoredCache[] {
  return storedFiles(folder)
    .filter(({ isWhole }) => isWhole)
    .flatMap(({ path }) => {
      const byteLength = sizeOf(path);
      return byteLength === undefined ? [] : [lookAt(path, byteLength, tool)];
    });
}

function lookAt(path: string, byteLength: number, tool: string): StoredCache {
  const stored = { file: path, byteLength };
  let cache: CacheFile | undefined;
  try {
    cache = new CacheFile(path);
    const { index } = cache;
    for (const section of sectionsOf(index)) cache.section(section);
    const { path: dump } = index.key;
    return {
      ...stored,
      state: stateOf(dump, JSON.stringify(index.key), tool),
      dump,
      lines: index.lines,
      builtAt: index.builtAt,
    };
  } catch (error) {
    if (error instanceof DamagedCache || errorCode(error) !== undefined) return { ...stored, state: 'damaged' };
    throw error;
  } finally {
    cache?.close();
  }
}

function stateOf(dump: string, key: string, tool: string): CacheState {
  let fd: number | undefined;
  try {
    fd = openSync(dump, 'r');
    return JSON.stringify(keyFor(dump, stampOf(fd), tool)) === key ? 'valid' : 'stale';
  } catch (error) {
    if (isMissing(errorCode(error))) return 'missing';
    if (errorCode(error) !== undefined) return 'stale';
    throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

export interface Cleared {
  readonly caches: number;
  readonly bytes: number;
  /** What could not be taken away, and why. */
  readonly left: readonly string[];
}

/** Takes away all caches, or those of some dumps, and beginnings of caches. Touches nothing else. */
export function clearCaches(folder: string, dumps?: readonly string[]): Cleared {
  const files =
    dumps === undefined ? storedFiles(folder) : dumps.flatMap((dump) => storedFiles(folder, realPath(dump)));
  let caches = 0;
  let bytes = 0;
  const left: string[] = [];
  for (const { path, isWhole } of files) {
    const byteLength = sizeOf(path) ?? 0;
    try {
      rmSync(path);
      if (isWhole) caches++;
      bytes += byteLength;
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      if (!isMissing(code)) left.push(`${path}: ${plainWords(code)}`);
    }
  }
  return { caches, bytes, left };
}

/** Of a dump that is gone the path as named must do. */
function realPath(dump: string): string {
  try {
    return realpathSync(dump);
  } catch {
    return resolve(dump);
  }
}

/** Undefined when it is gone meanwhile. */
function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
