import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crnPrefixTest, crnType, foldType, parseCrn, renderCrn } from '../../src/record/crn.ts';

describe('--crn PREFIX', () => {
  test.each([
    // A text prefix, after decoding.
    [
      'crn://confluent.cloud/organization=o-1/environment=env-1',
      'crn://confluent.cloud/organization=o-1/environment=env-12',
      true,
    ],
    ['crn://confluent.cloud/organization=o-1/env', 'crn://confluent.cloud/organization=o-1/environment=env-12', true],
    [
      'crn://confluent.cloud/organization=o-1/environment=env-12',
      'crn://confluent.cloud/organization=o-1/environment=env-1',
      false,
    ],
    // Ending in / stops at a whole segment: X and everything below it.
    ['crn://confluent.cloud/environment=env-1/', 'crn://confluent.cloud/environment=env-1', true],
    ['crn://confluent.cloud/environment=env-1/', 'crn://confluent.cloud/environment=env-1/kafka=lkc-1', true],
    ['crn://confluent.cloud/environment=env-1/', 'crn://confluent.cloud/environment=env-12', false],
    ['crn://confluent.cloud/', 'crn://confluent.cloud/environment=env-1', true],
    ['crn://confluent.cloud/', 'crn://confluent.cloud', true],
    // No authority is confluent.cloud, on either side.
    ['crn:///kafka=lkc-1', 'crn://confluent.cloud/kafka=lkc-1/topic=a', true],
    ['crn://confluent.cloud/kafka=lkc-1', 'crn:///kafka=lkc-1/topic=a', true],
    ['crn:///kafka=lkc-1', 'crn://mds.example.com/kafka=lkc-1', false],
    // Typed encoded or decoded.
    ['crn:///kafka=lkc-1/topic=a%2Fb', 'crn:///kafka=lkc-1/topic=a%2Fb', true],
    ['crn:///kafka=lkc-1/topic=a/b', 'crn:///kafka=lkc-1/topic=a%2Fb', true],
    ['crn:///kafka=lkc-1/topic=a/b', 'crn:///kafka=lkc-1/topic=a%2Fbc', true],
    ['crn:///cloud-api-key=*', 'crn:///cloud-api-key=%2A', true],
    ['crn:///statement=caf%C3%A9', 'crn:///statement=café', true],
    // A / inside a name is not the / between segments.
    ['crn:///kafka=lkc-1/topic=a/', 'crn:///kafka=lkc-1/topic=a%2Fb', false],
    ['crn:///statement=a/', 'crn:///statement=a%00x=y', false],
    ['crn:///statement=a/x=y', 'crn:///statement=a/x=y', true],
    // Names that do not decode are taken as written.
    ['crn:///topic=100%', 'crn:///topic=100%', true],
    ['crn:///topic=%zz', 'crn:///topic=%zzz', true],
    ['crn:///topic=%41', 'crn:///topic=%2541', true],
    // The beginning of any CRN at all.
    ['crn:/', 'crn:///topic=a', true],
    ['crn://conf', 'crn:///topic=a', true],
    ['crn://conf', 'crn://other/topic=a', false],
    ['crn://conf', 'crn://', true],
  ])('%s against %s is %s', (prefix, crn, expected) => {
    expect(crnPrefixTest(prefix)(crn)).toBe(expected);
  });

  test('a CRN written as its own key means what its segments mean', () => {
    const piece = fc.constantFrom('/', '=', '%', '%41', '%2F', 'A', 'a', 'x=y', 'confluent.cloud', 'é');
    const crns = fc.array(piece, { maxLength: 6 }).map((some) => `crn://${some.join('')}`);
    const respelled = fc.constantFrom<(crn: string) => string>(
      (crn) => crn,
      (crn) => crn.replaceAll('%41', 'A'),
      (crn) => crn.replaceAll('/=', '/'),
      (crn) => crn.replace('crn:///', 'crn://confluent.cloud/'),
      (crn) => `${crn}/`,
    );

    fc.assert(
      fc.property(crns, respelled, fc.nat(3), (crn, respell, cut) => {
        const written = respell(crn);
        const prefix = written.slice(0, Math.max('crn://'.length, written.length - cut));
        // More slashes at the end make no other CRN, and none that is written as its own key.
        expect(crnPrefixTest(prefix)(crn)).toBe(crnPrefixTest(prefix)(`${crn}//`));
      }),
      { seed: 11, numRuns: 10_000 },
    );
  });
});

test('a CRN is authority and decoded segments; a segment without = has no type', () => {
  expect(parseCrn('crn://host/clusters/kafka=lkc-1/topic=a%3Db%20c/x=%zz/')).toEqual({
    authority: 'host',
    segments: [
      { type: '', name: 'clusters' },
      { type: 'kafka', name: 'lkc-1' },
      { type: 'topic', name: 'a=b c' },
      { type: 'x', name: '%zz' },
    ],
  });
  expect(parseCrn('kafka=lkc-1')).toBeUndefined();
});

test('a name that is nothing but a star is encoded like any other', () => {
  expect(renderCrn([{ type: 'CLOUD_API_KEY', name: '*' }])).toBe('crn://confluent.cloud/cloud-api-key=%2A');
});

test('cloud resources are written as CRNs with percent-encoded ids', () => {
  const segments = [
    { type: 'ORGANIZATION', name: 'o-1' },
    { type: 'FLINK_REGION', name: 'aws.eu-west-1' },
    { type: 'STATEMENT', name: 'a/b=c *\ud800é' },
  ];

  expect(renderCrn(segments)).toBe(
    'crn://confluent.cloud/organization=o-1/flink-region=aws.eu-west-1/statement=a%2Fb%3Dc%20%2A%EF%BF%BD%C3%A9',
  );
});

test.each([
  ['KAFKA_CLUSTER', 'kafka-cluster'],
  ['KafkaCluster', 'kafka-cluster'],
  ['kafka-cluster', 'kafka-cluster'],
  ['Topic', 'topic'],
  ['CloudApiKey', 'cloud-api-key'],
  ['SecuritySSO', 'security-sso'],
  ['AIChatCompletions', 'ai-chat-completions'],
])('the resource type %s is shown as %s, and compares equal to it', (written, shown) => {
  expect(crnType(written)).toBe(shown);
  expect(foldType(written)).toBe(foldType(shown));
});
