import { expect, it } from 'vitest';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const schema = { type: 'struct', optional: false, fields: [{ type: 'string', optional: true, field: 'id' }] };

it('takes the payload, with a schema, with none, and as text', async () => {
  const lines = [
    `{"schema":null,"payload":${recordText('a')}}`,
    `{"schema":${JSON.stringify(schema)},"payload":${recordText('b')}}`,
    `{"schema":{"type":"string"},"payload":${JSON.stringify(recordText('c'))}}`,
    '{"schema":null,"payload":null}',
  ];

  expect(await told(lines)).toEqual({
    ...nothing,
    records: ['a connect-schema', 'b connect-schema', 'c connect-schema'],
    noise: ['1 null-value'],
  });
});

it('takes the place from the name of the file', async () => {
  const line = `{"schema":null,"payload":${recordText('a')}}`;

  expect(await told(line, { file: 't+2+0000000009.json' })).toEqual({ ...nothing, records: ['a connect-schema 2/9'] });
});

it.each([
  ['{"schema":null,"payload":{"a":1}}', 'an object without a string "type" or "specversion"'],
  ['{"schema":null,"payload":"eyJh"}', '"payload" holds no JSON'],
  ['{"schema":null,"payload":7}', 'an object without a string "type" or "specversion"'],
])('%s holds no record', async (line, detail) => {
  expect(await told(line)).toEqual({ ...nothing, malformed: [detail] });
});
