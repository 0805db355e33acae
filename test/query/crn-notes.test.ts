import { describe, expect, it } from 'vitest';
import { watchCrnPrefixes } from '../../src/query/crn-notes.ts';
import { recordOf } from '../helpers/records.ts';
import { context, given } from './ask.ts';

function environment(name: string, subject?: string) {
  const crn = `crn://confluent.cloud/organization=o-1/environment=${name}/statement=s`;
  return recordOf({ subject: subject ?? crn, data: { resourceName: crn } });
}

const prefix = 'crn://confluent.cloud/organization=o-1/environment=env-1';

describe('matches of --crn that go on inside the last segment', () => {
  it('are counted and shown by an example', () => {
    const watcher = watchCrnPrefixes([given('crn', prefix)], context);
    for (const name of ['env-1', 'env-12', 'env-1', 'env-13', 'env-12']) watcher?.see(environment(name), true);
    watcher?.see(environment('env-2'), false);
    watcher?.see(environment('env-14'), false);

    expect(watcher?.end()).toEqual([
      {
        code: 'crn-inside-segment',
        severity: 'note',
        message: `--crn ${prefix}: 3 of 5 matches go on inside the last segment (env-1 → env-12)`,
        hint: 'end the prefix with / to stop at whole segments',
      },
    ]);
  });

  it('do not count when another CRN of the record stops where the prefix does', () => {
    const watcher = watchCrnPrefixes([given('crn', prefix)], context);
    watcher?.see(environment('env-12', prefix), true);

    expect(watcher?.end()).toEqual([]);
  });

  it('are put in the singular when there is one', () => {
    const watcher = watchCrnPrefixes([given('crn', `${prefix},crn://other`)], context);
    watcher?.see(environment('env-12'), true);

    expect(watcher?.end().map((note) => note.message)).toEqual([
      `--crn ${prefix}: 1 of 1 match goes on inside the last segment (env-1 → env-12)`,
    ]);
  });

  it.each([
    ['a prefix that ends in /', [given('crn', `${prefix}/`)]],
    ['a prefix that asks for every name', [given('crn', 'crn://confluent.cloud/organization=')]],
    ['a prefix that ends in a type', [given('crn', 'crn://confluent.cloud/org')]],
    ['CRNs to leave out', [given('not-crn', prefix)]],
    ['other flags', [given('env', 'env-1')]],
  ])('are not looked for with %s', (_, args) => {
    expect(watchCrnPrefixes(args, context)).toBe(undefined);
  });
});
