import { describe, expect, test } from 'vitest';
import { type Answer, type Known, whoIs, whoIsAt } from '../../src/analyze/identities.ts';
import { type Sighting, sightingsFold } from '../../src/analyze/who.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';

const ann = { email: 'ann@example.com', confluentUser: { resourceId: 'u-1' } };
const failed = { result: { status: 'UNAUTHENTICATED' } };

describe('who', () => {
  const sightings = see([
    call('c1', { principal: ann }, '192.0.2.1'),
    signIn('k1', { principal: 'User:77', principalResourceId: 'u-1', metadata: { identifier: 'KEY' } }, '192.0.2.2'),
    signIn('k2', { principal: 'None:UNKNOWN_USER', metadata: { identifier: 'KEY' } }, '203.0.113.9', failed),
    call('c2', { principal: 'User:77' }),
    call('c3', { principal: { identityPool: { resourceId: 'pool-1' } }, originalPrincipal: 'User:u-1' }),
    call('c4', { principal: { email: 'ann@example.com' }, result: 'FAILURE' }, '203.0.113.9'),
  ]);

  test.each(['u-1', 'User:u-1', 'ann@example.com', '77', 'User:77', 'KEY'])('%s is the same identity', (name) => {
    const { identities } = whoIs(name, sightings);

    expect(identities.map(({ id, kind, acted }) => [id, kind, acted?.count])).toEqual([['u-1', 'user', 3]]);
  });

  test('every spelling comes with the record that proves it', () => {
    const [identity] = whoIs('u-1', sightings).identities;
    const shown = Object.entries(identity ?? {}).flatMap(([part, known]) =>
      Array.isArray(known) ? known.map(({ value, seen }: Known) => [part, value, seen.count, seen.witness?.id]) : [],
    );

    expect(shown).toEqual([
      ['names', 'u-1', 2, 'c1'],
      ['names', '77', 2, 'k1'],
      ['emails', 'ann@example.com', 1, 'c1'],
      ['keys', 'KEY', 1, 'k1'],
      ['addresses', '192.0.2.1', 1, 'c1'],
      ['addresses', '192.0.2.2', 1, 'k1'],
      ['actedAs', 'pool-1', 1, 'c3'],
      ['tried', 'KEY', 1, 'k2'],
      ['tried', 'ann@example.com', 1, 'c4'],
      ['triedFrom', '203.0.113.9', 2, 'k2'],
    ]);
  });

  test('an identity that was assumed is another one', () => {
    const [pool] = whoIs('pool-1', sightings).identities;

    expect(pool?.names.map(({ value }) => value)).toEqual(['pool-1']);
    expect(pool?.actedFor.map(({ value }) => value)).toEqual(['u-1']);
    expect(pool?.emails).toEqual([]);
  });

  test('refused sign-ins join nobody, and UNKNOWN_USER is nobody', () => {
    expect(idsOf(whoIs('UNKNOWN_USER', sightings))).toEqual([]);
    const [stranger] = whoIs('OTHERKEY', see([refused('OTHERKEY'), refused('KEY')])).identities;
    expect(stranger).toMatchObject({ id: 'OTHERKEY', acted: undefined, names: [], keys: [] });
    expect(stranger?.tried.map(({ value }) => value)).toEqual(['OTHERKEY']);
  });

  test('a failed sign-in proves no link, whatever it states', () => {
    const claimed = {
      principal: { email: 'eve@example.com', confluentUser: { resourceId: 'u-9' } },
      result: 'FAILURE',
    };
    const claims = see([call('f1', claimed, '203.0.113.9'), call('f2', { principal: 'User:u-9' })]);

    expect(idsOf(whoIs('eve@example.com', claims))).toEqual(['eve@example.com']);
    expect(whoIs('u-9', claims).identities[0]).toMatchObject({ emails: [], addresses: [] });
  });

  test('a failed sign-in with somebody’s e-mail does not make its address theirs', () => {
    const [identity] = whoIs('ann@example.com', sightings).identities;

    expect(identity?.addresses.map(({ value }) => value)).not.toContain('203.0.113.9');
  });

  test('two ids that share an e-mail, a key or an address stay two', () => {
    const shared = see([
      call('e1', { principal: { email: 'team@example.com', confluentUser: { resourceId: 'u-1' } } }, '192.0.2.1'),
      call('e2', { principal: { email: 'team@example.com', confluentUser: { resourceId: 'u-2' } } }, '192.0.2.1'),
      signIn('e3', { principal: 'User:sa-1', metadata: { identifier: 'KEY' } }, '192.0.2.1'),
      signIn('e4', { principal: 'User:sa-2', metadata: { identifier: 'KEY' } }, '192.0.2.1'),
    ]);

    expect(idsOf(whoIs('team@example.com', shared))).toEqual(['u-1', 'u-2']);
    expect(idsOf(whoIs('KEY', shared))).toEqual(['sa-1', 'sa-2']);
    expect(idsOf(whoIs('u-1', shared))).toEqual(['u-1']);
    expect(whoIs('u-1', shared).identities[0]?.emails).toMatchObject([{ value: 'team@example.com', alsoOf: ['u-2'] }]);
  });

  test('who acted under a name of several is not known, and is counted for none of them', () => {
    const shared = see([
      call('e1', { principal: { email: 'team@example.com', confluentUser: { resourceId: 'u-1' } } }, '192.0.2.1'),
      call('e2', { principal: { email: 'team@example.com', confluentUser: { resourceId: 'u-2' } } }, '192.0.2.2'),
      call('e3', { principal: { email: 'team@example.com' }, metadata: { identifier: 'KEY' } }, '192.0.2.3'),
    ]);

    expect(idsOf(whoIs('team@example.com', shared))).toEqual(['team@example.com', 'u-1', 'u-2']);
    expect(idsOf(whoIs('KEY', shared))).toEqual(['team@example.com']);
    expect(whoIs('u-1', shared).identities[0]).toMatchObject({ acted: { count: 1 }, keys: [] });
    expect(whoIs('team@example.com', shared).identities[0]?.emails).toMatchObject([{ alsoOf: ['u-1', 'u-2'] }]);
    expect(whoIsAt((address) => address === '192.0.2.3', shared).principals.map(({ value }) => value)).toEqual([
      'team@example.com',
    ]);
  });

  test('an address has those that were seen there, each its own', () => {
    const { principals, tried } = whoIsAt((address) => address.startsWith('192.0.2.'), sightings);

    expect(principals.map(({ value, seen }) => [value, seen.count])).toEqual([['u-1', 2]]);
    expect(tried).toEqual([]);
    expect(whoIsAt((address) => address === '203.0.113.9', sightings).tried.map(({ value }) => value)).toEqual([
      'KEY',
      'ann@example.com',
    ]);
  });

  test('a refused call of somebody known is theirs all the same', () => {
    const denied = call('d1', { principal: ann, result: 'SUCCESS' }, '192.0.2.9', {
      authorizationInfo: { granted: false },
    });

    expect(whoIs('u-1', see([denied])).identities[0]?.addresses.map(({ value }) => value)).toEqual(['192.0.2.9']);
  });

  test('rather than part of the answer there is none', () => {
    const fold = sightingsFold(1);

    expect(() => fold.push([recordOf(refused('A')), recordOf(refused('B'))])).toThrow(/do not fit in memory/);
  });
});

function see(records: readonly JsonObject[]): readonly Sighting[] {
  const fold = sightingsFold();
  fold.push(records.map((record) => recordOf(record)));
  return fold.end();
}

function idsOf({ identities }: Answer): readonly string[] {
  return identities.map(({ id }) => id);
}

function refused(key: string): JsonObject {
  return signIn('r', { principal: 'None:UNKNOWN_USER', metadata: { identifier: key } }, '203.0.113.9', failed);
}

function signIn(id: string, authenticationInfo: JsonObject, ip?: string, data: JsonObject = {}): JsonObject {
  return { ...call(id, authenticationInfo, ip, data), type: 'io.confluent.kafka.server/authentication' };
}

function call(id: string, authenticationInfo: JsonObject, ip?: string, data: JsonObject = {}): JsonObject {
  const requestMetadata = ip === undefined ? {} : { requestMetadata: { clientAddress: [{ ip }] } };
  return {
    id,
    type: 'io.confluent.cloud/request',
    time: '2026-05-01T00:00:00Z',
    data: { methodName: 'GetUser', authenticationInfo, ...requestMetadata, ...data },
  };
}
