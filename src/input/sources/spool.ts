import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Source, SourceError } from '../block.ts';
import { readFd } from './read-fd.ts';
import { errorCode, plainWords } from './trouble.ts';

export interface SpooledSource extends Source {
  /** Gives the disk space back. The source cannot be read after. */
  dispose(): Promise<void>;
}

/**
 * Makes a source that can be read only once readable again, for questions that need two passes:
 * its stored bytes are copied to a temporary file that only this user can read. A source that can
 * be read again is given back as it is. If the source fails, each reading ends with that failure.
 */
export async function spool(source: Source, signal: AbortSignal, directory = tmpdir()): Promise<SpooledSource> {
  if (source.rereadable) return alreadyRereadable(source);
  const file = await TemporaryFile.create(directory);
  let failure: { readonly error: unknown } | undefined;
  let byteLength = 0;
  try {
    for await (const chunk of source.chunks(signal)) {
      await file.append(chunk);
      byteLength += chunk.length;
    }
  } catch (error) {
    if (error instanceof SpoolError) {
      await file.dispose();
      throw error;
    }
    failure = { error };
  }
  return {
    name: source.name,
    byteLength,
    rereadable: true,
    async *chunks(again) {
      yield* readFd(file.fd, again, 0);
      if (failure !== undefined && !again.aborted) throw failure.error;
    },
    dispose: () => file.dispose(),
  };
}

function alreadyRereadable(source: Source): SpooledSource {
  const { name, byteLength } = source;
  return {
    name,
    rereadable: true,
    ...(byteLength === undefined ? {} : { byteLength }),
    chunks: (signal) => source.chunks(signal),
    dispose: () => Promise.resolve(),
  };
}

/** The temporary file could not be written: the trouble is here and not with the source. */
class SpoolError extends SourceError {
  constructor(directory: string, error: unknown) {
    super('unreadable', `cannot keep a copy in ${directory}: ${plainWords(errorCode(error))}`, error);
    this.name = 'SpoolError';
  }
}

function spoolTrouble(directory: string, error: unknown): SpoolError {
  return new SpoolError(directory, error);
}

class TemporaryFile {
  readonly #parent: string;
  readonly #handle: FileHandle;
  readonly #directory: string;

  static async create(parent: string): Promise<TemporaryFile> {
    try {
      const directory = await mkdtemp(join(parent, 'audit-cli-'));
      const handle = await open(join(directory, 'spool'), 'wx+', 0o600);
      // Removed while open, so that even a killed process leaves no records behind; a system that refuses does it in `dispose`.
      await rm(directory, { recursive: true, force: true }).catch(() => undefined);
      return new TemporaryFile(parent, directory, handle);
    } catch (error) {
      throw spoolTrouble(parent, error);
    }
  }

  constructor(parent: string, directory: string, handle: FileHandle) {
    this.#parent = parent;
    this.#directory = directory;
    this.#handle = handle;
  }

  get fd(): number {
    return this.#handle.fd;
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      await this.#handle.appendFile(bytes);
    } catch (error) {
      throw spoolTrouble(this.#parent, error);
    }
  }

  async dispose(): Promise<void> {
    await this.#handle.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
