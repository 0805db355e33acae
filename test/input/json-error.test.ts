import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeJsonError, findJsonError } from '../../src/input/json-error.ts';

function described(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const error = findJsonError(bytes);
  return error === undefined ? 'JSON' : describeJsonError(bytes, error, 0);
}

describe('findJsonError', () => {
  it.each([
    ['{}', 'JSON'],
    [' [ 1 , -0.5e+10 , "a\\u00e9\\n" , true , false , null , { "k" : [ ] } ] ', 'JSON'],
    ['', 'unexpected end after 0 bytes, expected a value'],
    ['{', 'unexpected end after 1 byte, expected a key or }'],
    ['{"a"', 'unexpected end after 4 bytes, expected :'],
    ['{"a":', 'unexpected end after 5 bytes, expected a value'],
    ['{"a":1', 'unexpected end after 6 bytes, expected , or }'],
    ['{"a":1,', 'unexpected end after 7 bytes, expected a key'],
    ['[', 'unexpected end after 1 byte, expected a value or ]'],
    ['[1', 'unexpected end after 2 bytes, expected , or ]'],
    ['[1,', 'unexpected end after 3 bytes, expected a value'],
    ['"a', 'unexpected end after 2 bytes, expected the closing "'],
    ['"\\', 'unexpected end after 2 bytes, expected an escape such as \\n or \\u000a'],
    ['"\\u00', 'unexpected end after 5 bytes, expected four hexadecimal digits after \\u'],
    ['-', 'unexpected end after 1 byte, expected a digit'],
    ['1.', 'unexpected end after 2 bytes, expected a digit'],
    ['1e+', 'unexpected end after 3 bytes, expected a digit'],
    ['tr', 'unexpected end after 2 bytes, expected true'],
    ['trap', 'byte 3: expected true, found a'],
    ['[1,]', 'byte 4: expected a value, found ]'],
    ['[,]', 'byte 2: expected a value or ], found ,'],
    ['{"a":1,}', 'byte 8: expected a key, found }'],
    ['{,}', 'byte 2: expected a key or }, found ,'],
    ["{'a':1}", "byte 2: expected a key or }, found '"],
    ['{"a" 1}', 'byte 6: expected :, found 1'],
    ['{"a":1]', 'byte 7: expected , or }, found ]'],
    ['[1}', 'byte 3: expected , or ], found }'],
    ['01', 'byte 2: expected the end of the line, found 1'],
    ['+1', 'byte 1: expected a value, found +'],
    ['.5', 'byte 1: expected a value, found .'],
    ['-a', 'byte 2: expected a digit, found a'],
    ['"\\x"', 'byte 3: expected an escape such as \\n or \\u000a, found x'],
    ['"\\u00g0"', 'byte 6: expected four hexadecimal digits after \\u, found g'],
    ['"a\tb"', 'byte 3: expected the closing ", found byte 0x09'],
    ['"a\x1fb"', 'byte 3: expected the closing ", found byte 0x1f'],
    ['" \x7f\x80\xff"', 'JSON'],
    ['{}{}', 'byte 3: expected the end of the line, found {'],
    ['NaN', 'byte 1: expected a value, found N'],
    ['\xa0{}', 'byte 1: expected a value, found byte 0xa0'],
    ['{} x', 'byte 4: expected the end of the line, found x'],
  ])('says of %s: %s', (text, expected) => {
    expect(described(text)).toBe(expected);
  });

  it('accepts what JSON.parse accepts and nothing else', () => {
    const token = fc.constantFrom(
      ...'{}[],:"\\ \t\n0123456789.eE+-truefalsnu/bx\u00e9'.split(''),
      '\0',
      '"a"',
      'null',
      'true',
      '1.5e3',
      '\\u00e9',
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(token, { maxLength: 12 }).map((parts) => parts.join('')),
      damaged(),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        expect(findJsonError(Buffer.from(candidate)) === undefined).toBe(parses(candidate));
      }),
      { seed: 20260102, numRuns: 5000 },
    );
  });

  it('calls every beginning of a JSON text, cut at any byte, ended early', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), fc.nat(), (json, at) => {
        const bytes = Buffer.from(json);
        const cut = bytes.subarray(0, at % bytes.length);

        const error = findJsonError(cut);

        // A number cut short is a number.
        expect(error === undefined || (error.endedEarly && error.at === cut.length)).toBe(true);
        if (json.startsWith('{')) expect(error?.endedEarly).toBe(true);
      }),
      { seed: 20260102, numRuns: 2000 },
    );
  });

  it('does not recurse and keeps its pace on 16 MiB', () => {
    const size = 16 * 1024 * 1024;

    expect(described('['.repeat(size))).toBe(`unexpected end after ${size} bytes, expected a value or ]`);
    expect(described(`"${'\\n'.repeat(size / 2)}`)).toBe(
      `unexpected end after ${size + 1} bytes, expected the closing "`,
    );
  });
});

function damaged(): fc.Arbitrary<string> {
  return fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '\\', '0')).map(([json, at, put]) => {
    const place = at % json.length;
    return json.slice(0, place) + put + json.slice(place + 1);
  });
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
