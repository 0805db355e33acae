import { expect, it } from 'vitest';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const log = (more: string): string => `{"_id":"AZ1","date":"2026-01-02T03:04:05.678Z","status":"info",${more}}`;

it('has the record in the attributes or as text in the message', async () => {
  const lines = [
    log(`"message":"","attributes":${recordText('a')}`),
    log(`"message":${JSON.stringify(recordText('b'))},"attributes":{}`),
    log(`"message":${JSON.stringify(recordText('c'))},"attributes":{"kept":1},"tags":["env:prod"]`),
    log(`"message":${JSON.stringify(recordText('no'))},"attributes":${recordText('d')}`),
  ];

  expect(await told(lines)).toEqual({ ...nothing, records: ['a datadog', 'b datadog', 'c datadog', 'd datadog'] });
});

it.each([
  [log('"message":"started"'), '"message" holds no JSON'],
  [log('"message":"started","attributes":{"a":1}'), 'an object without a string "type" or "specversion"'],
])('%s holds no record', async (line, detail) => {
  expect(await told(line)).toEqual({ ...nothing, malformed: [detail] });
});
