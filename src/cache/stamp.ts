import { createHash } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';

/**
 * What tells one state of a file from another. Whoever changes a file and puts its times back still changes `changed`,
 * which nobody can set; the ends are hashed for file systems that keep no such time.
 */
export interface FileStamp {
  readonly size: number;
  /** Nanoseconds since 1970, as text: more than a number holds. */
  readonly modified: string;
  readonly changed: string;
  readonly inode: string;
  /** Of the first and the last bytes. */
  readonly ends: string;
}

const endBytes = 64 * 1024;

export function stampOf(fd: number): FileStamp {
  return { ...timesOf(fd), ends: hashOfEnds(fd) };
}

/** False once the file was written to, as far as its times tell. */
export function isUnchanged(fd: number, { ends: _, ...stamp }: FileStamp): boolean {
  return JSON.stringify(timesOf(fd)) === JSON.stringify(stamp);
}

/** The members of a stamp in the order they are compared in. */
function timesOf(fd: number): Omit<FileStamp, 'ends'> {
  const stats = fstatSync(fd, { bigint: true });
  return {
    size: Number(stats.size),
    modified: String(stats.mtimeNs),
    changed: String(stats.ctimeNs),
    inode: String(stats.ino),
  };
}

function hashOfEnds(fd: number): string {
  const size = Number(fstatSync(fd, { bigint: true }).size);
  const ends = Buffer.alloc(2 * endBytes);
  const head = readSync(fd, ends, 0, endBytes, 0);
  const tail = readSync(fd, ends, head, endBytes, Math.max(0, size - endBytes));
  return createHash('sha256')
    .update(ends.subarray(0, head + tail))
    .digest('hex');
}
