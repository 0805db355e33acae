import { expect, it } from 'vitest';
import { javaText } from '../../../src/input/envelopes/java-text.ts';
import { told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const map = '{datacontenttype=application/json, data={methodName=DeleteStatement}, specversion=1.0, id=e1}';

it.each([
  [map],
  ['{data={methodName=DeleteStatement}}'],
  [`Struct{specversion=1.0,data=Struct{methodName=DeleteStatement}}`],
  [`null\t${map}`],
  [`CreateTime:1767323045678\tnull\t${map}`],
])('%s is told apart and not guessed at', async (line) => {
  const found = await told([line, recordText('a')]);

  expect(found).toEqual({
    records: ['a'],
    noise: [],
    malformed: ['the text form of a map or struct, without quotes'],
    marks: ['java-text'],
  });
  expect(javaText.atEnd?.(new Set(found.marks))?.code).toBe('java-text');
});

it.each([
  ['{a=b}'],
  ['[2026-01-02 03:04:05,678] WARN {type=x, data={a=b}}'],
  ['{"specversion":"1.0", data={a=b}}'],
  ['data=1'],
])('%s is nothing of the kind', async (line) => {
  expect((await told(line)).marks).toEqual([]);
});

it('has nothing to say of other dumps', () => {
  expect(javaText.atEnd?.(new Set())).toBeUndefined();
});
