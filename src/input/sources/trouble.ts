import { SourceError } from '../block.ts';

/** A failed system call as a {@link SourceError} in plain words. What is one already passes unchanged. */
export function sourceErrorFor(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const code = errorCode(error);
  return new SourceError(isMissing(code) ? 'missing' : 'unreadable', plainWords(code), error);
}

export function isMissing(code: string | undefined): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The reason behind a system error code; the code itself when it is a rare one. */
export function plainWords(code: string | undefined): string {
  if (code === undefined) return 'cannot be read';
  return words.get(code) ?? `cannot be read (${code})`;
}

const words: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'no such file or directory'],
  ['ENOTDIR', 'no such file or directory'],
  ['EISDIR', 'is a directory'],
  ['ELOOP', 'symbolic links go round in a circle'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many open files'],
  ['ENFILE', 'too many open files'],
  ['EIO', 'the device reports a read error'],
  ['ENXIO', 'no such device or address'],
  ['ENODEV', 'no such device or address'],
  ['ESTALE', 'the network file system lost the file'],
  ['ETIMEDOUT', 'the file system does not answer'],
  ['EBADF', 'it is not open'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'no space left within the quota'],
  ['EROFS', 'the file system is read-only'],
  ['EINVAL', 'it cannot be read like a file'],
]);
