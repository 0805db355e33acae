import type { Source } from '../block.ts';
import { readPath } from './read-fd.ts';

export interface FileTraits {
  /** Size as stored, when known: for progress only. */
  readonly byteLength?: number;
  /** False for what can be read only once: a pipe, a device, a process substitution. */
  readonly rereadable?: boolean;
}

/** A file, pipe or device by its path. It is opened when it is read, and not before. */
export function fileSource(path: string, { byteLength, rereadable = true }: FileTraits = {}): Source {
  return {
    name: path,
    rereadable,
    ...(byteLength === undefined ? {} : { byteLength }),
    chunks: (signal) => readPath(path, signal),
    ...(byteLength === undefined ? {} : { file: { path } }),
  };
}
