import { type Dirent, realpath, stat } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { fileRole } from './file-role.ts';
import { compareNaturally } from './natural-order.ts';
import { errorCode, isMissing, plainWords } from './trouble.ts';

export interface FoundFile {
  /** As shown to the user: the directory as typed, then the way down. */
  readonly path: string;
  /** Without symbolic links: two names of one file share it. */
  readonly realPath: string;
  readonly byteLength: number;
}

export interface Walk {
  /** In natural order. */
  readonly files: FoundFile[];
  readonly connectSiblings: string[];
  /** Files whose names say that they are no dumps, and what is no file. */
  readonly leftOut: string[];
  readonly diagnostics: Diagnostic[];
}

/**
 * Everything below a directory. Hidden entries are passed over. Symbolic links are followed, but no
 * directory is entered twice, and none by a link when it is entered on its own or holds the starting point.
 */
export async function walk(directory: string): Promise<Walk> {
  const found: Walk = { files: [], connectSiblings: [], leftOut: [], diagnostics: [] };
  const path = directory.replace(/(?<=.)\/+$/, '');
  const root = await realPathOf(path);
  const entered = new Set<string>();

  const enter = async (way: string, realPath: string): Promise<void> => {
    if (entered.has(realPath)) return;
    entered.add(realPath);
    for (const entry of await entriesOf(way, realPath, found.diagnostics)) {
      if (entry.kind !== 'directory') sortOut(entry, found);
      else if (!entry.linked || !isReachedAnyway(entry.realPath, root)) await enter(entry.path, entry.realPath);
    }
  };

  await enter(path, root);
  return found;
}

// What every file named needs. Those of `node:fs/promises`, the same calls, take a millisecond to load.
export const statPath = promisify(stat);
const realPath = promisify(realpath.native);

/** The path itself for what has no other: `/dev/fd/3` may be a pipe or a file that was deleted since it was opened. */
export async function realPathOf(path: string): Promise<string> {
  return realPath(path).catch(() => path);
}

function isReachedAnyway(target: string, root: string): boolean {
  const isWithin = (inner: string, outer: string): boolean => `${inner}/`.startsWith(outer === '/' ? '/' : `${outer}/`);
  if (isWithin(root, target)) return true;
  return isWithin(target, root) && !target.slice(root.length).includes('/.');
}

interface Entry extends FoundFile {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'special';
  readonly linked: boolean;
}

function sortOut(entry: Entry, found: Walk): void {
  const role = entry.kind === 'file' ? fileRole(entry.name) : 'other';
  switch (role) {
    case 'dump':
      found.files.push({ path: entry.path, realPath: entry.realPath, byteLength: entry.byteLength });
      return;
    case 'connect-sibling':
      found.connectSiblings.push(entry.path);
      return;
    case 'other':
      found.leftOut.push(entry.path);
      return;
  }
}

/** How many entries are asked for their size at once. */
const askedAtOnce = 64;

async function entriesOf(path: string, realPath: string, diagnostics: Diagnostic[]): Promise<Entry[]> {
  const listed = await list(path, diagnostics);
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const realPrefix = realPath.endsWith('/') ? realPath : `${realPath}/`;
  const entries: Entry[] = [];
  for (let from = 0; from < listed.length; from += askedAtOnce) {
    const asked = listed
      .slice(from, from + askedAtOnce)
      .map((entry) => look(entry, prefix + entry.name, realPrefix + entry.name, diagnostics));
    for (const entry of await Promise.all(asked)) if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

async function list(path: string, diagnostics: Diagnostic[]): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter((entry) => !entry.name.startsWith('.')).sort((a, b) => compareNaturally(a.name, b.name));
  } catch (error) {
    diagnostics.push(cannotBeRead(path, error));
    return [];
  }
}

async function look(
  entry: Dirent,
  path: string,
  realPath: string,
  diagnostics: Diagnostic[],
): Promise<Entry | undefined> {
  const linked = entry.isSymbolicLink();
  try {
    const stats = await statPath(path);
    const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'special';
    const target = linked ? await realPathOf(path) : realPath;
    return { name: entry.name, path, realPath: target, kind, linked, byteLength: stats.size };
  } catch (error) {
    diagnostics.push(linked && isMissing(errorCode(error)) ? leadsNowhere(path) : cannotBeRead(path, error));
    return undefined;
  }
}

function cannotBeRead(path: string, error: unknown): Diagnostic {
  return { code: 'unreadable', severity: 'error', message: `${path}: ${plainWords(errorCode(error))}` };
}

function leadsNowhere(path: string): Diagnostic {
  return { code: 'unreadable', severity: 'error', message: `${path}: a symbolic link to a file that does not exist` };
}
