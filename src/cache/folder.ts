import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where caches stand: one file for each dump, named by a digest of its path so that the name tells nothing. They hold
 * values of audit records, so nobody else may look.
 */

/** Undefined where the environment names no home. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  system = platform(),
): string | undefined {
  const base = baseFolder(env, system);
  // XDG says of a relative path that it is to be ignored; where it leads depends on where one stands.
  return base === undefined || !isAbsolute(base) ? undefined : join(base, 'audit-cli', 'columns');
}

function baseFolder(env: Readonly<Record<string, string | undefined>>, system: string): string | undefined {
  const below = (home: string | undefined, ...names: string[]): string | undefined =>
    home === undefined || home === '' ? undefined : join(home, ...names);
  if (system === 'win32') return env.LOCALAPPDATA;
  if (system === 'darwin') return below(env.HOME, 'Library', 'Caches');
  const named = env.XDG_CACHE_HOME;
  return named !== undefined && isAbsolute(named) ? named : below(env.HOME, '.cache');
}

/** Makes it if need be, for its owner only. Throws the system's error. */
export function openFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (platform() !== 'win32' && (statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

export function cachePath(folder: string, realPath: string): string {
  return join(folder, `${nameOf(realPath)}.columns`);
}

/** Where a cache is written before it is whole. */
export function temporaryPath(folder: string, realPath: string): string {
  return join(folder, `${nameOf(realPath)}.${randomBytes(8).toString('hex')}.building`);
}

function nameOf(realPath: string): string {
  return createHash('sha256').update(realPath).digest('hex').slice(0, 32);
}

export interface StoredFile {
  readonly path: string;
  readonly isWhole: boolean;
}

/** What a build can have left there, caches and beginnings of caches. Anything else in the folder is not ours. */
export function storedFiles(folder: string, realPath?: string): readonly StoredFile[] {
  const wanted = realPath === undefined ? undefined : nameOf(realPath);
  return namesIn(folder).flatMap((name) => {
    const [, dump, ending] = /^([0-9a-f]{32})(?:\.[0-9a-f]{16})?\.(columns|building)$/.exec(name) ?? [];
    if (dump === undefined || (wanted !== undefined && dump !== wanted)) return [];
    return [{ path: join(folder, name), isWhole: ending === 'columns' }];
  });
}

/** Takes away beginnings of caches that nobody is working on any more. Never throws. */
export function sweep(folder: string, now: number): void {
  for (const { path, isWhole } of storedFiles(folder)) {
    try {
      if (!isWhole && now - statSync(path).mtimeMs > dayMs) rmSync(path);
    } catch {
      // Somebody else's sweep was faster, or it cannot be helped.
    }
  }
}

const dayMs = 24 * 60 * 60 * 1000;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // Where no cache was built there is no folder.
    return [];
  }
}
