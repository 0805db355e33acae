import { closeSync, openSync, realpathSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { SourceError } from '../input/block.ts';
import { openPlainFile } from '../input/sources/plain-file.ts';
import { errorCode, plainWords } from '../input/sources/trouble.ts';
import type { Group } from '../scan/projection.ts';
import { type BuildOptions, build } from './build.ts';
import { DamagedCache } from './cache-file.ts';
import { CachedDump } from './cached-dump.ts';
import { findCache, keyFor } from './find.ts';
import { cachePath, openFolder, sweep, temporaryPath } from './folder.ts';
import type { CacheKey } from './format.ts';
import { SectionWriter } from './section-writer.ts';
import { isUnchanged, stampOf } from './stamp.ts';
import { type Source, sourceFor, standardProjection } from './standard-groups.ts';

/** How and where caches are kept. */
export interface CacheSetting extends BuildOptions {
  /** Undefined where the environment names no place for it. */
  readonly folder: string | undefined;
  /** The version of the program: another one may see other things in a record. */
  readonly tool: string;
  /** Smaller dumps are read as fast without a cache. */
  readonly leastBytes: number;
  readonly now: () => number;
  /** Told what went wrong; the dump can be read all the same. */
  readonly note: (diagnostic: Diagnostic) => void;
  /** Told how many bytes of a dump were read to build its cache, after each block. */
  readonly onRead: (bytes: number) => void;
  /** Stops a build. */
  readonly signal: AbortSignal;
}

export interface Asked {
  /** The dump as it was named, a regular file that is not compressed. */
  readonly name: string;
  /**
   * The values the question looks at, given what the cache holds; undefined when it needs something else. May be asked
   * several times; the last answer is the one the dump's rows number their groups by.
   */
  readonly groups: (holds: (group: Group) => boolean) => readonly Group[] | undefined;
}

/**
 * A dump through its cache, which is built if there is none that can be believed. Undefined when the dump has to be
 * scanned instead: the question needs more than caches hold, or something went wrong that the scan will meet or a note
 * has told. Whoever gets a dump closes it.
 */
export async function openCachedDump(asked: Asked, setting: CacheSetting): Promise<CachedDump | undefined> {
  const { folder } = setting;
  if (folder === undefined || sourcesFor(asked, standardProjection().groups) === undefined) return undefined;
  const opened = openDump(asked.name);
  if (opened === undefined) return undefined;
  const { fd, realPath } = opened;
  let dump: CachedDump | undefined;
  try {
    const path = cachePath(folder, realPath);
    const before = attempt(path, keyFor(realPath, stampOf(fd), setting.tool), asked, fd);
    if (before.state === 'stale' || before.state === 'damaged') setting.note(distrust(asked.name, before));
    if (before.state === 'ready' || before.state === 'unfit') dump = before.dump;
    else if (await buildCache({ ...opened, name: asked.name, folder, path }, setting)) {
      dump = attempt(path, keyFor(realPath, stampOf(fd), setting.tool), asked, fd).dump;
    }
    return dump;
  } catch (error) {
    // Whoever scans it will meet the same.
    if (errorCode(error) === undefined) throw error;
    return undefined;
  } finally {
    if (dump === undefined) closeSync(fd);
  }
}

interface OpenedDump {
  readonly fd: number;
  readonly realPath: string;
}

/** Undefined when it cannot be opened: whoever scans it says why. */
function openDump(name: string): OpenedDump | undefined {
  try {
    const realPath = realpathSync(name);
    return { realPath, fd: openSync(realPath, 'r') };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** `unfit`: a cache that can be believed, but lacks what the question looks at. */
type Attempt =
  | { readonly state: 'ready'; readonly dump: CachedDump }
  | { readonly state: 'unfit' | 'none' | 'stale'; readonly dump?: undefined }
  | { readonly state: 'damaged'; readonly why: string; readonly dump?: undefined };

function attempt(path: string, key: CacheKey, asked: Asked, fd: number): Attempt {
  const found = findCache(path, key);
  if (found.state !== 'valid') return found;
  const { file } = found;
  const { dictionaries } = file.index;
  const held = standardProjection().groups.map((group, i) => (dictionaries[i] ? group : undefined));
  const sources = sourcesFor(asked, held);
  if (sources === undefined) {
    file.close();
    return { state: 'unfit' };
  }
  try {
    return { state: 'ready', dump: new CachedDump(file, sources, fd) };
  } catch (error) {
    file.close();
    if (error instanceof DamagedCache) return { state: 'damaged', why: error.why };
    throw error;
  }
}

function sourcesFor({ groups }: Asked, held: readonly (Group | undefined)[]): readonly Source[] | undefined {
  const wanted = groups((group) => sourceFor(group, held) !== undefined);
  const sources = wanted?.map((group) => sourceFor(group, held)).filter((source) => source !== undefined);
  return sources?.length === wanted?.length ? sources : undefined;
}

interface Place extends OpenedDump {
  readonly name: string;
  readonly folder: string;
  readonly path: string;
}

/** True when there is a cache now. */
async function buildCache(place: Place, setting: CacheSetting): Promise<boolean> {
  const { signal } = setting;
  const { fd, folder, path, realPath, name } = place;
  let writer: SectionWriter | undefined;
  if (signal.aborted) return false;
  try {
    await settled(fd, setting.now());
    const stamp = stampOf(fd);
    openFolder(folder);
    sweep(folder, setting.now());
    writer = new SectionWriter(temporaryPath(folder, realPath));
    const key = keyFor(realPath, stamp, setting.tool);
    const building = build(openPlainFile({ fd }), { key, now: setting.now() }, writer, setting);
    for (let blocks = 0, read = 0; ; blocks++) {
      const step = building.next();
      if (signal.aborted) return false;
      if (step.done) {
        if (!isUnchanged(fd, stamp)) return false;
        writer.finish(step.value, path);
        writer = undefined;
        return true;
      }
      setting.onRead(step.value - read);
      read = step.value;
      if (blocks % blocksInARow === 0) await setImmediate();
    }
  } catch (error) {
    if (error instanceof SourceError) return false;
    const code = errorCode(error);
    if (code === undefined) throw error;
    setting.note(notWritten(name, plainWords(code)));
    return false;
  } finally {
    writer?.discard();
  }
}

/** Blocks between two looks at what else there is to do, such as a signal. */
const blocksInARow = 16;

/** File systems count time in steps: of two changes within one, the later one leaves no trace. */
const timeStepMs = 50;

async function settled(fd: number, now: number): Promise<void> {
  const changedMs = Number(BigInt(stampOf(fd).changed) / 1_000_000n);
  const age = now - changedMs;
  if (age >= 0 && age < timeStepMs) await setTimeout(timeStepMs - age);
}

const clearHint = 'audit-cli cache clear takes all caches away';

function distrust(name: string, attempted: { readonly state: string; readonly why?: string }): Diagnostic {
  const message =
    attempted.state === 'stale'
      ? 'its cache is of another state of the file or another version, and is built anew'
      : `its cache is not used and built anew: ${attempted.why}`;
  return { code: `cache-${attempted.state}`, severity: 'note', message, at: { file: name }, hint: clearHint };
}

function notWritten(name: string, why: string): Diagnostic {
  const message = `no cache could be written: ${why}`;
  return { code: 'cache-not-written', severity: 'note', message, at: { file: name } };
}
