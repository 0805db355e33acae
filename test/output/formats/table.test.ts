import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { FormatOptions } from '../../../src/output/formats/index.ts';
import { table } from '../../../src/output/formats/table.ts';
import { memorySink } from '../../../src/output/sinks/memory.ts';
import { styles } from '../../../src/output/style.ts';
import { fieldOf } from '../../../src/query/fields.ts';
import { listedColumns } from '../../../src/record/columns/index.ts';
import type { AuditRecord, JsonObject } from '../../../src/record/record.ts';
import { loadZone } from '../../../src/record/zone.ts';
import { plainOptions, written } from '../../contracts/format.ts';
import { hostileRecord, hostileTexts } from '../../helpers/hostile.ts';
import { recordOf } from '../../helpers/records.ts';

const fieldsOf = (names: string) => names.split(',').map(fieldOf);

const show = (records: readonly AuditRecord[], names: string, options: Partial<FormatOptions> = {}): string[] =>
  written(table, records, { fields: fieldsOf(names), ...options })
    .split('\n')
    .slice(0, -1);

const call = (method: string, more: JsonObject = {}): AuditRecord =>
  recordOf({
    type: 'io.confluent.cloud/request',
    time: '2026-03-17T07:00:00.123456789Z',
    data: {
      methodName: method,
      resourceName: 'crn://confluent.cloud/organization=o-1/environment=env-1/statement=orders-4711',
      result: { status: 'SUCCESS' },
      ...more,
    },
  });

test('columns are as wide as their widest text, absent cells are -, lines end without blanks', () => {
  const records = [call('CreateStatement'), recordOf({ type: 'x', data: {} }), call('日本')];

  expect(show(records, 'method,result,time,principal')).toEqual([
    'method           result   time                            principal',
    'CreateStatement  SUCCESS  2026-03-17T07:00:00.123456789Z  -',
    '-                UNKNOWN  -                               -',
    '日本             SUCCESS  2026-03-17T07:00:00.123456789Z  -',
  ]);
});

test('numbers stand to the right, with their heading', () => {
  const records = [7, 41_208].map((line) => recordOf({ type: 'x', data: {} }, { file: 'f', line }));

  expect(show(records, 'line,file')).toEqual([' line  file', '    7  f', '41208  f']);
});

test('nothing is written for no records', () => {
  expect(written(table, [])).toBe('');
});

test('the header can be left out', () => {
  expect(show([call('A')], 'method,result', { header: false })).toEqual(['A  SUCCESS']);
});

test('-- stands between groups of neighbours', () => {
  const sink = memorySink();
  const writer = table.create({ ...plainOptions, fields: fieldsOf('method') }, sink);

  writer.write([call('A')]);
  writer.gap();
  writer.write([call('B')]);
  writer.end();

  expect(sink.text()).toBe('method\nA\n--\nB\n');
});

describe('when the line is short', () => {
  test('times lose their fraction first', () => {
    expect(show([call('CreateStatement')], 'time,method,crn', { width: 125 })).toEqual([
      'time                          method           crn',
      '2026-03-17T07:00:00.1234567Z  CreateStatement  crn://confluent.cloud/organization=o-1/environment=env-1/statement=orders-4711',
    ]);
  });

  test('then the widest texts are cut, CRNs before their last segment, down to what still tells names apart', () => {
    expect(show([call('CreateStatement')], 'time,method,crn', { width: 80 })).toEqual([
      'time                  method           crn',
      '2026-03-17T07:00:00Z  CreateStatement  crn://confluent.cl…/statement=orders-4711',
    ]);
    expect(show([call('CreateStatement')], 'time,method,crn,result', { width: 50 })).toEqual([
      'time                  method     crn       result',
      '2026-03-17T07:00:00Z  Crea…ment  orde…711  SUCCESS',
    ]);
  });

  test('at last the columns that do not fit are left out, and … says so', () => {
    expect(show([call('CreateStatement')], 'time,method,crn,result', { width: 40 })).toEqual([
      'time                  method           …',
      '2026-03-17T07:00:00Z  CreateStatement  …',
    ]);
  });

  test('sentences and addresses keep their beginning', () => {
    const record = call('A', {
      requestMetadata: { clientAddress: [{ ip: '2001:db8:1234:5678:9abc:def0:1234:5678' }] },
      result: { status: 'FAILURE', message: 'the statement could not be created in this region' },
    });

    expect(show([record], 'ip,message', { width: 40 })).toEqual([
      'ip                   message',
      '2001:db8:1234:5678…  the statement coul…',
    ]);
  });

  test('wide cuts nothing', () => {
    const [, line = ''] = show([call('CreateStatement')], 'time,method,crn', { width: 40, wide: true });

    expect(line).toBe(
      '2026-03-17T07:00:00.123456789Z  CreateStatement  crn://confluent.cloud/organization=o-1/environment=env-1/statement=orders-4711',
    );
  });

  test('a time in a zone keeps its offset', async () => {
    const zone = await loadZone('Europe/Vienna');

    expect(show([call('CreateStatement')], 'time,crn', { width: 40, ...(zone && { zone }) })[1]).toBe(
      '2026-03-17T08:00:00+01:00  …orders-4711',
    );
  });
});

const wideTable = (width: number, records: readonly AuditRecord[]): string =>
  written(table, records, { fields: fieldsOf('time,line,method,principal,crn,message,ips,ok,result'), width });

test('no line is longer than the terminal, from 40 cells on', () => {
  const records = hostileTexts.map(([, text], i) => hostileRecord(text, String(i)));

  for (let width = 40; width <= 400; width += width < 130 ? 3 : 27) {
    const lines = wideTable(width, records).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    expect(lines).toHaveLength(records.length + 2);
  }
});

test('narrower terminals are treated as one of 40 cells', () => {
  const records = hostileTexts.slice(-12).map(([, text], i) => hostileRecord(text, String(i)));
  const expected = wideTable(40, records);

  for (let width = 1; width < 40; width++) expect(wideTable(width, records)).toBe(expected);
});

test('every column of the normalised view at once still gives lines that fit', () => {
  const records = hostileTexts.map(([, text], i) => hostileRecord(text, String(i)));
  const fields = listedColumns.map(({ name }) => fieldOf(name));

  for (const width of [40, 80, 160, 400]) {
    const lines = written(table, records, { fields, width }).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
  }
});

describe('after the first 1,000 records', () => {
  const many = Array.from({ length: 1000 }, () => call('A'));

  test('a longer text pushes its own line to the right where there is room', () => {
    const lines = show([...many, call('CreateStatement'), call('B')], 'method,result', { width: 40 });

    expect(lines.slice(-3)).toEqual(['A       SUCCESS', 'CreateStatement  SUCCESS', 'B       SUCCESS']);
  });

  test('and is cut where there is none', () => {
    const lines = show([...many, call(`Create${'x'.repeat(50)}Statement`)], 'method,result', { width: 40 });

    expect(lines.at(-1)).toBe(`Create${'x'.repeat(9)}…${'x'.repeat(6)}Statement  SUCCESS`);
  });

  test('rows are not held back any more', () => {
    const sink = memorySink();
    const writer = table.create({ ...plainOptions, fields: fieldsOf('method') }, sink);

    writer.write(many.slice(1));
    expect(sink.bytesWritten).toBe(0);
    writer.write([call('A')]);
    expect(sink.text().split('\n')).toHaveLength(1002);
  });

  test('nor are they when the first ones hold megabytes', () => {
    const sink = memorySink();
    const writer = table.create({ ...plainOptions, fields: fieldsOf('method'), width: 80 }, sink);

    for (let i = 0; i < 5; i++) writer.write([call('x'.repeat(1 << 20))]);

    expect(sink.bytesWritten).toBeGreaterThan(0);
  });
});

test('one huge text does not pad every row to its length', () => {
  const records = [call('A'), call('x'.repeat(1 << 20)), call('B')];

  expect(written(table, records, { fields: fieldsOf('method,result') }).length).toBeLessThan((1 << 20) + 2000);
});

test('colour marks the header, results and absent cells', () => {
  const paint = styles(true);

  expect(show([call('A'), call('B', { result: { status: 'NOPE' } })], 'result,email', { styles: paint })).toEqual([
    `${paint.header('result')}   ${paint.header('email')}`,
    `${paint.ok('SUCCESS')}  ${paint.dim('-')}`,
    `${paint.failed('FAILURE')}  ${paint.dim('-')}`,
  ]);
});
