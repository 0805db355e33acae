import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { resolveInputs } from '../../../src/input/sources/index.ts';
import { bytesOf } from '../helpers/collect.ts';
import { makeFolder } from '../helpers/folder.ts';

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = makeFolder(files);
  folders.push(folder);
  return folder.path;
}

/** Names and diagnostics with the folder's own path taken away. */
async function resolved(folder: string, operands: readonly string[]) {
  const typed = operands.map((operand) =>
    operand === '-' ? '-' : join(folder, operand) + (operand.endsWith('/') ? '/' : ''),
  );
  const { sources, diagnostics } = await resolveInputs(typed, { fd: 1_000_000, stream: Readable.from([]) });
  const short = (text: string): string => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  return {
    sources: sources.map(({ name }) => short(name)),
    said: diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${short(message)}`),
    hints: diagnostics.map(({ hint }) => short(hint ?? '')),
  };
}

const connect = {
  'topics/audit/partition=10/audit+10+0000000000.json': '',
  'topics/audit/partition=2/audit+2+0000000100.json': '',
  'topics/audit/partition=2/audit+2+0000000100.keys.json': '',
  'topics/audit/partition=2/audit+2+0000000100.headers.json.gz': '',
  'topics/audit/partition=2/audit+2+0000000020.json.gz': '',
};
const connectInOrder = [
  'topics/audit/partition=2/audit+2+0000000020.json.gz',
  'topics/audit/partition=2/audit+2+0000000100.json',
  'topics/audit/partition=10/audit+10+0000000000.json',
];

describe('resolveInputs', () => {
  it('takes files in the order they are named, as often as they are named', async () => {
    const folder = folderOf({ 'b.json': '', 'a.json': '' });

    expect(await resolved(folder, ['b.json', '-', 'a.json', 'b.json'])).toEqual({
      sources: ['b.json', '-', 'a.json', 'b.json'],
      said: [],
      hints: [],
    });
  });

  it('knows the size of files and what can be read again', async () => {
    const folder = folderOf({ 'a.json': 'abc' });

    const { sources } = await resolveInputs([join(folder, 'a.json'), '-'], {
      fd: 1_000_000,
      stream: Readable.from([]),
    });

    expect(sources.map(({ byteLength, rereadable }) => [byteLength, rereadable])).toEqual([
      [3, true],
      [undefined, false],
    ]);
  });

  it('walks a directory in natural order and never opens keys and headers of Connect', async () => {
    const folder = folderOf(connect);

    expect(await resolved(folder, ['topics/'])).toEqual({
      sources: connectInOrder,
      said: [
        'note connect-siblings-left-out: 2 files (such as topics/audit/partition=2/audit+2+0000000100.headers.json.gz) are left out: keys or headers of a Kafka Connect export, not records',
      ],
      hints: [''],
    });
  });

  it('leaves out keys and headers of Connect also when a shell lists them', async () => {
    const folder = folderOf(connect);

    expect(await resolved(folder, Object.keys(connect))).toMatchObject({
      sources: [
        'topics/audit/partition=10/audit+10+0000000000.json',
        'topics/audit/partition=2/audit+2+0000000100.json',
        'topics/audit/partition=2/audit+2+0000000020.json.gz',
      ],
      said: [
        expect.stringContaining('2 files (such as topics/audit/partition=2/audit+2+0000000100.keys.json) are left out'),
      ],
    });
  });

  it('reads everything in a directory but what is hidden or clearly something else, and says what it left out', async () => {
    const folder = folderOf({
      'a.json': '',
      'b.log.1': '',
      dump: '',
      'c.jsonl.zst': '',
      '.d.json': '',
      '.git/e.json': '',
      'README.md': '',
      'f.csv': '',
    });

    expect(await resolved(folder, ['.'])).toEqual({
      sources: ['a.json', 'b.log.1', 'c.jsonl.zst', 'dump'],
      said: ['note files-left-out: 2 files (such as README.md) are left out, going by name or kind'],
      hints: ['name a file itself to read it all the same'],
    });
  });

  it('reads a file it would leave out when it is named itself', async () => {
    expect(await resolved(folderOf({ 'README.md': '' }), ['README.md'])).toMatchObject({
      sources: ['README.md'],
      said: [],
    });
  });

  it('expands globs in natural order, only when no file has that very name', async () => {
    const folder = folderOf({
      'a10.json': '',
      'a2.json': '',
      'a[1].json': '',
      'b.txt': '',
      'sub/a3.json': '',
      '.a4.json': '',
    });

    expect((await resolved(folder, ['a*.json'])).sources).toEqual(['a2.json', 'a10.json', 'a[1].json']);
    expect((await resolved(folder, ['**/*.json'])).sources).toEqual([
      'a2.json',
      'a10.json',
      'a[1].json',
      'sub/a3.json',
    ]);
    expect((await resolved(folder, ['a[1].json'])).sources).toEqual(['a[1].json']);
    expect((await resolved(folder, ['{b,sub}*'])).sources).toEqual(['b.txt', 'sub/a3.json']);
    expect(await resolved(folder, ['**'])).toMatchObject({
      sources: ['a2.json', 'a10.json', 'a[1].json', 'b.txt', 'sub/a3.json'],
      said: [],
    });
  });

  it.each([
    ['*.nope', 'error no-such-file: "*.nope" matches no file'],
    ['empty*', 'error no-such-file: "empty*" matches no file'],
    ['empty', 'error empty-directory: empty: no dumps in this directory'],
    ['nope.json', 'error no-such-file: nope.json: no such file or directory'],
    ['a.json/b', 'error no-such-file: a.json/b: no such file or directory'],
    ['x'.repeat(5000), `error unreadable: ${'x'.repeat(5000)}: the name is too long`],
  ])('reports %s and goes on', async (operand, expected) => {
    const folder = folderOf({ 'a.json': '', 'empty/': '' });

    expect(await resolved(folder, [operand, 'a.json'])).toMatchObject({ sources: ['a.json'], said: [expected] });
  });

  it('suggests names that are there', async () => {
    expect((await resolved(folderOf({ 'audit.json': '', 'other.txt': '' }), ['audti.json'])).hints).toEqual([
      'did you mean audit.json?',
    ]);
  });

  it('reads a file once when it is reached by name and by walking or globbing, in either order', async () => {
    const folder = folderOf({ 'd/a.json': '', 'd/b.json': '' });
    const once = (name: string): string => `note read-once: ${name} is reached in more than one way and read once`;

    expect(await resolved(folder, ['d/b.json', 'd'])).toMatchObject({
      sources: ['d/b.json', 'd/a.json'],
      said: [once('d/b.json')],
    });
    expect(await resolved(folder, ['d', 'd/b.json'])).toMatchObject({
      sources: ['d/a.json', 'd/b.json'],
      said: [once('d/b.json')],
    });
    expect(await resolved(folder, ['d', 'd/b*'])).toMatchObject({
      sources: ['d/a.json', 'd/b.json'],
      said: [once('d/b.json')],
    });
    expect(await resolved(folder, ['d', 'd'])).toMatchObject({
      sources: ['d/a.json', 'd/b.json'],
      said: ['note read-once: 2 files (such as d/a.json) are reached in more than one way and read once'],
    });
  });

  it('reads standard input once', async () => {
    expect(await resolved(folderOf({}), ['-', '-'])).toMatchObject({
      sources: ['-'],
      said: ['note stdin-twice: standard input (-) is named more than once; it is read the first time only'],
    });
  });

  it('follows symbolic links without going round in circles', async () => {
    const outside = folderOf({ 'out.json': '', 'deep/er.json': '' });
    const folder = folderOf({
      'd/a.json': '',
      'd/self': '-> .',
      'd/up': '-> ..',
      'd/root': '-> /',
      'd/alias': '-> sub',
      'd/sub/b.json': '',
      'd/sub/back': '-> ../sub',
      'd/link.json': '-> sub/b.json',
      'd/out': `-> ${outside}`,
      'd/out2': `-> ${outside}/deep`,
    });

    expect(await resolved(folder, ['d'])).toEqual({
      sources: ['d/a.json', 'd/link.json', 'd/out/deep/er.json', 'd/out/out.json'],
      said: ['note read-once: d/sub/b.json is reached in more than one way and read once'],
      hints: [''],
    });
    expect((await resolved(folder, ['d/*/*.json'])).sources).toContain('d/sub/b.json');
  });

  it('names a symbolic link to nothing', async () => {
    const folder = folderOf({ 'd/a.json': '', 'd/gone.json': '-> nowhere' });

    expect(await resolved(folder, ['d'])).toMatchObject({
      sources: ['d/a.json'],
      said: ['error unreadable: d/gone.json: a symbolic link to a file that does not exist'],
    });
  });

  it.skipIf(process.platform === 'win32')(
    'takes a named pipe by name and leaves it out of a walk, where it could block',
    async () => {
      const folder = folderOf({ 'd/a.json': '' });
      execFileSync('mkfifo', [join(folder, 'd/pipe')]);

      expect((await resolved(folder, ['d/pipe'])).sources).toEqual(['d/pipe']);
      expect(await resolved(folder, ['d'])).toMatchObject({
        sources: ['d/a.json'],
        said: ['note files-left-out: d/pipe is left out, going by name or kind'],
      });
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'takes a file that was deleted since it was opened (a here-document)',
    async () => {
      const path = join(folderOf({ 'a.json': 'abc' }), 'a.json');
      const fd = openSync(path, 'r');
      rmSync(path);

      const { sources, diagnostics } = await resolveInputs([`/proc/self/fd/${fd}`], {
        fd: 1_000_000,
        stream: Readable.from([]),
      });
      const [source] = sources;
      const bytes = source === undefined ? undefined : await bytesOf(source.chunks(new AbortController().signal));
      closeSync(fd);

      expect(diagnostics).toEqual([]);
      expect(bytes?.toString()).toBe('abc');
    },
  );

  it('opens nothing and finds nothing for no operands', async () => {
    expect(await resolved(folderOf({}), [])).toEqual({ sources: [], said: [], hints: [] });
  });
});
