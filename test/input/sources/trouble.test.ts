import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../src/input/block.ts';
import { sourceErrorFor } from '../../../src/input/sources/trouble.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: some system text`), { code });
}

describe('sourceErrorFor', () => {
  it.each([
    ['EACCES', 'unreadable', 'permission denied'],
    ['ENOENT', 'missing', 'no such file or directory'],
    ['EIO', 'unreadable', 'the device reports a read error'],
    ['EWEIRD', 'unreadable', 'cannot be read (EWEIRD)'],
  ])('puts %s into plain words', (code, trouble, message) => {
    const cause = systemError(code);

    expect(sourceErrorFor(cause)).toMatchObject({ trouble, message, cause });
  });

  it('takes anything that was thrown', () => {
    expect(sourceErrorFor('text')).toMatchObject({ trouble: 'unreadable', message: 'cannot be read' });
  });

  it('leaves alone what says it already', () => {
    const error = new SourceError('compressed-damaged', 'x');

    expect(sourceErrorFor(error)).toBe(error);
  });
});
