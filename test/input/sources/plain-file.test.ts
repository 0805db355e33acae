import { appendFileSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { SourceError } from '../../../src/input/block.ts';
import { openPlainFile } from '../../../src/input/sources/plain-file.ts';
import { makeFolder } from '../helpers/folder.ts';

const folder = makeFolder({ 'ten.txt': '0123456789', 'grows.txt': 'abc', 'a-folder/': '' });
afterAll(() => folder.remove());

const at = (name: string): { readonly path: string } => ({ path: join(folder.path, name) });

test('a plain file gives the bytes at any place, fewer only at its end', () => {
  const file = openPlainFile(at('ten.txt'));
  const target = Buffer.from('................');

  const read = [file.read(target, 2, 3, 4), file.read(target, 8, 5, 8), file.read(target, 0, 4, 10)];

  expect(read).toEqual([3, 2, 0]);
  expect(target.toString()).toBe('..456...89......');
  expect(file.size()).toBe(10);
  file.close();
});

test('a file that grows has its new length and bytes', () => {
  const file = openPlainFile(at('grows.txt'));
  const target = Buffer.alloc(6);

  file.read(target, 0, 6, 0);
  appendFileSync(at('grows.txt').path, 'def');

  expect([file.size(), file.read(target, 3, 6 - 3, 3), target.toString()]).toEqual([6, 3, 'abcdef']);
  file.close();
});

test('a descriptor stays open when the file is closed', () => {
  const fd = openSync(at('ten.txt').path, 'r');
  const file = openPlainFile({ fd });

  file.close();

  expect(file.read(Buffer.alloc(3), 0, 3, 0)).toBe(3);
  closeSync(fd);
});

test.for([
  ['missing', () => openPlainFile(at('no-such-file')), 'missing: no such file or directory'],
  ['a directory', () => openPlainFile(at('a-folder')).read(Buffer.alloc(1), 0, 1, 0), 'unreadable: is a directory'],
  ['closed', () => openPlainFile({ fd: 1_000_000 }).size(), 'unreadable: it is not open'],
] as const)('a file that is %s is told in plain words', ([, act, expected]) => {
  expect(troubleOf(act)).toBe(expected);
});

function troubleOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof SourceError) return `${error.trouble}: ${error.message}`;
    throw error;
  }
  return 'none';
}
