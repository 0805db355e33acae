import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeControls, escapeMarkdown } from '../../src/output/escape.ts';
import { unsafeCharacter } from '../helpers/hostile.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x1b, 0x0a, 0x202e, 0xd800, 0xfeff)))
    .map((units) => String.fromCharCode(...units)),
);

describe('escapeControls', () => {
  test.for<readonly [string, string, string]>([
    ['C0', 'a\u0000\u0007\u0008\u001b[31mb', 'a\\u0000\\u0007\\u0008\\u001b[31mb'],
    ['line breaks and tabs', 'a\tb\r\nc\u2028d\u2029e', 'a\\u0009b\\u000d\\u000ac\\u2028d\\u2029e'],
    ['DEL and C1', 'a\u007f\u0085\u009bb', 'a\\u007f\\u0085\\u009bb'],
    [
      'bidi controls',
      '\u061c\u200e\u200f\u202a\u202e\u2066\u2069',
      '\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069',
    ],
    [
      'zero width and fillers',
      'a\u200b\u200c\u2060\ufeff\u00ad\u115f\u3164b',
      'a\\u200b\\u200c\\u2060\\ufeff\\u00ad\\u115f\\u3164b',
    ],
    ['tags and variation selectors', 'a\u{e0041}\ufe0f\u{e0100}', 'a\\udb40\\udc41\\ufe0f\\udb40\\udd00'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\\ud800b\\udc00'],
    ['noncharacters', '\uffff\ufdd0\u{1fffe}', '\\uffff\\ufdd0\\ud83f\\udffe'],
    ['joiners of emoji', '👩\u200d👧', '👩\\u200d👧'],
    ['a mark without a letter', '\u0301a', '\\u0301a'],
    ['marks beyond eight', `a${'\u0301'.repeat(10)}b`, `a${'\u0301'.repeat(8)}\\u0301\\u0301b`],
  ])('writes %s as JSON escapes', ([, text, expected]) => {
    expect(escapeControls(text)).toBe(expected);
  });

  test.for([
    '',
    'orders',
    'a "b" \\ \' <c> & | {}~',
    'é ü 日本 각 क्षि कि 🦄 🇦🇹',
    'no\u00a0break\u3000space',
    '\\u001b',
  ])('leaves what can be seen as it is: %j', (text) => {
    expect(escapeControls(text)).toBe(text);
  });

  test('leaves no unsafe character in any text, and has nothing to do twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeControls(text);

        expect(unsafeCharacter.test(escaped)).toBe(false);
        expect(escapeControls(escaped)).toBe(escaped);
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  test('keeps the value of JSON text', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (value) => {
        expect(JSON.parse(escapeControls(JSON.stringify(value)))).toEqual(value);
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});

describe('escapeMarkdown', () => {
  test.for<readonly [string, string, string]>([
    ['emphasis and code', '*a* _b_ `c` ~d~ **e**', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\*\\*e\\*\\*'],
    ['the end of the cell', 'a|b', 'a\\|b'],
    ['a backslash before the end of the cell', 'a\\|b', 'a&#92;\\|b'],
    ['links and images', '![x](http://y)', '\\!\\[x\\](http&#58;//y)'],
    ['bare links', 'see https://y, ftp://z or www.x.y', 'see https&#58;//y, ftp&#58;//z or www&#46;x.y'],
    ['HTML', '<script>&amp;</script>', '&lt;script&gt;&amp;amp;&lt;/script&gt;'],
    ['controls', 'a\nb\u001b', 'a&#92;u000ab&#92;u001b'],
    ['names and CRNs stay readable', 'crn://confluent.cloud/kafka=lkc-1', 'crn://confluent.cloud/kafka=lkc-1'],
  ])('%s', ([, text, expected]) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test('no text opens a cell, a tag or a code span', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '\\', '`', '<', '&', 'a', '\n', '*') }), (text) => {
        expect(escapeMarkdown(text)).toMatch(/^(?:[^|`<*\\]|\\[|`*])*$/);
      }),
      { seed: 13, numRuns: 500 },
    );
  });
});
