import { describe, expect, test } from 'vitest';
import { type OpenResources, openFold } from '../../src/analyze/open-resources.ts';
import { method } from '../../src/query/filters/method.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { instantOf } from '../../src/record/time.ts';
import { utc } from '../../src/record/zone.ts';
import { recordOf } from '../helpers/records.ts';

const org = 'crn://confluent.cloud/organization=o-1';

describe('open', () => {
  test('what was created and not deleted is open, oldest first, in whatever order the records come', () => {
    const records = [
      deed('CreateAPIKey', 5, 'cloud-api-key=K3'),
      deed('DeleteAPIKey', 3, 'cloud-api-key=K1'),
      deed('CreateAPIKey', 2, 'cloud-api-key=K2'),
      deed('CreateAPIKey', 1, 'cloud-api-key=K1'),
    ];

    expect(summaryOf(records)).toEqual({ open: ['K2@2', 'K3@5'], closed: 1, deletedOnly: 0, createdAgain: 0 });
    expect(summaryOf([...records].reverse()).open).toEqual(['K2@2', 'K3@5']);
  });

  test('what is created again after its deletion is open again', () => {
    const records = [
      deed('CreateAPIKey', 1, 'cloud-api-key=K1'),
      deed('DeleteAPIKey', 2, 'cloud-api-key=K1'),
      deed('CreateAPIKey', 3, 'cloud-api-key=K1'),
    ];

    expect(summaryOf(records)).toEqual({ open: ['K1@3'], closed: 1, deletedOnly: 0, createdAgain: 0 });
  });

  test('a deletion before the creation, or of something never created, closes nothing', () => {
    const records = [deed('DeleteAPIKey', 1, 'cloud-api-key=K1'), deed('CreateAPIKey', 2, 'cloud-api-key=K1')];

    expect(summaryOf(records)).toEqual({ open: ['K1@2'], closed: 0, deletedOnly: 1, createdAgain: 0 });
  });

  test('what is created twice is one, as old as the first creation', () => {
    const records = [deed('CreateAPIKey', 1, 'cloud-api-key=K1'), deed('CreateAPIKey', 2, 'cloud-api-key=K1')];

    expect(summaryOf(records)).toEqual({ open: ['K1@1'], closed: 0, deletedOnly: 0, createdAgain: 1 });
  });

  test('a deletion that may be of either of two things closes both and is told', () => {
    const records = [
      deed('CreateStatement', 1, 'environment=env-1/statement=s'),
      deed('CreateStatement', 2, 'environment=env-2/statement=s'),
      deed('DeleteStatement', 3, 'statement=s'),
    ];

    expect(openOf(records)).toMatchObject({ rows: [], closed: 2, unclear: 1 });
    expect(openOf(records.slice(1))).toMatchObject({ rows: [], closed: 1, unclear: 0 });
  });

  test('the same name in two environments is two things', () => {
    const records = [
      deed('CreateStatement', 1, 'environment=env-1/statement=s'),
      deed('CreateStatement', 2, 'environment=env-2/statement=s'),
      deed('DeleteStatement', 3, 'environment=env-1/statement=s'),
    ];

    expect(summaryOf(records).open).toEqual(['s@2']);
  });

  test('a key is the same under both of its types and in either of its scopes', () => {
    const created = deed('CreateAPIKey', 1, 'environment=env-1', {
      cloudResources: [cloudResource('API_KEY', 'K1', 'env-1'), cloudResource('API_KEY', 'K1', 'env-1', 'lkc-1')],
    });

    expect(summaryOf([created]).open).toEqual(['K1@1']);
    expect(summaryOf([created, deed('DeleteApiKey', 2, 'cloud-api-key=K1')]).closed).toBe(1);
  });

  test('what failed, was only allowed, or does not say, is left out aloud', () => {
    const failed = deed('CreateAPIKey', 1, 'cloud-api-key=K1', { result: { status: 'FAILURE' } });
    const checked = deed('CreateAPIKey', 1, 'cloud-api-key=K2', {
      result: undefined,
      authorizationInfo: { granted: true },
    });
    const unknown = deed('CreateAPIKey', 1, 'cloud-api-key=K3', { result: undefined });
    const timeless = { ...deed('CreateAPIKey', 1, 'cloud-api-key=K4'), time: 'soon' };
    const unnamed = deed('CreateAPIKey', 1, 'environment=env-1');
    const twice = { ...deed('CreateAPIKey', 1, 'cloud-api-key=K5'), id: 'twice' };
    const found = openOf([failed, checked, unknown, timeless, unnamed, twice, twice]);

    expect(found.rows.map(({ resource }) => resource)).toEqual(['K5']);
    expect(found.left).toEqual({
      failed: 1,
      checks: 1,
      unknownResult: 1,
      withoutTime: 1,
      withoutResource: 1,
      repeated: 1,
    });
  });

  test('rather than part of the answer there is none', () => {
    const fold = openFold({ create: methods(['CreateAPIKey']), remove: methods(['DeleteAPIKey']) }, 1);
    const records = ['K1', 'K2'].map((key) => recordOf(deed('CreateAPIKey', 1, `cloud-api-key=${key}`)));

    expect(() => fold.push(records)).toThrow(/do not fit in memory/);
  });
});

function openOf(records: readonly JsonObject[]): OpenResources {
  const fold = openFold({
    create: methods(['CreateAPIKey', 'CreateStatement']),
    remove: methods(['DeleteAPIKey', 'DeleteStatement']),
  });
  fold.push(records.map((record) => recordOf(record)));
  return fold.end();
}

type Counts = Pick<OpenResources, 'closed' | 'deletedOnly' | 'createdAgain'>;

function summaryOf(records: readonly JsonObject[]): Counts & { readonly open: readonly string[] } {
  const { rows, closed, deletedOnly, createdAgain } = openOf(records);
  return { open: rows.map(({ resource, time }) => `${resource}@${time.second}`), closed, deletedOnly, createdAgain };
}

function methods(names: readonly string[]) {
  return method.parse(names, { exact: false, readFile: () => '', now: instantOf(0), zone: utc });
}

function deed(methodName: string, second: number, place: string, data: JsonObject = {}): JsonObject {
  return {
    type: 'io.confluent.cloud/request',
    time: instantOf(second).text,
    data: { methodName, resourceName: `${org}/${place}`, result: { status: 'SUCCESS' }, ...data },
  };
}

function cloudResource(type: string, resourceId: string, env: string, cluster?: string): JsonObject {
  const scope = [
    { type: 'ORGANIZATION', resourceId: 'o-1' },
    { type: 'ENVIRONMENT', resourceId: env },
    ...(cluster === undefined ? [] : [{ type: 'CLOUD_CLUSTER', resourceId: cluster }]),
  ];
  return { scope: { resources: scope }, resource: { type, resourceId } };
}
