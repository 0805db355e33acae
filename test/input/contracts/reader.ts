import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../src/input/sources/memory.ts';
import { type CollectedMalformed, collect, lending, type Read } from '../helpers/collect.ts';
import { recordText } from '../helpers/samples.ts';

const a = recordText('a');
const b = recordText('b', { data: { name: 'Zoë 🦊', deep: [[{}]] } });

/** Spread over five lines. */
function pretty(record: string): string {
  const { specversion, id, type } = JSON.parse(record);
  return `{\n"specversion": "${specversion}", "id": "${id}",\n"type": "${type}",\n"data": {}\n}`;
}

/** A malformed line with what is usual left out. */
function bad(line: number, reason: CollectedMalformed['reason'], detail: string, bytes: string, torn = false) {
  return { line, reason, detail, bytes, torn };
}

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly blank?: number;
  readonly records?: readonly (readonly [number, string])[];
  readonly malformed?: readonly CollectedMalformed[];
  readonly noise?: Readonly<Record<string, number>>;
  readonly maxLineBytes?: number;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const binary = (content: string): Uint8Array => new Uint8Array(Buffer.from(content, 'latin1'));

const cases: readonly Case[] = [
  { name: 'an empty source', bytes: text(''), lines: 0 },
  { name: 'one newline', bytes: text('\n'), lines: 1, blank: 1 },
  { name: 'only newlines', bytes: text('\n\n\n\r\n'), lines: 4, blank: 4 },
  { name: 'no newline at all', bytes: text(a), lines: 1, records: [[1, a]] },
  {
    name: 'two records',
    bytes: text(`${a}\n${b}\n`),
    lines: 2,
    records: [
      [1, a],
      [2, latin1(b)],
    ],
  },
  {
    name: 'a last line without newline',
    bytes: text(`${a}\n${b}`),
    lines: 2,
    records: [
      [1, a],
      [2, latin1(b)],
    ],
  },
  {
    name: 'CRLF',
    bytes: text(`${a}\r\n${a}\r\n`),
    lines: 2,
    records: [
      [1, a],
      [2, a],
    ],
  },
  { name: 'CR without LF at the end', bytes: text(`${a}\r`), lines: 1, records: [[1, a]] },
  {
    name: 'blank lines of every kind',
    bytes: text(`\n \t\n\0\0\n${a}\n\x1e\n\r\n`),
    lines: 6,
    blank: 5,
    records: [[4, a]],
  },
  { name: 'blanks round a record', bytes: text(` \t${a} \t\n`), lines: 1, records: [[1, a]] },
  { name: 'a byte order mark', bytes: text(`\ufeff${a}\n`), lines: 1, records: [[1, a]] },
  {
    name: 'byte order marks where files were joined',
    bytes: text(`\ufeff${a}\n\ufeff${a}\n`),
    lines: 2,
    records: [
      [1, a],
      [2, a],
    ],
  },
  { name: 'only a byte order mark', bytes: text('\ufeff'), lines: 1, blank: 1 },
  {
    name: 'part of a byte order mark',
    bytes: binary('\xef\xbb\n'),
    lines: 1,
    malformed: [bad(1, 'not-json', 'byte 1: expected a value, found byte 0xef', '\xef\xbb')],
  },
  {
    name: 'NUL padding round records',
    bytes: text(`\0\0${a}\n\0${a}\0\0`),
    lines: 2,
    records: [
      [1, a],
      [2, a],
    ],
  },
  { name: 'NUL padding at the end', bytes: text(`${a}\n\0\0\0\0`), lines: 2, blank: 1, records: [[1, a]] },
  {
    name: 'record separators (RFC 7464)',
    bytes: text(`\x1e${a}\n\x1e${a}\n`),
    lines: 2,
    records: [
      [1, a],
      [2, a],
    ],
  },
  {
    name: 'a null line, which ends the stream of other readers',
    bytes: text(`${a}\nnull\n${a}\n`),
    lines: 3,
    records: [
      [1, a],
      [3, a],
    ],
    noise: { 'null-value': 1 },
  },
  {
    name: 'JSON that is no audit record',
    bytes: text('[]\n"x"\n12\ntrue\nfalse\n{}\n{"type":"t"}\n{"data":{}}\n{"type":1,"data":{}}\n'),
    lines: 9,
    noise: { punctuation: 1 },
    malformed: [
      bad(2, 'not-an-audit-record', 'a string, not an object', '"x"'),
      bad(3, 'not-an-audit-record', 'a number, not an object', '12'),
      bad(4, 'not-an-audit-record', 'true, not an object', 'true'),
      bad(5, 'not-an-audit-record', 'false, not an object', 'false'),
      bad(6, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '{}'),
      bad(7, 'not-an-audit-record', 'an object without "data"', '{"type":"t"}'),
      bad(8, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '{"data":{}}'),
      bad(9, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '{"type":1,"data":{}}'),
    ],
  },
  {
    name: 'data that is no object',
    bytes: text(['null', '[]', '"x"', '1', 'true'].map((data) => `{"type":"t","data":${data}}\n`).join('')),
    lines: 5,
    malformed: [
      bad(1, 'not-an-audit-record', '"data" is null, not an object', '{"type":"t","data":null}'),
      bad(2, 'not-an-audit-record', '"data" is an array, not an object', '{"type":"t","data":[]}'),
      bad(3, 'not-an-audit-record', '"data" is a string, not an object', '{"type":"t","data":"x"}'),
      bad(4, 'not-an-audit-record', '"data" is a number, not an object', '{"type":"t","data":1}'),
      bad(5, 'not-an-audit-record', '"data" is true, not an object', '{"type":"t","data":true}'),
    ],
  },
  {
    name: 'either type or specversion makes a record',
    bytes: text('{"type":"t","data":{}}\n{"specversion":"1.0","data":{}}\n'),
    lines: 2,
    records: [
      [1, '{"type":"t","data":{}}'],
      [2, '{"specversion":"1.0","data":{}}'],
    ],
  },
  {
    name: 'keys inherited by every object are not its own',
    bytes: text(
      '{"__proto__":{"type":"t","data":{}}}\n{"type":"t","__proto__":{"data":{}}}\n{"type":"t","data":{},"__proto__":{"x":1},"toString":1}\n',
    ),
    lines: 3,
    records: [[3, '{"type":"t","data":{},"__proto__":{"x":1},"toString":1}']],
    malformed: [
      bad(
        1,
        'not-an-audit-record',
        'an object without a string "type" or "specversion"',
        '{"__proto__":{"type":"t","data":{}}}',
      ),
      bad(2, 'not-an-audit-record', 'an object without "data"', '{"type":"t","__proto__":{"data":{}}}'),
    ],
  },
  {
    name: 'of duplicate keys the last',
    bytes: text('{"type":1,"type":"t","data":null,"data":{}}\n{"type":"t","data":{},"data":1}\n'),
    lines: 2,
    records: [[1, '{"type":1,"type":"t","data":null,"data":{}}']],
    malformed: [bad(2, 'not-an-audit-record', '"data" is a number, not an object', '{"type":"t","data":{},"data":1}')],
  },
  {
    name: 'lines that are no JSON',
    bytes: text(`hello\n${a}TRAILER\n${a}}\n{"a":1,}\n  {"a":01}\n`),
    lines: 5,
    malformed: [
      bad(1, 'not-json', 'byte 1: expected a value, found h', 'hello'),
      bad(2, 'not-json', `byte ${a.length + 1}: expected the end of the line, found T`, `${a}TRAILER`),
      bad(3, 'not-json', `byte ${a.length + 1}: expected the end of the line, found }`, `${a}}`),
      bad(4, 'not-json', 'byte 8: expected a key, found }', '{"a":1,}'),
      bad(5, 'not-json', 'byte 9: expected , or }, found 1', '  {"a":01}'),
    ],
  },
  {
    name: 'a line that ends too soon, in the middle',
    bytes: text(`${a.slice(0, 20)}\n${a}\n`),
    lines: 2,
    records: [[2, a]],
    malformed: [bad(1, 'not-json', 'unexpected end after 20 bytes, expected , or }', a.slice(0, 20))],
  },
  {
    name: 'a torn tail',
    bytes: text(`${a}\n${a.slice(0, 28)}`),
    lines: 2,
    records: [[1, a]],
    malformed: [bad(2, 'torn', 'unexpected end after 28 bytes, expected the closing "', a.slice(0, 28), true)],
  },
  {
    name: 'a tail torn inside a character',
    bytes: binary('{"a":"\xf0\x9f'),
    lines: 1,
    malformed: [bad(1, 'torn', 'unexpected end after 8 bytes, expected the closing "', '{"a":"\xf0\x9f', true)],
  },
  {
    name: 'a last line without newline that is broken, not torn',
    bytes: text('{"a":1,,'),
    lines: 1,
    malformed: [bad(1, 'not-json', 'byte 8: expected a key, found ,', '{"a":1,,', true)],
  },
  {
    name: 'a last line without newline that is whole JSON but no record',
    bytes: text('{"a":1}'),
    lines: 1,
    malformed: [bad(1, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '{"a":1}', true)],
  },
  {
    name: 'invalid UTF-8 inside a string, which reads as U+FFFD',
    bytes: binary('{"type":"\xff\xc3","data":{"n":"\xed\xa0\x80"}}\n'),
    lines: 1,
    records: [[1, '{"type":"\xff\xc3","data":{"n":"\xed\xa0\x80"}}']],
  },
  {
    name: 'invalid UTF-8 between values',
    bytes: binary('{"type":"t",\xff"data":{}}\n'),
    lines: 1,
    malformed: [bad(1, 'not-json', 'byte 13: expected a key, found byte 0xff', '{"type":"t",\xff"data":{}}')],
  },
  {
    name: 'control characters, named by number',
    bytes: text('{"a":"\x1b[31m"}\n\x07\n'),
    lines: 2,
    malformed: [
      bad(1, 'not-json', 'byte 7: expected the closing ", found byte 0x1b', '{"a":"\x1b[31m"}'),
      bad(2, 'not-json', 'byte 1: expected a value, found byte 0x07', '\x07'),
    ],
  },
  {
    name: 'lone surrogates in escapes',
    bytes: text('{"type":"\\ud83e","data":{}}\n'),
    lines: 1,
    records: [[1, '{"type":"\\ud83e","data":{}}']],
  },
  {
    name: 'a record spread over lines, and one behind it',
    bytes: text(`${pretty(a)}\n${a}\n`),
    lines: 6,
    records: [
      [1, pretty(a)],
      [6, a],
    ],
  },
  {
    name: 'records spread over lines of every kind',
    bytes: text(`Partition:1\t${pretty(a).replaceAll('\n', '\r\n')}\r\n\n${pretty(a)}${pretty(a)}\n`),
    lines: 15,
    blank: 1,
    records: [
      [1, pretty(a).replaceAll('\n', '\r\n')],
      [7, pretty(a)],
      [11, pretty(a)],
    ],
  },
  {
    name: 'an array with an element a line',
    bytes: text(`[\n${a},\n${a}\n]\n`),
    lines: 4,
    noise: { punctuation: 2 },
    records: [
      [2, a],
      [3, a],
    ],
  },
  {
    name: 'an array of elements spread over lines',
    bytes: text(`[\n${pretty(a)},\n${pretty(a)}\n]`),
    lines: 12,
    noise: { punctuation: 2 },
    records: [
      [2, pretty(a)],
      [7, pretty(a)],
    ],
  },
  {
    name: 'an array whose brackets share the lines of its elements',
    bytes: text(`[${pretty(a)},${pretty(a)}]\n`),
    lines: 9,
    records: [
      [1, pretty(a)],
      [5, pretty(a)],
    ],
  },
  {
    name: 'an array of elements that begin in the middle of a line',
    bytes: text(`[{"type":"t",\n"data":{}},{"type":"t","data":\n{}}\n]\n`),
    lines: 4,
    noise: { punctuation: 1 },
    records: [
      [1, '{"type":"t",\n"data":{}}'],
      [2, '{"type":"t","data":\n{}}'],
    ],
  },
  {
    name: 'a wrapper spread over lines',
    bytes: text(`{\n"schema": null,\n"payload": ${pretty(a)}\n}\n`),
    lines: 8,
    records: [[3, pretty(a)]],
  },
  {
    name: 'damage in an element of an array',
    bytes: text(`[\n${pretty(a)},\n{\n"x" 1,\n"y": 2\n},\n${pretty(a)}\n]\n`),
    lines: 16,
    noise: { punctuation: 3 },
    records: [
      [2, pretty(a)],
      [11, pretty(a)],
    ],
    malformed: [
      bad(7, 'not-json', 'unexpected end after 1 byte, expected a key or }', '{'),
      bad(8, 'not-json', 'byte 5: expected the end of the line, found 1', '"x" 1,'),
      bad(9, 'not-json', 'byte 4: expected the end of the line, found :', '"y": 2'),
    ],
  },
  {
    name: 'a whole record in an object that breaks',
    bytes: text(`{\n"x": ${pretty(a)},\n,\n${a}\n`),
    lines: 8,
    noise: { punctuation: 1 },
    records: [
      [2, pretty(a)],
      [8, a],
    ],
    malformed: [bad(1, 'not-json', 'unexpected end after 1 byte, expected a key or }', '{')],
  },
  {
    name: 'an object spread over lines that is no record',
    bytes: text('{\n"x": 1\n}\n'),
    lines: 3,
    malformed: [
      bad(1, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '{'),
      bad(2, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '"x": 1'),
      bad(3, 'not-an-audit-record', 'an object without a string "type" or "specversion"', '}'),
    ],
  },
  {
    name: 'an object spread over lines that never ends',
    bytes: text(`${a}\n{\n"x": ["y`),
    lines: 3,
    records: [[1, a]],
    malformed: [
      bad(2, 'not-json', 'unexpected end after 1 byte, expected a key or }', '{'),
      bad(3, 'not-json', 'byte 4: expected the end of the line, found :', '"x": ["y', true),
    ],
  },
  {
    name: 'a brace alone, which is half of nothing in the next line',
    bytes: text(`{\n${a}\n`),
    lines: 2,
    records: [[2, a]],
    malformed: [bad(1, 'not-json', 'unexpected end after 1 byte, expected a key or }', '{')],
  },
  {
    name: 'halves, which are never put together',
    bytes: text(`${a.slice(0, 20)}\n${a.slice(20)}\n`),
    lines: 2,
    malformed: [
      bad(1, 'not-json', 'unexpected end after 20 bytes, expected , or }', a.slice(0, 20)),
      bad(2, 'not-json', 'byte 1: expected a value, found ,', a.slice(20)),
    ],
  },
  {
    name: 'values of a line that is too long',
    bytes: text(`[${`${a},`.repeat(4)}${a}]\n${a}\n`),
    maxLineBytes: 200,
    lines: 2,
    records: [
      [1, a],
      [1, a],
      [1, a],
      [1, a],
      [1, a],
      [2, a],
    ],
  },
  {
    name: 'a value too long in a line that is too long',
    bytes: text(`${a}{"x":"${'y'.repeat(300)}"}${a}`),
    maxLineBytes: 200,
    lines: 1,
    records: [
      [1, a],
      [1, a],
    ],
    malformed: [
      bad(1, 'too-long', '460 bytes, at most 200 are read', `${a}{"x":"${'y'.repeat(300)}`.slice(0, 200), true),
    ],
  },
  {
    name: 'a value too long that is spread over lines',
    bytes: text(`{\n${'"x":"y",\n'.repeat(30)}"z": ${pretty(a)}\n}\n${a}`),
    maxLineBytes: 200,
    lines: 38,
    records: [
      [32, pretty(a)],
      [38, a],
    ],
    malformed: [
      bad(1, 'too-long', 'of a value of more than 200 bytes', '{'),
      ...Array.from({ length: 30 }, (_, i) => bad(i + 2, 'too-long', 'of a value of more than 200 bytes', '"x":"y",')),
      bad(37, 'too-long', 'of a value of more than 200 bytes', '}'),
    ],
  },
  {
    name: 'lines over the limit, whose head is kept',
    bytes: text(`${a}\n${'x'.repeat(300)}\n${a}\n${'y'.repeat(201)}\r\n${'z'.repeat(200)}`),
    maxLineBytes: 200,
    lines: 5,
    records: [
      [1, a],
      [3, a],
    ],
    malformed: [
      bad(2, 'too-long', '300 bytes, at most 200 are read', 'x'.repeat(200)),
      bad(4, 'too-long', '202 bytes, at most 200 are read', 'y'.repeat(200)),
      bad(5, 'not-json', 'byte 1: expected a value, found z', 'z'.repeat(200), true),
    ],
  },
  {
    name: 'a line over the limit that is never ended',
    bytes: text(`${a}\n${'x'.repeat(1000)}`),
    maxLineBytes: 200,
    lines: 2,
    records: [[1, a]],
    malformed: [bad(2, 'too-long', '1000 bytes, at most 200 are read', 'x'.repeat(200), true)],
  },
];

const chunkings: readonly (readonly [string, number | readonly number[]])[] = [
  ['one huge chunk', 1 << 20],
  ['1-byte chunks', 1],
  ['2-byte chunks', 2],
  ['7-byte chunks', 7],
  ['64-byte chunks', 64],
  ['one byte, then the rest', [1]],
];

/** What every reader of records must do, whatever the source. */
export function readerContract(name: string, read: Read): void {
  describe(`${name} keeps the contract of a reader`, () => {
    for (const { name: what, bytes, lines, blank = 0, records = [], malformed = [], noise, maxLineBytes } of cases) {
      it(`reads ${what}`, async () => {
        const options = maxLineBytes === undefined ? {} : { maxLineBytes };
        for (const [, sizes] of chunkings) {
          const collected = await collect(read, lending(memorySource('m', bytes, sizes)), options);

          expect(collected).toEqual({ lines, blank, bytes: bytes.length, records, malformed, ...(noise && { noise }) });
        }
      });
    }

    it('reads the same however the stream is split', async () => {
      const piece = fc.constantFrom(
        a,
        b,
        a.slice(0, 40),
        '\n',
        '\n',
        '\r\n',
        ' ',
        '\0',
        '\ufeff',
        '\x1e',
        '{',
        '{\n',
        '[\n',
        pretty(a),
        '}',
        '"',
        '12',
        'null',
        'é',
        '\\u00e9',
      );
      const content = fc.array(
        fc.oneof(
          piece.map((part) => Buffer.from(part)),
          fc.uint8Array({ maxLength: 3 }),
        ),
        { maxLength: 25 },
      );
      const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 30 });
      const limit = fc.constantFrom(1, 5, 60, 100, 1 << 24);
      await fc.assert(
        fc.asyncProperty(content, sizes, limit, async (parts, chunkBytes, maxLineBytes) => {
          const bytes = new Uint8Array(Buffer.concat(parts));

          const whole = await collect(read, memorySource('m', bytes), { maxLineBytes });
          const split = await collect(read, lending(memorySource('m', bytes, chunkBytes)), { maxLineBytes });

          expect(split).toEqual(whole);
        }),
        { seed: 20260102, numRuns: 300 },
      );
    });

    it('reads a line over many chunks, and one of just the longest length', async () => {
      const long = recordText('long', { data: { filler: 'f'.repeat(3_000_000) } });
      const bytes = text(`${a}\n${long}\n${a}\n`);

      const collected = await collect(read, lending(memorySource('m', bytes, 64 * 1024)), {
        maxLineBytes: long.length,
      });
      const beyond = await collect(read, lending(memorySource('m', bytes, 64 * 1024)), {
        maxLineBytes: long.length - 1,
      });

      expect(collected.records).toEqual([
        [1, a],
        [2, long],
        [3, a],
      ]);
      expect(beyond.records).toEqual([
        [1, a],
        [3, a],
      ]);
      expect(beyond.malformed.map(({ line, reason }) => [line, reason])).toEqual([[2, 'too-long']]);
    });

    it('ends quietly when aborted, and does not call the line it was in torn', async () => {
      const abort = new AbortController();
      const seen: number[] = [];

      for await (const batch of read(memorySource('m', text(`${a}\n${a}\n${a}`), a.length + 5), abort.signal)) {
        seen.push(batch.lines);
        abort.abort();
      }

      expect(seen).toEqual([1]);
    });

    it('gives the bytes read as stored since the last batch', async () => {
      const bytes = text(`${a}\n`.repeat(10));
      let stored = 0;

      for await (const batch of read(memorySource('m', bytes, 50), new AbortController().signal))
        stored += batch.storedBytes;

      expect(stored).toBe(bytes.length);
    });

    it('delivers what came before a failure of the source, torn tail and all', async () => {
      const failing = memorySource('m', text(`${a}\n{"a`));
      const source = {
        ...failing,
        async *chunks(signal: AbortSignal) {
          yield* failing.chunks(signal);
          throw new Error('the disk is gone');
        },
      };
      const seen: string[] = [];

      const reading = (async () => {
        for await (const { records, malformed } of read(source, new AbortController().signal)) {
          seen.push(
            ...records.map(({ at }) => `record ${at.line}`),
            ...malformed.map(({ at, reason }) => `${reason} ${at.line}`),
          );
        }
      })();

      await expect(reading).rejects.toThrow('the disk is gone');
      expect(seen).toEqual(['record 1', 'torn 2']);
    });
  });
}
