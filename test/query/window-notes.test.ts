import { describe, expect, it } from 'vitest';
import { watchWindow } from '../../src/query/window-notes.ts';
import { parseInstant } from '../../src/record/time.ts';
import { recordOf } from '../helpers/records.ts';

const from = parseInstant('2026-05-01T10:00:00Z');

function notesAfter(times: readonly unknown[]) {
  const watcher = watchWindow(from && { from });
  for (const time of times) watcher?.see(recordOf({ time }), false);
  return watcher?.end();
}

describe('a window that begins after the newest record', () => {
  it('is named, with the newest time in any order and the way out', () => {
    expect(notesAfter(['2026-03-01T00:00:00Z', '2026-05-01T11:59:59.9+02:00', null, '2026-04-01T00:00:00Z'])).toEqual([
      {
        code: 'window-after-newest',
        severity: 'warning',
        message: 'the window begins at 2026-05-01T10:00:00Z, after the newest record (2026-05-01T09:59:59.9Z)',
        hint: 'try --now last, which counts from the newest record',
      },
    ]);
  });

  it.each([
    ['a record stands at its beginning', ['2026-05-01T10:00:00Z']],
    ['no record has a time', [null, 'soon']],
    ['there is no record', []],
  ])('is not mentioned when %s', (_, times) => {
    expect(notesAfter(times)).toEqual([]);
  });

  it('is not looked for without a beginning', () => {
    expect(watchWindow(undefined)).toBe(undefined);
    expect(watchWindow(from && { until: from })).toBe(undefined);
  });
});
