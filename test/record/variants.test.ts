import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aliasGroup } from '../../src/record/catalog.ts';
import { type ColumnName, columns, isColumnName, listedColumns } from '../../src/record/columns/index.ts';
import { crnPrefixTest, foldType, parseCrn } from '../../src/record/crn.ts';
import { cellOf } from '../../src/record/normalize.ts';
import { isObject } from '../../src/record/paths.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { compareInstants, isInstant } from '../../src/record/time.ts';
import { recordOf } from '../helpers/records.ts';

/*
 * Every variant that record-shapes.md names, section by section, written from the document. A row
 * is a record and the cells it must have; `undefined` means the cell is empty.
 */

type Expected = Partial<Record<ColumnName, unknown>>;
type Row = readonly [title: string, value: JsonObject, expected: Expected];

const platform = 'crn://confluent.cloud/';
const org = `${platform}organization=o-1`;

const types = {
  request: 'io.confluent.cloud/request',
  ipFilter: 'io.confluent.cloud/authorization',
  staff: 'io.confluent.cloud/access-transparency',
  kafkaSignIn: 'io.confluent.kafka.server/authentication',
  kafkaCheck: 'io.confluent.kafka.server/authorization',
  kafkaRequest: 'io.confluent.kafka.server/request',
  registrySignIn: 'io.confluent.sg.server/authentication',
  registryRequest: 'io.confluent.sg.server/request',
  ksqlSignIn: 'io.confluent.ksql.server/authentication',
} as const;

/** A record with this `data`; `more` replaces or adds attributes of the envelope. */
function event(data: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    specversion: '1.0',
    id: 'e1',
    source: platform,
    type: types.request,
    time: '2026-01-02T03:04:05Z',
    ...more,
    data,
  };
}

function signedIn(authenticationInfo: JsonObject, more: JsonObject = {}): JsonObject {
  return event({ methodName: 'CreateStatement', authenticationInfo }, more);
}

const by = (principal: unknown, more: JsonObject = {}) => signedIn({ principal, ...more });

function check(authorizationInfo: JsonObject, data: JsonObject = {}): JsonObject {
  return event({ methodName: 'mds.Authorize', authorizationInfo, ...data }, { type: types.kafkaCheck });
}

const from = (requestMetadata: JsonObject, data: JsonObject = {}) => event({ requestMetadata, ...data });

const touching = (data: JsonObject, more: JsonObject = {}) => event({ methodName: 'CreateThing', ...data }, more);

const item = (type: string, resourceId: string, ...scope: readonly (readonly [string, string])[]) => ({
  ...(scope.length === 0 ? {} : { scope: { resources: scope.map(([t, id]) => ({ type: t, resourceId: id })) } }),
  resource: { type, resourceId },
});

/** Instants as their text, so that rows are plain data. */
function cell(value: JsonObject, name: ColumnName): unknown {
  const found = cellOf(recordOf(value), name);
  return isInstant(found) ? found.text : found;
}

const namesOf = (some: readonly { readonly name: string }[]) => some.map((column) => column.name).filter(isColumnName);

function view(value: JsonObject, names: readonly ColumnName[] = namesOf(listedColumns)) {
  return Object.fromEntries(names.map((name) => [name, cell(value, name)]));
}

function variants(section: string, rows: readonly Row[]): void {
  describe(`record-shapes §${section}`, () => {
    it.each(rows.map((row) => [`§${section} ${row[0]}`, row[1], row[2]] as const))('%s', (_, value, expected) => {
      expect(view(value, Object.keys(expected).filter(isColumnName))).toEqual(expected);
    });
  });
}

function seeds(file: string): readonly JsonObject[] {
  const text = readFileSync(new URL(`../../samples/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A full record that most rules have something to say about. */
const fullData = {
  serviceName: platform,
  methodName: 'GetStatement',
  resourceName: `${org}/environment=env-1/flink-region=aws.us-east-1/statement=s-1`,
  cloudResources: [item('STATEMENT', 's-1', ['ORGANIZATION', 'o-1'], ['ENVIRONMENT', 'env-1'])],
  authenticationInfo: {
    principal: { email: 'jane@example.com', confluentUser: { resourceId: 'u-1' } },
    result: 'SUCCESS',
    identity: `${org}/identity-provider=Confluent/identity=u-1`,
    originalPrincipal: 'User:u-2',
    metadata: { mechanism: 'SASL_SSL/PLAIN', identifier: 'KEY1' },
  },
  requestMetadata: {
    requestId: ['r-1'],
    clientAddress: [{ ip: '198.51.100.7' }],
    connectionId: 'c-1',
    clientId: 'adminclient-7',
  },
  request: { accessType: 'READ_ONLY', data: { statement_name: 's-1' } },
  result: { status: 'SUCCESS', data: {} },
};
const full = event(fullData, { subject: `${org}/environment=env-1`, datacontenttype: 'application/json' });

variants('2 envelope', [
  [
    'id is opaque: a UUID',
    event({}, { id: 'b76bee22-7678-49ea-8902-67519b0d4133' }),
    { id: 'b76bee22-7678-49ea-8902-67519b0d4133' },
  ],
  ['id is opaque: the shorter one of old records', event({}, { id: '7-x' }), { id: '7-x' }],
  [
    'specversion 0.3 changes nothing',
    event({ methodName: 'GetUser' }, { specversion: '0.3' }),
    { method: 'GetUser', service: 'cloud' },
  ],
  [
    'source crn://confluent.cloud/ names no resource',
    event({}),
    { source: platform, crn: undefined, cluster: undefined, org: undefined },
  ],
  [
    'source without slash',
    event({}, { source: 'crn://confluent.cloud' }),
    { source: 'crn://confluent.cloud', crn: undefined, cluster: undefined },
  ],
  [
    'source with a Kafka cluster',
    event({}, { source: `${platform}kafka=lkc-a1b2c` }),
    { cluster: 'lkc-a1b2c', crns: undefined },
  ],
  [
    'source without authority',
    event({}, { source: 'crn:///kafka=lkc-a1b2c' }),
    { source: 'crn:///kafka=lkc-a1b2c', cluster: 'lkc-a1b2c' },
  ],
  ['source with another authority', event({}, { source: 'crn://mds.example.com/kafka=abc' }), { cluster: 'abc' }],
  [
    'source with a path that is no segment',
    event({}, { source: 'crn://mds.example.com/clusters/abc' }),
    { source: 'crn://mds.example.com/clusters/abc', crn: undefined },
  ],
  [
    'subject naming another cluster than source and resourceName',
    event(
      { resourceName: `${platform}kafka=lkc-a1b2c/topic=departures` },
      { source: `${platform}kafka=lkc-a1b2c`, subject: `${platform}kafka=lkc-a2b2c/topic=departures` },
    ),
    {
      cluster: 'lkc-a1b2c',
      crns: [`${platform}kafka=lkc-a1b2c/topic=departures`],
      crnTexts: [`${platform}kafka=lkc-a1b2c/topic=departures`, `${platform}kafka=lkc-a2b2c/topic=departures`],
    },
  ],
  ['subject null', event({ resourceName: org }, { subject: null }), { crns: [org], crnTexts: [org] }],
  ['subject absent', event({ resourceName: org }), { crns: [org], crnTexts: [org] }],
  [
    'datacontenttype and dataschema null',
    event({ methodName: 'GetUser' }, { datacontenttype: null, dataschema: null }),
    { method: 'GetUser' },
  ],
  [
    'dataschema present',
    event({ methodName: 'ListFlinkRegions' }, { dataschema: 'https://confluent.io/internal/events/AuditLog.v2' }),
    { method: 'ListFlinkRegions', accessType: 'READ_ONLY' },
  ],
  [
    'keys of a log shipper: @timestamp is no match for time, the dotted ones are the Kafka place',
    event(
      {},
      {
        '@timestamp': '2026-01-02T09:09:09.000Z',
        '@version': '1',
        'kafka.partition': '106',
        'kafka.offset': '8120000000',
      },
    ),
    { time: '2026-01-02T03:04:05Z', partition: 106, offset: 8_120_000_000 },
  ],
  [
    'confluentRouting',
    event({ methodName: 'kafka.Authentication' }, { confluentRouting: { route: 'confluent-audit-log-events' } }),
    { method: 'kafka.Authentication', crn: undefined },
  ],
  ['data empty', event({}), { id: 'e1', method: undefined, principal: undefined, result: 'UNKNOWN', ip: undefined }],
]);

describe('record-shapes §2 key order', () => {
  const orders: readonly (readonly string[])[] = [
    ['datacontenttype', 'data', 'subject', 'specversion', 'id', 'source', 'time', 'type'],
    ['specversion', 'id', 'source', 'type', 'datacontenttype', 'subject', 'time', 'data'],
    ['data', 'type', 'time', 'source', 'id', 'subject', 'specversion', 'datacontenttype'],
    ['type', 'data', 'id', 'time', 'specversion', 'subject', 'source', 'datacontenttype'],
    ['time', 'data', 'id', 'specversion', 'type', 'subject', 'source', 'datacontenttype'],
  ];

  it.each(orders)('§2 %s first gives the same view', (...order) => {
    const shuffled = Object.fromEntries(order.map((key) => [key, full[key]]));
    const data = Object.fromEntries(Object.entries(fullData).reverse());

    expect(Object.keys(shuffled)).toEqual(order);
    expect(view(shuffled)).toEqual(view(full));
    expect(view({ ...shuffled, data })).toEqual(view(full));
  });
});

const ofType = (type: string, methodName: string): JsonObject => event({ methodName }, { type });
variants('3 event types', [
  [
    'Kafka sign-in',
    ofType(types.kafkaSignIn, 'kafka.Authentication'),
    { type: types.kafkaSignIn, service: 'kafka', kind: 'authentication', accessType: undefined },
  ],
  [
    'Kafka check',
    ofType(types.kafkaCheck, 'kafka.CreateTopics'),
    { service: 'kafka', kind: 'authorization', accessType: undefined },
  ],
  [
    'role check: service kafka, mds stays visible in the method',
    ofType(types.kafkaCheck, 'mds.Authorize'),
    { service: 'kafka', method: 'mds.Authorize' },
  ],
  [
    'Kafka operation',
    ofType(types.kafkaRequest, 'kafka.CreateTopics'),
    { service: 'kafka', kind: 'request', accessType: 'MODIFICATION' },
  ],
  [
    'Schema Registry sign-in',
    ofType(types.registrySignIn, 'schema-registry.Authentication'),
    { service: 'schema-registry', kind: 'authentication' },
  ],
  [
    'Schema Registry check',
    ofType('io.confluent.sg.server/authorization', 'schema-registry.RegisterSchema'),
    { service: 'schema-registry', kind: 'authorization', accessType: undefined },
  ],
  [
    'Schema Registry operation',
    ofType(types.registryRequest, 'schema-registry.RegisterSchema'),
    { service: 'schema-registry', kind: 'request', accessType: 'MODIFICATION' },
  ],
  ['ksqlDB sign-in', ofType(types.ksqlSignIn, 'ksql.Authenticate'), { service: 'ksqldb', kind: 'authentication' }],
  [
    'ksqlDB check',
    ofType('io.confluent.ksql.server/authorization', 'ksql.Authorize'),
    { service: 'ksqldb', kind: 'authorization' },
  ],
  [
    'Flink sign-in',
    ofType('io.confluent.flink.server/authentication', 'flink.Authenticate'),
    { service: 'flink', kind: 'authentication' },
  ],
  [
    'Flink check',
    ofType('io.confluent.flink.server/authorization', 'flink.Authorize'),
    { service: 'flink', kind: 'authorization' },
  ],
  [
    'Flink request, seen in one public tool only',
    ofType('io.confluent.flink.server/request', 'GetStatement'),
    { service: 'flink', kind: 'request', accessType: 'READ_ONLY' },
  ],
  [
    'everything managed',
    ofType(types.request, 'CreateNetwork'),
    { service: 'cloud', kind: 'request', accessType: 'MODIFICATION' },
  ],
  [
    'IP filter: ip-filter stays visible in the method',
    ofType(types.ipFilter, 'ip-filter.Authorize'),
    { service: 'cloud', kind: 'authorization', method: 'ip-filter.Authorize', accessType: undefined },
  ],
  [
    'vendor staff access',
    ofType(types.staff, 'confluent.privileged.access'),
    { service: 'cloud', kind: 'access-transparency', accessType: undefined },
  ],
  [
    'context engine check',
    ofType('io.confluent.context.engine/authorization', 'io.confluent.context.engine/authorization'),
    { service: 'context-engine', kind: 'authorization', method: 'io.confluent.context.engine/authorization' },
  ],
  [
    'context engine call',
    ofType('io.confluent.context.engine/request', 'mcp.tools/call'),
    { service: 'context-engine', kind: 'request', method: 'mcp.tools/call', accessType: undefined },
  ],
  [
    'unknown service with .server',
    ofType('io.confluent.tableflow.server/request', 'X'),
    { type: 'io.confluent.tableflow.server/request', service: 'tableflow', kind: 'request' },
  ],
  [
    'unknown service without .server',
    ofType('io.confluent.new.thing/audit', 'X'),
    { type: 'io.confluent.new.thing/audit', service: 'new.thing', kind: 'audit' },
  ],
  [
    'a refused produce is a failed request, there is no check',
    event(
      { methodName: 'kafka.Produce', result: { status: 'FAILURE', data: { errorType: 'TOPIC_AUTHORIZATION_FAILED' } } },
      { type: types.kafkaRequest },
    ),
    { kind: 'request', result: 'FAILURE', ok: false, accessType: 'MODIFICATION' },
  ],
]);

const at = (time: unknown, more: JsonObject = {}) => event({}, { time, ...more });
variants('4 time', [
  ['nanoseconds', at('2023-09-22T16:24:15.007233032Z'), { time: '2023-09-22T16:24:15.007233032Z' }],
  ['one nanosecond', at('2023-09-22T16:24:15.000000001Z'), { time: '2023-09-22T16:24:15.000000001Z' }],
  ['milliseconds', at('2023-09-22T16:24:15.331Z'), { time: '2023-09-22T16:24:15.331Z' }],
  ['whole seconds', at('2023-09-22T16:24:03Z'), { time: '2023-09-22T16:24:03Z' }],
  ['microseconds', at('2023-09-22T16:24:03.123456Z'), { time: '2023-09-22T16:24:03.123456Z' }],
  ['a trailing zero is kept', at('2023-09-22T16:24:03.500Z'), { time: '2023-09-22T16:24:03.500Z' }],
  ['numeric offset, digits kept', at('2026-01-02T01:04:05.25+02:00'), { time: '2026-01-01T23:04:05.25Z' }],
  [
    'the sentinel of the notification service is no time',
    at('+999999999-12-31T23:59:59.999999999-18:00'),
    { time: undefined },
  ],
  [
    'the sentinel does not fall back to @timestamp',
    at('+999999999-12-31T23:59:59.999999999-18:00', { '@timestamp': '2026-01-02T03:04:05Z' }),
    { time: undefined },
  ],
  [
    'null falls back to @timestamp',
    at(null, { '@timestamp': '2026-01-02T03:04:05.006Z' }),
    { time: '2026-01-02T03:04:05.006Z' },
  ],
  [
    'absent falls back to @timestamp',
    { type: types.request, '@timestamp': '2026-01-02T03:04:05.006Z', data: {} },
    { time: '2026-01-02T03:04:05.006Z' },
  ],
  ['null without @timestamp', at(null), { time: undefined }],
  [
    'an empty object falls back to @timestamp',
    at({}, { '@timestamp': '2026-01-02T03:04:05Z' }),
    { time: '2026-01-02T03:04:05Z' },
  ],
  [
    'empty text falls back to @timestamp',
    at('', { '@timestamp': '2026-01-02T03:04:05Z' }),
    { time: '2026-01-02T03:04:05Z' },
  ],
]);

describe('record-shapes §4 order', () => {
  it.each([
    ['400 ns apart', '2026-01-02T03:04:05.000000100Z', '2026-01-02T03:04:05.000000500Z'],
    ['different precision', '2026-01-02T03:04:00Z', '2026-01-02T03:04:00.5Z'],
    ['three digits and six', '2026-01-02T03:04:00.789Z', '2026-01-02T03:04:00.789123Z'],
    ['an offset', '2026-01-02T04:30:00+02:00', '2026-01-02T03:00:00Z'],
  ])('§4 %s compare as instants', (_, earlier, later) => {
    const [a, b] = [earlier, later].map((time) => cellOf(recordOf(at(time)), 'time'));

    expect(isInstant(a) && isInstant(b) && compareInstants(a, b)).toBeLessThan(0);
  });
});

/** The published example of the snake_case tree: flink regions. */
const snake = event(
  {
    service_name: `${platform}service=cc-flink-api-service`,
    internal_service_name: `${platform}service=cc-ksql-api-service`,
    method_name: 'ListFlinkRegions',
    cloud_resources: [{ resource: { type: 'ORGANIZATION', resource_id: 'o-1' } }],
    authentication_info: {
      exposure: 'CUSTOMER',
      principal: { confluent_user: { resource_id: 'u-1' } },
      result: 'SUCCESS',
      identity: `${org}/identity-provider=Confluent/identity=u-1`,
    },
    request_metadata: { request_id: ['0123456789abcdef0123456789abcdef'], client_address: [{ ip: '198.51.100.7' }] },
    request: { access_type: 'READ_ONLY', data: { cloud: 'AWS', region_name: '' } },
    result: { status: 'SUCCESS', data: { data: [{ id: 'aws.us-east-1' }] } },
    resource_name: org,
  },
  { dataschema: 'https://confluent.io/internal/events/AuditLog.v2', subject: org },
);

variants('5 data', [
  [
    'the whole tree in snake_case',
    snake,
    {
      time: '2026-01-02T03:04:05Z',
      service: 'cloud',
      kind: 'request',
      method: 'ListFlinkRegions',
      accessType: 'READ_ONLY',
      result: 'SUCCESS',
      rawResult: 'SUCCESS',
      ok: true,
      principal: 'u-1',
      principalKind: 'user',
      ip: '198.51.100.7',
      requestId: '0123456789abcdef0123456789abcdef',
      crn: org,
      crns: [org],
      org: 'o-1',
      resourceType: 'organization',
      resource: 'o-1',
    },
  ],
  [
    'spellings mixed key by key',
    event({
      method_name: 'GetUser',
      authenticationInfo: { principal: { confluent_user: { resourceId: 'u-1' } } },
      request_metadata: { requestId: ['r-1'] },
    }),
    { method: 'GetUser', principal: 'u-1', requestId: 'r-1' },
  ],
  [
    "keys inside request.data and result.data are the service's own",
    event({
      request: { data: { method_name: 'Fake', resource_name: `${org}/user=u-9`, accessType: 'READ_ONLY' } },
      result: { data: { status: 'FAILURE', methodName: 'Fake', requestMetadata: { clientAddress: '192.0.2.1' } } },
    }),
    { method: undefined, crn: undefined, result: 'UNKNOWN', ip: undefined, accessType: undefined },
  ],
  [
    'serviceName with a service segment names no resource',
    event({ methodName: 'TableflowGetTable', serviceName: `${platform}service=cc-cts-api-service` }),
    { service: 'cloud', crn: undefined, crns: undefined, resource: undefined },
  ],
  [
    'serviceName of a Kafka cluster',
    event({ serviceName: `${platform}kafka=lkc-1` }, { type: types.kafkaSignIn }),
    { service: 'kafka', crns: undefined },
  ],
  ['serviceName in a plain word', event({ serviceName: 'kafka' }), { service: 'cloud' }],
  [
    'internalServiceName is no resource',
    event({ internalServiceName: `${org}/flink-region=aws.us-east-1` }),
    { crns: undefined },
  ],
  [
    'resourceName absent: only subject has the CRN',
    event({ methodName: 'ClaimPromoCode' }, { subject: org }),
    { crn: org, crns: [org], org: 'o-1', resourceType: 'organization', resource: 'o-1' },
  ],
  [
    'resourceName a bare name: subject has the CRN',
    event({ resourceName: 'orders-value' }, { subject: `${org}/environment=env-1` }),
    { crn: `${org}/environment=env-1`, env: 'env-1' },
  ],
  ['resourceName a bare name and no subject', event({ resourceName: 'orders-value' }), { crn: undefined }],
  [
    '@type is not data',
    event({
      '@type': 'type.googleapis.com/io.confluent.kafka.server.auth.AuditLogEntry',
      methodName: 'kafka.CreateTopics',
    }),
    { method: 'kafka.CreateTopics' },
  ],
  [
    'clientAddress directly under data',
    event({ clientAddress: [{ ip: '198.51.100.7' }] }, { type: types.kafkaSignIn }),
    { ip: '198.51.100.7', ips: ['198.51.100.7'] },
  ],
  ['response is not the result', event({ response: { status: 'FAILURE' } }), { result: 'UNKNOWN' }],
]);

variants('6.1 principal', [
  [
    '"User:u-1abc2d"',
    by('User:u-1abc2d'),
    { principal: 'u-1abc2d', principalKind: 'user', principalNames: ['u-1abc2d'] },
  ],
  ['"User:sa-123abc"', by('User:sa-123abc'), { principal: 'sa-123abc', principalKind: 'service-account' }],
  ['"User:123456" alone', by('User:123456'), { principal: '123456', principalKind: 'unknown' }],
  [
    '"User:123456" resolves through principalResourceId to a service account',
    by('User:123456', { principalResourceId: 'sa-123abc' }),
    { principal: 'sa-123abc', principalKind: 'service-account', principalNames: ['sa-123abc'] },
  ],
  [
    '"User:123456" resolves through principalResourceId to a user',
    by('User:123456', { principalResourceId: 'u-1abc2d' }),
    { principal: 'u-1abc2d', principalKind: 'user' },
  ],
  [
    '"User:123456" does not resolve to another kind of id',
    by('User:123456', { principalResourceId: 'x-1' }),
    { principal: '123456', principalKind: 'unknown' },
  ],
  [
    '"User:u-1" is not replaced by principalResourceId',
    by('User:u-1', { principalResourceId: 'sa-2' }),
    { principal: 'u-1' },
  ],
  ['"User:pool-123"', by('User:pool-123'), { principal: 'pool-123', principalKind: 'identity-pool' }],
  ...[
    'flowserviceadmin',
    'schemaregistryconnectadmin',
    'schemaregistryvalidationadmin',
    'notificationserviceadmin',
    'ksqlscheduleradmin',
  ].map(
    (name): Row => [
      `"User:${name}" is Confluent's own`,
      by(`User:${name}`),
      { principal: name, principalKind: 'confluent-internal' },
    ],
  ),
  ['"None:UNKNOWN_USER"', by('None:UNKNOWN_USER'), { principal: 'UNKNOWN_USER', principalKind: 'anonymous' }],
  ['"User:alice"', by('User:alice'), { principal: 'alice', principalKind: 'unknown' }],
  ['"/users/123"', by('/users/123'), { principal: '/users/123', principalKind: 'unknown' }],
  [
    'confluentUser',
    by({ confluentUser: { resourceId: 'u-1' } }),
    { principal: 'u-1', principalKind: 'user', email: undefined },
  ],
  [
    'email and confluentUser',
    by({ email: 'jane@example.com', confluentUser: { resourceId: 'u-1' } }),
    { principal: 'u-1', principalKind: 'user', email: 'jane@example.com', principalNames: ['u-1', 'jane@example.com'] },
  ],
  [
    'email inside the wrapper',
    by({ confluentUser: { resourceId: 'u-1', email: 'jane@example.com' } }),
    { principal: 'u-1', email: 'jane@example.com' },
  ],
  [
    'prefix inside the object',
    by({ confluentUser: { resourceId: 'User:u-1' } }),
    { principal: 'u-1', principalKind: 'user' },
  ],
  [
    'confluent.privileged',
    by({ confluentUser: { resourceId: 'confluent.privileged' } }),
    { principal: 'confluent.privileged', principalKind: 'confluent-internal' },
  ],
  [
    'confluentServiceAccount',
    by({ confluentServiceAccount: { resourceId: 'sa-1' } }),
    { principal: 'sa-1', principalKind: 'service-account' },
  ],
  [
    'identityPool',
    by({ identityPool: { resourceId: 'pool-1' } }),
    { principal: 'pool-1', principalKind: 'identity-pool' },
  ],
  ['group', by({ group: { resourceId: 'group-1' } }), { principal: 'group-1', principalKind: 'group' }],
  [
    'externalAccount of a partner',
    by({ externalAccount: { namespace: [{ type: 'AWS', id: '1' }], subject: 'partner-7' } }),
    { principal: 'partner-7', principalKind: 'external' },
  ],
  [
    'externalAccount that is Confluent itself',
    by({ externalAccount: { subject: 'Confluent' } }),
    { principal: 'Confluent', principalKind: 'confluent-internal' },
  ],
  [
    'email only',
    by({ email: 'jane@example.com' }),
    {
      principal: 'jane@example.com',
      principalKind: 'user',
      email: 'jane@example.com',
      principalNames: ['jane@example.com'],
    },
  ],
  [
    'confluent_user in snake_case',
    by({ confluent_user: { resource_id: 'u-1' } }),
    { principal: 'u-1', principalKind: 'user' },
  ],
  [
    'absent: background job',
    event({ methodName: 'ScheduledJwksRefresh', result: { status: 'SUCCESS' } }),
    { principal: undefined, principalNames: undefined, email: undefined },
  ],
  [
    'absent: refused key sign-in is known by its key',
    signedIn({ metadata: { identifier: 'KEY1' }, result: 'UNAUTHENTICATED' }),
    { principal: 'KEY1', principalKind: 'api-key', credential: 'KEY1' },
  ],
  [
    'absent: known by its credentials',
    signedIn({ credentials: { idSecretCredentials: { credentialId: 'KEY2' }, mechanism: 'HTTP_BASIC' } }),
    { principal: 'KEY2', principalKind: 'api-key', credential: 'KEY2' },
  ],
  [
    'an API key is never the principal beside a principal',
    by('User:sa-1', { metadata: { identifier: 'KEY1' } }),
    { principal: 'sa-1', principalKind: 'service-account', credential: 'KEY1' },
  ],
]);

variants('6.2 the rest of authenticationInfo', [
  [
    'identity of the Confluent identity provider',
    signedIn({ identity: `${org}/identity-provider=Confluent/identity=u-1` }),
    { principal: 'u-1', principalKind: 'user', email: undefined },
  ],
  [
    'identity of an SSO connection is an e-mail',
    signedIn({ identity: `${org}/sso-connection=acme/identity=jane%40example.com` }),
    { principal: 'jane@example.com', email: 'jane@example.com' },
  ],
  [
    'identity of another identity provider',
    signedIn({ identity: `${org}/identity-provider=op-1/identity=pool-9` }),
    { principal: 'pool-9', principalKind: 'identity-pool' },
  ],
  [
    'identity gives the e-mail of a principal without one',
    by({ confluentUser: { resourceId: 'u-1' } }, { identity: `${org}/sso-connection=acme/identity=jane@example.com` }),
    { principal: 'u-1', email: 'jane@example.com' },
  ],
  [
    'the organization of identity comes last',
    event({
      resourceName: org,
      authenticationInfo: { identity: `${platform}organization=o-2/identity-provider=Confluent/identity=u-1` },
    }),
    { org: 'o-1' },
  ],
  [
    'the organization of identity is better than none',
    signedIn({ identity: `${platform}organization=o-2/identity-provider=Confluent/identity=u-1` }),
    { org: 'o-2' },
  ],
  [
    'metadata of a token sign-in: a numeric user id',
    by('User:123456', {
      principalResourceId: 'u-1',
      metadata: { mechanism: 'SASL_SSL/OAUTHBEARER', identifier: '123456' },
    }),
    { principal: 'u-1', credential: '123456' },
  ],
  [
    'credential: metadata before credentials',
    signedIn({ metadata: { identifier: 'KEY1' }, credentials: { idSecretCredentials: { credentialId: 'KEY2' } } }),
    { credential: 'KEY1' },
  ],
  [
    'token credentials with a number in text as subject',
    signedIn(
      {
        principal: { confluentUser: { resourceId: 'u-1' } },
        credentials: {
          idTokenCredentials: {
            type: 'JWT',
            issuer: 'Confluent',
            subject: '302177',
            audience: ['AUTH_TOKEN'],
            otherSignedClaims: {},
          },
          mechanism: 'HTTP_BEARER',
        },
        result: 'SUCCESS',
      },
      { type: types.ksqlSignIn },
    ),
    { principal: 'u-1', credential: undefined, result: 'SUCCESS' },
  ],
  [
    'certificate credentials',
    by('User:u-1', {
      credentials: {
        certificateCredentials: { dname: { cn: 'a', ou: 'b', o: 'c', l: 'd', st: 'e', c: 'f' } },
        mechanism: 'MTLS',
      },
    }),
    { principal: 'u-1', credential: undefined },
  ],
  [
    'delegated credentials, nested',
    by('User:u-1', {
      credentials: {
        delegateCredentials: {
          delegatePrincipal: { confluentUser: { resourceId: 'u-2' } },
          delegateCredentials: { idSecretCredentials: { credentialId: 'KEY3' } },
        },
      },
    }),
    { principal: 'u-1', credential: undefined },
  ],
  ['result UNSET says nothing', by('User:u-1', { result: 'UNSET' }), { result: 'UNKNOWN', ok: undefined }],
  ['exposure is no result', by('User:u-1', { exposure: 'CUSTOMER' }), { result: 'UNKNOWN' }],
  [
    'errorMessage says why a sign-in failed',
    signedIn({ result: 'FAILURE', errorMessage: 'Bad API key' }, { type: types.kafkaSignIn }),
    { result: 'FAILURE', message: 'Bad API key' },
  ],
  [
    'originalPrincipal as text',
    by('User:pool-1', { originalPrincipal: 'User:u-2' }),
    { principal: 'pool-1', originalPrincipal: 'u-2', principalNames: ['pool-1', 'u-2'] },
  ],
  [
    'originalPrincipal as an object',
    by('User:pool-1', { originalPrincipal: { confluentServiceAccount: { resourceId: 'sa-2' } } }),
    { originalPrincipal: 'sa-2' },
  ],
]);

const kafkaTopic = { operation: 'Create', resourceType: 'Topic', resourceName: 'departures', patternType: 'LITERAL' };
const onCluster = `${platform}organization=o-1/environment=env-1/cloud-cluster=lkc-1/kafka=lkc-1`;
variants('7 authorizationInfo', [
  ['granted true', check({ granted: true, ...kafkaTopic }), { result: 'ALLOW', rawResult: 'true', ok: true }],
  [
    'granted false, with nothing that matched',
    check({ granted: false, ...kafkaTopic }),
    { result: 'DENY', rawResult: 'false', ok: false },
  ],
  ['result ALLOW', check({ result: 'ALLOW' }), { result: 'ALLOW', rawResult: 'ALLOW' }],
  ['result DENY', check({ result: 'DENY' }), { result: 'DENY', rawResult: 'DENY' }],
  ['result UNSET', check({ result: 'UNSET' }), { result: 'UNKNOWN' }],
  ['both families: the word decides', check({ result: 'DENY', granted: true }), { result: 'DENY', rawResult: 'DENY' }],
  ['both families: granted decides beside UNSET', check({ result: 'UNSET', granted: true }), { result: 'ALLOW' }],
  ['granted in text is no verdict', check({ granted: 'true' }), { result: 'UNKNOWN' }],
  [
    'the checked topic is the resource',
    check({ granted: true, ...kafkaTopic }, { resourceName: onCluster }),
    { resourceType: 'topic', resource: 'departures', crn: onCluster, cluster: 'lkc-1' },
  ],
  [
    'ClusterLink',
    check({ resourceType: 'ClusterLink', resourceName: 'dr' }, { resourceName: onCluster }),
    { resourceType: 'cluster-link', resource: 'dr' },
  ],
  [
    'kafka-cluster as a bare name',
    check({ resourceType: 'Cluster', resourceName: 'kafka-cluster' }, { resourceName: onCluster }),
    { resourceType: 'cluster', resource: 'kafka-cluster' },
  ],
  [
    'environment as a bare name',
    check({ resourceType: 'Environment', resourceName: 'environment' }, { resourceName: `${org}/environment=env-1` }),
    { resourceType: 'environment', resource: 'environment', env: 'env-1' },
  ],
  [
    'a star as a name',
    check({ resourceType: 'CloudApiKey', resourceName: '*' }, { resourceName: `${org}/cloud-api-key=%2A` }),
    { resourceType: 'cloud-api-key', resource: '*', crn: `${org}/cloud-api-key=%2A` },
  ],
  ...['LITERAL', 'PREFIX', 'PREFIXED', 'Literal'].map(
    (patternType): Row => [
      `patternType ${patternType}`,
      check({ granted: true, ...kafkaTopic, patternType }),
      { result: 'ALLOW', resource: 'departures' },
    ],
  ),
  [
    'rbac scope gives organization and environment',
    check({
      granted: true,
      rbacAuthorization: {
        role: 'MetricsViewer',
        scope: { outerScope: ['organization=o-1', 'environment=env-1'], clusters: {} },
        actingPrincipal: 'User:u-9',
      },
    }),
    { org: 'o-1', env: 'env-1', principal: undefined, principalNames: undefined },
  ],
  [
    'rbac scope without clusters',
    check({ granted: true, rbacAuthorization: { role: 'R', scope: { outerScope: ['organization=o-1'] } } }),
    { org: 'o-1', env: undefined },
  ],
  [
    'rbac scope with a cluster',
    check({
      granted: true,
      rbacAuthorization: { scope: { outerScope: ['organization=o-1'], clusters: { 'kafka-cluster': 'lkc-1' } } },
    }),
    { org: 'o-1', result: 'ALLOW' },
  ],
  [
    'rbac cloudScope',
    check({
      result: 'ALLOW',
      rbacAuthorization: {
        role: 'R',
        cloudScope: {
          resources: [
            { type: 'ORGANIZATION', resourceId: 'o-1' },
            { type: 'ENVIRONMENT', resourceId: 'env-1' },
          ],
        },
        operation: 'View',
        patternName: 'x',
        actingPrincipal: { group: { resourceId: 'group-1' } },
      },
    }),
    { org: 'o-1', env: 'env-1', principal: undefined },
  ],
  [
    'an ACL',
    check({ granted: true, aclAuthorization: { permissionType: 'ALLOW', host: '*', actingPrincipal: 'User:sa-1' } }),
    { result: 'ALLOW', principal: undefined },
  ],
  [
    'an ACL that denies does not outrank the verdict',
    check({ granted: true, aclAuthorization: { permissionType: 'DENY', host: '*' } }),
    { result: 'ALLOW' },
  ],
  [
    'an old spelling of an ACL',
    check({ granted: true, aclAuthorization: { permissionType: 'Allow', patternType: 'Literal' } }),
    { result: 'ALLOW' },
  ],
  ['superUserAuthorization', check({ granted: true, superUserAuthorization: true }), { result: 'ALLOW', ok: true }],
  [
    'assigned principals as text are not the principal',
    check({ granted: true, assignedPrincipals: ['u-1', 'group-2'] }, { authenticationInfo: { principal: 'User:u-7' } }),
    { principal: 'u-7', principalNames: ['u-7'] },
  ],
  [
    'assigned principals as objects are not the principal',
    check(
      { result: 'ALLOW', assignedPrincipals: [{ group: { resourceId: 'group-2' } }] },
      { authenticationInfo: { principal: 'User:u-7' } },
    ),
    { principal: 'u-7', principalNames: ['u-7'] },
  ],
  [
    'IP filter, camelCase',
    check({ result: 'DENY', ipfilterAuthorization: { clientIp: '192.0.2.9', resourceGroup: 'MANAGEMENT' } }),
    { ips: ['192.0.2.9'], result: 'DENY' },
  ],
  [
    'IP filter, snake_case and a newer group',
    check({ result: 'DENY', ipfilterAuthorization: { client_ip: '2001:db8::9', resource_group: 'FLINK' } }),
    { ips: ['2001:db8::9'] },
  ],
  [
    'private link policy',
    check({
      result: 'DENY',
      privateLinkPolicyAuthorization: { resource_network_type: 'PRIVATE_LINK', private_link_context_id: 'pl-1' },
    }),
    { result: 'DENY', ips: undefined },
  ],
  [
    'request metadata under authorizationInfo',
    check({ result: 'DENY', requestMetadata: { requestId: ['r-9'], clientAddress: [{ ip: '192.0.2.9' }] } }),
    { requestIds: ['r-9'], ips: ['192.0.2.9'] },
  ],
  [
    'request metadata in both places',
    check(
      { requestMetadata: { requestId: ['r-9'], clientAddress: [{ ip: '192.0.2.9' }] } },
      { requestMetadata: { requestId: ['r-1'], clientAddress: [{ ip: '192.0.2.1' }] } },
    ),
    { requestId: 'r-1', requestIds: ['r-1', 'r-9'], ips: ['192.0.2.1', '192.0.2.9'] },
  ],
]);

describe('record-shapes §7 resource types of checks', () => {
  it.each([
    ['FlinkEnvironmentRegionApiKey', 'flink-environment-region-api-key'],
    ['ServiceAccountApiKey', 'service_account_api_key'],
    ['SecuritySSO', 'security-sso'],
    ['MultiFactorAuthentication', 'MULTI_FACTOR_AUTHENTICATION'],
    ['SecurityMetadata', 'SECURITY_METADATA'],
    ['AIChatCompletions', 'ai-chat-completions'],
    ['NotificationIntegration', 'notification-integration'],
  ])('§7 %s is also written %s', (resourceType, other) => {
    const found = cell(check({ granted: true, resourceType, resourceName: 'x' }), 'resourceType');

    expect(foldType(String(found))).toBe(foldType(other));
  });
});

const hex = '8b4f7ec5693a01fb4a1ae0a24240f944';
const digits56 = '12345678901234567890123456789012345678901234567890123456';
variants('8 requestMetadata', [
  ['requestId list of 32 hex digits', from({ requestId: [hex] }), { requestId: hex, requestIds: [hex] }],
  [
    'requestId list with a UUID',
    from({ requestId: ['b76bee22-7678-49ea-8902-67519b0d4133'] }),
    { requestId: 'b76bee22-7678-49ea-8902-67519b0d4133' },
  ],
  ['requestId of 56 decimal digits', from({ requestId: [digits56] }), { requestId: digits56 }],
  ['requestId as text', from({ requestId: hex }), { requestId: hex, requestIds: [hex] }],
  ['request_id as text', from({ request_id: hex }), { requestId: hex }],
  ['request_id list', from({ request_id: [hex, 'x'] }), { requestId: hex, requestIds: [hex, 'x'] }],
  ['clientAddress list', from({ clientAddress: [{ ip: '198.51.100.7' }] }), { ip: '198.51.100.7' }],
  [
    'clientAddress with a port beside',
    from({ clientAddress: [{ ip: '198.51.100.7', port: 443 }] }),
    { ips: ['198.51.100.7'] },
  ],
  [
    'several addresses',
    from({ clientAddress: [{ ip: '198.51.100.7' }, { ip: '203.0.113.9' }] }),
    { ip: '198.51.100.7', ips: ['198.51.100.7', '203.0.113.9'] },
  ],
  ['IPv6', from({ clientAddress: [{ ip: '2001:db8::1' }] }), { ip: '2001:db8::1' }],
  ['client_address as text with a leading slash', from({ client_address: '/127.0.0.1' }), { ip: '127.0.0.1' }],
  ['client_address as a list', from({ client_address: [{ ip: '198.51.100.7' }] }), { ip: '198.51.100.7' }],
  ['callerIp', from({ callerIp: '198.51.100.7' }), { ip: '198.51.100.7' }],
  ['no address at all', from({ requestId: [hex] }), { ip: undefined, ips: undefined }],
  ['connection_id', from({ connection_id: 'c-1' }), { connectionId: 'c-1' }],
  ['connectionId', from({ connectionId: 'c-1' }), { connectionId: 'c-1' }],
  ['network_id is no environment and no address', from({ network_id: 'n-1' }), { env: undefined, ip: undefined }],
  ['clientId here', from({ clientId: 'adminclient-7' }), { clientId: 'adminclient-7' }],
  [
    'clientId of the console',
    from({ clientId: 'proxy:console', clientTraceId: 't', correlationId: '5' }),
    { clientId: 'proxy:console' },
  ],
  [
    'the whole object empty',
    from({}),
    { requestId: undefined, ip: undefined, connectionId: undefined, clientId: undefined },
  ],
  [
    'the whole object missing',
    event({}),
    { requestId: undefined, ip: undefined, connectionId: undefined, clientId: undefined },
  ],
]);

const asking = (methodName: string, request: unknown, type: string = types.request) =>
  event({ methodName, request }, { type });
variants('9 request', [
  [
    'accessType READ_ONLY',
    asking('CreateStatement', { accessType: 'READ_ONLY', data: {} }),
    { accessType: 'READ_ONLY' },
  ],
  [
    'accessType MODIFICATION',
    asking('GetStatement', { accessType: 'MODIFICATION', data: {} }),
    { accessType: 'MODIFICATION' },
  ],
  [
    'accessType UNKNOWN: the method tells',
    asking('GetStatement', { accessType: 'UNKNOWN', data: {} }),
    { accessType: 'READ_ONLY' },
  ],
  [
    'data only, of staff access',
    asking(
      'confluent.privileged.access',
      { data: { employee_base_location: 'X', employee_job_family: 'Y' } },
      types.staff,
    ),
    { accessType: undefined, method: 'confluent.privileged.access' },
  ],
  [
    'flat correlationId and clientId',
    asking('kafka.CreateTopics', { correlationId: '7', clientId: 'adminclient-7' }, types.kafkaCheck),
    { clientId: 'adminclient-7', correlationId: '7', requestIds: undefined },
  ],
  [
    'correlation_id -1 means none',
    asking('mds.Authorize', { correlation_id: '-1' }, types.kafkaCheck),
    { correlationId: undefined, requestIds: undefined },
  ],
  [
    'flat in snake_case',
    asking('kafka.CreateTopics', { correlation_id: '7', client_id: 'rdkafka' }, types.kafkaCheck),
    { clientId: 'rdkafka', correlationId: '7' },
  ],
  [
    'correlationId as a number',
    asking(
      'kafka.CreateTopics',
      { requestType: 'CREATE_TOPICS', resourceType: 'Topic', resourceName: 'x', correlationId: 12345.0, clientId: 'c' },
      types.kafkaCheck,
    ),
    { correlationId: '12345', clientId: 'c' },
  ],
  [
    'sign-in by a cluster link',
    asking('kafka.Authentication', { remote_logical_cluster_id: 'lkc-9' }, types.kafkaSignIn),
    { cluster: undefined, method: 'kafka.Authentication' },
  ],
  [
    'absent',
    event({ methodName: 'ip-filter.Authorize' }, { type: types.ipFilter }),
    { accessType: undefined, clientId: undefined },
  ],
  [
    'names of the service with capitals',
    asking('DeleteStatement', {
      accessType: 'MODIFICATION',
      data: { StatementName: 's-1', OrgResourceId: 'o-1', EnvironmentId: 'env-1' },
    }),
    { accessType: 'MODIFICATION', env: undefined, org: undefined },
  ],
  [
    'empty text and null inside',
    asking('ListStatements', {
      accessType: 'READ_ONLY',
      data: { compute_pool_id: '', spec: { service_account: null } },
    }),
    { accessType: 'READ_ONLY' },
  ],
]);

const ended = (result: unknown, more: JsonObject = {}) => event({ methodName: 'CreateStatement', result }, more);
variants('10 result', [
  [
    'status with data',
    ended({ status: 'SUCCESS', data: { name: 'x' } }),
    { result: 'SUCCESS', rawResult: 'SUCCESS', ok: true, message: undefined },
  ],
  ['status alone', ended({ status: 'SUCCESS' }), { result: 'SUCCESS' }],
  [
    'status and message',
    ended({ status: 'UNAUTHENTICATED', message: 'Unknown key' }, { type: types.kafkaSignIn }),
    {
      result: 'FAILURE',
      rawResult: 'UNAUTHENTICATED',
      ok: false,
      message: 'Unknown key',
      resultWords: ['FAILURE', 'UNAUTHENTICATED'],
    },
  ],
  ['empty message', ended({ status: 'SUCCESS', message: '' }), { message: undefined }],
  [
    'list result, doubly nested',
    ended({ status: 'SUCCESS', data: { data: [{ metadata: {}, spec: { name: 'x' } }] } }),
    { result: 'SUCCESS', crns: undefined },
  ],
  [
    'errors of a sign-in',
    ended({ status: 'FAILURE', data: { errors: [{ status: '401', detail: 'Unauthorized' }] } }),
    { result: 'FAILURE', message: 'Unauthorized' },
  ],
  [
    'errorCode and errorMessage of Schema Registry',
    ended(
      { status: 'FAILURE', data: { errorCode: 409, errorMessage: 'Schema being registered is incompatible' } },
      { type: types.registryRequest },
    ),
    { result: 'FAILURE', message: 'Schema being registered is incompatible' },
  ],
  [
    'errorType of Kafka, topic',
    ended({ status: 'FAILURE', data: { errorType: 'TOPIC_AUTHORIZATION_FAILED' } }, { type: types.kafkaRequest }),
    { result: 'FAILURE', resultWords: ['FAILURE', 'TOPIC_AUTHORIZATION_FAILED'] },
  ],
  [
    'errorType of Kafka, cluster',
    ended({ status: 'FAILURE', data: { errorType: 'CLUSTER_AUTHORIZATION_FAILED' } }, { type: types.kafkaRequest }),
    { resultWords: ['FAILURE', 'CLUSTER_AUTHORIZATION_FAILED'] },
  ],
  ['a status nobody documented', ended({ status: '404 NOT_FOUND' }), { result: 'FAILURE', rawResult: '404 NOT_FOUND' }],
  ['status UNSET', ended({ status: 'UNSET' }), { result: 'UNKNOWN' }],
  ['status OK', ended({ status: 'OK' }), { result: 'SUCCESS', rawResult: 'OK' }],
  [
    'absent on a sign-in: authenticationInfo tells',
    signedIn({ result: 'FAILURE' }, { type: types.registrySignIn }),
    { result: 'FAILURE' },
  ],
]);

variants('11 cloudResources', [
  [
    'scope from outermost to innermost, then the resource',
    touching({
      cloudResources: [
        item('STATEMENT', 's-1', ['ORGANIZATION', 'o-1'], ['ENVIRONMENT', 'env-1'], ['FLINK_REGION', 'aws.us-east-1']),
      ],
    }),
    {
      crns: [`${org}/environment=env-1/flink-region=aws.us-east-1/statement=s-1`],
      org: 'o-1',
      env: 'env-1',
      region: 'aws.us-east-1',
      resourceType: 'statement',
      resource: 's-1',
    },
  ],
  [
    'no scope: the organization itself',
    touching({ cloudResources: [item('ORGANIZATION', 'o-1')] }),
    { crns: [org], org: 'o-1' },
  ],
  [
    'snake_case',
    touching({
      cloud_resources: [
        {
          scope: { resources: [{ type: 'ORGANIZATION', resource_id: 'o-1' }] },
          resource: { type: 'ENVIRONMENT', resource_id: 'env-1' },
        },
      ],
    }),
    { crns: [`${org}/environment=env-1`] },
  ],
  [
    'one entry per scope of a key',
    touching({
      methodName: 'CreateAPIKey',
      cloudResources: [
        item('API_KEY', 'K1', ['ORGANIZATION', 'o-1']),
        item('API_KEY', 'K1', ['ORGANIZATION', 'o-1'], ['ENVIRONMENT', 'env-1'], ['CLOUD_CLUSTER', 'lkc-1']),
      ],
    }),
    {
      crns: [`${org}/api-key=K1`, `${org}/environment=env-1/cloud-cluster=lkc-1/api-key=K1`],
      cluster: 'lkc-1',
      env: 'env-1',
    },
  ],
  ['empty list', touching({ cloudResources: [] }), { crns: undefined }],
  [
    'both API_KEY and CLOUD_API_KEY',
    touching({ cloudResources: [item('API_KEY', 'K1'), item('CLOUD_API_KEY', 'K1')] }),
    { crns: [`${platform}api-key=K1`, `${platform}cloud-api-key=K1`] },
  ],
  [
    'underscores become dashes',
    touching({ cloudResources: [item('NS_NOTIFICATION_TYPE', 'n-1'), item('CUSTOM_CONNECTOR_PLUGIN', 'ccp-1')] }),
    { crns: [`${platform}ns-notification-type=n-1`, `${platform}custom-connector-plugin=ccp-1`] },
  ],
  [
    'ids without a pattern',
    touching({ cloudResources: [item('ENVIRONMENT', 'a-79899', ['ORGANIZATION', 'org-22'])] }),
    { env: 'a-79899', org: 'org-22' },
  ],
  [
    'a display name as id',
    touching({ cloudResources: [item('KSQL', 'ksqlDB_cluster_0')] }),
    { crns: [`${platform}ksql=ksqlDB_cluster_0`] },
  ],
  [
    'the case of an id is kept',
    touching({ cloudResources: [item('FLINK_REGION', 'AWS.eu-central-1')] }),
    { region: 'AWS.eu-central-1', crns: [`${platform}flink-region=AWS.eu-central-1`] },
  ],
  [
    'ids are percent-encoded',
    touching({ cloudResources: [item('STATEMENT', 'a/b=c d*')] }),
    { crns: [`${platform}statement=a%2Fb%3Dc%20d%2A`], resource: 'a/b=c d*' },
  ],
  [
    'it contradicts resourceName: both stay',
    touching({ resourceName: `${platform}organization=o-9`, cloudResources: [item('ORGANIZATION', 'o-1')] }),
    { crns: [`${platform}organization=o-9`, org], org: 'o-9', resource: 'o-9' },
  ],
  [
    'type word and segment differ: both stay',
    touching({
      resourceName: `${org}/cloud-cluster=lkc-1`,
      cloudResources: [item('KAFKA_CLUSTER', 'lkc-1', ['ORGANIZATION', 'o-1'])],
    }),
    { crns: [`${org}/cloud-cluster=lkc-1`, `${org}/kafka-cluster=lkc-1`], cluster: 'lkc-1' },
  ],
]);

describe('record-shapes §12.1 CRN forms', () => {
  it.each([
    ['crn://confluent.cloud/', 'confluent.cloud', []],
    ['crn://confluent.cloud', 'confluent.cloud', []],
    [`${org}/environment=env-1`, 'confluent.cloud', ['organization', 'o-1', 'environment', 'env-1']],
    [`${platform}kafka=lkc-1/topic=orders`, 'confluent.cloud', ['kafka', 'lkc-1', 'topic', 'orders']],
    [`${platform}kafka=lkc-1/group=g`, 'confluent.cloud', ['kafka', 'lkc-1', 'group', 'g']],
    [
      'crn://confluent.cloud/cloud-cluster=lkc-1/kafka-cluster=lkc-1/topic=t',
      'confluent.cloud',
      ['cloud-cluster', 'lkc-1', 'kafka-cluster', 'lkc-1', 'topic', 't'],
    ],
    ['crn://mds.example.com/kafka=abc', 'mds.example.com', ['kafka', 'abc']],
    [`${platform}topic=orders%2Feu`, 'confluent.cloud', ['topic', 'orders/eu']],
    [`${platform}topic=a%3Db%20c`, 'confluent.cloud', ['topic', 'a=b c']],
    [`${org}/cloud-api-key=%2A`, 'confluent.cloud', ['organization', 'o-1', 'cloud-api-key', '*']],
    [`${platform}topic=100%`, 'confluent.cloud', ['topic', '100%']],
    [`${platform}topic=%ZZ%2F`, 'confluent.cloud', ['topic', '%ZZ%2F']],
    [`${platform}topic=%E4%F6`, 'confluent.cloud', ['topic', '%E4%F6']],
    [`${platform}topic=a=b`, 'confluent.cloud', ['topic', 'a=b']],
    [`${platform}topic=stra%C3%9Fe`, 'confluent.cloud', ['topic', 'straße']],
  ])('§12.1 %s', (text, authority, flat) => {
    const crn = parseCrn(text);

    expect(crn?.authority).toBe(authority);
    expect(crn?.segments.flatMap((segment) => [segment.type, segment.name])).toEqual(flat);
  });

  it.each(['orders-value', '', 'http://confluent.cloud/kafka=lkc-1', 'crn:', '/kafka=lkc-1'])(
    '§12.1 "%s" is no CRN',
    (text) => {
      expect(parseCrn(text)).toBeUndefined();
    },
  );

  it('§12.1 crn:///kafka=… equals the CRN of confluent.cloud', () => {
    expect(crnPrefixTest('crn:///kafka=lkc-1')(`${platform}kafka=lkc-1/topic=t`)).toBe(true);
    expect(crnPrefixTest(`${platform}kafka=lkc-1`)('crn:///kafka=lkc-1/topic=t')).toBe(true);
    expect(crnPrefixTest('crn:///kafka=lkc-1')('crn://mds.example.com/kafka=lkc-1')).toBe(false);
  });
});

const named = (resourceName: string) => touching({ resourceName });
variants('12.1 CRNs as resources', [
  [
    'older Kafka records',
    named(`${platform}kafka=lkc-1/topic=orders`),
    { cluster: 'lkc-1', resourceType: 'topic', resource: 'orders' },
  ],
  ['a consumer group', named(`${platform}kafka=lkc-1/group=g-1`), { resourceType: 'group', resource: 'g-1' }],
  [
    'newer Kafka records',
    named(`${org}/environment=env-1/cloud-cluster=lkc-1/kafka=lkc-2/topic=orders`),
    { cluster: 'lkc-2', env: 'env-1', resource: 'orders' },
  ],
  [
    'Tableflow',
    named(`${org}/cloud-cluster=lkc-1/kafka-cluster=lkc-2/topic=orders`),
    { cluster: 'lkc-1', resourceType: 'topic' },
  ],
  [
    'a statement',
    named(`${org}/environment=env-1/flink-region=aws.us-east-1/statement=s-1`),
    { region: 'aws.us-east-1', cluster: undefined, resourceType: 'statement', resource: 's-1' },
  ],
  [
    'a workspace',
    named(`${org}/environment=env-1/flink-region=aws.us-east-1/flink-workspace=w-1`),
    { resourceType: 'flink-workspace', resource: 'w-1' },
  ],
  [
    'a ksqlDB cluster',
    named(`${org}/environment=env-1/cloud-cluster=lkc-1/ksql=lksqlc-1`),
    { cluster: 'lkc-1', resourceType: 'ksql', resource: 'lksqlc-1' },
  ],
  ['a ksqlDB cluster alone', named(`${org}/ksql=lksqlc-1`), { cluster: 'lksqlc-1' }],
  [
    'a Schema Registry cluster',
    named(`${org}/environment=env-1/schema-registry=lsrc-1`),
    { cluster: 'lsrc-1', resourceType: 'schema-registry' },
  ],
  [
    'a connector',
    named(`${org}/environment=env-1/cloud-cluster=lkc-1/connector=lcc-1`),
    { resourceType: 'connector', resource: 'lcc-1' },
  ],
  ['every API key', named(`${org}/cloud-api-key=%2A`), { resource: '*', crn: `${org}/cloud-api-key=%2A` }],
  [
    'a self-managed cluster',
    named('crn://mds.example.com/kafka=abc/topic=t'),
    { crn: 'crn://mds.example.com/kafka=abc/topic=t', cluster: 'abc', org: undefined },
  ],
  [
    'encoded names are shown decoded',
    named(`${platform}kafka=lkc-1/topic=orders%2Feu`),
    { resource: 'orders/eu', crn: `${platform}kafka=lkc-1/topic=orders%2Feu` },
  ],
  ['a name that does not decode stays as it is', named(`${platform}kafka=lkc-1/topic=50%`), { resource: '50%' }],
  ['the platform names no resource', named(platform), { crn: undefined, resource: undefined, resourceType: undefined }],
]);

describe('record-shapes §12.2 documented and recorded names', () => {
  it.each([
    ['ListWorkspaces', 'ListWorkspace'],
    ['ListNamespaces', 'TableflowListNamespaces'],
    ['LoadNamespace', 'LoadNamespaces'],
    ['UnBindAllRolesForPrincipal', 'UnbindAllRolesForPrincipal'],
    ['schema-registry.RegisterSchema', 'RegisterSchema'],
    ['schema-registry.DeleteSubject', 'DeleteSubject'],
    ['schema-registry.LookUpSchemaUnderSubject', 'LookUpSchemaUnderSubject'],
    ['schema-registry.SearchCatalogUsingAttributes', 'SearchCatalogUsingAttributes'],
    ['ListSchemaRegistryClusters', 'GetSchemaRegistryClusters'],
    ['CreateAPIKey', 'CreateApiKey'],
  ])('§12.2 %s and %s are one method', (documented, recorded) => {
    expect(aliasGroup(documented)).toContain(recorded);
    expect(aliasGroup(recorded)).toEqual(aliasGroup(documented));
  });

  it.each([
    ['kafka.CreateTopics', ['kafka.CreateTopics', 'CreateTopics']],
    ['schema-registry.RegisterSchema', ['schema-registry.RegisterSchema', 'RegisterSchema']],
    ['RegisterSchema', ['RegisterSchema']],
    ['TableflowListTables', ['TableflowListTables', 'ListTables']],
    ['ListWorkspace', ['ListWorkspace']],
    ['ListIdentityProvider', ['ListIdentityProvider']],
    ['GetKafkaClusters', ['GetKafkaClusters']],
    ['io.confluent.context.engine/authorization', ['io.confluent.context.engine/authorization']],
    ['mcp.tools/call', ['mcp.tools/call']],
  ])('§12.2 %s is shown as recorded', (methodName, names) => {
    const value = event({ methodName });

    expect(view(value, ['method', 'methodNames'])).toEqual({ method: methodName, methodNames: names });
  });
});

describe("the vendor's ten records (record-shapes §12.3, §13)", () => {
  const records = seeds('vendor-records.ndjson');
  const one = (method: string): JsonObject => {
    const found = records.filter((value) => cell(value, 'method') === method);
    if (found.length !== 1 || found[0] === undefined) throw new Error(`expected one ${method}, found ${found.length}`);
    return found[0];
  };
  const statementOrg = 'e9eb4f2c-ef73-475c-ba7f-6b37a4ff00e5';
  const region = `${platform}organization=${statementOrg}/environment=env-xx3gwz/flink-region=aws.eu-west-1`;

  it('§12.3 ListStatements names the parent in its CRN and the items in cloudResources', () => {
    expect(view(one('ListStatements'))).toEqual({
      time: '2023-09-22T16:47:00.894461118Z',
      id: '5e6bc2d3-9881-442b-af0c-a0a6aa127867',
      type: types.request,
      kind: 'request',
      service: 'cloud',
      method: 'ListStatements',
      accessType: 'READ_ONLY',
      result: 'SUCCESS',
      rawResult: 'SUCCESS',
      ok: true,
      message: undefined,
      principal: 'u-devccq71mwp',
      principalKind: 'user',
      email: undefined,
      originalPrincipal: undefined,
      credential: undefined,
      ip: '134.238.202.222',
      ips: ['134.238.202.222'],
      requestId: '7cec6a84ab0b05ccb38ecf14981da31b',
      connectionId: undefined,
      clientId: undefined,
      crn: region,
      crns: [region, `${region}/statement=3ab9a756-4bcf-475b`, `${region}/statement=e264b999-269c-46d6`],
      resourceType: 'flink-region',
      resource: 'aws.eu-west-1',
      resources: ['aws.eu-west-1', '3ab9a756-4bcf-475b', 'e264b999-269c-46d6'],
      org: statementOrg,
      env: 'env-xx3gwz',
      cluster: undefined,
      region: 'aws.eu-west-1',
      source: platform,
      file: 'test.ndjson',
      line: 1,
      partition: undefined,
      offset: undefined,
    });
  });

  it('§12.3 ListWorkspace names its single item in its CRN', () => {
    expect(view(one('ListWorkspace'), ['resourceType', 'resource', 'resources'])).toEqual({
      resourceType: 'flink-workspace',
      resource: 'workspace-2023-09-22-162414',
      resources: ['workspace-2023-09-22-162414'],
    });
  });

  it('§13.7 ip-filter.Authorize is a denial although the caller is known, in two organizations', () => {
    const record = one('ip-filter.Authorize');
    const [named, listed] = ['26fcbe6c-0c1b-4d65-a7e5-6acb4d082313', '26bdbe6b-0c1b-4d25-a6e6-7bcc4d0932e3'];

    expect(view(record)).toMatchObject({
      kind: 'authorization',
      accessType: undefined,
      result: 'DENY',
      rawResult: 'DENY',
      ok: false,
      principal: 'u-123456',
      principalKind: 'user',
      ip: '1.2.3.4',
      ips: ['1.2.3.4'],
      crns: [`${platform}organization=${named}`, `${platform}organization=${listed}`],
      org: named,
    });
    expect(cell(record, 'resultWords')).toEqual(['DENY', 'SUCCESS']);
  });

  it('§12.3 the CRN of every other record is the one in cloudResources', () => {
    const others = records.filter(
      (value) => !['ListStatements', 'ip-filter.Authorize'].includes(String(cell(value, 'method'))),
    );

    expect(others).toHaveLength(8);
    for (const value of others) {
      expect(view(value, ['crns', 'crnTexts'])).toEqual({ crns: [value.subject], crnTexts: [value.subject] });
    }
  });
});

describe('record-shapes §13 null, empty and absent are alike', () => {
  const paths = [
    'subject',
    'time',
    'id',
    'source',
    'data.methodName',
    'data.resourceName',
    'data.cloudResources',
    'data.authenticationInfo',
    'data.requestMetadata',
    'data.request',
    'data.result',
    'data.authenticationInfo.principal',
    'data.authenticationInfo.principal.email',
    'data.authenticationInfo.principal.confluentUser',
    'data.authenticationInfo.principal.confluentUser.resourceId',
    'data.authenticationInfo.result',
    'data.authenticationInfo.identity',
    'data.authenticationInfo.originalPrincipal',
    'data.authenticationInfo.metadata.identifier',
    'data.requestMetadata.requestId',
    'data.requestMetadata.clientAddress',
    'data.requestMetadata.connectionId',
    'data.requestMetadata.clientId',
    'data.request.accessType',
    'data.result.status',
  ];
  const compared = namesOf(columns).filter((name) => name !== 'strings');

  it.each(paths)('§13 %s', (path) => {
    const absent = view(replaced(full, path.split('.'), undefined), compared);

    for (const empty of [null, '', {}]) {
      expect(view(replaced(full, path.split('.'), empty), compared), JSON.stringify(empty)).toEqual(absent);
    }
  });
});

/** A copy with another value at the path; undefined takes the key out. */
function replaced(value: JsonObject, path: readonly string[], by: unknown): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy: Record<string, unknown> = { ...value };
  if (rest.length > 0) copy[key] = replaced(isObject(value[key]) ? value[key] : {}, rest, by);
  else if (by === undefined) delete copy[key];
  else copy[key] = by;
  return copy;
}

describe('record-shapes §13 a wrong type is skipped', () => {
  const odd: readonly unknown[] = [
    0,
    -1.5,
    true,
    'x',
    [],
    [null],
    [[['deep']]],
    { a: { b: 1 } },
    [{ ip: 7 }],
    'crn://',
    '\ud800',
  ];

  function* everyPath(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
    if (path.length > 0) yield path;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) yield* everyPath(inner, [...path, key]);
  }

  it('§13 no column throws, whatever stands where', () => {
    for (const path of everyPath(full)) {
      for (const value of odd) {
        const broken = recordOf(replaced(full, path, value));
        for (const name of namesOf(columns)) expect(() => cellOf(broken, name), `${path} ${name}`).not.toThrow();
      }
    }
  });

  it('§13 nor however deep it goes', () => {
    const depth = 50_000;
    const text = `{"type":"x","data":{"result":${'{"data":['.repeat(depth)}"bottom"${']}'.repeat(depth)}}}`;
    const record = {
      raw: new TextEncoder().encode(text),
      at: { file: 'test.ndjson', line: 1 },
      value: JSON.parse(text),
    };

    for (const name of namesOf(columns)) expect(() => cellOf(record, name), name).not.toThrow();
    expect(cellOf(record, 'strings')).toHaveLength(2);
  });

  it.each([
    [
      'a number as principal',
      by(42, { identity: `${org}/identity-provider=Confluent/identity=u-1` }),
      { principal: 'u-1' },
    ],
    ['a list as method', event({ methodName: ['A'], method_name: 'B' }), { method: 'B' }],
    ['an object as request id', from({ requestId: { a: 1 }, request_id: 'r-1' }), { requestId: 'r-1' }],
    ['text as cloudResources', touching({ cloudResources: 'x', resourceName: org }), { crns: [org] }],
    [
      'an entry of cloudResources without a resource',
      touching({ cloudResources: [null, 7, {}, item('ORGANIZATION', 'o-1')] }),
      { crns: [org] },
    ],
    ['a number as status', ended({ status: 7 }), { result: 'UNKNOWN' }],
    [
      'a wrapper without an id',
      by({ confluentUser: {}, confluentServiceAccount: { resourceId: 'sa-1' } }),
      { principal: 'sa-1' },
    ],
    [
      'keys of Object.prototype',
      event({ authenticationInfo: { principal: JSON.parse('{"__proto__":{"email":"x@example.com"}}') } }),
      { principal: undefined, email: undefined },
    ],
  ] as const)('§13 %s', (_, value, expected) => {
    expect(view(value, Object.keys(expected).filter(isColumnName))).toEqual(expected);
  });
});

variants('13.5 canonical principal', [
  [
    'first wrapper in the order user, service account, pool, group',
    by({
      group: { resourceId: 'group-1' },
      identityPool: { resourceId: 'pool-1' },
      confluentServiceAccount: { resourceId: 'sa-1' },
      confluentUser: { resourceId: 'u-1' },
    }),
    { principal: 'u-1' },
  ],
  [
    'wrapper before externalAccount',
    by({ externalAccount: { subject: 's' }, group: { resourceId: 'group-1' } }),
    { principal: 'group-1' },
  ],
  [
    'externalAccount before resourceId',
    by({ resourceId: 'u-9', externalAccount: { subject: 's' } }),
    { principal: 's' },
  ],
  [
    'resourceId before e-mail',
    by({ resourceId: 'u-9', email: 'jane@example.com' }),
    { principal: 'u-9', email: 'jane@example.com' },
  ],
  [
    'principal before identity',
    by({ email: 'jane@example.com' }, { identity: `${org}/identity=u-1` }),
    { principal: 'jane@example.com' },
  ],
  [
    'the last identity segment',
    signedIn({ identity: `${platform}identity=u-1/identity-provider=x/identity=u-2` }),
    { principal: 'u-2' },
  ],
  [
    'identity before credentials',
    signedIn({ identity: `${org}/identity=u-1`, credentials: { idSecretCredentials: { credentialId: 'K' } } }),
    { principal: 'u-1' },
  ],
  [
    'credentials before metadata',
    signedIn({ metadata: { identifier: 'M' }, credentials: { idSecretCredentials: { credentialId: 'K' } } }),
    { principal: 'K', principalKind: 'api-key' },
  ],
  ['any leading word is dropped', by('Group:group-1'), { principal: 'group-1', principalKind: 'group' }],
]);

variants('13.6 principal kind', [
  ['the id outranks the wrapper', by({ confluentUser: { resourceId: 'sa-1' } }), { principalKind: 'service-account' }],
  ['wrapper of an id without a pattern: user', by({ confluentUser: { resourceId: '9' } }), { principalKind: 'user' }],
  [
    'wrapper of an id without a pattern: service account',
    by({ confluentServiceAccount: { resourceId: '9' } }),
    { principalKind: 'service-account' },
  ],
  [
    'wrapper of an id without a pattern: pool',
    by({ identityPool: { resourceId: '9' } }),
    { principalKind: 'identity-pool' },
  ],
  ['wrapper of an id without a pattern: group', by({ group: { resourceId: '9' } }), { principalKind: 'group' }],
  [
    '…admin is internal only as a text principal',
    by({ confluentUser: { resourceId: 'flowserviceadmin' } }),
    { principalKind: 'user' },
  ],
  ['…Admin in capitals is not internal', by('User:TeamAdmin'), { principalKind: 'unknown' }],
  ['bare number', by('User:42'), { principalKind: 'unknown' }],
]);

describe('record-shapes §13.7 result', () => {
  // The rule itself, written out once more: V, S, A and who goes first.
  const verdicts: readonly (readonly [JsonObject, string | undefined])[] = [
    [{}, undefined],
    [{ result: 'ALLOW' }, 'ALLOW'],
    [{ result: 'DENY' }, 'DENY'],
    [{ result: 'UNSET' }, undefined],
    [{ granted: true }, 'ALLOW'],
    [{ granted: false }, 'DENY'],
    [{ result: 'ALLOW', granted: false }, 'ALLOW'],
  ];
  const statuses: readonly (readonly [unknown, string | undefined])[] = [
    [undefined, undefined],
    ['', undefined],
    ['UNSET', undefined],
    ['SUCCESS', 'SUCCESS'],
    ['OK', 'SUCCESS'],
    ['FAILURE', 'FAILURE'],
    ['UNAUTHENTICATED', 'FAILURE'],
  ];
  const order: Readonly<Record<string, readonly ('V' | 'S' | 'A')[]>> = {
    [types.kafkaCheck]: ['V', 'S', 'A'],
    [types.ipFilter]: ['V', 'S', 'A'],
    [types.kafkaSignIn]: ['S', 'A', 'V'],
    [types.registrySignIn]: ['S', 'A', 'V'],
    [types.request]: ['S', 'V', 'A'],
    [types.staff]: ['S', 'V', 'A'],
    'io.confluent.new/thing': ['S', 'V', 'A'],
  };

  it.each(Object.keys(order))('§13.7 %s: every combination of verdict, status and sign-in', (type) => {
    for (const [authorizationInfo, V] of verdicts) {
      for (const [status, S] of statuses) {
        for (const [signIn, A] of statuses) {
          const value = event(
            { authorizationInfo, result: { status }, authenticationInfo: { result: signIn } },
            { type },
          );
          const said = { V, S, A };
          const result =
            (order[type] ?? []).map((source) => said[source]).find((word) => word !== undefined) ?? 'UNKNOWN';
          const ok = result === 'UNKNOWN' ? undefined : result === 'SUCCESS' || result === 'ALLOW';
          expect(view(value, ['result', 'ok']), JSON.stringify(value)).toEqual({ result, ok });
        }
      }
    }
  });
});

variants('13.8 access type', [
  [
    'as recorded, even against the method',
    asking('DeleteStatement', { accessType: 'READ_ONLY' }),
    { accessType: 'READ_ONLY' },
  ],
  ...['GetX', 'ListX', 'LoadX', 'SearchX', 'LookUpX', 'DescribeX', 'FetchX', 'kafka.Fetch', 'TableflowListTables'].map(
    (method): Row => [`${method} reads`, asking(method, {}), { accessType: 'READ_ONLY' }],
  ),
  ['a known changing method', asking('UpdateWorkspace', {}), { accessType: 'MODIFICATION' }],
  ['a method nobody knows', asking('Frobnicate', {}), { accessType: undefined }],
  ['none for sign-ins', asking('kafka.Authentication', {}, types.kafkaSignIn), { accessType: undefined }],
  ['none for checks', asking('kafka.CreateTopics', {}, types.kafkaCheck), { accessType: undefined }],
]);

variants('13.9 client addresses', [
  [
    'every place, in order, without repeats',
    event({
      requestMetadata: {
        clientAddress: [{ ip: '192.0.2.1' }, { ip: '192.0.2.1' }],
        client_address: '/192.0.2.2',
        callerIp: '192.0.2.5',
      },
      clientAddress: [{ ip: '192.0.2.3' }],
      authorizationInfo: {
        requestMetadata: { clientAddress: [{ ip: '192.0.2.4' }, { ip: '192.0.2.1' }] },
        ipfilterAuthorization: { clientIp: '192.0.2.6' },
      },
    }),
    { ip: '192.0.2.1', ips: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5', '192.0.2.6'] },
  ],
  ['an object instead of a list', from({ clientAddress: { ip: '192.0.2.1' } }), { ips: ['192.0.2.1'] }],
  ['text instead of a list', from({ clientAddress: '192.0.2.1' }), { ips: ['192.0.2.1'] }],
  ['a list of texts', from({ clientAddress: ['192.0.2.1', '/192.0.2.2'] }), { ips: ['192.0.2.1', '192.0.2.2'] }],
  ['an IPv4 port is dropped', from({ client_address: '/198.51.100.7:54321' }), { ips: ['198.51.100.7'] }],
  ['IPv6 keeps its colons', from({ client_address: '2001:db8::1:443' }), { ips: ['2001:db8::1:443'] }],
]);

variants('13.10 request ids', [
  [
    'both spellings',
    from({ requestId: ['r-1', 'r-2'], request_id: 'r-3' }),
    { requestId: 'r-1', requestIds: ['r-1', 'r-2', 'r-3'] },
  ],
  ['numbers become text', from({ requestId: [42], request_id: 7 }), { requestIds: ['42', '7'] }],
  ['without repeats', from({ requestId: ['r-1'], request_id: 'r-1' }), { requestIds: ['r-1'] }],
  [
    'correlation ids are apart',
    event({ requestMetadata: { requestId: ['r-1'], correlationId: 'x' }, request: { correlation_id: '9' } }),
    { requestIds: ['r-1'] },
  ],
]);

variants('13.11 resource CRNs', [
  [
    'resourceName before subject',
    touching({ resourceName: `${org}/user=u-1` }, { subject: `${org}/user=u-2` }),
    { crns: [`${org}/user=u-1`], crnTexts: [`${org}/user=u-1`, `${org}/user=u-2`] },
  ],
  [
    'subject when resourceName names nothing',
    touching({ resourceName: platform }, { subject: `${org}/user=u-2` }),
    { crns: [`${org}/user=u-2`] },
  ],
  [
    'neither names anything',
    touching({ resourceName: platform }, { subject: 'crn://confluent.cloud' }),
    { crns: undefined },
  ],
  [
    'a repeat in another encoding or authority is dropped',
    touching({
      resourceName: 'crn:///organization=o-1/statement=a%2fb',
      cloudResources: [item('STATEMENT', 'a/b', ['ORGANIZATION', 'o-1'])],
    }),
    { crns: ['crn:///organization=o-1/statement=a%2fb'] },
  ],
  [
    'order is kept',
    touching({
      resourceName: org,
      cloudResources: [item('USER', 'b'), item('USER', 'a'), item('ORGANIZATION', 'o-1')],
    }),
    { crns: [org, `${platform}user=b`, `${platform}user=a`] },
  ],
]);

describe('record-shapes §13.12 types of resources', () => {
  it.each(['KAFKA_CLUSTER', 'kafka-cluster', 'KafkaCluster', 'kafka_cluster', 'KAFKA-CLUSTER'])(
    '§13.12 %s is a kafka-cluster',
    (type) => {
      expect(foldType(type)).toBe(foldType('kafka-cluster'));
    },
  );
});

variants('13.12 resource type and id', [
  [
    'last segment of the first CRN',
    touching({ resourceName: `${org}/environment=env-1`, cloudResources: [item('USER', 'u-1')] }),
    { resourceType: 'environment', resource: 'env-1', resources: ['env-1', 'u-1'] },
  ],
  [
    'only cloudResources',
    touching({ cloudResources: [item('IP_GROUP', 'ipg-1', ['ORGANIZATION', 'o-1'])] }),
    { resourceType: 'ip-group', resource: 'ipg-1' },
  ],
  [
    'a Kafka check: the finer answer',
    event(
      {
        methodName: 'kafka.CreateTopics',
        authorizationInfo: { granted: true, ...kafkaTopic },
        resourceName: `${platform}kafka=lkc-1`,
      },
      { type: types.kafkaCheck },
    ),
    { resourceType: 'topic', resource: 'departures' },
  ],
  ['nothing', touching({}), { resourceType: undefined, resource: undefined, resources: undefined }],
]);

const scoped = (id: string) =>
  `${platform}organization=o-${id}/environment=env-${id}/cloud-cluster=lkc-${id}/flink-region=r-${id}`;
const places = (last: number): JsonObject => {
  const id = (n: number) => String(n);
  return event(
    {
      resourceName: last >= 6 ? scoped(id(1)) : undefined,
      cloudResources:
        last >= 4
          ? [
              item(
                'USER',
                'x',
                ['ORGANIZATION', 'o-3'],
                ['ENVIRONMENT', 'env-3'],
                ['CLOUD_CLUSTER', 'lkc-3'],
                ['FLINK_REGION', 'r-3'],
              ),
            ]
          : [],
      authorizationInfo:
        last >= 3 ? { rbacAuthorization: { scope: { outerScope: ['organization=o-4', 'environment=env-4'] } } } : {},
      authenticationInfo: { identity: `${platform}organization=o-6/environment=env-6/identity=u-1` },
    },
    { subject: last >= 5 ? scoped(id(2)) : undefined, source: last >= 2 ? scoped(id(5)) : platform },
  );
};
variants('13.13 organization, environment, cluster, region', [
  ['resourceName first', places(6), { org: 'o-1', env: 'env-1', cluster: 'lkc-1', region: 'r-1' }],
  ['then subject', places(5), { org: 'o-2', env: 'env-2', cluster: 'lkc-2', region: 'r-2' }],
  ['then cloudResources', places(4), { org: 'o-3', env: 'env-3', cluster: 'lkc-3', region: 'r-3' }],
  ['then the scope of the role', places(3), { org: 'o-4', env: 'env-4' }],
  ['then source', places(2), { org: 'o-5', env: 'env-5', cluster: 'lkc-5', region: 'r-5' }],
  [
    'identity last and for the organization only',
    places(1),
    { org: 'o-6', env: undefined, cluster: undefined, region: undefined },
  ],
  [
    'the resource itself counts',
    touching({ cloudResources: [item('ENVIRONMENT', 'env-9', ['ORGANIZATION', 'o-9'])] }),
    { org: 'o-9', env: 'env-9' },
  ],
  [
    'each from the first place that has it',
    event(
      { resourceName: org, cloudResources: [item('ENVIRONMENT', 'env-3', ['ORGANIZATION', 'o-3'])] },
      { source: `${platform}kafka=lkc-5` },
    ),
    { org: 'o-1', env: 'env-3', cluster: 'lkc-5' },
  ],
  [
    'cluster words in order: kafka',
    named(`${platform}ksql=e/schema-registry=d/kafka-cluster=c/cloud-cluster=b/kafka=a`),
    { cluster: 'a' },
  ],
  [
    'cluster words in order: cloud-cluster',
    named(`${platform}ksql=e/schema-registry=d/kafka-cluster=c/cloud-cluster=b`),
    { cluster: 'b' },
  ],
  [
    'cluster words in order: kafka-cluster',
    named(`${platform}ksql=e/schema-registry=d/kafka-cluster=c`),
    { cluster: 'c' },
  ],
  ['cluster words in order: schema-registry', named(`${platform}ksql=e/schema-registry=d`), { cluster: 'd' }],
  [
    'a flink region is no cluster',
    named(`${org}/flink-region=aws.us-east-1`),
    { cluster: undefined, region: 'aws.us-east-1' },
  ],
]);

describe('the Kafka place of a record', () => {
  it('comes from the dump before the keys of a log shipper', () => {
    const value = event({}, { 'kafka.partition': '1', 'kafka.offset': '2' });
    const record = recordOf(value, { file: 'a.ndjson', line: 7, partition: 3, offset: 812 });
    const place = (['file', 'line', 'partition', 'offset'] as const).map((name) => cellOf(record, name));

    expect(place).toEqual(['a.ndjson', 7, 3, 812]);
  });
});
