import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from '../../src/output/pretty-json.ts';

const lines = (...all: readonly string[]) => all.join('\n');

describe('prettyJson', () => {
  it.each([
    ['a word', 'null', 'null'],
    [
      'empty containers',
      '{"a":{},"b":[],"c":[{ },[ ]]}',
      lines('{', '  "a": {},', '  "b": [],', '  "c": [', '    {},', '    []', '  ]', '}'),
    ],
    ['an empty object alone', ' { } ', '{}'],
    ['repeated keys', '{"a":1,"a":2}', lines('{', '  "a": 1,', '  "a": 2', '}')],
    ['keys in their order', '{"2":0,"1":0}', lines('{', '  "2": 0,', '  "1": 0', '}')],
    [
      'spellings of numbers',
      '[1.0,-0,1E+2,1e400,0.10,12345678901234567890]',
      lines('[', '  1.0,', '  -0,', '  1E+2,', '  1e400,', '  0.10,', '  12345678901234567890', ']'),
    ],
    [
      'escapes',
      String.raw`["\u0041\/\"\\","\\\"","\ud800"]`,
      lines('[', String.raw`  "\u0041\/\"\\",`, String.raw`  "\\\"",`, String.raw`  "\ud800"`, ']'),
    ],
    [
      'JSON inside strings',
      '{"{a:[1, 2]}":"{\\"b\\": [1,  2]}"}',
      lines('{', '  "{a:[1, 2]}": "{\\"b\\": [1,  2]}"', '}'),
    ],
    [
      'any white space between tokens',
      '\t{ "a"\r\n:\n[ true ,\tfalse ] }\n',
      lines('{', '  "a": [', '    true,', '    false', '  ]', '}'),
    ],
  ])('lays out %s', (_, text, expected) => {
    expect(prettyJson(text)).toBe(expected);
  });

  it('writes what JSON.stringify writes with two blanks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
      { seed: 71, numRuns: 500 },
    );
  });

  it('changes nothing but the white space between tokens', () => {
    fc.assert(
      fc.property(fc.jsonValue(), blanks, (value, between) => {
        const compact = JSON.stringify(value);
        const pretty = prettyJson(spaced(compact, between));

        expect(withoutBlanks(pretty)).toBe(compact);
        expect(JSON.parse(pretty)).toEqual(JSON.parse(compact));
      }),
      { seed: 72, numRuns: 500 },
    );
  });

  it('tells keys from values to the painter', () => {
    const paint = { key: (token: string) => `<${token}>`, value: (token: string) => `(${token})` };

    expect(prettyJson('{"a" : "b", "c":[1,{"d":null}]}', paint)).toBe(
      lines(
        '({)',
        '  <"a">: ("b"),',
        '  <"c">: ([)',
        '    (1),',
        '    ({)',
        '      <"d">: (null)',
        '    }',
        '  ]',
        '}',
      ),
    );
  });

  it.each([
    ['letters', `"${'x'.repeat(1_000_000)}"`],
    ['backslashes', `"${'\\\\'.repeat(500_000)}"`],
    ['escaped quotes', `"${'\\"'.repeat(500_000)}"`],
    ['line breaks and brackets', `"${'\\n{[,:'.repeat(200_000)}"`],
  ])('lays out a megabyte of %s', (_, text) => {
    expect(prettyJson(`{"a":${text}}`)).toBe(`{\n  "a": ${text}\n}`);
  });

  it('lays out nesting deeper than the stack, without ever wider indents', () => {
    const depth = 100_000;
    const text = `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;

    const pretty = prettyJson(text);

    expect(withoutBlanks(pretty)).toBe(text);
    expect(pretty.length).toBeLessThan(depth * 4 * 100);
  });
});

const blanks = fc.array(fc.constantFrom('', '', ' ', '\n', '\t', '\r\n  '), { minLength: 1, maxLength: 20 });

/** The tokens of a valid JSON text, by a regular expression: an independent reading. */
function tokensOf(text: string): readonly string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
}

function spaced(compact: string, between: readonly string[]): string {
  return tokensOf(compact)
    .map((token, i) => (between[i % between.length] ?? '') + token)
    .join('');
}

function withoutBlanks(text: string): string {
  return tokensOf(text).join('');
}
