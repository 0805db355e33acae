import { close, constants, fstat, open, read } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { SourceError } from '../block.ts';
import { sourceErrorFor } from './trouble.ts';

const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat);
const readFile = promisify(read);

const chunkBytes = 1024 * 1024;

/**
 * The bytes behind a path. Whatever may wait for someone else (a pipe, a terminal) is opened
 * without blocking and read as a stream: a read that waits in the thread pool keeps the process
 * from exiting, so Ctrl-C would seem dead.
 */
export async function* readPath(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (signal.aborted) return;
  const fd = await opened(path);
  let owned = true;
  try {
    const stats = await statFile(fd);
    if (stats.isDirectory()) throw new SourceError('unreadable', 'is a directory');
    const isTerminal = stats.isCharacterDevice() && isatty(fd);
    if (stats.isFIFO() || stats.isSocket() || isTerminal) {
      const stream = isTerminal ? new ReadStream(fd) : new Socket({ fd, readable: true, writable: false });
      owned = false;
      yield* readStream(stream, signal);
    } else yield* readFd(fd, signal, stats.isCharacterDevice() ? null : 0);
  } catch (error) {
    throw sourceErrorFor(error);
  } finally {
    if (owned) await closeFile(fd);
  }
}

/**
 * An open file from `position` to where it ends when the end is met: what is appended meanwhile is
 * read too, a file cut meanwhile just ends. One buffer is reused, so each chunk is lent. With
 * `null` it is read from where it stands (a device has no positions).
 */
export async function* readFd(fd: number, signal: AbortSignal, position: number | null): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(chunkBytes);
  let at = position;
  while (!signal.aborted) {
    const bytesRead = await readSome(fd, buffer, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    if (at !== null) at += bytesRead;
  }
}

export async function* readStream(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = (): void => {
    stream.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return;
    for await (const chunk of stream) {
      const given: unknown = chunk;
      if (given instanceof Uint8Array) yield given;
      else if (typeof given === 'string') yield new TextEncoder().encode(given);
      if (signal.aborted) return;
    }
  } catch (error) {
    if (!signal.aborted) throw sourceErrorFor(error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function opened(path: string): Promise<number> {
  try {
    // Not on Windows, where the flags do not exist and pipes have no paths of this kind.
    return await openFile(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  } catch (error) {
    throw sourceErrorFor(error);
  }
}

async function readSome(fd: number, buffer: Uint8Array, position: number | null): Promise<number> {
  try {
    const { bytesRead } = await readFile(fd, buffer, 0, buffer.length, position);
    return bytesRead;
  } catch (error) {
    throw sourceErrorFor(error);
  }
}
