import { expect, it } from 'vitest';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const text = (id: string): string => JSON.stringify(recordText(id));
const hit = (source: string): string => `{"_index":"audit","_id":"1","_score":1,"_source":${source}}`;

it('has the record in the document of a hit, or as text in one of its fields', async () => {
  const lines = [
    hit(recordText('a')),
    hit(`{"message":${text('b')}}`),
    hit(`{"@timestamp":"2026-01-02T03:04:05.678Z","message":"cut","event":{"original":${text('c')}}}`),
    hit(`{"event.original":${text('d')}}`),
    hit(recordText('e', { message: 'about it' })),
    hit(`{"schema":null,"payload":${recordText('f')}}`),
  ];

  expect(await told(lines)).toEqual({ ...nothing, records: [...'abcdef'].map((id) => `${id} elastic`) });
});

it('has hits in the list of a search response', async () => {
  const line = `{"took":1,"timed_out":false,"hits":{"total":{"value":2},"hits":[${hit(recordText('a'))},${hit(recordText('b'))}]}}`;

  expect(await told([line, '{"hits":{"hits":[]}}'])).toEqual({
    ...nothing,
    records: ['a elastic', 'b elastic'],
    noise: ['1 search-end'],
  });
});

it('has actions before the records of a bulk file', async () => {
  const lines = [
    '{"index":{"_index":"audit","_id":"1"}}',
    recordText('a'),
    '{"create":{"pipeline":"p"}}',
    recordText('b'),
    '{"delete":{"_id":"2"}}',
    '{"index":{}}',
    recordText('c'),
  ];

  expect(await told(lines)).toEqual({ ...nothing, records: ['a', 'b', 'c'], noise: ['4 bulk-action'] });
});

it('has records in the lines that shippers write', async () => {
  const lines = [
    `{"@timestamp":"2026-01-02T03:04:05.678Z","host":{"name":"h"},"message":${text('a')}}`,
    `{"@timestamp":"2026-01-02T03:04:05.678Z","event":{"original":${text('b')}}}`,
  ];

  expect(await told(lines)).toEqual({ ...nothing, records: ['a elastic', 'b elastic'] });
});

it.each([
  ['{"_index":"audit","_id":"1","fields":{}}', 'a hit without its document ("_source")'],
  [hit('{"a":1}'), 'an object without a string "type" or "specversion"'],
  [hit('{"message":"started"}'), 'an object without a string "type" or "specversion"'],
  ['{"index":{"a":1}}', 'an object without a string "type" or "specversion"'],
  ['{"index":{},"more":1}', 'an object without a string "type" or "specversion"'],
])('%s holds no record', async (line, detail) => {
  expect(await told(line)).toEqual({ ...nothing, malformed: [detail] });
});
