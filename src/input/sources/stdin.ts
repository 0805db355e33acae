import { fstat } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { type Source, SourceError } from '../block.ts';
import { readFd, readStream } from './read-fd.ts';

/** The caller's standard input. `stream` may be a getter: it is not touched when `fd` is a regular file. */
export interface StandardInput {
  readonly fd: number;
  readonly stream: Readable;
}

const statFile = promisify(fstat);

/** Standard input, named `-`. With `tool < file` it is that file: read from its start, and again if need be. */
export async function stdinSource(stdin: StandardInput): Promise<Source> {
  // What is not open or cannot be asked is left to the stream to report.
  const stats = await statFile(stdin.fd).catch(() => undefined);
  if (stats?.isFile() === true) {
    return {
      name: '-',
      byteLength: stats.size,
      rereadable: true,
      chunks: (signal) => readFd(stdin.fd, signal, 0),
      file: { fd: stdin.fd },
    };
  }
  return {
    name: '-',
    rereadable: false,
    async *chunks(signal) {
      // Reading a directory as a stream ends at once, as if it were empty.
      if (stats?.isDirectory() === true) throw new SourceError('unreadable', 'is a directory');
      yield* readStream(stdin.stream, signal);
    },
  };
}
