import { AuditError } from '../../diag/diagnostic.ts';
import { exitCodes } from '../../diag/exit-codes.ts';

/** A pipe whose reader has ended, as `| head` does, or a stream that was closed on purpose: silent success. */
export function isReaderGone(error: unknown): boolean {
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

export function failedWrite(code: string, name: string, error: unknown): AuditError {
  if (error instanceof AuditError) return error;
  const reason = reasons[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return code === 'out-file-unwritable'
    ? unwritable(name, reason, error)
    : new AuditError({ code, message: `cannot write to ${name}: ${reason}` }, exitCodes.usage, error);
}

export function unwritable(name: string, reason: string, cause?: unknown): AuditError {
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

export function alreadyThere(name: string): AuditError {
  return new AuditError({
    code: 'out-file-exists',
    message: `${name}: the file exists already`,
    hint: 'add --force to replace it, or give another name',
  });
}

export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
