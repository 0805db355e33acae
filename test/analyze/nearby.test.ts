import { describe, expect, it } from 'vitest';
import { nearbyFold } from '../../src/analyze/nearby.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { parseInstant } from '../../src/record/time.ts';
import { recordOf } from '../helpers/records.ts';

function event(id: string, time: string | undefined): AuditRecord {
  return recordOf({ id, type: 't', ...(time !== undefined && { time }), data: {} });
}

const anchor = parseInstant('2026-05-01T10:00:00.123Z');

function nearby(records: readonly AuditRecord[], limits: { mostRows?: number; mostCharacters?: number } = {}) {
  const fold = nearbyFold({
    anchor,
    isAnchor: (record) => cellOf(record, 'id') === 'anchor',
    cellsOf: (record) => [cellOf(record, 'id'), ['a', 'list']],
    ...limits,
  });
  fold.push(records.slice(0, 2));
  fold.push(records.slice(2));
  return fold.end().map(({ cells: [id], delta, isAnchor }) => [id, delta && [delta.second, delta.nano], isAnchor]);
}

describe('records near an event', () => {
  it('come in the order of their nanoseconds, equal ones as they stand in the input, those without a time last', () => {
    const rows = nearby([
      event('none', undefined),
      event('later', '2026-05-01T10:00:01Z'),
      event('nine', '2026-05-01T10:00:00.123000001Z'),
      event('six', '2026-05-01T10:00:00.122999Z'),
      event('same', '2026-05-01T12:00:00.123+02:00'),
      event('anchor', '2026-05-01T10:00:00.123Z'),
      event('sentinel', '+999999999-12-31T23:59:59.999999999-18:00'),
      event('before', '2026-05-01T09:59:59.999999999Z'),
    ]);

    expect(rows).toEqual([
      ['before', [-1, 876_999_999], false],
      ['six', [0, -1000], false],
      ['same', [0, 0], false],
      ['anchor', [0, 0], true],
      ['nine', [0, 1], false],
      ['later', [1, -123_000_000], false],
      ['none', undefined, false],
      ['sentinel', undefined, false],
    ]);
  });

  it('are refused when they are too many or too long, never cut', () => {
    const two = [event('a', undefined), event('bb', undefined)];

    expect(nearby(two, { mostRows: 2, mostCharacters: 13 })).toHaveLength(2);
    expect(() => nearby(two, { mostRows: 1 })).toThrow('more than 1 records');
    expect(() => nearby(two, { mostCharacters: 12 })).toThrow('do not fit in memory');
  });
});
