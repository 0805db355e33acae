import { describe, expect, test } from 'vitest';
import { json } from '../../../src/output/formats/json.ts';
import { ndjson } from '../../../src/output/formats/ndjson.ts';
import { fieldOf } from '../../../src/query/fields.ts';
import type { AuditRecord } from '../../../src/record/record.ts';
import { written } from '../../contracts/format.ts';
import { hostileRecord, hostileTexts, unsafeCharacter } from '../../helpers/hostile.ts';

/** A record as bytes on disk: spelling, key order and repeated keys of its own. */
function original(text: string): AuditRecord {
  return { raw: new TextEncoder().encode(text), at: { file: 'f', line: 1 }, value: JSON.parse(text) };
}

const odd = '{"type" :"x","n":1.0,"n":2e0,"u":"\\u00e4","data":{}}';

describe('ndjson', () => {
  test('is the original bytes, one line a record', () => {
    expect(written(ndjson, [original(odd), original('{"type":"y","data":{}}')])).toBe(
      `${odd}\n{"type":"y","data":{}}\n`,
    );
    expect(written(ndjson, [])).toBe('');
  });

  test('a record laid out over lines becomes one line of the same value', () => {
    const pretty = '{\r\n  "type": "x",\n\t"data": {"a": "\\n"}\n}';

    const output = written(ndjson, [original(pretty)]);

    expect(output).toBe('{    "type": "x", \t"data": {"a": "\\n"} }\n');
    expect(JSON.parse(output)).toEqual(JSON.parse(pretty));
  });

  test('normalized gives the fields in their order: null when absent, lists as arrays', () => {
    const record = original(
      '{"type":"x","time":"2026-03-17T07:00:00.50Z","__proto__":{"a":1},"data":{"requestMetadata":{"clientAddress":[{"ip":"192.0.2.7"}]}}}',
    );
    const fields = ['time', 'principal', 'ips', 'line', 'ok', '["__proto__"]'].map(fieldOf);

    expect(written(ndjson, [record], { normalized: true, fields })).toBe(
      '{"time":"2026-03-17T07:00:00.50Z","principal":null,"ips":["192.0.2.7"],"line":1,"ok":null,"[\\"__proto__\\"]":"{\\"a\\":1}"}\n',
    );
  });

  test('on a terminal characters that drive it are JSON escapes, and the value stays', () => {
    const records = hostileTexts.map(([, text]) => hostileRecord(text, ''));

    const lines = written(ndjson, records, { onTerminal: true }).split('\n').slice(0, -1);

    expect(lines.map((line) => JSON.parse(line))).toEqual(records.map(({ value }) => value));
    expect(lines.some((line) => unsafeCharacter.test(line))).toBe(false);
  });

  test('on a terminal bytes that are no UTF-8 are shown as such', () => {
    const raw = Buffer.from([...Buffer.from('{"type":"x","data":{"a":"'), 0x9b, ...Buffer.from('31m"}}')]);

    expect(written(ndjson, [{ ...original(odd), raw }], { onTerminal: true })).toBe(
      '{"type":"x","data":{"a":"\ufffd31m"}}\n',
    );
  });
});

describe('json', () => {
  test('is one valid array for any number of records', () => {
    expect(written(json, [])).toBe('[]\n');
    expect(written(json, [original(odd)])).toBe(`[${odd}]\n`);
    expect(written(json, [original(odd), original('{"type":"y","data":{}}')])).toBe(
      `[${odd},\n{"type":"y","data":{}}]\n`,
    );
  });

  test('normalized holds the same values as ndjson', () => {
    const records = hostileTexts.map(([, text]) => hostileRecord(text, ''));
    const lines = written(ndjson, records, { normalized: true }).split('\n').slice(0, -1);

    expect(JSON.parse(written(json, records, { normalized: true }))).toEqual(lines.map((line) => JSON.parse(line)));
  });
});
