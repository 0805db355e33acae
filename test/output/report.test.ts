import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Report, type ReportOptions, renderReport, reportFormats } from '../../src/output/report.ts';
import { styles } from '../../src/output/style.ts';
import { parseInstant } from '../../src/record/time.ts';
import { loadZone, utc } from '../../src/record/zone.ts';
import { hostileTexts, unsafeCharacter } from '../helpers/hostile.ts';

const options: ReportOptions = { zone: utc, width: 60, wide: false, styles: styles(false), ascii: false };

const report: Report = {
  title: 'What happened',
  sections: [
    {
      name: 'events over time',
      note: 'buckets of 1h, UTC',
      columns: [
        { name: 'start', type: 'time' },
        { name: 'count', type: 'count' },
        { name: 'bar', type: 'bar' },
      ],
      rows: [
        [parseInstant('2026-03-17T07:00:00Z'), 41_208, 41_208],
        ['2026-03-17T08:00:00.5Z', 13_000, 13_000],
        [undefined, 1, 1],
        [parseInstant('2026-03-17T10:00:00Z'), 0, 0],
      ],
    },
    {
      name: 'method',
      columns: [
        { name: 'method', type: 'text' },
        { name: 'count', type: 'count' },
        { name: 'share', type: 'share' },
      ],
      rows: [
        ['mds.Authorize', 1_234_567, 0.953],
        ['=cmd()', 7, 1 / 3],
        [undefined, undefined, undefined],
      ],
    },
    { name: 'denials', note: 'who was refused', columns: [{ name: 'method', type: 'text' }], rows: [] },
  ],
};

describe('for people', () => {
  test('sections have titles, counts are grouped and stand to the right, bars fill the rest of the line', () => {
    expect(renderReport(report, 'table', options)).toBe(
      `What happened

events over time  buckets of 1h, UTC
start                    count
2026-03-17T07:00:00Z    41,208  ████████████████████████████
2026-03-17T08:00:00.5Z  13,000  ████████▉
-                            1  ▏
2026-03-17T10:00:00Z         0

method
method             count   share
mds.Authorize  1,234,567  95.3 %
=cmd()                 7  33.3 %
-                      -       -

denials  who was refused
none
`,
    );
  });

  test('text is the same as table', () => {
    expect(renderReport(report, 'text', options)).toBe(renderReport(report, 'table', options));
  });

  test('bars can be ASCII', () => {
    const lines = renderReport(report, 'table', { ...options, ascii: true, width: 46 }).split('\n');

    expect(lines.slice(4, 8)).toEqual([
      '2026-03-17T07:00:00Z    41,208  ##############',
      '2026-03-17T08:00:00.5Z  13,000  ####',
      '-                            1  #',
      '2026-03-17T10:00:00Z         0',
    ]);
  });

  test('bars have a fixed length where the line has none, and are left out where it is short', () => {
    const barsAt = (width: number | undefined) =>
      renderReport(report, 'table', { ...options, width }).match(/█+/)?.[0].length;

    expect([undefined, 400, 60, 38].map(barsAt)).toEqual([40, 40, 28, 8]);
    expect(renderReport(report, 'table', { ...options, width: 40, zone: utc })).not.toContain('█'.repeat(9));
  });

  test('headings of a section or of all can be left out', () => {
    const facts = {
      sections: [{ name: '', header: false, columns: report.sections[1]?.columns ?? [], rows: [['a', 1, 0]] }],
    };

    expect(renderReport(facts, 'table', options)).toBe('a  1  0.0 %\n');
    expect(renderReport(report, 'table', { ...options, header: false })).not.toContain('count');
  });

  test('a note that does not fit beside its title stands below it, cut to the line', () => {
    const note = 'a note that goes on and on until it does not fit any more';
    const long = {
      sections: [{ name: 'section', note, columns: [{ name: 'a', type: 'text' } as const], rows: [['x']] }],
    };

    expect(
      renderReport(long, 'table', { ...options, width: 40 })
        .split('\n')
        .slice(0, 2),
    ).toEqual(['section', 'a note that goes on and on until it doe…']);
  });

  test('times are shown in the zone', async () => {
    const vienna = (await loadZone('Europe/Vienna')) ?? utc;

    expect(renderReport(report, 'table', { ...options, zone: vienna })).toContain('2026-03-17T09:00:00.5+01:00');
  });

  test('titles, headings, bars and absent cells have their colours', () => {
    const paint = styles(true);
    const lines = renderReport(report, 'table', { ...options, styles: paint }).split('\n');

    expect(lines[0]).toBe(paint.header('What happened'));
    expect(lines[2]).toBe(`${paint.header('events over time')}  ${paint.dim('buckets of 1h, UTC')}`);
    expect(lines[4]).toContain(paint.accent('█'.repeat(28)));
    expect(lines[6]).toContain(paint.dim('-'));
  });
});

test('csv has one header for all sections, plain numbers and no bars', () => {
  expect(renderReport(report, 'csv', options)).toBe(
    `section,start,count,method,share
events over time,2026-03-17T07:00:00Z,41208,,
events over time,2026-03-17T08:00:00.5Z,13000,,
events over time,,1,,
events over time,2026-03-17T10:00:00Z,0,,
method,,1234567,mds.Authorize,0.953
method,,7,'=cmd(),0.333333
method,,,,
`,
  );
});

test('tsv is the same with tabs, and the header can be left out', () => {
  const csv = renderReport(report, 'csv', { ...options, header: false, csvRaw: true });

  expect(renderReport(report, 'tsv', { ...options, header: false, csvRaw: true })).toBe(csv.replaceAll(',', '\t'));
  expect(csv.split('\n')).toHaveLength(8);
});

test('md has a heading and a table for each section', () => {
  expect(renderReport(report, 'md', options)).toBe(
    `# What happened

## events over time

buckets of 1h, UTC

| start | count |
| --- | ---: |
| 2026-03-17T07:00:00Z | 41,208 |
| 2026-03-17T08:00:00.5Z | 13,000 |
| - | 1 |
| 2026-03-17T10:00:00Z | 0 |

## method

| method | count | share |
| --- | ---: | ---: |
| mds.Authorize | 1,234,567 | 95.3 % |
| =cmd() | 7 | 33.3 % |
| - | - | - |

## denials

who was refused

none
`,
  );
});

test('ndjson has one object a row with the keys of its section', () => {
  const lines = renderReport(report, 'ndjson', options).split('\n').slice(0, -1);

  expect(lines.map((line) => JSON.parse(line)).slice(1, 6)).toEqual([
    { section: 'events over time', start: '2026-03-17T08:00:00.5Z', count: 13_000 },
    { section: 'events over time', start: null, count: 1 },
    { section: 'events over time', start: '2026-03-17T10:00:00Z', count: 0 },
    { section: 'method', method: 'mds.Authorize', count: 1_234_567, share: 0.953 },
    { section: 'method', method: '=cmd()', count: 7, share: 0.333333 },
  ]);
});

test('a report that is nothing but rows has no section column', () => {
  const rows: Report = {
    sections: [
      {
        name: '',
        columns: [
          { name: 'key', type: 'text' },
          { name: 'count', type: 'count' },
        ],
        rows: [['a', 1]],
      },
    ],
  };

  expect(renderReport(rows, 'csv', options)).toBe('key,count\na,1\n');
  expect(renderReport(rows, 'ndjson', options)).toBe('{"key":"a","count":1}\n');
  expect(renderReport(rows, 'md', options)).toBe('| key | count |\n| --- | ---: |\n| a | 1 |\n');
  expect(renderReport(rows, 'table', options)).toBe('key  count\na        1\n');
});

test.for(reportFormats)('%s lets nothing hostile through, and its lines fit', (format) => {
  for (const [, text] of hostileTexts) {
    const hostile: Report = {
      title: text,
      sections: [
        {
          name: text,
          note: text,
          columns: [
            { name: text, type: 'text' },
            { name: 'n', type: 'count' },
            { name: 'b', type: 'bar' },
          ],
          rows: [
            [text, 1, 1],
            [[text, text], 2, 2],
          ],
        },
      ],
    };

    for (const width of [1, 40, 80, 200]) {
      const output = renderReport(hostile, format, { ...options, width });
      expect(unsafeCharacter.exec(output.replaceAll(format === 'tsv' ? /[\n\t]/g : '\n', ''))).toBeNull();
      if (format === 'table') {
        expect(Math.max(...output.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(
          Math.max(40, width),
        );
      }
    }
  }
});
