import { expect, test } from 'vitest';
import { text } from '../../../src/output/formats/text.ts';
import { memorySink } from '../../../src/output/sinks/memory.ts';
import { styles } from '../../../src/output/style.ts';
import type { JsonObject } from '../../../src/record/record.ts';
import { plainOptions, written } from '../../contracts/format.ts';
import { recordOf } from '../../helpers/records.ts';

const time = '2026-03-17T07:00:00.5Z';

function sentence(value: JsonObject, options = {}): string {
  return written(text, [recordOf({ time, ...value })], options);
}

const scope = [
  { type: 'ORGANIZATION', resourceId: 'o-1' },
  { type: 'ENVIRONMENT', resourceId: 'env-1' },
];
const from = { clientAddress: [{ ip: '192.0.2.7' }] };

test.for<readonly [string, JsonObject, string]>([
  [
    'a call that worked',
    {
      type: 'io.confluent.cloud/request',
      data: {
        methodName: 'DeleteStatement',
        resourceName: 'crn://confluent.cloud/organization=o-1/environment=env-1/flink-region=aws.us-east-1/statement=x',
        authenticationInfo: { principal: { confluentUser: { resourceId: 'u-1' } }, result: 'SUCCESS' },
        requestMetadata: from,
        result: { status: 'SUCCESS' },
      },
    },
    'u-1 called DeleteStatement on statement x in environment env-1, region aws.us-east-1, from 192.0.2.7: succeeded',
  ],
  [
    'a call that failed, with the reason',
    {
      type: 'io.confluent.kafka.server/request',
      data: {
        methodName: 'kafka.Produce',
        resourceName: 'crn://confluent.cloud/kafka=lkc-1/topic=orders',
        authenticationInfo: { principal: { confluentServiceAccount: { resourceId: 'sa-1' } } },
        result: { status: 'FAILURE', data: { errorType: 'TOPIC_AUTHORIZATION_FAILED' } },
      },
    },
    'sa-1 called kafka.Produce on topic orders in cluster lkc-1: failed (TOPIC_AUTHORIZATION_FAILED)',
  ],
  [
    'a list of several resources and addresses',
    {
      type: 'io.confluent.cloud/request',
      data: {
        methodName: 'ListStatements',
        cloudResources: ['a', 'b', 'c'].map((id) => ({
          scope: { resources: scope },
          resource: { type: 'STATEMENT', resourceId: id },
        })),
        authenticationInfo: { principal: { email: 'ann@example.com', confluentUser: { resourceId: 'u-1' } } },
        requestMetadata: { clientAddress: [{ ip: '192.0.2.7' }, { ip: '192.0.2.8' }] },
        result: { status: 'SUCCESS' },
      },
    },
    'ann@example.com (u-1) called ListStatements on statement a (and 2 more) in environment env-1, from 192.0.2.7 (and 1 more): succeeded',
  ],
  [
    'an assumed identity',
    {
      type: 'io.confluent.cloud/request',
      data: {
        methodName: 'M',
        authenticationInfo: { principal: 'User:sa-1', originalPrincipal: 'User:u-9' },
        result: { status: 'SUCCESS' },
      },
    },
    'u-9 as sa-1 called M: succeeded',
  ],
  [
    'a sign-in',
    {
      type: 'io.confluent.kafka.server/authentication',
      data: {
        methodName: 'kafka.Authentication',
        resourceName: 'crn://confluent.cloud/kafka=lkc-1',
        authenticationInfo: {
          principal: 'User:123',
          principalResourceId: 'sa-1',
          metadata: { mechanism: 'SASL_SSL/PLAIN', identifier: 'KEYKEYKEYKEYKEY1' },
          result: 'SUCCESS',
        },
        clientAddress: [{ ip: '192.0.2.7' }],
        result: { status: 'SUCCESS', message: '' },
      },
    },
    'sa-1 signed in to kafka lkc-1 with credential KEYKEYKEYKEYKEY1 from 192.0.2.7 (kafka.Authentication)',
  ],
  [
    'a refused sign-in',
    {
      type: 'io.confluent.kafka.server/authentication',
      data: {
        methodName: 'kafka.Authentication',
        authenticationInfo: { principal: 'None:UNKNOWN_USER', metadata: { identifier: 'KEY' } },
        result: { status: 'UNAUTHENTICATED', message: 'Bad password' },
      },
    },
    'UNKNOWN_USER (anonymous) failed to sign in with credential KEY (UNAUTHENTICATED, Bad password) (kafka.Authentication)',
  ],
  [
    'a sign-in by key of which nothing else is known',
    {
      type: 'io.confluent.sg.server/authentication',
      data: { authenticationInfo: { credentials: { idSecretCredentials: { credentialId: 'KEY' } } } },
    },
    'KEY (api-key) tried to sign in, outcome unknown,',
  ],
  [
    'a permission that was granted',
    {
      type: 'io.confluent.kafka.server/authorization',
      data: {
        methodName: 'kafka.CreateAcls',
        resourceName: 'crn://confluent.cloud/kafka=lkc-1/topic=orders',
        authenticationInfo: { principal: 'User:sa-1' },
        authorizationInfo: { granted: true, operation: 'Alter', resourceType: 'Topic', resourceName: 'orders' },
        clientAddress: [{ ip: '192.0.2.7' }],
      },
    },
    'sa-1 was allowed Alter on topic orders in cluster lkc-1, from 192.0.2.7 (kafka.CreateAcls)',
  ],
  [
    'a permission that was refused, in snake case',
    {
      type: 'io.confluent.kafka.server/authorization',
      data: {
        method_name: 'mds.Authorize',
        authentication_info: { principal: 'User:flowserviceadmin' },
        authorization_info: { granted: false, operation: 'View' },
      },
    },
    'flowserviceadmin (confluent-internal) was denied View (mds.Authorize)',
  ],
  [
    'a check without an operation',
    {
      type: 'io.confluent.cloud/authorization',
      data: {
        methodName: 'ip-filter.Authorize',
        resourceName: 'crn://confluent.cloud/organization=o-1',
        authenticationInfo: { principal: { confluentUser: { resourceId: 'u-1' } }, result: 'SUCCESS' },
        authorizationInfo: { result: 'DENY' },
        requestMetadata: from,
      },
    },
    'u-1 was denied by ip-filter.Authorize on organization o-1 from 192.0.2.7',
  ],
  [
    'a check without a verdict',
    {
      type: 'io.confluent.kafka.server/authorization',
      data: {
        authenticationInfo: { principal: 'User:u-1', result: 'FAILURE' },
        authorizationInfo: { operation: 'Read' },
      },
    },
    'u-1 was checked for Read: failed',
  ],
  [
    'access by the vendor',
    {
      type: 'io.confluent.cloud/access-transparency',
      data: {
        methodName: 'confluent.privileged.access',
        resourceName: 'crn://confluent.cloud/organization=o-1/cloud-cluster=lkc-1',
        authenticationInfo: { principal: { confluentUser: { resourceId: 'confluent.privileged' } } },
        result: { status: 'SUCCESS' },
      },
    },
    'Confluent staff (confluent.privileged) accessed cloud-cluster lkc-1 (confluent.privileged.access): succeeded',
  ],
  [
    'a background job',
    {
      type: 'io.confluent.cloud/request',
      data: { methodName: 'ScheduledJwksRefresh', result: { status: 'SUCCESS' } },
    },
    'an unnamed caller called ScheduledJwksRefresh: succeeded',
  ],
  [
    'a kind nobody has met yet',
    { type: 'io.confluent.new/thing', data: {} },
    'an unnamed caller called an unnamed method: outcome unknown',
  ],
  [
    'a record that says nothing',
    { type: 'x', data: {} },
    'an unnamed caller called an unnamed method: outcome unknown',
  ],
])('tells %s', ([, value, expected]) => {
  expect(sentence(value)).toBe(`${time} ${expected}\n`);
});

test('a record without a usable time says so', () => {
  expect(sentence({ time: '+999999999-12-31T23:59:59Z', type: 'x', data: {} })).toMatch(
    /^at an unknown time an unnamed/,
  );
});

test('long names and reasons are cut, unless wide', () => {
  const value = {
    type: 'x',
    data: { methodName: 'm'.repeat(500), result: { status: 'FAILURE', message: 'why '.repeat(200) } },
  };

  expect(sentence(value).length).toBeLessThan(600);
  expect(sentence(value, { wide: true })).toContain(`${'m'.repeat(500)}: failed (${'why '.repeat(200)})`);
});

test('-- stands between groups of neighbours', () => {
  const sink = memorySink();
  const writer = text.create(plainOptions, sink);

  writer.write([recordOf({ type: 'x', data: {} })]);
  writer.gap();
  writer.end();

  expect(sink.text().split('\n').slice(1)).toEqual(['--', '']);
});

test('colour marks time, caller and outcome, whose words stay', () => {
  const paint = styles(true);

  expect(sentence({ type: 'x', data: { methodName: 'M', result: { status: 'NO' } } }, { styles: paint })).toBe(
    `${paint.dim(time)} ${paint.accent('an unnamed caller')} called M: ${paint.failed('failed')} (NO)\n`,
  );
});
