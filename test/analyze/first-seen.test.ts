import { describe, expect, test } from 'vitest';
import { type FirstSeen, firstSeenFold } from '../../src/analyze/first-seen.ts';
import { groupOfOne } from '../../src/analyze/grouping.ts';
import type { Operand } from '../../src/query/expr.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { instantOf } from '../../src/record/time.ts';
import { recordOf } from '../helpers/records.ts';

const noon = Date.UTC(2026, 4, 1, 12) / 1000;
const until = instantOf(noon);

describe('first-seen', () => {
  test('a tuple is new when no record before the baseline’s end has it', () => {
    const found = firstSeen(
      ['principal', 'ip'],
      [
        event('e1', -1, { who: 'u-1', ips: ['192.0.2.1'] }),
        event('e2', 0, { who: 'u-1', ips: ['192.0.2.2'] }),
        event('e3', 1, { who: 'u-1', ips: ['192.0.2.1'] }),
        event('e4', 2, { who: 'u-1', ips: ['192.0.2.2'], granted: false }),
      ],
    );

    expect(found.rows.map(({ tuple, first, count, failed }) => [...tuple, first.id, count, failed])).toEqual([
      ['u-1', '192.0.2.2', 'e2', 2, 1],
    ]);
    expect(found.baseline).toMatchObject({ records: 1, distinct: 1 });
    expect(found.since.records).toBe(3);
  });

  test('the end belongs to what comes after it, to the nanosecond', () => {
    const times = ['11:59:59.999999999', '12:00:00', '12:00:00.000000001'];
    const records = times.map((time, i) => event(`e${i}`, `2026-05-01T${time}Z`, { who: `u-${i}` }));

    expect(idsIn(firstSeen(['principal'], records))).toEqual(['e1', 'e2']);
  });

  test('each member of a list is a value of its own, counted once a record', () => {
    const { rows } = firstSeen(
      ['ips'],
      [
        event('e1', -1, { who: 'u-1', ips: ['192.0.2.1'] }),
        event('e2', 1, { who: 'u-1', ips: ['192.0.2.1', '192.0.2.3', '192.0.2.2', '192.0.2.3'] }),
      ],
    );

    expect(rows.map(({ tuple, count }) => [...tuple, count])).toEqual([
      ['192.0.2.2', 1],
      ['192.0.2.3', 1],
    ]);
  });

  test('a value that a raw list holds twice counts once', () => {
    const fold = firstSeenFold({ key: [{ kind: 'path', path: ['data', 'tags'] }], until, what: 'data.tags' });
    fold.push([recordOf({ type: 't', time: until.text, data: { tags: ['a', 'b', 'a'] } })]);

    expect(fold.end().rows.map(({ tuple, count }) => [...tuple, count])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  test('what is missing is a value of its own', () => {
    const records = [event('e1', -1, { who: 'u-1', ips: ['192.0.2.1'] }), event('e2', 1, { who: 'u-1' })];

    expect(firstSeen(['ip'], records).rows.map(({ tuple }) => tuple)).toEqual([[undefined]]);
  });

  test('records without a usable time are neither old nor new', () => {
    const found = firstSeen(['principal'], [event('e1', 'no time', { who: 'u-1' }), event('e2', 1, { who: 'u-1' })]);

    expect(found.withoutTime).toBe(1);
    expect(idsIn(found)).toEqual(['e2']);
  });

  test('the first record of equal times is the first in the input, whatever order groups come in', () => {
    const records = [3, 1, 1, 2].map((second, i) => event(`e${i}`, second, { who: 'u-1' }));

    expect(idsIn(firstSeen(['principal'], records))).toEqual(['e1']);
    expect(idsIn(firstSeen(['principal'], records, [3, 2, 1, 0]))).toEqual(['e1']);
  });

  test('rather than part of the answer there is none', () => {
    const fold = firstSeenFold({ key: operands(['id']), until, what: 'id' }, 2);

    expect(() => fold.push([0, 1, 2].map((i) => event(`e${i}`, i, { who: 'u-1' })))).toThrow(
      /more than .* different id/,
    );
  });
});

function firstSeen(key: readonly string[], records: readonly AuditRecord[], order?: readonly number[]): FirstSeen {
  const fold = firstSeenFold({ key: operands(key), until, what: key.join() });
  if (order === undefined) fold.push(records);
  else {
    for (const i of order) {
      const record = records[i];
      if (record !== undefined) fold.grouping.add(groupOfOne(record, i, fold.grouping));
    }
  }
  return fold.end();
}

function operands(names: readonly string[]): readonly Operand[] {
  return names.map((name) => ({ kind: 'column', name }) as Operand);
}

function idsIn({ rows }: FirstSeen): readonly (string | undefined)[] {
  return rows.map(({ first }) => first.id);
}

interface Facts {
  readonly who: string;
  readonly ips?: readonly string[];
  readonly granted?: boolean;
}

/** So many seconds after noon, or at a time as written. */
function event(id: string, time: number | string, { who, ips, granted = true }: Facts): AuditRecord {
  return recordOf({
    id,
    type: 'io.confluent.kafka.server/authorization',
    time: typeof time === 'number' ? instantOf(noon + time).text : time,
    data: {
      methodName: 'mds.Authorize',
      authenticationInfo: { principal: `User:${who}` },
      authorizationInfo: { granted },
      ...(ips && { requestMetadata: { clientAddress: ips.map((ip) => ({ ip })) } }),
    },
  });
}
