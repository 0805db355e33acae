import fc from 'fast-check';
import type { FilterArgument } from '../../src/query/question.ts';
import { hostileTexts } from './hostile.ts';

/**
 * Audit records as nobody should send them and any dump may hold them: every shape variant of record-shapes.md, wrong
 * types, odd Unicode, duplicate and `__proto__` keys, deep nesting, long strings. They are made as JSON text, for much of
 * this exists in the text only. Few different values, so that filters often hit.
 */

/** JSON text of a value. */
type Json = string;

const json = (value: unknown): Json => JSON.stringify(value);
const oneOf = (...values: readonly unknown[]): fc.Arbitrary<Json> => fc.constantFrom(...values.map(json));

/** The same string as other writers spell it. */
const spelled = (...texts: readonly string[]): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 8, arbitrary: oneOf(...texts) },
    { weight: 1, arbitrary: fc.constantFrom(...texts).map((text) => json(text).replaceAll('/', '\\/')) },
    { weight: 1, arbitrary: fc.constantFrom(...texts).map(inEscapes) },
  );

function inEscapes(text: string): Json {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0'));
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

const hostileString = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...hostileTexts.map(([, text]) => json(text))) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map(json) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(30_000), '日本'.repeat(3000)).map(json) },
);

/** Valid JSON that a reader of audit records does not expect where it stands. */
const oddValue: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...['null', '0', '-0', '1e5', '12345.0', '1e400', '12345678901234567890', 'true', 'false', '""', '[]', '{}'],
      ...['[[]]', '[null]', '[1,"two",null]', '{"a":1}', '{"":{"__proto__":"u-1"}}', '{"a":1,"a":[2]}', '{"length":3}'],
    ),
  },
  { weight: 4, arbitrary: hostileString },
  { weight: 1, arbitrary: fc.constantFrom(`${'['.repeat(9000)}${']'.repeat(9000)}`, nestedObjects(5000)) },
);

function nestedObjects(depth: number): Json {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

const mostly = (usual: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: oddValue });

/** `"key":value` once, not at all, in snake case, after a value that it overwrites, or with escapes in the key. */
function member(key: string, value: fc.Arbitrary<Json>): fc.Arbitrary<string> {
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return fc.oneof(
    { weight: 14, arbitrary: value.map((text) => `${json(key)}:${text}`) },
    { weight: 4, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: value.map((text) => `${json(snake)}:${text}`) },
    {
      weight: 1,
      arbitrary: fc.tuple(oddValue, value).map(([odd, text]) => `${json(key)}:${odd},${json(key)}:${text}`),
    },
    { weight: 1, arbitrary: value.map((text) => `${inEscapes(key)} : ${text}`) },
  );
}

/** Members nobody asked for; some have a meaning to JavaScript. */
const stranger = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a.b', '\u001b[2J'),
        oddValue,
      )
      .map(([key, value]) => `${json(key)}:${value}`),
  },
);

/** An object with its members in any rotation of the usual order. */
function object(members: Readonly<Record<string, fc.Arbitrary<Json>>>): fc.Arbitrary<Json> {
  const parts = Object.entries(members).map(([key, value]) => member(key, value));
  return rotated([...parts, stranger]);
}

function rotated(parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<Json> {
  return fc
    .tuple(fc.tuple(...parts), fc.nat(parts.length), fc.constantFrom(',', ',', ',', ' ,\t'))
    .map(([texts, turn, comma]) => {
      const written = [...texts.slice(turn), ...texts.slice(0, turn)].filter((text) => text !== '');
      return `{${written.join(comma)}}`;
    });
}

const list = (item: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(',')}]`);

// record-shapes §4
const someTime = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        '2026-05-01T00:00:00Z',
        '2026-05-01T00:00:00.5Z',
        '2026-05-01T00:00:00.000000001Z',
        '2026-05-02T08:15:00.331Z',
      ],
      ...['2026-05-02T02:00:00+02:00', '2026-05-03T23:59:59.999999999Z', '2026-05-04T00:00:00.12345678912Z'],
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 23 }), fc.nat({ max: 999_999_999 }))
      .map(
        ([day, hour, ns]) => `2026-05-0${day}T${String(hour).padStart(2, '0')}:30:00.${String(ns).padStart(9, '0')}Z`,
      ),
  },
);
const noTime = oneOf(
  '+999999999-12-31T23:59:59.999999999-18:00',
  'no time',
  '2026-02-30T00:00:00Z',
  null,
  '',
  1777593600,
);

// §3
const types = [
  'io.confluent.cloud/request',
  'io.confluent.cloud/authorization',
  'io.confluent.cloud/access-transparency',
  'io.confluent.kafka.server/authentication',
  'io.confluent.kafka.server/authorization',
  'io.confluent.kafka.server/request',
  'io.confluent.sg.server/authentication',
  'io.confluent.flink.server/authentication',
  'io.confluent.context.engine/request',
  'odd',
];

// §12
const methods = [
  ...['CreateTopics', 'kafka.CreateTopics', 'kafka.Authentication', 'schema-registry.Authentication', 'mds.Authorize'],
  ...['ip-filter.Authorize', 'DeleteStatement', 'GetStatement', 'ListWorkspace', 'ListWorkspaces', 'mcp.tools/call'],
  ...[
    'TableflowListNamespaces',
    'confluent.privileged.access',
    'io.confluent.context.engine/authorization',
    'createtopics',
  ],
];
const crns = [
  'crn://confluent.cloud/',
  'crn://confluent.cloud',
  'crn:///kafka=lkc-1/topic=orders',
  'crn://confluent.cloud/kafka=lkc-1/topic=orders%2F2026',
  'crn://confluent.cloud/organization=o-1/environment=env-1',
  'crn://confluent.cloud/organization=o-1/environment=env-12/flink-region=aws.us-east-1/statement=s-1',
  'crn://confluent.cloud/organization=o-1/environment=env-1/cloud-cluster=lkc-1/kafka=lkc-1/topic=a%ZZ',
  'crn://confluent.cloud/organization=o-2/identity-provider=Confluent/identity=u-1',
  'crn://mds.example/kafka=abc/group=*',
];
const crn = mostly(
  fc.oneof({ weight: 6, arbitrary: spelled(...crns) }, { weight: 1, arbitrary: spelled('orders', '*') }),
);

// §6
const ids = ['u-1', 'u-2', 'sa-1', 'pool-1', 'group-1', 'User:u-1', 'confluent.privileged', '123456', 'a@b.example'];
const wrapper = (key: string): fc.Arbitrary<Json> =>
  object({
    [key]: mostly(object({ resourceId: mostly(spelled(...ids)) })),
    email: mostly(spelled('a@b.example', 'x@y.example')),
  });
const principal = mostly(
  fc.oneof(
    spelled('User:u-1', 'User:sa-1', 'User:123456', 'None:UNKNOWN_USER', 'User:flowserviceadmin', '/users/123', ...ids),
    wrapper('confluentUser'),
    wrapper('confluentServiceAccount'),
    wrapper('identityPool'),
    wrapper('group'),
    object({ externalAccount: mostly(object({ subject: mostly(spelled('Confluent', 'partner')) })) }),
  ),
);
const authenticationInfo = object({
  principal,
  principalResourceId: mostly(spelled('u-2', 'sa-1')),
  identity: crn,
  result: mostly(spelled('SUCCESS', 'FAILURE', 'UNSET', 'UNAUTHENTICATED')),
  metadata: mostly(
    object({ mechanism: mostly(spelled('SASL_SSL/PLAIN')), identifier: mostly(spelled('KEY1', '123456')) }),
  ),
  credentials: mostly(object({ idSecretCredentials: mostly(object({ credentialId: mostly(spelled('KEY2')) })) })),
  originalPrincipal: principal,
  errorMessage: mostly(spelled('wrong password')),
});

// §7
const authorizationInfo = object({
  granted: mostly(oneOf(true, false)),
  result: mostly(spelled('ALLOW', 'DENY', 'UNSET')),
  operation: mostly(spelled('Alter', 'CreateCloudCluster')),
  resourceType: mostly(spelled('Topic', 'KAFKA_CLUSTER', 'CloudApiKey')),
  resourceName: crn,
  rbacAuthorization: mostly(
    object({
      role: mostly(spelled('Operator')),
      scope: mostly(
        object({ outerScope: mostly(list(mostly(spelled('organization=o-1', 'environment=env-1', 'x')))) }),
      ),
      cloudScope: mostly(object({ resources: mostly(list(mostly(someResource()))) })),
    }),
  ),
  ipfilterAuthorization: mostly(object({ clientIp: mostly(spelled('192.0.2.7')) })),
});

function someResource(): fc.Arbitrary<Json> {
  return object({
    type: mostly(spelled('ORGANIZATION', 'ENVIRONMENT', 'KAFKA_CLUSTER', 'STATEMENT', 'topic')),
    resourceId: mostly(spelled('o-1', 'env-1', 'lkc-1', 'a/b=c', 'orders')),
  });
}

// §8
const addresses = [
  '10.0.0.1',
  '10.0.0.1:9092',
  '/192.0.2.1',
  '::ffff:10.0.0.2',
  '2001:db8::1',
  '2001:DB8:0::1',
  'no address',
];
const clientAddress = mostly(
  fc.oneof(list(mostly(object({ ip: mostly(spelled(...addresses)), port: oddValue }))), spelled(...addresses)),
);
const requestId = mostly(fc.oneof(spelled('r-1', 'r-2'), list(mostly(spelled('r-1', 'r-2'))), oneOf(-1, 12345)));
const requestMetadata = object({
  requestId,
  clientAddress,
  callerIp: mostly(spelled(...addresses)),
  connectionId: mostly(spelled('c-1')),
  clientId: mostly(spelled('adminclient-7', '=cmd()')),
  correlationId: mostly(oneOf('-1', '77', 12_345)),
});

// §9 to §11
const data = object({
  serviceName: crn,
  methodName: mostly(spelled(...methods)),
  resourceName: crn,
  clientAddress,
  authenticationInfo: mostly(authenticationInfo),
  authorizationInfo: mostly(authorizationInfo),
  requestMetadata: mostly(requestMetadata),
  request: mostly(
    object({
      accessType: mostly(spelled('READ_ONLY', 'MODIFICATION', 'UNKNOWN')),
      data: mostly(object({ code: mostly(oneOf(404, '404', [404, 'x'], { a: 1 })), statement_name: oddValue })),
    }),
  ),
  result: mostly(
    object({
      status: mostly(spelled('SUCCESS', 'OK', 'FAILURE', 'UNSET', 'UNAUTHENTICATED', '404 NOT_FOUND')),
      message: mostly(spelled('', 'not there')),
      data: oddValue,
    }),
  ),
  cloudResources: mostly(
    list(
      mostly(
        object({
          scope: mostly(object({ resources: mostly(list(someResource())) })),
          resource: mostly(someResource()),
        }),
      ),
    ),
  ),
});

/** JSON text on one line that is an audit record: a text `type` or `specversion` and an object `data`. */
const recordText: fc.Arbitrary<string> = rotated([
  member('id', mostly(spelled('e-1', 'e-2', 'e-3', 'e-4'))),
  member('source', crn),
  member('subject', crn),
  member(
    'time',
    fc.oneof(
      { weight: 8, arbitrary: someTime.map(json) },
      { weight: 1, arbitrary: noTime },
      { weight: 1, arbitrary: oddValue },
    ),
  ),
  member('@timestamp', someTime.map(json)),
  member('datacontenttype', mostly(spelled('application/json'))),
  fc.oneof(
    { weight: 8, arbitrary: spelled(...types).map((type) => `"type":${type}`) },
    { weight: 1, arbitrary: oddValue.map((type) => `"type":${type},"specversion":"1.0"`) },
  ),
  fc
    .tuple(
      fc.constantFrom('', '', '"data":1,'),
      fc.oneof({ weight: 20, arbitrary: data }, { weight: 1, arbitrary: fc.constant('{}') }),
    )
    .map(([overwritten, text]) => `${overwritten}"data":${text}`),
  stranger,
]);

/** What stands in dumps beside records: banners, torn and foreign lines, nothing at all. */
const otherLine: fc.Arbitrary<string> = fc.constantFrom(
  ...[
    '',
    '',
    ' \t',
    '\r',
    '% Headers: []',
    'Processed a total of 7 messages',
    '{"type":"t","data":{',
    '[1]',
    'null',
    '"x"',
  ],
  ...[
    '{"type":"t","data":{}}TRAILER',
    '{"type":"t","data":[]}',
    '{"a":2}',
    '{"type":"t","data":{"x":"\t"}}',
    '\u001b[2J',
    '\0',
  ],
);

/** A record between what other programs leave round it; bytes that are no UTF-8 are no reason to drop it. */
const recordLine: fc.Arbitrary<string> = fc
  .tuple(
    recordText,
    fc.constantFrom('', '', '', ' ', '\ufeff', '\u001e'),
    fc.constantFrom('', '', '', '\r', ' \t'),
    fc.nat({ max: 9 }),
  )
  .map(([text, before, after, chance]) => {
    const line = bytesOf(before + text + after);
    return chance === 0 ? line.replace('u-1', '\xff-1') : line;
  });

/** As a string with a character for each byte: lines need not be UTF-8, and a failing example should be readable. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Lines of a dump without their newlines, a character for each byte. */
export const dumpLines: fc.Arbitrary<readonly string[]> = fc.array(
  fc.oneof({ weight: 5, arbitrary: recordLine }, { weight: 1, arbitrary: otherLine.map(bytesOf) }),
  { maxLength: 12 },
);

/** Only records, one a line. */
export const recordLines: fc.Arbitrary<readonly string[]> = fc.array(recordText.map(bytesOf), {
  minLength: 1,
  maxLength: 8,
});

/** The lines as a file; the last one may lack its newline. */
export function dumpOf(lines: readonly string[], endsTorn = false): Uint8Array {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  return endsTorn ? bytes.subarray(0, -1) : bytes;
}

const filterValues: Readonly<Record<string, readonly string[]>> = {
  method: ['CreateTopics', 'kafka.CreateTopics', 'Delete*,ListWorkspaces', '/authori[sz]e$/i', '*', 'nothing like it'],
  principal: ['u-1', 'User:sa-1', '*@*', '/^u-/', '123456', 'UNKNOWN_USER'],
  'principal-kind': ['user', 'service-account,api-key', 'unknown'],
  crn: ['crn:///organization=o-1/environment=env-1', 'crn://confluent.cloud/kafka=lkc-1/', 'crn://'],
  resource: ['topic=ord*', 'KafkaCluster=lkc-1', '*=*'],
  env: ['env-1', 'env-*'],
  org: ['o-1'],
  cluster: ['lkc-1', '*'],
  region: ['aws.us-east-1'],
  result: ['SUCCESS', 'DENY,FAILURE', 'UNAUTH*', 'UNKNOWN'],
  access: ['modification', 'read_only'],
  ip: ['10.0.0.0/8', '2001:db8::/32,192.0.2.1', '0.0.0.0/0'],
  type: ['authorization', 'request,authentication', '*cloud*', 'odd'],
  service: ['kafka', 'cloud,schema-registry'],
  id: ['e-1', 'e-1,e-2', '*'],
  'request-id': ['r-1', '*'],
  credential: ['KEY1', 'KEY*'],
  text: ['ORDERS', 'é', 'u-1', '\u001b'],
  ok: [],
  failed: [],
  where: [
    'data.request.data.code = 404',
    'time > "2026-05-02" or not email exists',
    'principal != originalPrincipal and ips exists',
    'data.request.data.code != "x" or not id exists',
    'method ~ "^(Get|List)" or result in ("DENY", "FAILURE")',
    'data.cloudResources[0].resource.type = "topic" or email exists',
  ],
};

/** A filter flag, negated or not, with values it takes; windows apart. */
export const someFilter: fc.Arbitrary<FilterArgument> = fc
  .constantFrom(...Object.entries(filterValues))
  .chain(([name, values]) =>
    fc.record({
      name: fc.constant(name),
      negated: fc.boolean(),
      values: fc.subarray([...values], {
        minLength: Math.min(1, values.length),
        maxLength: Math.min(2, values.length),
      }),
    }),
  );

/** A time as `--since` takes it, often exactly that of a record. */
export const someBound: fc.Arbitrary<string> = someTime;
