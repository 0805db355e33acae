import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandValues, type ValueOptions } from '../../src/query/values.ts';
import { errorOf } from './ask.ts';

const files: Readonly<Record<string, string>> = {
  'ids.txt': '\ufeff# the usual suspects\r\nu-1\r\n\r\n  sa-2  \n  # not this one\n/a,b/\n@home\nx,y',
  'none.txt': '# nothing yet\n\n',
};

const options: ValueOptions = {
  flag: 'principal',
  exact: false,
  keepsBlanks: false,
  examples: ['u-1a2b3c', 'sa-*'],
  readFile: (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    return text;
  },
};

describe('the values of a flag', () => {
  it.each([
    [['a,b'], ['a', 'b']],
    [
      ['a', 'b,c'],
      ['a', 'b', 'c'],
    ],
    [['a\\,b,c'], ['a,b', 'c']],
    [['a, b ,c'], ['a', 'b', 'c']],
    [['a,,b,'], ['a', 'b']],
    [['a\\b'], ['a\\b']],
    [['/a,b/'], ['/a,b/']],
    [['x,/a{1,2},?/i,y'], ['x', '/a{1,2},?/i', 'y']],
    [['/[/,]+/,y'], ['/[/,]+/', 'y']],
    [['/a\\/,b/,y'], ['/a\\/,b/', 'y']],
    [['/a,b/, /c,d/m'], ['/a,b/', '/c,d/m']],
    [['/usr,b'], ['/usr', 'b']],
    [['/a/b-1,c'], ['/a/b-1', 'c']],
    [['/[a,b/'], ['/[a,b/']],
    [['@ids.txt'], ['u-1', 'sa-2', '/a,b/', '@home', 'x,y']],
    [['u-0,@ids.txt,u-9'], ['u-0', 'u-1', 'sa-2', '/a,b/', '@home', 'x,y', 'u-9']],
    [['@none.txt'], []],
    [['\\@home,ann@example.com'], ['@home', 'ann@example.com']],
  ])('%j are %j', (given, expected) => {
    expect(expandValues(given, options)).toEqual(expected);
  });

  it('are cut at every comma with --exact, where slashes make no regex', () => {
    expect(expandValues(['/a,b/'], { ...options, exact: true })).toEqual(['/a', 'b/']);
  });

  it('keep their blanks where blanks matter', () => {
    expect(expandValues([' a, b'], { ...options, keepsBlanks: true })).toEqual([' a', ' b']);
  });

  it.each([
    ['', 'empty-value: --principal "": a value was expected, found none\ntry u-1a2b3c or sa-*'],
    [' , ', 'empty-value: --principal " , ": a value was expected, found none\ntry u-1a2b3c or sa-*'],
    [
      '@',
      'bad-value: --principal "@": a file name was expected after @\ntry @names.txt or \\@ for a value that starts with @',
    ],
    [
      '@gone.txt',
      'unreadable-value-file: --principal "@gone.txt": the file cannot be read (ENOENT: no such file or directory, ' +
        "open 'gone.txt')\ntry @names.txt or \\@ for a value that starts with @",
    ],
  ])('%j is refused', (value, expected) => {
    expect(errorOf(() => expandValues([value], options))).toBe(expected);
  });

  it('come back whole when their commas are escaped', () => {
    const members = fc.array(fc.stringMatching(/^[a-z*][a-z*,]{0,5}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(members, (values) => {
        const typed = values.map((value) => value.replaceAll(',', '\\,')).join(',');
        expect(expandValues([typed], options)).toEqual(values);
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});
