import { describe, expect, test } from 'vitest';
import { csvPairs } from '../../src/cli/csv-pairs.ts';
import { labelCell, labelledCell, labelsFrom, type Network } from '../../src/output/labels.ts';
import { parseAddressRange } from '../../src/record/address.ts';

describe('names and networks', () => {
  const labels = labelsFrom({
    names: new Map([['u-1', 'Ann']]),
    networks: [
      network('0.0.0.0/0', 'anywhere'),
      network('192.0.2.44', 'desk'),
      network('192.0.2.0/24', 'office'),
      network('2001:db8::/32', 'lab'),
    ],
  });

  test('the narrowest network names an address, in every spelling of it', () => {
    expect(
      [
        '192.0.2.44',
        '192.0.2.45',
        '203.0.113.1',
        '::ffff:192.0.2.44',
        '2001:DB8:0::1',
        '2001:db9::1',
        'no address',
      ].map((address) => labels.of('ip', address)),
    ).toEqual(['desk', 'office', 'anywhere', 'desk', 'lab', undefined, undefined]);
  });

  test('stand beside the values of columns that hold principals or addresses', () => {
    expect(labelledCell(labels, 'principal', 'u-1')).toBe('u-1 (Ann)');
    expect(labelledCell(labels, 'principal', 'u-2')).toBe('u-2');
    expect(labelledCell(labels, 'resource', 'u-1')).toBe('u-1');
    expect(labelledCell(labels, 'ips', ['192.0.2.1', '2001:db9::1'])).toEqual(['192.0.2.1 (office)', '2001:db9::1']);
    expect(labelledCell(undefined, 'principal', 'u-1')).toBe('u-1');
  });

  test('of a list each name is told once', () => {
    expect(labelCell(labels, 'ips', ['192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db9::1'])).toEqual([
      'office',
      'lab',
    ]);
  });

  test('only what a file was given for has a column', () => {
    const named = labelsFrom({ names: new Map() });

    expect([named.columnFor('principal'), named.columnFor('ip'), named.columnFor('constructor')]).toEqual([
      'principalName',
      undefined,
      undefined,
    ]);
  });
});

describe('a file of two columns', () => {
  test('may quote cells, and have blank lines, remarks and any line ends', () => {
    const text = '\ufeffid,name\r\n# nobody\n\n u-1 , Ann Lee \r\n"u,2","Bea ""B""\nStone"\nu-3,""';

    expect(csvPairs(text)).toEqual([
      { first: 'id', second: 'name', line: 1 },
      { first: 'u-1', second: 'Ann Lee', line: 4 },
      { first: 'u,2', second: 'Bea "B"\nStone', line: 5 },
      { first: 'u-3', second: '', line: 7 },
    ]);
  });

  test.each([
    ['a,b\nc\n', 2, 'expected two columns, found 1'],
    ['a,b,c\n', 1, 'expected two columns, found 3'],
    ['"a\n\n",b\n"c,d\n', 4, 'a quote is not closed'],
    ['a,"b"c\n', 1, 'expected a comma or the end of the line behind a cell'],
    ['a,b"c"\n', 1, 'a quote inside a cell without quotes round it'],
  ])('%j is wrong in line %d', (text, line, trouble) => {
    expect(csvPairs(text)).toEqual({ trouble, line });
  });
});

function network(text: string, label: string): Network {
  const range = parseAddressRange(text);
  if (range === undefined) throw new Error(text);
  return { range, label };
}
