import type { Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { nearest } from '../../diag/nearest.ts';
import type { Source } from '../block.ts';
import { fileSource } from './file.ts';
import { isConnectSibling } from './file-role.ts';
import { compareNaturally } from './natural-order.ts';
import { type StandardInput, stdinSource } from './stdin.ts';
import { errorCode, isMissing, plainWords } from './trouble.ts';
import { realPathOf, statPath, walk } from './walk.ts';

export interface ResolvedInputs {
  /** In the order to be read. */
  readonly sources: readonly Source[];
  /** An `error` among them means that something asked for will not be read: the answer is incomplete. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the FILES of a command line stand for: each is a path, a directory, a glob (only when no
 * file has that very name) or `-`. Nothing is opened. What is found by walking or globbing is read
 * once even when reached in several ways; what is named twice is read twice.
 */
export async function resolveInputs(operands: readonly string[], stdin: StandardInput): Promise<ResolvedInputs> {
  const inputs = new Inputs(stdin);
  for (const operand of operands) {
    if (operand === '-') await inputs.addStdin();
    else await resolveOperand(operand, inputs);
  }
  return inputs.resolved();
}

async function resolveOperand(operand: string, inputs: Inputs): Promise<void> {
  const { stats, code } = await look(operand);
  if (stats !== undefined) return inputs.add(operand, stats, 'named');
  if (!isMissing(code)) return inputs.report(cannotBeRead(operand, code));
  // Loaded only when a name may be a glob: most runs need none.
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(operand)) return inputs.report(await noSuchFile(operand));
  const absolute = operand.startsWith('/');
  await resolveGlob(operand, await glob(operand, { absolute, onlyFiles: false, expandDirectories: false }), inputs);
}

async function resolveGlob(pattern: string, found: readonly string[], inputs: Inputs): Promise<void> {
  const before = inputs.count;
  for (const { path, stats } of await distinct(found, inputs)) await inputs.add(path, stats, 'found');
  if (inputs.count > before) return;
  const hint = 'check the directory with ls, or give a directory to read everything in it';
  inputs.report({ code: 'no-such-file', severity: 'error', message: `"${pattern}" matches no file`, hint });
}

interface Match {
  readonly path: string;
  readonly stats: Stats;
}

/** In natural order. One file reached by several symbolic links is one match, by its direct path if that is among them. */
async function distinct(found: readonly string[], inputs: Inputs): Promise<readonly Match[]> {
  const paths = found.map((path) => path.replace(/\/$/, '')).sort(compareNaturally);
  const parents = new Set(paths.map((path) => dirname(path)));
  const byRealPath = new Map<string, Match>();
  for (const path of paths) {
    const { stats, code } = await look(path);
    if (stats === undefined) {
      inputs.report(cannotBeRead(path, code));
      continue;
    }
    // A directory matched beside what is in it (`**`) adds nothing.
    if (stats.isDirectory() && parents.has(path)) continue;
    const realPath = await realPathOf(path);
    if (!byRealPath.has(realPath) || resolve(path) === realPath) byRealPath.set(realPath, { path, stats });
  }
  return [...byRealPath.values()].sort((a, b) => compareNaturally(a.path, b.path));
}

type Reached = 'named' | 'found';

class Inputs {
  readonly #stdin: StandardInput;
  readonly #sources: Source[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  /** The files to be read, by their real paths, and how each was reached first. */
  readonly #files = new Map<string, Reached>();
  readonly #again: string[] = [];
  readonly #connectSiblings: string[] = [];
  readonly #leftOut: string[] = [];
  #readsStdin = false;

  constructor(stdin: StandardInput) {
    this.#stdin = stdin;
  }

  /** Of everything met so far, read or not. */
  get count(): number {
    return this.#sources.length + this.#again.length + this.#connectSiblings.length + this.#leftOut.length;
  }

  async addStdin(): Promise<void> {
    if (this.#readsStdin) {
      const message = 'standard input (-) is named more than once; it is read the first time only';
      this.report({ code: 'stdin-twice', severity: 'note', message });
      return;
    }
    this.#readsStdin = true;
    this.#sources.push(await stdinSource(this.#stdin));
  }

  async add(path: string, stats: Stats, reached: Reached): Promise<void> {
    if (stats.isDirectory()) await this.#addDirectory(path, reached);
    else if (isConnectSibling(basename(path))) this.#connectSiblings.push(path);
    else if (stats.isFile()) this.#addFile(path, await realPathOf(path), stats.size, reached);
    else this.#sources.push(fileSource(path, { rereadable: false }));
  }

  report(diagnostic: Diagnostic): void {
    this.#diagnostics.push(diagnostic);
  }

  resolved(): ResolvedInputs {
    const notes = [
      note('read-once', this.#again, 'reached in more than one way and read once'),
      note(
        'connect-siblings-left-out',
        this.#connectSiblings,
        'left out: keys or headers of a Kafka Connect export, not records',
      ),
      note(
        'files-left-out',
        this.#leftOut,
        'left out, going by name or kind',
        'name a file itself to read it all the same',
      ),
    ].filter((made) => made !== undefined);
    return { sources: this.#sources, diagnostics: [...this.#diagnostics, ...notes] };
  }

  async #addDirectory(directory: string, reached: Reached): Promise<void> {
    const found = await walk(directory);
    for (const { path, realPath, byteLength } of found.files) this.#addFile(path, realPath, byteLength, 'found');
    for (const sibling of found.connectSiblings) this.#connectSiblings.push(sibling);
    for (const other of found.leftOut) this.#leftOut.push(other);
    for (const diagnostic of found.diagnostics) this.report(diagnostic);
    if (reached === 'named' && found.files.length === 0 && found.diagnostics.length === 0) {
      const hint = 'hidden files are never read; name a file itself to read it all the same';
      this.report({
        code: 'empty-directory',
        severity: 'error',
        message: `${directory}: no dumps in this directory`,
        hint,
      });
    }
  }

  #addFile(path: string, realPath: string, byteLength: number, reached: Reached): void {
    const before = this.#files.get(realPath);
    if (before !== undefined && (before === 'found' || reached === 'found')) {
      this.#again.push(path);
      return;
    }
    this.#files.set(realPath, reached);
    this.#sources.push(fileSource(path, { byteLength }));
  }
}

function note(code: string, paths: readonly string[], what: string, hint?: string): Diagnostic | undefined {
  const [example] = paths;
  if (example === undefined) return undefined;
  const subject = paths.length === 1 ? example : `${paths.length} files (such as ${example})`;
  const message = `${subject} ${paths.length === 1 ? 'is' : 'are'} ${what}`;
  return { code, severity: 'note', message, ...(hint === undefined ? {} : { hint }) };
}

async function look(path: string): Promise<{ readonly stats?: Stats; readonly code?: string | undefined }> {
  try {
    return { stats: await statPath(path) };
  } catch (error) {
    return { code: errorCode(error) };
  }
}

function cannotBeRead(path: string, code: string | undefined): Diagnostic {
  return { code: 'unreadable', severity: 'error', message: `${path}: ${plainWords(code)}` };
}

async function noSuchFile(operand: string): Promise<Diagnostic> {
  const directory = dirname(operand);
  const names = nearest(basename(operand), await namesIn(directory));
  const paths = names.map((name) => (operand.includes('/') ? `${directory}/${name}` : name));
  return {
    code: 'no-such-file',
    severity: 'error',
    message: `${operand}: no such file or directory`,
    ...(paths.length > 0 ? { hint: `did you mean ${paths.join(' or ')}?` } : {}),
  };
}

/** For a suggestion only: a directory that cannot be listed suggests nothing. */
async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
