import { expect, it } from 'vitest';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

it('has the record under event, as an object or as text', async () => {
  const lines = [
    `{"time":1767323045.678,"host":"h","source":"s","sourcetype":"_json","event":${recordText('a')}}`,
    `{"time":"1767323045.678","index":"main","event":${JSON.stringify(recordText('b'))},"fields":{"x":"y"}}`,
    `{"event":${recordText('c')}}`,
  ];

  expect(await told(lines)).toEqual({ ...nothing, records: ['a splunk-hec', 'b splunk-hec', 'c splunk-hec'] });
});

it.each([
  ['{"time":1,"host":"h","event":"started"}', '"event" holds no JSON'],
  ['{"host":"h","event":{"a":1}}', 'an object without a string "type" or "specversion"'],
  [`{"event":${recordText('a')},"other":1}`, 'an object without a string "type" or "specversion"'],
])('%s holds no record', async (line, detail) => {
  expect(await told(line)).toEqual({ ...nothing, malformed: [detail] });
});
