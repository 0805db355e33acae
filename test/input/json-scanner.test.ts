import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonScanner, type ScanState } from '../../src/input/json-scanner.ts';

const record = '{"type":"t","data":{"a":1}}';

interface Scanned {
  readonly state: ScanState;
  readonly length: number;
  readonly lastToken: number;
  readonly noted: readonly string[];
}

/** The text in pieces of so many bytes. */
function scanned(text: string, pieceBytes = text.length + 1, paths: readonly (readonly string[])[] = []): Scanned {
  const bytes = Buffer.from(text);
  const scanner = new JsonScanner(paths);
  for (let at = 0; at < bytes.length && scanner.state === 'open'; at += pieceBytes)
    scanner.scan(bytes, at, Math.min(bytes.length, at + pieceBytes));
  const { state, length, lastToken, noted } = scanner;
  return { state, length, lastToken, noted: noted.map(({ start, end }) => bytes.toString('utf8', start, end)) };
}

describe('JsonScanner', () => {
  it.each([
    ['an object', '{"a":[1,-2.5e+3,true,false,null,"x\\u00e9\\n",{}]} rest', 'ended', 48, 47],
    ['an array', '[[],[[]]]x', 'ended', 9, 8],
    ['an object that goes on', '{"a":"b', 'open', 7, 5],
    ['a key without quotes', '{a', 'broken', 1, 0],
    ['an object in a key', '{"id":"a1","ty{"id":1}', 'broken', 16, 11],
    ['a comma too many', '{"a":1,}', 'broken', 7, 6],
    ['a newline in a text', '{"a":"b\n"}', 'broken', 7, 5],
    ['a zero in front', '[01]', 'broken', 2, 1],
    ['half a word', '[nul]', 'broken', 4, 1],
    ['the other bracket', '{"a":1]', 'broken', 6, 5],
  ] as const)('follows %s', (_, text, state, length, lastToken) => {
    expect(scanned(text)).toEqual({ state, length, lastToken, noted: [] });
  });

  it.each([
    ['a record in an object', `{"a":${record},"b`, [record]],
    ['records in arrays', `{"a":[${record},{"b":[${record}`, [record, record]],
    [
      'the outermost of records',
      `{"a":{"specversion":"1.0","data":${record}}`,
      [`{"specversion":"1.0","data":${record}}`],
    ],
    ['no record that is not whole', `{"a":${record.slice(0, -1)}`, []],
    ['nothing that lacks data', '{"a":{"type":"t"},"b":{"type":"t","data":[]},"c":{"type":1,"data":{}}', []],
    ['nothing that is the value itself', record, []],
    [
      'elements where a form has them',
      '{"hits":{"hits":[{"_id":"1"},{"_id":"2"},3,[{}],{"_id"',
      ['{"_id":"1"}', '{"_id":"2"}'],
    ],
    ['no elements elsewhere', '{"hits":[{"_id":"1"}],"x":{"hits":[{"_id":"1"}]}', []],
  ])('notes %s', (_, text, noted) => {
    for (const pieceBytes of [1000, 1, 2, 3, 7])
      expect(scanned(text, pieceBytes, [['hits', 'hits']]).noted).toEqual(noted);
  });

  it('agrees with JSON.parse, and with itself wherever the text is cut', () => {
    const container = fc.json().filter((json) => /^[{[]/.test(json));
    const damaged = fc
      .tuple(
        container,
        fc.nat(),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', 'e', '.', '-', ' ', '\n', 'é'),
      )
      .map(([json, place, text]) => json.slice(0, place % json.length) + text + json.slice((place % json.length) + 1));
    fc.assert(
      fc.property(fc.oneof(container, damaged), fc.integer({ min: 1, max: 9 }), (json, pieceBytes) => {
        fc.pre(/^[{[]/.test(json));
        const whole = scanned(json);

        const pieces = scanned(json, pieceBytes);

        expect(pieces).toEqual(whole);
        const isWhole = whole.state === 'ended' && Buffer.from(json).subarray(whole.length).toString().trim() === '';
        expect(isWhole).toBe(isJson(json));
        if (whole.state === 'ended') expect(isJson(Buffer.from(json).toString('utf8', 0, whole.length))).toBe(true);
      }),
      { seed: 20260102, numRuns: 2000 },
    );
  });

  it('follows a value nested ten million deep', () => {
    const { state, length } = scanned(`${'['.repeat(10_000_000)}`);

    expect([state, length]).toEqual(['open', 10_000_000]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
