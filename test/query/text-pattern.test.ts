import { describe, expect, it } from 'vitest';
import { compileTextPattern, isPlainText, parseTextPattern } from '../../src/query/text-pattern.ts';
import { errorOf } from './ask.ts';

const options = { flag: 'method', exact: false, fold: false };

describe('parseTextPattern', () => {
  it.each([
    ['DeleteTopics', { kind: 'exact', text: 'DeleteTopics', fold: false }],
    ['Delete*', { kind: 'glob', glob: 'Delete*', fold: false }],
    ['lkc-?', { kind: 'glob', glob: 'lkc-?', fold: false }],
    ['/^Del/i', { kind: 'regex', source: '^Del', flags: 'i' }],
    ['/a/b/', { kind: 'regex', source: 'a/b', flags: '' }],
    ['/', { kind: 'exact', text: '/', fold: false }],
    ['/usr', { kind: 'exact', text: '/usr', fold: false }],
    ['a/b/', { kind: 'exact', text: 'a/b/', fold: false }],
    ['/topic-1', { kind: 'exact', text: '/topic-1', fold: false }],
    ['/dir/file-1', { kind: 'exact', text: '/dir/file-1', fold: false }],
  ])('reads %s', (value, expected) => {
    expect(parseTextPattern(value, options)).toEqual(expected);
  });

  it.each(['Delete*', '/^Del/i', 'a?'])('takes %s as it stands with --exact', (value) => {
    expect(parseTextPattern(value, { ...options, exact: true })).toEqual({ kind: 'exact', text: value, fold: false });
    expect(isPlainText(value, true)).toBe(true);
    expect(isPlainText(value, false)).toBe(false);
  });

  it.each([
    ['/Del(/', 'not a regular expression: unterminated group'],
    ['/a/g', 'not a regular expression: flag g is none of i, m, s, u, v'],
    ['/usr/local', 'not a regular expression: flag l is none of i, m, s, u, v'],
    ['/a/ii', 'not a regular expression: '],
    ['/a/uv', 'not a regular expression: '],
    ['//', 'an empty regular expression'],
  ])('refuses %s', (value, reason) => {
    const error = errorOf(() => parseTextPattern(value, options));

    expect(error.startsWith(`bad-regex: --method "${value}": ${reason}`)).toBe(true);
    expect(error.endsWith('\ntry /^Delete/, /topics?$/i or --exact to take the slashes as they are')).toBe(true);
  });

  it('searches with a regex, anywhere in the text and every time anew', () => {
    const passes = compileTextPattern({ kind: 'regex', source: 'Top.c', flags: 's' });

    expect([passes('kafka.DeleteTop\ncs'), passes('xx Top-c'), passes('topic')]).toEqual([true, true, false]);
    expect(passes('kafka.DeleteTop\ncs')).toBe(true);
  });
});
