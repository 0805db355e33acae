import { describe, expect, it } from 'vitest';
import { type HeatMap, heatMapText } from '../../src/output/heat-map.ts';
import { styles } from '../../src/output/style.ts';
import { displayWidth } from '../../src/output/width.ts';

const columns = ['00', '01', '02', '03', '04', '05', '06', '07'];
const map: HeatMap = {
  title: 'count by day',
  columns,
  rows: [
    { name: 'Mon', amounts: [0, 1, 2, 3, 4, 100, 50, undefined] },
    { name: 'Tue', amounts: [25, 26, 75, 76, 99, 0, 0, 0] },
  ],
  notes: ['a note'],
};
const plain = { styles: styles(false), ascii: false };

describe('a heat map', () => {
  it('draws shades by quarters of the largest amount, and tells them', () => {
    expect(heatMapText(map, { ...plain, width: 80 })).toBe(
      [
        'count by day',
        '    00 01 02 03 04 05 06 07',
        'Mon ·· ░░ ░░ ░░ ░░ ██ ▒▒',
        'Tue ░░ ▒▒ ▓▓ ██ ██ ·· ·· ··',
        '',
        '· none  ░ 1-25  ▒ 26-50  ▓ 51-75  █ 76-100',
        'blank: the clock skipped that hour',
        'a note',
        '',
      ].join('\n'),
    );
  });

  it('draws with ASCII characters where others cannot be shown', () => {
    expect(heatMapText(map, { ...plain, ascii: true, width: 80 })).toMatch(/^[\n -~]*$/);
  });

  it.each([80, 27, 26, 19, 18, 12])('fits %i cells', (width) => {
    const lines = heatMapText({ ...map, notes: [] }, { ...plain, width })
      .split('\n')
      .slice(1, 4);

    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines[2]?.replace(/[ ░▒▓█·]/g, '')).toBe('Tue');
  });

  it('breaks the line that tells the shades where it is too long', () => {
    const rows = [{ name: 'Mon', amounts: [6_000_000] }];
    const text = heatMapText({ ...map, rows, notes: [] }, { ...plain, ascii: true, width: 60 });

    expect(text.split('\n').slice(4)).toEqual([
      '. none  : 1-1,000,000  - 1,000,001-2,000,000',
      '= 2,000,001-3,000,000  + 3,000,001-4,000,000',
      '* 4,000,001-5,000,000  # 5,000,001-6,000,000',
      '',
    ]);
  });

  it('tells no shade that cannot occur', () => {
    const rows = [{ name: 'Mon', amounts: [2, 1] }];

    expect(heatMapText({ ...map, rows }, { ...plain, width: undefined })).toContain('\n· none  ▒ 1  █ 2\n');
    expect(heatMapText({ ...map, rows: [{ name: 'Mon', amounts: [0] }] }, { ...plain, width: 80 })).toContain(
      '\n· none\n',
    );
  });

  it('shows no control characters', () => {
    expect(heatMapText({ ...map, rows: [{ name: '\u001b[2J', amounts: [1] }] }, { ...plain, width: 80 })).not.toContain(
      '\u001b',
    );
  });
});
