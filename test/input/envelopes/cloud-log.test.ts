import { expect, it } from 'vitest';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const text = (id: string): string => JSON.stringify(recordText(id));

it('has records where the clouds put them', async () => {
  const lines = [
    `{"insertId":"x","jsonPayload":${recordText('a')},"timestamp":"2026-01-02T03:04:06Z"}`,
    `{"jsonPayload":{"message":${text('b')}},"timestamp":"2026-01-02T03:04:06Z"}`,
    `{"timestamp":1767323046000,"message":${text('c')},"ingestionTime":1767323047000}`,
    `{"records":[${recordText('d')},${recordText('e')}]}`,
    '{"records":[]}',
  ];

  expect(await told(lines)).toEqual({
    ...nothing,
    records: [...'abcde'].map((id) => `${id} cloud-log`),
    noise: ['1 punctuation'],
  });
});

it.each([
  ['{"timestamp":1,"message":"started"}', '"message" holds no JSON'],
  ['{"jsonPayload":{"a":1}}', 'an object without a string "type" or "specversion"'],
  ['{"records":[1]}', 'a number, not an object'],
  ['{"message":"{}"}', 'an object without a string "type" or "specversion"'],
])('%s holds no record', async (line, detail) => {
  expect(await told(line)).toEqual({ ...nothing, malformed: [detail] });
});

it('names what of a list is no record, and takes the rest', async () => {
  expect(await told(`{"records":[{"a":1},${recordText('a')}]}`)).toEqual({
    ...nothing,
    records: ['a cloud-log'],
    malformed: ['an object without a string "type" or "specversion"'],
  });
});
