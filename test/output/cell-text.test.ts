import { expect, test } from 'vitest';
import { cellJson, cellText } from '../../src/output/cell-text.ts';
import type { Cell } from '../../src/record/record.ts';
import { parseInstant } from '../../src/record/time.ts';
import { loadZone, utc, type Zone } from '../../src/record/zone.ts';

const vienna = await zone('Europe/Vienna');
const kolkata = await zone('Asia/Kolkata');
const newYork = await zone('America/New_York');

test.for<[Cell, string | undefined, unknown]>([
  [undefined, undefined, null],
  [Number.POSITIVE_INFINITY, 'Infinity', 'Infinity'],
  ['', undefined, ''],
  ['a\nb', 'a\nb', 'a\nb'],
  [false, 'false', false],
  [0, '0', 0],
  [-1.5, '-1.5', -1.5],
  [[], undefined, []],
  [['a'], 'a', ['a']],
  [['a', 'b,c'], 'a,b,c', ['a', 'b,c']],
  [parseInstant('2026-03-17T07:00:00.120Z'), '2026-03-17T07:00:00.120Z', '2026-03-17T07:00:00.120Z'],
])('%j is %j as text and %j in JSON', ([cell, text, json]) => {
  expect(cellText(cell, utc)).toBe(text);
  expect(cellJson(cell, utc)).toEqual(json);
});

test.for([
  ['2026-03-17T23:30:00.120Z', vienna, '2026-03-18T00:30:00.120+01:00'],
  ['2026-07-17T23:30:00Z', vienna, '2026-07-18T01:30:00+02:00'],
  ['2026-03-29T00:59:59.999999999Z', vienna, '2026-03-29T01:59:59.999999999+01:00'],
  ['2026-03-29T01:00:00.000000001Z', vienna, '2026-03-29T03:00:00.000000001+02:00'],
  ['2026-03-17T20:00:00Z', kolkata, '2026-03-18T01:30:00+05:30'],
  ['2026-01-01T03:00:00.5Z', newYork, '2025-12-31T22:00:00.5-05:00'],
] as const)('%s is shown in the zone with its digits', ([time, in_, expected]) => {
  expect(cellText(parseInstant(time), in_)).toBe(expected);
  expect(parseInstant(expected)).toEqual(parseInstant(time));
});

test('an offset with seconds is shown in whole minutes and still names the instant', () => {
  const shown = cellText(parseInstant('1890-01-01T00:00:00Z'), vienna);

  expect(shown).toBe('1890-01-01T01:05:00+01:05');
});

async function zone(name: string): Promise<Zone> {
  const found = await loadZone(name);
  if (found === undefined) throw new Error(`no zone ${name}`);
  return found;
}
