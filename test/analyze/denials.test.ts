import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTick, burstsIn, type Ticks } from '../../src/analyze/denials/bursts.ts';
import { denialsFold, type Refusals } from '../../src/analyze/denials/denials.ts';
import { guessOf } from '../../src/analyze/denials/guesses.ts';
import { newPulse } from '../../src/analyze/denials/pulse.ts';
import { spanText } from '../../src/output/duration-text.ts';
import type { AuditRecord } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';

interface Refused {
  readonly at?: string | undefined;
  readonly who?: string | undefined;
  readonly ips?: readonly string[];
  readonly key?: string | undefined;
  readonly operation?: string | undefined;
  readonly resource?: string | undefined;
  readonly method?: string | undefined;
  readonly requestId?: string | undefined;
}

function recordIn(
  kind: string,
  data: object,
  { at, who, ips, key, resource, method, requestId }: Refused,
): AuditRecord {
  return recordOf({
    type: `io.confluent.kafka.server/${kind}`,
    ...(at !== undefined && { time: `2026-05-01T${at}Z` }),
    data: {
      ...(method !== undefined && { methodName: method }),
      ...(resource !== undefined && { resourceName: `crn://confluent.cloud/topic=${resource}` }),
      ...(requestId !== undefined && { requestMetadata: { requestId: [requestId] } }),
      authenticationInfo: { principal: who, metadata: { identifier: key } },
      clientAddress: ips?.map((ip) => ({ ip })),
      ...data,
    },
  });
}

function check(refused: Refused): AuditRecord {
  const { operation = 'Read' } = refused;
  return recordIn(
    'authorization',
    { authorizationInfo: { granted: false, operation, resourceType: 'Topic' } },
    refused,
  );
}

function signIn(refused: Refused): AuditRecord {
  return recordIn(
    'authentication',
    { result: { status: 'UNAUTHENTICATED' } },
    { method: 'kafka.Authentication', ...refused },
  );
}

function rowsOf(records: readonly AuditRecord[]): readonly Refusals[] {
  const fold = denialsFold();
  fold.push(records);
  return fold.end().rows;
}

function guesses(records: readonly AuditRecord[], requested: readonly string[] = []): string[] {
  return rowsOf(records).map((row) => {
    const { guess, rule } = guessOf(row, new Set(requested), spanText);
    return `${row.name ?? '-'} ${row.plane}: ${guess}: ${rule}`;
  });
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

const minutes = (i: number): string =>
  `${String(10 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00`;

describe('refusals', () => {
  test('stand in a row of their principal and in one of each address', () => {
    const fold = denialsFold();
    fold.push([check({ at: '10:00:00', who: 'User:u-1', ips: ['10.0.0.1', '10.0.0.2'], resource: 't', key: 'K' })]);
    fold.push([recordIn('request', { result: { status: '404 NOT_FOUND' } }, {}), signIn({ ips: ['10.0.0.1'] })]);
    const { rows, ...totals } = fold.end();

    expect(totals).toEqual({
      failures: 3,
      refusals: { authentication: 1, authorization: 1, request: 0 },
      withoutTime: 1,
      withoutAddress: 0,
    });
    expect(rows.map(({ by, name, plane, count }) => [by, name, plane, count])).toEqual([
      ['principal', undefined, 'authentication', 1],
      ['principal', 'u-1', 'authorization', 1],
      ['address', '10.0.0.1', 'authentication', 1],
      ['address', '10.0.0.1', 'authorization', 1],
      ['address', '10.0.0.2', 'authorization', 1],
    ]);
    expect(rows[1]).toMatchObject({
      operations: ['Topic:Read'],
      resources: ['t'],
      ips: ['10.0.0.1', '10.0.0.2'],
      principals: ['u-1'],
      credentials: ['K'],
    });
  });

  test('that are too many kinds are refused, not cut', () => {
    const fold = denialsFold(5);

    expect(() => fold.push(times(5, (i) => check({ who: `User:u-${i}` })))).toThrow('more than');
  });
});

describe('a guess', () => {
  test('of a key spray goes by address, for refused sign-ins name nobody', () => {
    const records = times(6, (i) =>
      signIn({ at: `10:00:0${i}`, who: 'None:UNKNOWN_USER', ips: ['192.0.2.1'], key: `K${i % 3}` }),
    );

    expect(guesses(records)).toEqual([
      'UNKNOWN_USER authentication: unclear: these refusals name nobody: see the addresses',
      '192.0.2.1 authentication: key spray: 6 refused sign-ins with 3 credentials from this address in 5.0 s',
    ]);
    expect(guesses(records.slice(0, 4))[1]).toBe(
      '192.0.2.1 authentication: unclear: no rule fits: 4 refused sign-ins of 1 operation from this address in 3.0 s',
    );
  });

  test('of a stale client needs one credential at a steady rate', () => {
    const stale = times(60, (i) =>
      signIn({ at: minutes(i * 4), who: 'None:UNKNOWN_USER', ips: ['192.0.2.1'], key: 'K' }),
    );
    const bunched = times(60, (i) =>
      signIn({ at: i === 0 ? '02:00:00' : `10:00:${String(i).padStart(2, '0')}`, ips: ['192.0.2.1'], key: 'K' }),
    );

    expect(guesses(stale)[1]).toBe(
      '192.0.2.1 authentication: stale client: 60 refused sign-ins with 1 credential from this address in 3 h 56 m, in 56 of 56 stretches of 4 m 16 s',
    );
    expect(guesses(bunched)[1]).toContain('unclear: no rule fits');
  });

  test('of a blocked address needs an IP filter to have refused all', () => {
    const filtered = { at: '10:00:00', who: 'User:u-1', ips: ['192.0.2.1'], method: 'ip-filter.Authorize' };

    expect(guesses([check(filtered)])).toEqual([
      'u-1 authorization: blocked address: 1 refusal by an IP filter from 1 address',
      '192.0.2.1 authorization: blocked address: 1 refusal by an IP filter of 1 principal',
    ]);
    expect(guesses([check(filtered), check({ ...filtered, method: 'mds.Authorize' })])[0]).toContain(
      'unclear: too few',
    );
  });

  test('of a console dry-run needs bursts of a user over many operations, without a request', () => {
    const burst = (at: string, who = 'User:u-1'): AuditRecord[] =>
      ['Alter', 'Create', 'View'].map((operation) =>
        check({ at, who, operation, method: 'mds.Authorize', requestId: `r-${at}` }),
      );
    const [dryRun] = guesses([...burst('10:00:00.999'), ...burst('12:00:00')]);

    expect(dryRun).toBe(
      'u-1 authorization: console dry-run: 6 of 6 came in 2 bursts of permission checks, 3 or more operations within about a second, and no request was made with them',
    );
    expect(guesses(burst('10:00:00'), ['r-10:00:00'])[0]).toContain('probing');
    expect(guesses(burst('10:00:00', 'User:sa-1'))[0]).toContain('probing');
  });

  test('of a missing grant needs one or two operations from one address', () => {
    const denied = (ips: readonly string[]): AuditRecord[] =>
      times(47, (i) =>
        check({ at: `10:00:${String(i).padStart(2, '0')}`, who: 'User:sa-9pqr', resource: `t-${i % 3}`, ips }),
      );

    expect(guesses(denied(['10.0.0.9']))[0]).toBe(
      'sa-9pqr authorization: missing grant: 47 refusals of 1 operation on 3 resources from 1 address in 46.0 s',
    );
    expect(guesses(denied([]))[0]).toContain('missing grant: 47 refusals of 1 operation on 3 resources in 46.0 s');
    expect(guesses(denied(['10.0.0.9', '10.0.0.8']))[0]).toContain('unclear');
  });

  test('of probing needs few tries over many operations', () => {
    const tried = (count: number): AuditRecord[] =>
      times(count, (i) =>
        check({ at: `10:00:${String(i).padStart(2, '0')}`, who: 'User:u-1', operation: `O${i % 4}` }),
      );

    expect(guesses(tried(6))[0]).toBe(
      'u-1 authorization: probing: few tries each: 6 refusals of 4 operations in 5.0 s',
    );
    expect(guesses(tried(13))[0]).toContain('unclear: no rule fits');
    // Behind one address there may be a whole office.
    const office = times(6, (i) => check({ who: `User:u-${i % 2}`, operation: `O${i % 4}`, ips: ['192.0.2.1'] }));
    expect(guesses(office).at(-1)).toContain('192.0.2.1 authorization: unclear: no rule fits');
  });
});

test('nothing depends on the order, but the order within lists', () => {
  const refused = fc.record({
    at: fc.constantFrom('10:00:00', '10:00:01.5', '10:00:30', '23:59:59', undefined),
    who: fc.constantFrom('User:u-1', 'User:sa-1', 'None:UNKNOWN_USER', undefined),
    ips: fc.subarray(['10.0.0.1', '10.0.0.2']),
    key: fc.constantFrom('A', 'B', undefined),
    operation: fc.constantFrom('Read', 'Alter', 'View'),
    method: fc.constantFrom('mds.Authorize', 'ip-filter.Authorize', undefined),
  });
  const sorted = (rows: readonly Refusals[]): unknown =>
    rows.map(({ span, ...row }) => [
      ...Object.entries(row).map(([key, value]) => [key, Array.isArray(value) ? value.toSorted() : value]),
      span?.first.time.text,
      span?.last.time.text,
    ]);
  fc.assert(
    fc.property(fc.array(refused, { maxLength: 20 }), (all) => {
      const records = all.map((one, i) => (i % 3 === 0 ? signIn(one) : check(one)));
      expect(sorted(rowsOf(records.toReversed()))).toEqual(sorted(rowsOf(records)));
    }),
  );
});

test('a pulse has at most 64 stretches, the same in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e10, max: 1e10 }), { minLength: 1, maxLength: 40 }), (seconds) => {
      const pulseOf = (all: readonly number[]): unknown => {
        const pulse = newPulse();
        for (const second of all) pulse.add(second);
        return pulse.end();
      };
      const spread = Math.max(...seconds) - Math.min(...seconds);
      let width = 1;
      const stretch = (second: number): number => Math.floor(second / width);
      while (stretch(Math.max(...seconds)) - stretch(Math.min(...seconds)) >= 64) width *= 2;
      expect(width).toBeLessThanOrEqual(Math.max(1, spread));
      const expected = {
        width,
        stretches: stretch(Math.max(...seconds)) - stretch(Math.min(...seconds)) + 1,
        busy: new Set(seconds.map(stretch)).size,
      };
      expect(pulseOf(seconds)).toEqual(expected);
      expect(pulseOf(seconds.toReversed())).toEqual(expected);
    }),
  );
});

test('a burst is many operations within two seconds of the clock, and no longer run', () => {
  const ticksOf = (seconds: readonly number[]): Ticks => {
    const ticks: Ticks = new Map();
    for (const [i, second] of seconds.entries()) addTick(ticks, second, `O${i}`);
    return ticks;
  };
  const limits = { operations: 3, seconds: 2 };

  expect(burstsIn(ticksOf([5, 5, 6, 9, 9, 9, 9]), limits)).toEqual({ bursts: 2, records: 7, operations: 3 });
  expect(burstsIn(ticksOf([5, 6, 7, 5, 6, 7]), limits)).toEqual({ bursts: 0, records: 0, operations: 0 });
  expect(burstsIn(ticksOf([5, 5, 8]), limits)).toEqual({ bursts: 0, records: 0, operations: 0 });
});
