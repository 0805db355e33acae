import { describe, expect, it } from 'vitest';
import { splunkExport } from '../../../src/input/envelopes/splunk-export.ts';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const text = (id: string): string => JSON.stringify(recordText(id));
const row = (id: string, more = ''): string => `{"preview":false,"offset":7${more},"result":{"_raw":${text(id)}}}`;
const flawOf = (marks: readonly string[]): string | undefined => splunkExport.atEnd?.(new Set(marks))?.code;

describe('a stream of rows', () => {
  it('has the record in the text of the event, and no Kafka offset', async () => {
    const found = await told([row('a'), row('b', ',"lastrow":true')]);

    expect(found.records).toEqual(['a splunk-export', 'b splunk-export']);
    expect(flawOf(found.marks)).toBeUndefined();
  });

  it('may end with a line of its own', async () => {
    const found = await told([row('a'), '{"preview":false,"lastrow":true}']);

    expect(found).toMatchObject({ records: ['a splunk-export'], noise: ['1 search-end'], malformed: [] });
    expect(flawOf(found.marks)).toBeUndefined();
  });

  it('is incomplete without a last row, and its rows count all the same', async () => {
    const found = await told([row('a'), row('b')]);

    expect(found.records).toEqual(['a splunk-export', 'b splunk-export']);
    expect(flawOf(found.marks)).toBe('splunk-incomplete');
  });

  it('is incomplete when all that came were provisional rows', async () => {
    const found = await told(row('a').replace('false', 'true'));

    expect(found).toMatchObject({ records: [], noise: ['1 preview-row'] });
    expect(flawOf(found.marks)).toBe('splunk-incomplete');
  });

  it('is not ended by the last row of a preview', async () => {
    const found = await told(row('a', ',"lastrow":true').replace('false', 'true'));

    expect(flawOf(found.marks)).toBe('splunk-incomplete');
  });

  it('has messages that are no records', async () => {
    const found = await told(['{"messages":[{"type":"WARN","text":"slow"}]}', '{"preview":false,"lastrow":true}']);

    expect(found).toMatchObject({ records: [], malformed: [], noise: ['1 search-message', '1 search-end'] });
    expect(flawOf(found.marks)).toBeUndefined();
  });

  it('may have several texts in a row', async () => {
    const line = `{"preview":false,"lastrow":true,"result":{"_raw":[${text('a')},${text('b')}]}}`;

    expect(await told(line)).toMatchObject({ records: ['a splunk-export', 'b splunk-export'], malformed: [] });
  });

  it('may have a time before the record', async () => {
    const line = `{"preview":false,"lastrow":true,"result":{"_raw":${JSON.stringify(`Jan  2 03:04:05 h ${recordText('a')}`)}}}`;

    expect(await told(line)).toMatchObject({ records: ['a splunk-export'], malformed: [] });
  });

  it.each([
    ['{"preview":false,"result":{"id":"a"}}', 'a row of a search without the text of its event ("_raw")'],
    ['{"preview":false,"result":{"_raw":"stopped"}}', '"result._raw" holds no JSON'],
    ['{"preview":false,"result":{"_raw":["stopped"]}}', 'a text that holds no JSON'],
    ['{"preview":false,"result":{"_raw":"{\\"a\\":1}"}}', 'an object without a string "type" or "specversion"'],
  ])('%s holds no record', async (line, detail) => {
    expect(await told(line)).toMatchObject({ records: [], malformed: [detail] });
  });
});

describe('an object of results', () => {
  it('has records in its list, and needs no last row', async () => {
    const line = `{"preview":false,"init_offset":0,"messages":[],"results":[{"_raw":${text('a')}},{"_raw":${text('b')}}]}`;
    const found = await told(line);

    expect(found).toEqual({ ...nothing, records: ['a splunk-export', 'b splunk-export'] });
    expect(flawOf(found.marks)).toBeUndefined();
  });

  it('may be empty, or provisional', async () => {
    expect(await told('{"preview":false,"results":[]}')).toEqual({ ...nothing, noise: ['1 search-end'] });
    expect(await told(`{"preview":true,"results":[{"_raw":${text('a')}}]}`)).toMatchObject({
      records: [],
      noise: ['1 preview-row'],
    });
  });
});
