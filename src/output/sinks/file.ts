import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { AuditError } from '../../diag/diagnostic.ts';
import { gather } from './gather.ts';
import type { Sink } from './sink.ts';
import { alreadyThere, codeOf, failedWrite, isReaderGone, unwritable } from './trouble.ts';

export interface FileSink extends Sink {
  /** Gives up: nothing is left behind. Does nothing after `close`; synchronous, so that it can run while the process ends. */
  discard(): void;
}

export interface FileSinkOptions {
  readonly force: boolean;
  /** For messages: the long flag that named the file, without dashes. */
  readonly flag?: string;
}

/**
 * A file that appears whole or not at all: written next to its place under another name, moved
 * there by `close`. An existing file is replaced with `force` only. Devices and pipes are written
 * to directly. Throws AuditError when the file cannot be written.
 */
export function fileSink(path: string, { force, flag = 'out-file' }: FileSinkOptions): FileSink {
  const name = `--${flag} "${path}"`;
  const place = placeFor(path, name, force);
  const fd = opened(name, () => openSync(place.partial ?? place.target, place.partial === undefined ? 'w' : 'wx'));
  let state: 'open' | 'failed' | 'ended' = 'open';
  let failure: AuditError | undefined;
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      state = 'failed';
      if (!isReaderGone(error)) failure ??= failedWrite('out-file-unwritable', name, error);
    }
  };
  const gathered = gather((chunk) => {
    if (state === 'open') attempt(() => writeWhole(fd, chunk));
  });
  // Closed before the file is moved: some systems move no open file.
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  const discard = (): void => {
    if (state === 'ended') return;
    state = 'ended';
    close();
    if (place.partial !== undefined) rmSync(place.partial, { force: true });
  };
  return {
    write(piece) {
      if (state === 'open') gathered.add(piece);
    },
    async flush() {
      gathered.send();
      if (failure !== undefined) throw failure;
    },
    async close() {
      gathered.send();
      if (state === 'open') {
        attempt(() => {
          if (place.partial !== undefined) finish(fd, place.existing);
          close();
          if (place.partial !== undefined) move(place.partial, place);
        });
      }
      if (state === 'open') state = 'ended';
      else discard();
      if (failure !== undefined) throw failure;
    },
    discard,
    get closed() {
      return state !== 'open';
    },
    get bytesWritten() {
      return gathered.bytes();
    },
  };
}

/** `partial` is missing for devices and pipes, which cannot be moved into place; `name` is for messages. */
interface Place {
  readonly name: string;
  readonly target: string;
  readonly partial?: string;
  readonly force: boolean;
  readonly existing: Stats | undefined;
}

function placeFor(path: string, name: string, force: boolean): Place {
  const existing = opened(name, () => statSync(path, { throwIfNoEntry: false }));
  if (existing?.isDirectory()) throw unwritable(name, 'it is a directory');
  if (existing !== undefined && !existing.isFile()) return { name, target: path, force, existing };
  const isTaken = opened(name, () => lstatSync(path, { throwIfNoEntry: false })) !== undefined;
  if (isTaken && !force) throw alreadyThere(name);
  // Through a symbolic link the file it points to is replaced, not the link.
  const target = existing === undefined ? path : realpathSync(path);
  return { name, target, partial: `${target}.${randomBytes(6).toString('hex')}.partial`, force, existing };
}

/** The bytes are on the disk before the name is: a crash leaves the old file or the whole new one. */
function finish(fd: number, existing: Stats | undefined): void {
  if (existing !== undefined) fchmodSync(fd, existing.mode);
  fsyncSync(fd);
}

function move(partial: string, { name, target, force }: Place): void {
  if (force || !linked(target, partial, name)) {
    if (!force && lstatSync(target, { throwIfNoEntry: false }) !== undefined) throw alreadyThere(name);
    renameSync(partial, target);
  } else unlinkSync(partial);
}

/** A second name for the file, which fails when the name is taken meanwhile; false on file systems without links. */
function linked(target: string, file: string, name: string): boolean {
  try {
    linkSync(file, target);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw alreadyThere(name);
    return false;
  }
}

function writeWhole(fd: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at);
}

function opened<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw failedWrite('out-file-unwritable', name, error);
  }
}
