import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileRef, PlainFile } from '../block.ts';
import { sourceErrorFor } from './trouble.ts';

/** Opens the file. One that is open already stays so when it is closed here. */
export function openPlainFile(ref: FileRef): PlainFile {
  const fd = 'fd' in ref ? ref.fd : attempt(() => openSync(ref.path, 'r'));
  return {
    size: () => attempt(() => fstatSync(fd).size),
    read(target, at, length, position) {
      let got = 0;
      while (got < length) {
        const read = attempt(() => readSync(fd, target, at + got, length - got, position + got));
        if (read === 0) break;
        got += read;
      }
      return got;
    },
    close() {
      if (!('fd' in ref)) closeSync(fd);
    },
  };
}

function attempt<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw sourceErrorFor(error);
  }
}
