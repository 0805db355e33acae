import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditError } from '../../diag/diagnostic.ts';
import { exitCodes } from '../../diag/exit-codes.ts';
import { errorCode, plainWords } from './trouble.ts';

/** Disk space for what does not fit into memory, for this run and this user alone. */
export interface ScratchFile {
  /** Takes the bytes to the end of the file and says where they begin. */
  append(bytes: Uint8Array): number;
  /** Fills `into` from that position on. */
  read(into: Uint8Array, position: number): void;
  close(): void;
}

/**
 * Removed while it is open, so that even a killed process leaves no records behind. A failure is the end of the run: an
 * answer without what should have been kept would look whole.
 */
export function openScratchFile(parent = tmpdir()): ScratchFile {
  const { fd, directory } = guarded(parent, () => openIn(parent));
  let end = 0;
  return {
    append(bytes) {
      const at = end;
      guarded(parent, () => {
        for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
      });
      end += bytes.length;
      return at;
    },
    read(into, position) {
      guarded(parent, () => {
        for (let done = 0; done < into.length; ) {
          const read = readSync(fd, into, done, into.length - done, position + done);
          if (read === 0) throw new Error('the file is shorter than what was written to it');
          done += read;
        }
      });
    },
    close() {
      closeSync(fd);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function openIn(parent: string): { readonly fd: number; readonly directory: string } {
  const directory = mkdtempSync(join(parent, 'audit-cli-'));
  const fd = openSync(join(directory, 'scratch'), 'wx+', 0o600);
  removeEarly(directory);
  return { fd, directory };
}

/** A system that does not remove open files does it in `close`. */
function removeEarly(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    return;
  }
}

function guarded<T>(parent: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw scratchTrouble(parent, error);
  }
}

function scratchTrouble(parent: string, error: unknown): AuditError {
  const why = plainWords(errorCode(error));
  return new AuditError(
    {
      code: 'scratch-failed',
      message: `what does not fit into memory cannot be kept in ${parent}: ${why}`,
      hint: 'set TMPDIR to a folder with room, or narrow the question with a filter or a time window',
    },
    exitCodes.incomplete,
    error,
  );
}
