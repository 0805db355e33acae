import { describe, expect, test } from 'vitest';
import { isFoldable, sessionsOf, timelineOf } from '../../src/analyze/timeline.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { parseInstant } from '../../src/record/time.ts';
import { recordOf } from '../helpers/records.ts';

interface Deed {
  readonly time?: string;
  readonly who?: string;
  readonly resource?: string;
}

function request(method: string, { time, who = 'u-1' }: Deed = {}, status = 'SUCCESS'): AuditRecord {
  return recordOf({
    id: method,
    type: 'io.confluent.cloud/request',
    ...(time && { time }),
    data: { methodName: method, authenticationInfo: { principal: `User:${who}` }, result: { status } },
  });
}

interface Check extends Deed {
  readonly granted?: boolean;
  readonly operation?: string;
  readonly method?: string;
  readonly more?: object;
}

function check({
  time,
  who = 'u-1',
  resource = 'orders',
  granted = true,
  operation = 'Describe',
  method = 'mds.Authorize',
  more = {},
}: Check = {}): AuditRecord {
  const authorizationInfo = { granted, operation, resourceType: 'Topic', resourceName: resource };
  return recordOf({
    id: `${who} ${operation}`,
    type: 'io.confluent.cloud/authorization',
    ...(time && { time }),
    data: { methodName: method, authenticationInfo: { principal: `User:${who}` }, authorizationInfo, ...more },
  });
}

/** `10:00:00.5` on an arbitrary day. */
const at = (clock: string, day = '2026-05-01'): string => `${day}T${clock}Z`;

const gap = { second: 1800, nano: 0 };
const dayOf = (second: number): number => Math.floor(second / 86_400);

/** `session delta count: id`, one text a line. */
function lines(records: readonly AuditRecord[], unfold = false): readonly string[] {
  return [...timelineOf(records, { gap, unfold, dayOf }, (record) => record)].map(
    ({ record, session, delta, count, span }) => {
      const since = delta === undefined ? '-' : `+${delta.second}.${delta.nano}`;
      const folded = count === 1 ? '' : ` ×${count} in ${span.second}.${span.nano}`;
      return `${session ?? '-'} ${since} ${String(record.value.id)}${folded}`;
    },
  );
}

describe('what is folded', () => {
  test('a granted check that asked only to read', () => {
    expect(isFoldable(check())).toBe(true);
    expect(isFoldable(check({ operation: 'AccessMetrics' }))).toBe(true);
  });

  test.each([
    ['a check that was refused', check({ granted: false })],
    ['a check that asked to change something', check({ operation: 'Alter' })],
    ['a check that asked for what nobody knows', check({ operation: 'Viewpoint' })],
    ['a check made by a call that changes something', check({ method: 'kafka.DeleteTopics' })],
    ['a check recorded as a modification', check({ more: { request: { accessType: 'MODIFICATION' } } })],
    ['a granted check of which the record says that it failed', check({ more: { result: { status: 'FAILURE' } } })],
    ['a request', request('GetKafkaClusters')],
    ['a sign-in', recordOf({ id: 'a', type: 'io.confluent.kafka.server/authentication', data: {} })],
  ])('never %s', (_, record) => {
    expect(isFoldable(record)).toBe(false);
  });
});

describe('lines', () => {
  test('runs of checks are one line at their first record, by principal', () => {
    expect(
      lines([
        check({ time: at('10:00:00') }),
        check({ time: at('10:00:01'), who: 'u-2' }),
        check({ time: at('10:00:02.5') }),
        request('GetStatement', { time: at('10:00:04') }),
      ]),
    ).toEqual(['1 - u-1 Describe ×2 in 2.500000000', '1 +1.0 u-2 Describe', '1 +3.0 GetStatement']);
  });

  test('a run never passes over another line', () => {
    expect(
      lines([
        check({ time: at('10:00:00') }),
        request('DeleteStatement', { time: at('10:00:01'), who: 'u-2' }),
        check({ time: at('10:00:02') }),
        check({ time: at('10:00:03') }),
      ]),
    ).toEqual(['1 - u-1 Describe', '1 +1.0 DeleteStatement', '1 +1.0 u-1 Describe ×2 in 1.0']);
  });

  test('a run ends with the session and with the day', () => {
    expect(
      lines([
        check({ time: at('23:00:00') }),
        check({ time: at('23:30:00.000000001') }),
        check({ time: at('23:59:59') }),
        check({ time: at('00:00:00', '2026-05-02') }),
      ]),
    ).toEqual(['1 - u-1 Describe', '2 +1800.1 u-1 Describe ×2 in 1798.999999999', '2 +1799.999999999 u-1 Describe']);
  });

  test('a pause of exactly the gap does not begin a session', () => {
    expect(lines([request('A', { time: at('10:00:00') }), request('B', { time: at('10:30:00') })])).toEqual([
      '1 - A',
      '1 +1800.0 B',
    ]);
  });

  test('unfolded, every record is a line', () => {
    expect(lines([check({ time: at('10:00:00') }), check({ time: at('10:00:00') })], true)).toEqual([
      '1 - u-1 Describe',
      '1 +0.0 u-1 Describe',
    ]);
  });

  test('records without a time have neither session nor delta, and are not folded', () => {
    expect(lines([check({ time: at('10:00:00') }), check(), check()])).toEqual([
      '1 - u-1 Describe',
      '- - u-1 Describe',
      '- - u-1 Describe',
    ]);
  });

  test('checks of nobody are not those of one called null', () => {
    const nobody = recordOf({
      ...check({ time: at('10:00:00') }).value,
      data: { authorizationInfo: { granted: true } },
    });
    expect(lines([nobody, check({ time: at('10:00:01'), who: 'null' })])).toHaveLength(2);
  });

  test('a run tells what all of its records have in common', () => {
    const records = [check({ time: at('10:00:00') }), check({ time: at('10:00:01'), resource: 'payments' })];
    const [line] = timelineOf(records, { gap, unfold: false, dayOf }, (record) => record);

    expect(line?.common).toEqual(
      new Map([
        ['method', 'mds.Authorize'],
        ['ip', undefined],
      ]),
    );
  });

  test('more principals at once than are held open give more lines, and lose no record', () => {
    const records = Array.from({ length: 2500 }, (_, i) =>
      check({ time: at(`10:00:00.${String(i).padStart(4, '0')}`), who: `u-${i % 1250}` }),
    );
    const shown = [...timelineOf(records, { gap, unfold: false, dayOf }, (record) => record)];

    expect(shown.reduce((sum, { count }) => sum + count, 0)).toBe(2500);
    expect(shown.every(({ time }, i) => i === 0 || (time?.nano ?? 0) > (shown[i - 1]?.time?.nano ?? 0))).toBe(true);
  });
});

test('sessions tell how long they are, and how many take part', () => {
  const records = [
    request('A', { time: at('10:00:00'), who: 'u-1' }),
    request('B', { time: at('10:20:00.5'), who: 'u-2' }),
    request('C', { time: at('10:50:00.5'), who: 'u-1' }),
    request('D', { time: at('11:20:00.500000001'), who: 'u-1' }),
    request('without a time'),
  ];

  expect([...sessionsOf(records, gap)]).toEqual([
    {
      number: 1,
      first: parseInstant(at('10:00:00')),
      last: parseInstant(at('10:50:00.5')),
      records: 3,
      principals: 2,
      addresses: 0,
    },
    {
      number: 2,
      first: parseInstant(at('11:20:00.500000001')),
      last: parseInstant(at('11:20:00.500000001')),
      records: 1,
      principals: 1,
      addresses: 0,
    },
  ]);
});
