/**
 * Writes the invented incident of samples/README.md: node samples/generate-incident.mjs [DIRECTORY]
 *
 * The same bytes on every run: chance comes from a seeded generator, the clock is never read. Every
 * name, id and key is made up; addresses are from the ranges reserved for documentation.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const directory = process.argv[2] ?? fileURLToPath(new URL('incident', import.meta.url));

// --- chance -----------------------------------------------------------------------------------

let state = 20260318;

/** Mulberry32: 32 bits a call, whole numbers below `limit`. */
function random(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
}
const text = (length, alphabet) => Array.from({ length }, () => alphabet[random(alphabet.length)]).join('');
const hex = (length) => text(length, '0123456789abcdef');
const uuid = () => [hex(8), hex(4), `4${hex(3)}`, `a${hex(3)}`, hex(12)].join('-');
const keyId = () => text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');

// --- the organization -------------------------------------------------------------------------

const organization = ['organization', '5b2f0d7e-3c41-4a8e-9d16-0c7f2e9a4b63'];
const production = [organization, ['environment', 'env-8kq2vz']];
const development = [organization, ['environment', 'env-3m7xw1']];
const region = [...production, ['flink-region', 'aws.eu-central-1']];
const devRegion = [...development, ['flink-region', 'aws.eu-central-1']];
const cluster = [...production, ['cloud-cluster', 'lkc-5zr9p2']];
const registry = [...production, ['schema-registry', 'lsrc-7nk21p']];
const topic = (name) => [...cluster, ['kafka', 'lkc-5zr9p2'], ['topic', name]];
const statement = (name, where = region) => [...where, ['statement', name]];
const workspace = (name, where = region) => [...where, ['flink-workspace', name]];

const crn = (segments) =>
  `crn://confluent.cloud/${segments.map(([type, name]) => `${type}=${encode(name)}`).join('/')}`;
const encode = (name) => encodeURIComponent(name).replaceAll('*', '%2A');
const asResource = ([type, resourceId]) => ({ type: type.toUpperCase().replaceAll('-', '_'), resourceId });
const cloudResource = (segments) => ({
  ...(segments.length > 1 && { scope: { resources: segments.slice(0, -1).map(asResource) } }),
  resource: asResource(segments.at(-1)),
});

const identity = (id) => `${crn([organization])}/identity-provider=Confluent/identity=${id}`;
const user = (id, email) => ({ ...(email && { email }), confluentUser: { resourceId: id } });
const mara = user('u-4mpl7k', 'mara.lind@harbourline.example');
const deniz = user('u-9vd3rn');
const sofia = user('u-2kq8sj', 'sofia.reyes@harbourline.example');
const deployer = { confluentServiceAccount: { resourceId: 'sa-c1d3pl' } };

const office = '192.0.2.44';
const buildRunner = '203.0.113.7';
const ingestHosts = ['203.0.113.20', '203.0.113.21'];
const analyticsHost = '2001:db8:40::15';
const attacker = '198.51.100.77';
const attackerV6 = '2001:db8:bad::7';

const keys = {
  deploy: 'CIDEPLOY7Q2XKM5A',
  ingest: 'ORDERSIN4T8WVB2J',
  planted: 'Q6ZP3R8T1DNWKEY2',
  rotated: 'CIDEPLOYR3N9HV6C',
};

// --- writing ----------------------------------------------------------------------------------

/** Lines with the moment they reached the file, which is not the moment of the event. */
const arrivals = [];

/** `18T01:09:03.417` in March 2026, with exactly the digits given. */
const at = (time) => `2026-03-${time}Z`;
/** The same with nine digits, as the cloud services write it. */
const precise = (time) => at(`${time}.${text(9, '0123456789')}`);
const clock = (second, digits = 0) => {
  const whole = new Date(Date.UTC(2026, 2, 17, 6) + second * 1000).toISOString().slice(8, 19);
  return at(digits === 0 ? whole : `${whole}.${text(digits, '0123456789')}`);
};
const milliseconds = (time) => Date.parse(time.replace(/(\.\d{3})\d+/, '$1'));

/** Adds a record. Kafka writes `=` escaped now and then, as some of its JSON writers do. */
function put(record, { arrives = record.time, escapeEquals = false } = {}) {
  const json = JSON.stringify(record);
  const line = escapeEquals ? json.replaceAll('=', '\\u003d') : json;
  arrivals.push({ at: milliseconds(arrives) + random(90_000), line });
  return record;
}

/** A request to a cloud service, in the key order of the published Flink records. */
function cloud(time, method, principal, ip, target, more = {}) {
  const { access, request, result = { status: 'SUCCESS' }, listed = [target], id = hex(32), ...attributes } = more;
  const name = principal.confluentUser?.resourceId ?? principal.confluentServiceAccount?.resourceId;
  return put({
    datacontenttype: 'application/json',
    data: {
      serviceName: 'crn://confluent.cloud/',
      methodName: method,
      cloudResources: listed.map(cloudResource),
      authenticationInfo: { principal, result: 'SUCCESS', identity: identity(name.replace('User:', '')) },
      requestMetadata: { requestId: [id], clientAddress: [{ ip }] },
      request: {
        accessType: access ?? (/^(Get|List)/.test(method) ? 'READ_ONLY' : 'MODIFICATION'),
        data: request ?? {},
      },
      result,
      resourceName: crn(target),
    },
    subject: crn(target),
    specversion: '1.0',
    id: uuid(),
    source: 'crn://confluent.cloud/',
    time: time.includes('.') ? time : time.replace('Z', `.${text(9, '0123456789')}Z`),
    type: 'io.confluent.cloud/request',
    ...attributes,
  });
}

/** A sign-in to the Kafka cluster; the address stands directly under `data`. */
function signIn(time, [principal, resourceId], key, ip, { mechanism = 'SASL_SSL/PLAIN', clientId, refused } = {}) {
  const kafka = 'crn://confluent.cloud/kafka=lkc-5zr9p2';
  return put(
    {
      data: {
        serviceName: kafka,
        methodName: 'kafka.Authentication',
        resourceName: kafka,
        authenticationInfo: {
          principal,
          metadata: { mechanism, identifier: key },
          ...(resourceId && { principalResourceId: resourceId }),
          result: refused ? 'UNAUTHENTICATED' : 'SUCCESS',
          ...(refused && { errorMessage: refused }),
        },
        requestMetadata: {
          connection_id: `10.4.${random(250)}.${random(250)}:9092-${random(9)}-${hex(6)}`,
          ...(clientId && { clientId }),
        },
        clientAddress: [{ ip, port: 30000 + random(30000) }],
        result: { status: refused ? 'UNAUTHENTICATED' : 'SUCCESS', message: refused ?? '' },
      },
      subject: kafka,
      specversion: '1.0',
      id: uuid(),
      datacontenttype: 'application/json',
      source: 'crn:///kafka=lkc-5zr9p2',
      time,
      type: 'io.confluent.kafka.server/authentication',
    },
    { escapeEquals: random(3) === 0 },
  );
}

/** A role check. Most carry neither address nor request id. */
function check(time, principal, operation, [resourceType, resourceName], where, role, more = {}) {
  return put({
    data: {
      serviceName: 'crn://confluent.cloud/',
      methodName: 'mds.Authorize',
      resourceName: crn(where),
      authenticationInfo: { principal: `User:${principal}` },
      authorizationInfo: {
        granted: role !== undefined,
        operation,
        resourceType,
        resourceName,
        patternType: 'LITERAL',
        ...(role && {
          rbacAuthorization: {
            role,
            scope: { outerScope: where.slice(0, 2).map(([type, id]) => `${type}=${id}`), clusters: {} },
            actingPrincipal: `User:${principal}`,
          },
        }),
        ...more.authorization,
      },
      request: { correlation_id: '-1' },
      ...(more.metadata && { requestMetadata: more.metadata }),
    },
    subject: crn(where),
    specversion: '1.0',
    id: uuid(),
    source: 'crn://confluent.cloud/',
    time,
    type: 'io.confluent.kafka.server/authorization',
  });
}

const nobody = 'None:UNKNOWN_USER';
const unknownKey = { refused: 'Unknown API key' };
const pipeline = ['User:4410237', 'sa-c1d3pl'];
const ingest = ['User:4410981', 'sa-0rd3r5'];

/** What a Kafka broker was asked to do: the permission check when there is one, and the operation. */
function kafka(time, method, target, ip, { who = pipeline, request, checked, failed, clientId = 'adminclient-3' }) {
  const common = {
    serviceName: `${crn(cluster)}/kafka=lkc-5zr9p2`,
    authenticationInfo: { principal: who[0], principalResourceId: who[1] },
    requestMetadata: { request_id: uuid(), connection_id: `10.4.9.9:9092-3-${hex(6)}`, client_id: clientId },
    clientAddress: [{ ip, port: 30000 + random(30000) }],
  };
  const record = (kind, data) =>
    put(
      event(
        time,
        `io.confluent.kafka.server/${kind}`,
        `kafka.${method}`,
        target,
        { ...common, ...data },
        { source: common.serviceName },
      ),
    );
  if (checked) {
    record('authorization', {
      authorizationInfo: { granted: true, ...checked, patternType: 'LITERAL' },
      request: { correlationId: 7 + random(90), clientId },
    });
  }
  record('request', {
    request: { accessType: method === 'Fetch' ? 'READ_ONLY' : 'MODIFICATION', ...(request && { data: request }) },
    result: failed ? { status: 'FAILURE', data: { errorType: failed } } : { status: 'SUCCESS' },
  });
}

function schemaRegistry(time, kind, method, subject, { request = {}, result = { status: 'SUCCESS' } } = {}) {
  const accessType = method.startsWith('LookUp') ? 'READ_ONLY' : 'MODIFICATION';
  const rest = {
    authentication: {},
    authorization: {
      authorizationInfo: {
        result: 'ALLOW',
        operation: 'Write',
        resourceType: 'Subject',
        resourceName: subject.at(-1)[1],
      },
    },
    request: { request: { accessType, data: request }, result },
  };
  const credentials = { idSecretCredentials: { credentialId: 'SRDEPLOY5K2M7X9Q' }, mechanism: 'HTTP_BASIC' };
  put(
    event(time, `io.confluent.sg.server/${kind}`, `schema-registry.${method}`, subject, {
      serviceName: crn(registry),
      authenticationInfo: { principal: deployer, result: 'SUCCESS', credentials },
      requestMetadata: { requestId: [hex(32)], clientAddress: [{ ip: buildRunner }] },
      ...rest[kind],
    }),
  );
}

// --- ordinary life: 28 hours from 17 March 06:00 UTC ------------------------------------------

const end = 28 * 3600;

function permissionNoise() {
  // The account of the monitoring system asks for metrics permission all day long.
  for (let second = 20; second < end; second += 220 + random(60)) {
    check(clock(second, 3), 'sa-m3tr1c', 'AccessMetrics', ['Cluster', 'cloud-cluster'], cluster, 'MetricsViewer');
  }
  // A web console page asks what its user may do: many checks in one millisecond, some of them denied.
  const asked = [
    ['View', 'Environment', 'MetricsViewer'],
    ['Create', 'Topic', 'DeveloperManage'],
    ['Alter', 'Cluster'],
    ['Describe', 'Cluster', 'Operator'],
    ['Invite', 'User'],
    ['CreateEnvironment', 'Organization'],
    ['View', 'Billing'],
    ['DescribeAccess', 'SecurityMetadata', 'Operator'],
  ];
  for (const [who, second] of [
    ['u-9vd3rn', 9_130],
    ['u-2kq8sj', 16_402],
    ['u-9vd3rn', 27_018],
  ]) {
    const time = clock(second, 3);
    for (const [operation, type, role] of asked) {
      check(time, who, operation, [type, type === 'Topic' ? '*' : type.toLowerCase()], production, role);
    }
  }
  check(clock(30_377, 3), 'flowserviceadmin', 'Configure', ['Cluster', 'kafka-cluster'], cluster, 'SystemAdmin');
  // Group mapping: the user acts through a pool, and this check does carry a request id.
  check(
    clock(21_345, 3),
    'u-9vd3rn',
    'View',
    ['CloudApiKey', '*'],
    [...production, ['cloud-api-key', '*']],
    'DeveloperRead',
    {
      authorization: { assignedPrincipals: ['u-9vd3rn', 'group-7xk2'] },
      metadata: { request_id: hex(32) },
    },
  );
}

function dailyClients() {
  for (let second = 700; second < end; second += 6_900 + random(600)) {
    const ip = ingestHosts[random(2)];
    signIn(clock(second, 3), ingest, keys.ingest, ip, { clientId: 'orders-ingest-1' });
  }
  for (let second = 1_500; second < end; second += 14_400) {
    signIn(clock(second, 3), ['User:pool-w2x9'], '4410733', analyticsHost, { mechanism: 'SASL_SSL/OAUTHBEARER' });
  }
  kafka(at('17T06:12:09.118'), 'Fetch', topic('orders'), ingestHosts[0], { who: ingest, clientId: 'orders-ingest-1' });
}

/** One run of the deployment pipeline. */
function deployment(time, { key = keys.deploy, incompatible = false, statements = [] } = {}) {
  const orders = [...registry, ['subject', 'orders-value']];
  signIn(at(`${time}:01.204`), pipeline, key, buildRunner, { clientId: 'terraform-kafka' });
  schemaRegistry(at(`${time}:02`), 'authentication', 'Authentication', registry);
  schemaRegistry(at(`${time}:02.511`), 'authorization', 'RegisterSchema', orders);
  const conflict = { errorCode: 409, errorMessage: 'Schema being registered is incompatible with an earlier schema' };
  schemaRegistry(at(`${time}:02.634`), 'request', 'RegisterSchema', orders, {
    request: { subject: 'orders-value' },
    ...(incompatible && { result: { status: 'FAILURE', data: conflict } }),
  });
  for (const [method, name] of statements)
    cloud(
      at(`${time}:09`),
      method,
      deployer,
      buildRunner,
      statement(name),
      statementRequest(method, name, 'sa-c1d3pl'),
    );
}

function statementRequest(method, name, runsAs, where = production) {
  const environment = where[1][1];
  const spec = { compute_pool_id: 'lfcp-2k9dq7', name, principal: runsAs };
  if (method === 'CreateStatement') {
    return {
      request: { environment_id: environment, org_resource_id: organization[1], spec },
      result: { status: 'SUCCESS', data: { metadata: { environment_id: environment }, spec } },
    };
  }
  if (method === 'DeleteStatement')
    return { request: { StatementName: name, OrgResourceId: organization[1], EnvironmentId: environment } };
  return {
    request: { statement_name: name, environment_id: environment },
    result: { status: 'SUCCESS', data: { spec } },
  };
}

function workingDay() {
  deployment('17T08:30', { statements: [['CreateStatement', 'orders-enrich-v41']] });
  deployment('17T11:15', { incompatible: true });
  deployment('17T15:05', {
    statements: [
      ['DeleteStatement', 'orders-enrich-v40'],
      ['CreateStatement', 'orders-enrich-v42'],
    ],
  });
  schemaRegistry(at('17T15:05:12.020'), 'request', 'LookUpSchemaUnderSubject', [
    ...registry,
    ['subject', 'orders-value'],
  ]);
  kafka(at('17T15:05:14.300'), 'CreateTopics', topic('orders/eu'), buildRunner, {
    checked: { operation: 'Create', resourceType: 'Topic', resourceName: 'orders/eu' },
  });
  signInToConsole(at('17T07:58:31.402'), mara, office);
  cloud(at('17T07:58:40'), 'GetEnvironments', mara, office, [organization], { listed: [production, development] });
  cloud(at('17T07:58:40'), 'GetKafkaClusters', mara, office, production, {
    listed: [[...production, ['kafka-cluster', 'lkc-5zr9p2']]],
  });
  cloud(at('17T09:12:05'), 'ListWorkspaces', deniz, office, region, {
    listed: [workspace('finance-reports')],
    request: { environment_id: 'env-8kq2vz', page_size: 100 },
  });
  cloud(
    at('17T09:14:11'),
    'CreateStatement',
    deniz,
    office,
    statement('überblick-umsätze-日次'),
    statementRequest('CreateStatement', 'überblick-umsätze-日次', 'u-9vd3rn'),
  );
  cloud(
    at('17T09:15:02'),
    'GetStatement',
    deniz,
    office,
    statement('überblick-umsätze-日次'),
    statementRequest('GetStatement', 'überblick-umsätze-日次', 'u-9vd3rn'),
  );
  cloud(at('17T09:41:37'), 'UpdateWorkspace', deniz, office, workspace('finance-reports'), {
    request: {
      workspace_name: 'finance-reports',
      environment_id: 'env-8kq2vz',
      spec: { compute_pool: { id: 'lfcp-2k9dq7' }, service_account: null },
    },
  });
  // An offset instead of Z is legal: this is 13:20:00Z.
  cloud(
    '2026-03-17T14:20:00.5+01:00',
    'CreateEnvironment',
    sofia,
    office,
    [organization, ['environment', 'env-6tq0bn']],
    { request: { display_name: 'staging' } },
  );
  cloud(at('17T10:02:44'), 'TableflowListTables', deniz, office, [...cluster, ['kafka-cluster', 'lkc-5zr9p2']], {
    listed: [],
  });
}

/** A record in the commonest key order. */
function event(time, type, method, target, data, more = {}) {
  const envelope = {
    specversion: '1.0',
    id: uuid(),
    source: 'crn://confluent.cloud/',
    type,
    time,
    subject: crn(target),
  };
  const named = { serviceName: 'crn://confluent.cloud/', methodName: method, resourceName: crn(target) };
  return { ...envelope, ...more, data: { ...named, ...data } };
}

/** The rarer services, each with its own way of writing a record. */
function otherServices() {
  const tree = 'https://confluent.io/internal/events/AuditLog.v2';
  const known = (principal) => ({ principal, result: 'SUCCESS' });
  const { data, ...envelope } = event(precise('17T10:30:00'), 'io.confluent.cloud/request', '', [organization], {});
  put({
    ...envelope,
    dataschema: tree,
    data: {
      service_name: 'crn://confluent.cloud/service=cc-flink-api-service',
      method_name: 'ListFlinkRegions',
      resource_name: data.resourceName,
      cloud_resources: [{ resource: { type: 'ORGANIZATION', resource_id: organization[1] } }],
      authentication_info: {
        exposure: 'CUSTOMER',
        principal: { confluent_user: { resource_id: 'u-2kq8sj' } },
        result: 'SUCCESS',
      },
      request_metadata: { request_id: [hex(32)], client_address: [{ ip: office }] },
      request: { access_type: 'READ_ONLY', data: { cloud: 'AWS' } },
      result: { status: 'SUCCESS', data: { data: [{ id: 'aws.eu-central-1' }, { id: 'aws.eu-west-1' }] } },
    },
  });
  // A background job: nobody asked for it.
  const provider = [organization, ['identity-provider', 'op-4xk1']];
  put(
    event(precise('17T12:00:00'), 'io.confluent.cloud/request', 'ScheduledJwksRefresh', provider, {
      cloudResources: [cloudResource(provider)],
      request: { accessType: 'MODIFICATION' },
      result: { status: 'SUCCESS' },
    }),
  );
  // The notification service writes the end of time.
  put(
    event(
      '+999999999-12-31T23:59:59.999999999-18:00',
      'io.confluent.cloud/request',
      'ListNotificationTypes',
      [organization],
      {
        cloudResources: [cloudResource([organization, ['ns-notification-type', 'BILLING_ALERT']])],
        authenticationInfo: known(sofia),
        request: { accessType: 'READ_ONLY' },
        result: { status: 'SUCCESS' },
      },
    ),
    { arrives: at('17T13:40:00') },
  );
  // Written by a log shipper: no time of its own, and the Kafka place under keys with dots.
  const shipped = {
    '@timestamp': at('17T09:14:10.870'),
    '@version': '1',
    'kafka.partition': '106',
    'kafka.offset': '8120443',
  };
  put(
    event(
      null,
      'io.confluent.flink.server/authentication',
      'flink.Authenticate',
      region,
      {
        internalServiceName: crn(region),
        authenticationInfo: { exposure: 'CUSTOMER', ...known(deniz), identity: identity('u-9vd3rn') },
        requestMetadata: { requestId: [hex(32)], clientAddress: [{ ip: office }] },
      },
      { ...shipped, dataschema: tree },
    ),
    { arrives: shipped['@timestamp'] },
  );
  const token = { type: 'JWT', issuer: 'Confluent', subject: '4410602', audience: ['AUTH_TOKEN'] };
  put(
    event(
      at('17T11:40:22.915'),
      'io.confluent.ksql.server/authentication',
      'ksql.Authenticate',
      [...cluster, ['ksql', 'lksqlc-9m2d']],
      {
        authenticationInfo: { ...known(deniz), credentials: { idTokenCredentials: token, mechanism: 'HTTP_BEARER' } },
        requestMetadata: { requestId: [uuid()] },
      },
    ),
  );
  put(
    event(at('17T16:10:08.330'), 'io.confluent.context.engine/request', 'mcp.tools/call', topic('orders'), {
      authenticationInfo: {
        ...known({ identityPool: { resourceId: 'pool-w2x9' } }),
        originalPrincipal: 'User:u-9vd3rn',
      },
      requestMetadata: { requestId: [hex(32)], clientAddress: [{ ip: analyticsHost }] },
      result: { status: 'SUCCESS' },
    }),
  );
}

function signInToConsole(time, principal, ip) {
  return cloud(time, 'SignIn', principal, ip, [organization], { access: 'UNKNOWN' });
}

/** Somebody without the password: the record knows an e-mail and nothing else. */
function refusedConsoleSignIn(time, email, ip) {
  put(
    event(time, 'io.confluent.cloud/request', 'SignIn', [organization], {
      cloudResources: [cloudResource([organization])],
      authenticationInfo: { principal: { email }, result: 'FAILURE' },
      requestMetadata: { requestId: [hex(32)], clientAddress: [{ ip }] },
      request: { accessType: 'UNKNOWN' },
      result: { status: 'FAILURE', data: { errors: [{ status: '401', detail: 'Wrong e-mail or password' }] } },
    }),
  );
}

// --- the attack: 18 March, 01:06 to 02:16 UTC -------------------------------------------------

function attack() {
  refusedConsoleSignIn(precise('17T22:47:15'), 'mara.lind@harbourline.example', attacker);
  refusedConsoleSignIn(precise('17T22:47:52'), 'mara.lind@harbourline.example', attacker);

  // Keys from a leaked list; one is tried three times. Then a key that works.
  const leaked = Array.from({ length: 22 }, keyId);
  const tries = [...leaked, leaked[4], leaked[4]];
  for (const [i, key] of tries.entries()) {
    const second = 11 + i * 7;
    const time = at(
      `18T01:0${6 + Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}.${text(3, '0123456789')}`,
    );
    signIn(time, [nobody], key, attacker, unknownKey);
  }
  // The client id turns the reading direction round, to fool whoever reads the terminal.
  const clientId = 'kcat\u202etac';
  signIn(at('18T01:09:03.417'), pipeline, keys.deploy, attacker, { clientId });
  check(at('18T01:10:22.108'), 'sa-c1d3pl', 'Alter', ['Cluster', 'kafka-cluster'], cluster, undefined);
  check(
    at('18T01:10:22.109'),
    'sa-c1d3pl',
    'AlterAccess',
    ['SecurityMetadata', 'security-metadata'],
    production,
    undefined,
  );
  check(
    at('18T01:10:22.109'),
    'sa-c1d3pl',
    'Create',
    ['CloudApiKey', '*'],
    [...production, ['cloud-api-key', '*']],
    undefined,
  );
  kafka(at('18T01:11:40.553'), 'Produce', topic('payments.v2'), attacker, {
    failed: 'TOPIC_AUTHORIZATION_FAILED',
    clientId,
  });

  // Mara's session works, but not from there: the IP filter stands in the way.
  refusedByIpFilter('01:14:09', 'MANAGEMENT', attacker);
  refusedByIpFilter('01:14:31', 'MANAGEMENT', attacker);
  refusedByIpFilter('01:15:58', 'MANAGEMENT', attacker);
  refusedByIpFilter('01:17:20', 'MANAGEMENT', attackerV6);
  refusedByIpFilter('01:18:02', 'FLINK', attackerV6);
  // Through the office network it does; and then from everywhere.
  signInToConsole(at('18T01:24:47.036'), mara, office);
  const ipGroup = [organization, ['ip-group', 'ipg-4k2v']];
  const ranges = ['192.0.2.0/26', '203.0.113.0/27'];
  const widened = cloud(at('18T01:27:13.660218404'), 'UpdateIpGroup', mara, office, ipGroup, {
    request: { group_name: 'offices', cidr_blocks: [...ranges, '0.0.0.0/0'] },
  });
  // The archive holds a second copy of that record with the same id and without the evidence.
  const copy = structuredClone(widened);
  copy.data.request.data.cidr_blocks = ranges;
  arrivals.push({ at: milliseconds(at('18T09:31:00')), line: JSON.stringify(copy) });

  cloud(at('18T01:30:25'), 'BindRoleForPrincipal', user('User:u-4mpl7k'), attacker, [organization], {
    request: {
      role_name: 'OrganizationAdmin',
      principal: 'User:sa-c1d3pl',
      scope: { path: [`organization=${organization[1]}`] },
    },
  });
  const keyRequest = hex(32);
  check(
    at('18T01:33:08.442'),
    'sa-c1d3pl',
    'Create',
    ['CloudApiKey', '*'],
    [...production, ['cloud-api-key', '*']],
    'OrganizationAdmin',
    { metadata: { request_id: keyRequest } },
  );
  cloud(at('18T01:33:08'), 'CreateAPIKey', deployer, attacker, [organization, ['cloud-api-key', keys.planted]], {
    id: keyRequest,
    listed: [
      [organization, ['cloud-api-key', keys.planted]],
      [...cluster, ['cloud-api-key', keys.planted]],
    ],
    request: { owner: 'sa-c1d3pl', description: 'ci' },
    time: at('18T01:33:08.448120071'),
  });
  lookRound();
  const poolRequest = hex(32);
  check(at('18T01:52:10.004'), 'sa-c1d3pl', 'Contribute', ['FlinkWorkspace', '*'], production, 'OrganizationAdmin', {
    metadata: { request_id: poolRequest },
  });
  cloud(at('18T01:52:10.011000001'), 'CreateWorkspace', deployer, attacker, workspace('workspace-2026-03-18-015210'), {
    id: poolRequest,
    request: {
      workspace_name: 'workspace-2026-03-18-015210',
      environment_id: 'env-8kq2vz',
      spec: { compute_pool: { id: 'lfcp-2k9dq7' }, service_account: 'sa-f1n4nc' },
    },
  });
  // Statements that run as the finance account; the last name is an attack on whoever opens a list of it.
  cloud(
    at('18T01:53:46'),
    'CreateStatement',
    deployer,
    attacker,
    statement('copy-payments-1'),
    statementRequest('CreateStatement', 'copy-payments-1', 'sa-f1n4nc'),
  );
  cloud(
    at('18T01:55:02'),
    'CreateStatement',
    deployer,
    attacker,
    statement('copy-payments-2'),
    statementRequest('CreateStatement', 'copy-payments-2', 'sa-f1n4nc'),
  );
  const hostile = "=cmd|'/c calc'!A0\u001b[2J\u001b[1;1Hnothing to see";
  cloud(
    at('18T01:58:30'),
    'CreateStatement',
    deployer,
    attackerV6,
    statement(hostile),
    statementRequest('CreateStatement', hostile, 'sa-c1d3pl'),
  );

  // Destruction.
  const own = [
    'orders-enrich-v42',
    'orders-enrich-v41',
    'überblick-umsätze-日次',
    'fraud-score',
    'invoice-totals',
    'stock-levels',
  ];
  for (const [i, name] of own.entries()) {
    cloud(
      at(`18T02:0${4 + Math.floor(i / 3)}:${12 + (i % 3) * 14}`),
      'DeleteStatement',
      deployer,
      attacker,
      statement(name),
      statementRequest('DeleteStatement', name),
    );
  }
  cloud(at('18T02:06:33'), 'DeleteWorkspace', deployer, attacker, workspace('finance-reports'), {
    request: { workspace_name: 'finance-reports', environment_id: 'env-8kq2vz' },
  });
  const everyTopic = {
    principal: 'User:*',
    resourceType: 'TOPIC',
    resourceName: '*',
    operation: 'READ',
    permissionType: 'ALLOW',
  };
  kafka(at('18T02:11:05.900'), 'CreateAcls', topic('*'), attacker, {
    checked: { operation: 'Alter', resourceType: 'Cluster', resourceName: 'kafka-cluster' },
    request: { acls: [everyTopic] },
  });
  for (const [time, name] of [
    ['18T02:14:52.017', 'orders/eu'],
    ['18T02:15:30.642', 'invoices.v1'],
  ]) {
    const checked = { operation: 'Delete', resourceType: 'Topic', resourceName: name };
    kafka(at(time), 'DeleteTopics', topic(name), attacker, { checked });
  }
}

function refusedByIpFilter(time, resourceGroup, ip) {
  put(
    event(precise(`18T${time}`), 'io.confluent.cloud/authorization', 'ip-filter.Authorize', [organization], {
      cloudResources: [cloudResource([organization])],
      authenticationInfo: { principal: user('u-4mpl7k'), result: 'SUCCESS', identity: identity('u-4mpl7k') },
      authorizationInfo: { result: 'DENY', ipfilterAuthorization: { clientIp: ip, resourceGroup } },
      requestMetadata: { requestId: [hex(32)], clientAddress: [{ ip }] },
    }),
  );
}

/** Lists and reads, two of them in the same millisecond. */
function lookRound() {
  const seen = [
    'copy-of-orders',
    'fraud-score',
    'invoice-totals',
    'orders-enrich-v41',
    'orders-enrich-v42',
    'stock-levels',
    'überblick-umsätze-日次',
  ];
  cloud(at('18T01:38:04'), 'GetEnvironments', deployer, attacker, [organization], {
    listed: [production, development],
  });
  cloud(at('18T01:38:21'), 'GetKafkaClusters', deployer, attacker, production, {
    listed: [[...production, ['kafka-cluster', 'lkc-5zr9p2']]],
  });
  cloud(at('18T01:38:40'), 'GetAPIKeys', deployer, attacker, [organization], {
    listed: [
      [organization, ['api-key', keys.deploy]],
      [organization, ['api-key', keys.ingest]],
    ],
  });
  // Older name of the same method: records have been seen with both.
  cloud(at('18T01:40:11'), 'ListWorkspace', deployer, attacker, workspace('finance-reports'));
  for (const [time, where, names] of [
    ['01:40:58', region, seen],
    ['01:41:17', devRegion, ['test-1', 'test-2']],
    ['01:41:52', region, seen],
  ]) {
    cloud(at(`18T${time}`), 'ListStatements', deployer, attacker, where, {
      listed: names.map((name) => statement(name, where)),
      request: { compute_pool_id: '', environment_id: where[1][1], page_size: 100 },
    });
  }
  for (const [i, name] of [...seen, ...seen.slice(1, 5)].entries()) {
    const time =
      i === 1
        ? '18T01:43:20.118000400'
        : i === 2
          ? '18T01:43:20.118000900'
          : `18T01:43:${20 + i * 3}.${text(9, '0123456789')}`;
    cloud(
      at(time),
      'GetStatement',
      deployer,
      attacker,
      statement(name),
      statementRequest('GetStatement', name, 'sa-c1d3pl'),
    );
  }
}

// --- the answer: 18 March, from 06:38 UTC -----------------------------------------------------

function response() {
  const key = (id) => [organization, ['cloud-api-key', id]];
  signInToConsole(at('18T06:38:12.200'), sofia, office);
  cloud(at('18T06:41:30'), 'GetAPIKeys', sofia, office, [organization], {
    listed: [key(keys.deploy), key(keys.ingest), key(keys.planted)],
  });
  cloud(at('18T06:44:02'), 'DeleteAPIKey', sofia, office, key(keys.planted));
  cloud(at('18T06:44:26'), 'DeleteAPIKey', sofia, office, key(keys.deploy));
  cloud(at('18T06:47:55'), 'UnbindRoleForPrincipal', sofia, office, [organization], {
    request: { role_name: 'OrganizationAdmin', principal: 'User:sa-c1d3pl' },
  });
  cloud(at('18T06:52:10'), 'UpdateIpGroup', sofia, office, [organization, ['ip-group', 'ipg-4k2v']], {
    request: { group_name: 'offices', cidr_blocks: ['192.0.2.0/26', '203.0.113.0/27'] },
  });
  for (const [time, name] of [
    ['06:58:20', 'copy-payments-1'],
    ['06:58:41', 'copy-payments-2'],
  ]) {
    cloud(
      at(`18T${time}`),
      'DeleteStatement',
      sofia,
      office,
      statement(name),
      statementRequest('DeleteStatement', name),
    );
  }
  cloud(at('18T06:59:37'), 'DeleteWorkspace', sofia, office, workspace('workspace-2026-03-18-015210'), {
    request: { workspace_name: 'workspace-2026-03-18-015210', environment_id: 'env-8kq2vz' },
  });
  // The planted key once more, now refused; the pipeline still uses its old key, too.
  signIn(at('18T07:12:44.871'), [nobody], keys.planted, attackerV6, unknownKey);
  signIn(at('18T07:30:01.190'), [nobody], keys.deploy, buildRunner, unknownKey);
  signIn(at('18T07:30:31.377'), [nobody], keys.deploy, buildRunner, unknownKey);
  cloud(at('18T08:05:16'), 'CreateAPIKey', sofia, office, key(keys.rotated), {
    request: { owner: 'sa-c1d3pl', description: 'ci, rotated' },
  });
  deployment('18T08:20', { key: keys.rotated, statements: [['CreateStatement', 'orders-enrich-v43']] });
  // Vendor staff look at the cluster for the support case.
  put(
    event(precise('18T09:04:51'), 'io.confluent.cloud/access-transparency', 'confluent.privileged.access', cluster, {
      authenticationInfo: { principal: user('confluent.privileged'), result: 'SUCCESS' },
      requestMetadata: { requestId: [text(56, '0123456789')] },
      request: { data: { employee_base_location: 'DE', employee_job_family: 'Support', case: 'S-11873' } },
      result: { status: 'SUCCESS' },
    }),
  );
}

// --- the dump ---------------------------------------------------------------------------------

permissionNoise();
dailyClients();
workingDay();
otherServices();
attack();
response();

arrivals.sort((a, b) => a.at - b.at);
const lines = arrivals.map(({ line }) => line);
const cut = arrivals.findIndex((one) => one.at > milliseconds(at('18T01:56:00')));

// Two pulls of the topic that overlap by four records; the first was stopped in the middle of a line.
const first = lines.slice(0, cut);
const second = lines.slice(cut - 4);
const third = (line, part) =>
  line.slice(Math.floor((line.length * (part - 1)) / 3), Math.floor((line.length * part) / 3));
first.splice(60, 0, third(first[59], 1));
first.splice(
  120,
  0,
  '[2026-03-17 15:06:31,114] WARN [Consumer clientId=archive-1, groupId=audit-archive] Resetting offset for partition confluent-audit-log-events-3 (org.apache.kafka.clients.consumer.internals.SubscriptionState)',
);
// Two writers in one file: the beginning of one record and the end of another.
const about = (words) => lines.find((line) => line.includes(words));
first.splice(200, 0, third(about('"CreateEnvironment"'), 1) + third(about('"mcp.tools/call"'), 3));
first.splice(260, 0, first[233]);
second.splice(90, 0, '{"level":"info","msg":"archive rotated","file":"audit-log-part-1.ndjson","bytes":262144}');

mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, 'audit-log-part-1.ndjson'), `${first.join('\n')}\n${third(lines[cut], 1)}`);
writeFileSync(join(directory, 'audit-log-part-2.ndjson.gz'), gzipSync(`${second.join('\n')}\n`, { level: 9 }));
