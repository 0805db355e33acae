import type { Plain } from './template.ts';

/**
 * What each method writes, as the vendor documents it and real dumps show it: envelope, key order, places of the
 * principal, the addresses and the verdict. Texts in braces are slots, filled by slots.ts.
 */
export interface Shape {
  readonly method: string;
  /** Of 1000 records of the profile. */
  readonly perMille: number;
  /** Of a million of these records, how many were refused or went wrong. */
  readonly failuresPerMillion: number;
  record(variant: Variant): Plain;
}

export interface Variant {
  readonly isServiceAccount: boolean;
  readonly isFailure: boolean;
}

type Segments = readonly (readonly [type: string, name: string])[];
type Members = { readonly [key: string]: Plain };

const organization: Segments = [['organization', '{org}']];
const environment: Segments = [...organization, ['environment', '{env}']];
const region: Segments = [...environment, ['flink-region', '{region}']];
const cluster: Segments = [...environment, ['cloud-cluster', '{cluster}']];
const kafka: Segments = [...cluster, ['kafka', '{cluster}']];
const workspace: Segments = [...region, ['flink-workspace', '{workspace}']];
const statement: Segments = [...region, ['statement', '{statement}']];

const crn = (segments: Segments): string =>
  `crn://confluent.cloud/${segments.map(([type, name]) => `${type}=${name}`).join('/')}`;

const asResource = ([type, resourceId]: Segments[number]): Members => ({
  type: type.toUpperCase().replaceAll('-', '_'),
  resourceId,
});

function cloudResource(segments: Segments): Members {
  const resource = segments.slice(-1).map(asResource);
  const scope = segments.slice(0, -1).map(asResource);
  return { ...(scope.length > 0 && { scope: { resources: scope } }), resource: resource[0] ?? null };
}

function principalObject({ isServiceAccount }: Variant): Members {
  return isServiceAccount
    ? { confluentServiceAccount: { resourceId: '{who}' } }
    : { confluentUser: { resourceId: '{who}' } };
}

const signedIn = (variant: Variant): Members => ({
  principal: principalObject(variant),
  result: 'SUCCESS',
  identity: `${crn(organization)}/identity-provider=Confluent/identity={who}`,
});

const requestMetadata: Members = { requestId: ['{requestId}'], clientAddress: [{ ip: '{ip}' }] };

const envelope = (subject: string, source: string, time: string, type: string): Members => ({
  subject,
  specversion: '1.0',
  id: '{id}',
  source,
  time,
  type,
});

interface CloudRequest {
  readonly method: string;
  readonly perMille: number;
  readonly target: Segments;
  readonly resources?: readonly Segments[];
  readonly access: 'READ_ONLY' | 'MODIFICATION';
  readonly request: Members;
  readonly answer?: Members;
  readonly failuresPerMillion?: number;
}

/** A request to a managed service, in the key order of the published Flink records. */
function cloudRequest(described: CloudRequest): Shape {
  const { method, perMille, target, resources = [target], access, request, answer } = described;
  const ok: Members = { status: 'SUCCESS', ...(answer && { data: answer }) };
  const failure: Members = {
    status: 'FAILURE',
    data: { errors: [{ status: '403', detail: 'Forbidden: {who} may not do this in {env}' }] },
  };
  return {
    method,
    perMille,
    failuresPerMillion: described.failuresPerMillion ?? 24_000,
    record: (variant) => ({
      datacontenttype: 'application/json',
      data: {
        serviceName: 'crn://confluent.cloud/',
        methodName: method,
        cloudResources: resources.map(cloudResource),
        authenticationInfo: signedIn(variant),
        requestMetadata,
        request: { accessType: access, data: request },
        result: variant.isFailure ? failure : ok,
        resourceName: crn(target),
      },
      ...envelope(crn(target), 'crn://confluent.cloud/', '{nanoTime}', 'io.confluent.cloud/request'),
    }),
  };
}

/** The five workspace methods of the published records, each with its share of the records. */
export function workspaceShapes(perMille: number): Shape[] {
  const named = { workspace_name: '{workspace}', environment_id: '{env}', org_resource_id: '{org}' };
  const spec = { compute_pool: { id: '{pool}' }, service_account: null };
  const found = { environment_id: '{env}', name: '{workspace}', org_id: '{org}', spec };
  const write = { perMille, target: workspace, access: 'MODIFICATION' } as const;
  const read = { perMille, target: workspace, access: 'READ_ONLY' } as const;
  return [
    cloudRequest({ ...write, method: 'CreateWorkspace', request: { ...named, spec }, answer: found }),
    cloudRequest({ ...write, method: 'DeleteWorkspace', request: named }),
    cloudRequest({ ...read, method: 'GetWorkspace', request: named, answer: found }),
    cloudRequest({ ...write, method: 'UpdateWorkspace', request: { spec, ...named }, answer: found }),
    cloudRequest({
      ...read,
      method: 'ListWorkspace',
      request: { environment_id: '{env}', org_resource_id: '{org}', page_size: 100 },
      answer: { data: [found] },
    }),
  ];
}

const statementSpec: Members = {
  compute_pool_id: '{pool}',
  name: '{statement}',
  principal: '{who}',
  statement: '{sql}',
  properties: { 'sql.current-catalog': '{env}', 'sql.current-database': '{cluster}', 'sql.local-time-zone': 'UTC' },
};

export function createStatement(perMille: number): Shape {
  return cloudRequest({
    method: 'CreateStatement',
    perMille,
    target: statement,
    access: 'MODIFICATION',
    request: { environment_id: '{env}', org_resource_id: '{org}', spec: statementSpec },
    answer: { metadata: { environment_id: '{env}' }, spec: { compute_pool_id: '{pool}', name: '{statement}' } },
  });
}

export function getStatement(perMille: number): Shape {
  return cloudRequest({
    method: 'GetStatement',
    perMille,
    target: statement,
    access: 'READ_ONLY',
    request: { statement_name: '{statement}', environment_id: '{env}' },
    answer: { metadata: { environment_id: '{env}' }, spec: statementSpec },
  });
}

export function deleteStatement(perMille: number): Shape {
  return cloudRequest({
    method: 'DeleteStatement',
    perMille,
    target: statement,
    access: 'MODIFICATION',
    request: { StatementName: '{statement}', OrgResourceId: '{org}', EnvironmentId: '{env}' },
  });
}

export function listStatements(perMille: number): Shape {
  const names = ['{statement}-1', '{statement}-2', '{statement}-3', '{statement}-4'];
  return cloudRequest({
    method: 'ListStatements',
    perMille,
    target: region,
    resources: names.map((name) => [...region, ['statement', name]]),
    access: 'READ_ONLY',
    request: { compute_pool_id: '', environment_id: '{env}', page_size: 100 },
    answer: {
      data: names.map((name) => ({
        metadata: { environment_id: '{env}' },
        spec: { compute_pool_id: '{pool}', name, principal: '{who}' },
      })),
    },
  });
}

export function kafkaClusters(perMille: number): Shape {
  const details = {
    region: '{region}',
    availability: 'HIGH',
    throughput_mbps: 250,
    storage_gb: 5000,
    durability: null,
  };
  return cloudRequest({
    method: 'GetKafkaClusters',
    perMille,
    target: environment,
    resources: [cluster],
    access: 'READ_ONLY',
    request: { environment: '{env}', page_size: 100, page_token: '' },
    answer: { data: [{ id: '{cluster}', account_id: '{env}', status: 'UP', ...details }] },
  });
}

export function createApiKey(perMille: number): Shape {
  return cloudRequest({
    method: 'CreateAPIKey',
    perMille,
    target: [...cluster, ['cloud-api-key', '{key}']],
    resources: [[...cluster, ['cloud-api-key', '{key}']], cluster],
    access: 'MODIFICATION',
    request: { owner: { id: '{who}' }, description: 'used by {topic}', cluster: '{cluster}', temporary: false },
    answer: { key: '{key}', created: true, version: 2.5 },
  });
}

export function bindRole(perMille: number): Shape {
  return cloudRequest({
    method: 'BindRoleForPrincipal',
    perMille,
    target: cluster,
    access: 'MODIFICATION',
    request: {
      principal: 'User:{who}',
      role: 'DeveloperRead',
      scope: { path: ['organization={org}', 'environment={env}'], clusters: { 'kafka-cluster': '{cluster}' } },
    },
  });
}

/** Fails in one of six tries: typing errors are common. */
export function signIn(perMille: number): Shape {
  return cloudRequest({
    method: 'SignIn',
    perMille,
    target: organization,
    access: 'MODIFICATION',
    request: { organization_id: '{org}', user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    failuresPerMillion: 160_000,
  });
}

export function ipFilter(perMille: number): Shape {
  return {
    method: 'ip-filter.Authorize',
    perMille,
    failuresPerMillion: 300_000,
    record: (variant) => ({
      datacontenttype: 'application/json',
      data: {
        serviceName: 'crn://confluent.cloud/',
        methodName: 'ip-filter.Authorize',
        cloudResources: [cloudResource(organization)],
        authenticationInfo: signedIn(variant),
        authorizationInfo: {
          result: variant.isFailure ? 'DENY' : 'ALLOW',
          ipfilterAuthorization: { clientIp: '{ip}', resourceGroup: 'MANAGEMENT' },
        },
        requestMetadata,
        resourceName: crn(organization),
      },
      ...envelope(crn(organization), 'crn://confluent.cloud/', '{nanoTime}', 'io.confluent.cloud/authorization'),
    }),
  };
}

/** Kafka writes the number of a principal and, beside it, the id. */
export function kafkaAuthentication(perMille: number): Shape {
  const source = 'crn://confluent.cloud/kafka={cluster}';
  return {
    method: 'kafka.Authentication',
    perMille,
    failuresPerMillion: 15_000,
    record: ({ isFailure }) => ({
      datacontenttype: 'application/json',
      data: {
        serviceName: source,
        methodName: 'kafka.Authentication',
        resourceName: crn(kafka),
        authenticationInfo: {
          principal: 'User:{number}',
          principalResourceId: '{who}',
          metadata: { mechanism: 'SASL_SSL/PLAIN', identifier: '{key}' },
        },
        requestMetadata: { connection_id: '{connection}', client_id: 'rdkafka-{number}' },
        clientAddress: [{ ip: '{ip}' }],
        result: { status: isFailure ? 'UNAUTHENTICATED' : 'SUCCESS', message: isFailure ? 'Bad password' : '' },
      },
      ...envelope(crn(kafka), source, '{milliTime}', 'io.confluent.kafka.server/authentication'),
    }),
  };
}

export function kafkaAuthorization(
  method: string,
  perMille: number,
  operation: string,
  [type, name]: Segments[number],
): Shape {
  const source = 'crn://confluent.cloud/kafka={cluster}';
  const target = crn([...kafka, [type, name]]);
  return {
    method,
    perMille,
    failuresPerMillion: 40_000,
    record: ({ isFailure }) => ({
      datacontenttype: 'application/json',
      data: {
        serviceName: source,
        methodName: method,
        resourceName: target,
        authenticationInfo: { principal: 'User:{number}', principalResourceId: '{who}' },
        authorizationInfo: {
          granted: !isFailure,
          operation,
          resourceType: type === 'topic' ? 'Topic' : 'Group',
          resourceName: name,
          patternType: 'LITERAL',
          ...(isFailure
            ? {}
            : { aclAuthorization: { permissionType: 'ALLOW', host: '*', actingPrincipal: 'User:{number}' } }),
        },
        request: { correlationId: '{number}', clientId: 'adminclient-7' },
        requestMetadata: { request_id: '{requestId}', connection_id: '{connection}' },
        clientAddress: [{ ip: '{ip}', port: 9092 }],
      },
      ...envelope(target, source, '{milliTime}', 'io.confluent.kafka.server/authorization'),
    }),
  };
}

/** Most checks come from Confluent's own services and carry no client address. */
export function mdsAuthorize(perMille: number): Shape {
  return {
    method: 'mds.Authorize',
    perMille,
    failuresPerMillion: 18_000,
    record: ({ isFailure }) => ({
      data: {
        serviceName: 'crn://confluent.cloud/',
        methodName: 'mds.Authorize',
        resourceName: crn(kafka),
        authenticationInfo: { principal: 'User:{who}' },
        authorizationInfo: {
          granted: !isFailure,
          operation: 'Describe',
          resourceType: 'Topic',
          resourceName: '{topic}',
          patternType: 'LITERAL',
          ...(isFailure
            ? {}
            : {
                rbacAuthorization: {
                  role: 'CloudClusterAdmin',
                  scope: {
                    outerScope: ['organization={org}', 'environment={env}', 'cloud-cluster={cluster}'],
                    clusters: { 'kafka-cluster': '{cluster}' },
                  },
                  actingPrincipal: 'User:{who}',
                },
                assignedPrincipals: ['{who}'],
              }),
        },
        request: { correlation_id: '-1' },
        requestMetadata: { request_id: ['{requestId}'] },
      },
      datacontenttype: 'application/json',
      ...envelope(crn(kafka), 'crn://confluent.cloud/', '{milliTime}', 'io.confluent.kafka.server/authorization'),
    }),
  };
}
