import { describe, expect, it } from 'vitest';
import { maxLineBytes } from '../../src/input/block.ts';
import { contentOf } from '../../src/input/content.ts';
import { dumpForms } from '../../src/input/dump-forms.ts';
import { readRecords } from '../../src/input/reader.ts';
import { memorySource } from '../../src/input/sources/memory.ts';
import { collect } from './helpers/collect.ts';
import { recordText } from './helpers/samples.ts';

const a = recordText('a');
const b = recordText('b', { data: { text: '{"x":[{' } });
const half = a.slice(0, 30);
const wrapped = `{"schema":null,"payload":${a}}`;

function contentOfLine(line: string) {
  const bytes = Buffer.from(line);
  const place = { at: { file: 'f', line: 1 }, torn: false };
  const { records, malformed, noise, spread } = contentOf(bytes, 0, bytes.length, place, dumpForms('f'));
  const raws = records.map(({ raw }) => Buffer.from(raw).toString());
  return { records: raws, kind: malformed?.reason ?? noise, ...(spread && { spread }) };
}

describe('a line with more than a record', () => {
  it.each([
    ['two records', a + b, [a, b]],
    ['records behind blanks, NUL and record separators', `${a} \0${b}\t\x1e${a}`, [a, b, a]],
    ['an array', `[${a},${b}]`, [a, b]],
    ['arrays of arrays', `[[${a}],[${b}, ${a} ]]`, [a, b, a]],
    ['the end of an array', `${a},${b}]`, [a, b]],
    ['an element and its comma', `${a},`, [a]],
    ['wrapped records and plain ones', `${wrapped}${b}${wrapped}`, [a, b, a]],
    ['a record behind a key that is JSON', `{"k":1}\t${a}`, [a]],
    ['a record behind a key with braces', `\${k}-{0}{\t${a}`, [a]],
    ['a record behind a key in quotes with braces', `"{\\"a\\":1}"\t${a}`, [a]],
    ['a record behind a time in brackets', `[2026-01-02 03:04:05,678] ${a}`, [a]],
    ['records with keys', `key1\t${a}key2\t${b}`, [a, b]],
    ['a record and the headers of the next line', `${a}% Headers: [content-type="x"]`, [a]],
    ['headers, and a record of the next line', `% Headers: [content-type="x"]${a}`, [a]],
  ])('gives what is whole of %s', (_, line, records) => {
    expect(contentOfLine(line)).toEqual({ records, kind: undefined });
  });

  it.each([
    ['half a record and a whole one', half + a, [a]],
    ['a brace and a record', `{${a}`, [a]],
    ['a record and half a record', a + half, [a]],
    ['a record in a wrapper that is cut off', wrapped.slice(0, -1), [a]],
    ['a record in half an unknown wrapper', `{"x":{"y":[1,${a},{"z":`, [a]],
    ['a record and JSON that is none', `${a}{"x":1}`, [a]],
    ['a record with a word behind it', `${a}TRAILER`, []],
    ['a record with a stray brace behind it', `${a}}`, []],
    ['two records with a word behind the second', `${a}${b}x`, [a]],
    ['two halves', half + half, []],
  ])('calls the line malformed for %s', (_, line, records) => {
    expect(contentOfLine(line)).toEqual({ records, kind: 'not-json' });
  });

  it.each([
    ['}', undefined],
    [' },', undefined],
    ['  ]', undefined],
    [']}}', undefined],
    ['[', { object: undefined, inArray: true }],
    ['[[', { object: undefined, inArray: true }],
  ])('calls %j punctuation', (line, spread) => {
    expect(contentOfLine(line)).toEqual({ records: [], kind: 'punctuation', ...(spread && { spread }) });
  });

  it.each([
    ['a brace', '{', { object: 0, inArray: false }, 'not-json', []],
    ['a brace in an array', '[ {', { object: 2, inArray: true }, 'not-json', []],
    ['a brace behind a prefix', 'Partition:1\t{ ', { object: 12, inArray: false }, 'not-json', []],
    ['a brace behind a record', `${a},{`, { object: a.length + 1, inArray: false }, 'not-json', [a]],
    ['an array that goes on', `[${a},`, { object: undefined, inArray: true }, undefined, [a]],
    ['an array whose element goes on', '[{"a":1,', { object: 1, inArray: true }, 'not-json', []],
  ])('tells that a value goes on behind %s', (_, line, spread, kind, records) => {
    expect(contentOfLine(line)).toEqual({ records, kind, spread });
  });

  it.each([half, '{"a":{', '[12:30] x', 'x [', `${a}}`])('does not think so of %j', (line) => {
    expect(contentOfLine(line)).not.toHaveProperty('spread');
  });
});

describe('a hostile line of 16 MiB', () => {
  it.each([
    ['braces', '{'],
    ['braces and quotes', '{"'],
    ['keys that open objects', '{"a":'],
    ['keys that open arrays of objects', '{"a":[{"b":"{'],
    ['objects in texts', '{"a":"{\\"b\\":\\"'],
    ['backslashes', '{"\\\\'],
    ['empty objects', '{}'],
    ['empty objects in an array', '{},'],
    ['small objects', '{"a":"bcd"}'],
    ['blanks behind braces', `{${' '.repeat(50)}`],
    ['brackets', '['],
    ['records and halves', `${a}{"a":"`],
  ])(
    'takes little time when it is made of %s',
    async (_, piece) => {
      const line = piece.repeat(Math.floor(maxLineBytes / piece.length));
      const started = performance.now();

      const { lines } = await collect(readRecords, memorySource('m', `${line}\n${a}\n`));

      expect(lines).toBe(2);
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    60_000,
  );
});
