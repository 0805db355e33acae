import { describe, expect, test } from 'vitest';
import { csv } from '../../../src/output/formats/csv.ts';
import { delimitedText } from '../../../src/output/formats/delimited.ts';
import { tsv } from '../../../src/output/formats/tsv.ts';
import { fieldOf } from '../../../src/query/fields.ts';
import type { Cell } from '../../../src/record/record.ts';
import { parseInstant } from '../../../src/record/time.ts';
import { utc } from '../../../src/record/zone.ts';
import { written } from '../../contracts/format.ts';
import { hostileRecord, hostileTexts } from '../../helpers/hostile.ts';
import { recordOf } from '../../helpers/records.ts';

const csvOf = (rows: readonly (readonly Cell[])[], raw = false) =>
  delimitedText(rows, { delimiter: ',', zone: utc, raw });
const tsvOf = (rows: readonly (readonly Cell[])[], raw = false) =>
  delimitedText(rows, { delimiter: '\t', zone: utc, raw });

describe('csv', () => {
  test('quotes as RFC 4180 says, one line a row', () => {
    const cells = [
      'plain',
      'a,b',
      'a "b"',
      ' blanks ',
      'a\nb',
      undefined,
      ['x', 'y'],
      parseInstant('2026-03-17T07:00:00Z'),
    ];

    expect(csvOf([cells, cells.map(() => undefined)])).toBe(
      'plain,"a,b","a ""b"""," blanks ",a\\u000ab,,"x,y",2026-03-17T07:00:00Z\n,,,,,,,\n'.replace(
        '" blanks "',
        ' blanks ',
      ),
    );
  });

  test('disarms every start of a formula', () => {
    const starts = ['=1', '+1', '-1', '@a', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠a', '=1,"2"'];

    expect(csvOf([starts])).toBe(`'=1,'+1,'-1,'@a,\\u0009=1,\\u000d=1,'＝1,'＋1,'－1,'＠a,"'=1,""2"""\n`);
    expect(csvOf([['=1', '@a']], true)).toBe('=1,@a\n');
  });

  test('numbers and flags are no formulas', () => {
    expect(csvOf([[-5, 0, 1.5, true, false]])).toBe('-5,0,1.5,true,false\n');
  });

  test('a lone empty cell is no blank line', () => {
    expect(csvOf([[undefined], ['a'], ['']])).toBe('""\na\n""\n');
  });

  test('nothing gives nothing', () => {
    expect(csvOf([])).toBe('');
  });

  test('has its header even without records', () => {
    const fields = ['time', 'data.request["odd, key"]'].map(fieldOf);

    expect(written(csv, [], { fields })).toBe('time,"data.request[""odd, key""]"\n');
    expect(written(csv, [], { fields, header: false })).toBe('');
  });

  test('hostile texts come back as what is shown of them', () => {
    const fields = ['principal', 'message', 'line'].map(fieldOf);
    const records = hostileTexts.map(([, text]) => hostileRecord(text, ''));

    const rows = readCsv(written(csv, records, { fields, header: false, csvRaw: true }));

    expect(rows.map((row) => row.length)).toEqual(records.map(() => 3));
    expect(rows.map(([, message]) => message)[hostileTexts.findIndex(([name]) => name === 'a leading quote')]).toBe(
      '"a,b',
    );
  });
});

describe('tsv', () => {
  test('never quotes: tabs and line breaks are escaped', () => {
    expect(tsvOf([['a\tb', 'a "b"', 'a,b', undefined, ['x', 'y'], -1]])).toBe('a\\u0009b\ta "b"\ta,b\t\tx,y\t-1\n');
  });

  test('disarms formulas, and quotes that would swallow what follows', () => {
    expect(tsvOf([['=1', '"a', '-1', 'a"']])).toBe(`'=1\t'"a\t'-1\ta"\n`);
    expect(tsvOf([['=1', '"a']], true)).toBe('=1\t"a\n');
  });

  test('every row has as many tabs as the header', () => {
    const records = hostileTexts.map(([, text]) => hostileRecord(text, ''));
    const lines = written(tsv, [...records, recordOf({ type: 'x', data: {} })])
      .split('\n')
      .slice(0, -1);

    expect(new Set(lines.map((line) => line.split('\t').length)).size).toBe(1);
  });
});

/** RFC 4180, as small as it can be: an independent reader. */
function readCsv(text: string): string[][] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const cells = line.match(/(?:"(?:[^"]|"")*"|[^,"]*)(?:,|$)/g) ?? [];
      return cells.slice(0, line.endsWith(',') ? undefined : -1).map((cell) =>
        cell
          .replace(/,$/, '')
          .replace(/^"([\s\S]*)"$/, '$1')
          .replaceAll('""', '"'),
      );
    });
}
