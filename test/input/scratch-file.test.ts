import { existsSync, fstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { AuditError } from '../../src/diag/diagnostic.ts';
import { openScratchFile } from '../../src/input/sources/scratch-file.ts';
import { makeFolder } from './helpers/folder.ts';

const folder = makeFolder();
afterAll(() => folder.remove());

test('what is written can be read back from where it was put', () => {
  const file = openScratchFile(folder.path);
  const first = file.append(Buffer.from('first'));
  const second = file.append(Buffer.from('second'));
  const [a, b] = [Buffer.alloc(5), Buffer.alloc(6)];
  file.read(b, second);
  file.read(a, first);
  file.close();

  expect([a.toString(), b.toString()]).toEqual(['first', 'second']);
});

test.skipIf(process.platform === 'win32')('nothing is to be seen of it, even while it is in use', () => {
  const file = openScratchFile(folder.path);
  file.append(Buffer.from('secret'));

  expect(readdirSync(folder.path)).toEqual([]);
  file.close();
  expect(readdirSync(folder.path)).toEqual([]);
});

test.skipIf(!existsSync('/proc/self/fd'))('only this user may read it', () => {
  const file = openScratchFile(folder.path);
  file.append(Buffer.alloc(54_321));
  const modes = readdirSync('/proc/self/fd').flatMap((fd) => modeOfSize(Number(fd), 54_321));
  file.close();

  expect(modes).toEqual([0o600]);
});

function modeOfSize(fd: number, size: number): readonly number[] {
  try {
    const stats = fstatSync(fd);
    return stats.isFile() && stats.size === size ? [stats.mode & 0o777] : [];
  } catch {
    // The listing itself was open for a moment.
    return [];
  }
}

test('a folder that cannot be written to ends the run as incomplete, with what to do', () => {
  const missing = join(folder.path, 'missing');
  let error: unknown;
  try {
    openScratchFile(missing);
  } catch (caught) {
    error = caught;
  }

  expect(error).toBeInstanceOf(AuditError);
  expect(error).toMatchObject({
    exitCode: 3,
    diagnostic: {
      code: 'scratch-failed',
      message: `what does not fit into memory cannot be kept in ${missing}: no such file or directory`,
      hint: 'set TMPDIR to a folder with room, or narrow the question with a filter or a time window',
    },
  });
});

test('a position behind the end is a failure, and not zeros', () => {
  const file = openScratchFile(folder.path);
  file.append(Buffer.from('abc'));

  expect(() => file.read(Buffer.alloc(4), 0)).toThrow(AuditError);
  file.close();
});
