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
import type { Writable } from 'node:stream';
import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';

/** Where output goes. Small pieces are gathered and handed on in chunks of about 64 KiB. */
export interface Sink {
  /** Takes a copy: lent bytes may be reused at once. Never throws; trouble is told by `flush` and `close`. */
  write(piece: string | Uint8Array): void;
  /** Hands on everything written so far and waits until the receiver wants more. Throws AuditError when writing has failed. */
  flush(): Promise<void>;
  /** Waits until everything has been taken. Throws AuditError when writing failed. */
  close(): Promise<void>;
  /** True once nobody takes the output: the reader went away (no error), or writing failed. What is written then is dropped. */
  readonly closed: boolean;
  /** Bytes accepted so far. */
  readonly bytesWritten: number;
}

/** A stream that stays open. `name` is for messages. */
export function streamSink(stream: Writable, name = 'standard output'): Sink {
  let closed = false;
  let failure: AuditError | undefined;
  let outstanding = 0;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  const until = async (isDone: () => boolean): Promise<void> => {
    while (!closed && !isDone()) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    if (failure !== undefined) throw failure;
  };
  const fail = (error: Error): void => {
    if (!closed && !isReaderGone(error)) failure = failedWrite('output-failed', name, error);
    closed = true;
    wake();
  };
  // The listeners stay for good: an error that comes late must not end the process.
  stream.on('drain', wake);
  stream.on('close', () => {
    closed = true;
    wake();
  });
  stream.on('error', fail);
  const gathered = gather((chunk) => {
    if (closed) return;
    outstanding++;
    // The callback hears of a failure before the listeners do.
    stream.write(chunk, (error) => {
      outstanding--;
      if (error) fail(error);
      else wake();
    });
  });
  return {
    write(piece) {
      if (!closed) gathered.add(piece);
    },
    async flush() {
      gathered.send();
      await until(() => !stream.writableNeedDrain);
    },
    async close() {
      gathered.send();
      await until(() => outstanding === 0);
    },
    get closed() {
      return closed || stream.destroyed;
    },
    get bytesWritten() {
      return gathered.bytes();
    },
  };
}

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

export interface MemorySink extends Sink {
  text(): string;
  bytes(): Uint8Array;
}

/** Keeps what is written. */
export function memorySink(): MemorySink {
  const chunks: Uint8Array[] = [];
  const gathered = gather((chunk) => chunks.push(chunk));
  const bytes = (): Buffer => {
    gathered.send();
    return Buffer.concat(chunks);
  };
  return {
    write: gathered.add,
    async flush() {
      gathered.send();
    },
    async close() {
      gathered.send();
    },
    closed: false,
    get bytesWritten() {
      return gathered.bytes();
    },
    bytes,
    text: () => bytes().toString(),
  };
}

const chunkBytes = 64 * 1024;

interface Gathered {
  add(piece: string | Uint8Array): void;
  /** Sends what is there. */
  send(): void;
  bytes(): number;
}

/**
 * Copies pieces into chunks. `send` gets bytes it may keep: a chunk is never written to twice in
 * the same place.
 *
 *     chunk:  | sent earlier | gathered | free |
 *                            from       to
 */
function gather(send: (chunk: Uint8Array) => void): Gathered {
  let chunk = Buffer.alloc(0);
  let from = 0;
  let to = 0;
  let total = 0;
  const sendGathered = (): void => {
    if (to > from) send(chunk.subarray(from, to));
    from = to;
  };
  const makeRoom = (bytes: number): void => {
    if (chunk.length - to >= bytes) return;
    sendGathered();
    chunk = Buffer.allocUnsafeSlow(Math.max(bytes, chunkBytes));
    from = 0;
    to = 0;
  };
  return {
    add(piece) {
      const bytes = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
      makeRoom(bytes);
      if (typeof piece === 'string') chunk.write(piece, to);
      else chunk.set(piece, to);
      to += bytes;
      total += bytes;
    },
    send: sendGathered,
    bytes: () => total,
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

/** A pipe whose reader has ended, as `| head` does, or a stream that was closed on purpose: silent success. */
function isReaderGone(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such directory',
  ENOSPC: 'no space left on the device',
  ENOTDIR: 'part of the path is not a directory',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
};

function failedWrite(code: string, name: string, error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  const reason = reasons[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return code === 'out-file-unwritable'
    ? unwritable(name, reason, error)
    : new AuditError({ code, message: `cannot write to ${name}: ${reason}` }, exitCodes.usage, error);
}

function unwritable(name: string, reason: string, cause?: unknown): AuditError {
  return new AuditError(
    {
      code: 'out-file-unwritable',
      message: `${name}: cannot be written, ${reason}`,
      hint: 'give a file name in a directory you may write to, such as ./answer.csv',
    },
    exitCodes.usage,
    cause,
  );
}

function alreadyThere(name: string): AuditError {
  return new AuditError({
    code: 'out-file-exists',
    message: `${name}: the file exists already`,
    hint: 'Add --force to replace it, or give another name',
  });
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
