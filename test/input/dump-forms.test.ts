import { describe, expect, it } from 'vitest';
import { nothing, told } from './helpers/dump-line.ts';
import { recordText } from './helpers/samples.ts';

const noRecord = 'an object without a string "type" or "specversion"';

describe('without a word on the form', () => {
  it('reads records of several forms in one dump', async () => {
    const lines = [
      recordText('a'),
      `{"schema":null,"payload":${recordText('b')}}`,
      '% Headers: [k=v]',
      `{"event":${recordText('c')}}`,
      `Timestamp:1767323045678 Partition:3 Offset:812\t${recordText('d')}`,
    ];

    expect(await told(lines)).toEqual({
      ...nothing,
      records: ['a', 'b connect-schema', 'c splunk-hec', 'd confluent-cli 3/812'],
      noise: ['1 headers'],
    });
  });

  it('takes off four wrappers and no more', async () => {
    const wrapped = (record: string, times: number): string =>
      times === 0 ? record : `{"event":${wrapped(record, times - 1)}}`;

    expect(await told([wrapped(recordText('a'), 4), wrapped(recordText('b'), 5)])).toEqual({
      ...nothing,
      records: ['a splunk-hec'],
      malformed: ['wrapped more than 4 times'],
    });
  });

  it.each([
    ['lists', `{"records":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`],
    ['blanks within a text', `{"event":"{${' '.repeat(4_000_000)}x"}`],
    ['blanks at the end of a text', `{"event":"{x${' '.repeat(4_000_000)}"}`],
  ])('survives a million %s', async (_, line) => {
    expect((await told(line)).malformed).toHaveLength(1);
  });
});

describe('with the name of a form', () => {
  it('takes off the wrappers of no other form', async () => {
    const lines = [`{"schema":null,"payload":${recordText('a')}}`, `{"event":${recordText('b')}}`];

    expect(await told(lines, { format: 'splunk-hec' })).toEqual({
      ...nothing,
      records: ['b splunk-hec'],
      malformed: [noRecord],
    });
    expect(await told(lines, { format: 'raw' })).toEqual({ ...nothing, malformed: [noRecord, noRecord] });
  });

  it('knows all forms within', async () => {
    const line = `{"event":{"schema":null,"payload":${recordText('a')}}}`;

    expect(await told(line, { format: 'splunk-hec' })).toEqual({ ...nothing, records: ['a splunk-hec'] });
  });

  it('reads records that stand by themselves, and knows noise', async () => {
    const lines = [recordText('a'), '% Headers: [k=v]'];

    expect(await told(lines, { format: 'splunk-hec' })).toEqual({ ...nothing, records: ['a'], noise: ['1 headers'] });
  });

  it('looks for the wrapper even where the outside looks like a record', async () => {
    const line = recordText('outer', { schema: null, payload: { type: 't', data: {}, id: 'inner' } });

    expect(await told(line)).toEqual({ ...nothing, records: ['outer'] });
    expect(await told(line, { format: 'connect-schema' })).toEqual({ ...nothing, records: ['inner connect-schema'] });
  });
});

describe('with a path to the record', () => {
  it('reaches a record, a text, a list and a known wrapper', async () => {
    const lines = [
      `{"log":{"the record":${recordText('a')}}}`,
      `{"log":{"the record":${JSON.stringify(recordText('b'))}}}`,
      `{"log":{"the record":[${recordText('c')},${recordText('d')}]}}`,
      `{"log":{"the record":{"schema":null,"payload":${recordText('e')}}}}`,
      recordText('f'),
    ];

    expect(await told(lines, { recordPath: ['log', 'the record'] })).toEqual({
      ...nothing,
      records: ['a record-path', 'b record-path', 'c record-path', 'd record-path', 'e record-path', 'f'],
    });
  });

  it('goes into what looks like a record', async () => {
    const line = `{"type":"t","id":"outer","data":${recordText('inner')}}`;

    expect(await told(line, { recordPath: ['data'] })).toEqual({ ...nothing, records: ['inner record-path'] });
  });

  it('says where nothing is', async () => {
    const lines = [`{"schema":null,"payload":${recordText('a')}}`, '{"log":{"x":1}}', '{"log":{"x":"cut'];

    expect(await told(lines, { recordPath: ['log', 'x'] })).toEqual({
      ...nothing,
      malformed: [
        'nothing at "log.x"',
        'a number, not an object',
        'unexpected end after 16 bytes, expected the closing "',
      ],
    });
  });
});
