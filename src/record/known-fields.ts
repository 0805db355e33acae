/**
 * The fields that published records have (record-shapes.md, 2 to 11), for reports of what is new. An object lists its
 * members in camelCase; `any` may hold whatever a service puts there; `leaf` is a value, or a list of values.
 */
export interface KnownFields {
  readonly [key: string]: KnownFields | 'leaf' | 'any';
}

const principal: KnownFields = {
  email: 'leaf',
  resourceId: 'leaf',
  confluentUser: { resourceId: 'leaf' },
  confluentServiceAccount: { resourceId: 'leaf' },
  identityPool: { resourceId: 'leaf' },
  group: { resourceId: 'leaf' },
  externalAccount: { subject: 'leaf', namespace: { type: 'leaf', id: 'leaf' } },
};

const resource: KnownFields = { type: 'leaf', resourceId: 'leaf' };

const clientAddress: KnownFields = { ip: 'leaf', port: 'leaf' };

const requestMetadata: KnownFields = {
  requestId: 'leaf',
  clientAddress,
  callerIp: 'leaf',
  connectionId: 'leaf',
  networkId: 'leaf',
  clientId: 'leaf',
  clientTraceId: 'leaf',
  correlationId: 'leaf',
};

const request: KnownFields = {
  accessType: 'leaf',
  data: 'any',
  correlationId: 'leaf',
  clientId: 'leaf',
  requestType: 'leaf',
  resourceType: 'leaf',
  resourceName: 'leaf',
  remoteLogicalClusterId: 'leaf',
};

const credentials: KnownFields = {
  mechanism: 'leaf',
  idSecretCredentials: { credentialId: 'leaf' },
  idTokenCredentials: { type: 'leaf', issuer: 'leaf', subject: 'leaf', audience: 'leaf', otherSignedClaims: 'any' },
  certificateCredentials: { dname: { cn: 'leaf', ou: 'leaf', o: 'leaf', l: 'leaf', st: 'leaf', c: 'leaf' } },
  delegateCredentials: 'any',
};

const data: KnownFields = {
  '@type': 'leaf',
  serviceName: 'leaf',
  internalServiceName: 'leaf',
  methodName: 'leaf',
  resourceName: 'leaf',
  clientAddress,
  authenticationInfo: {
    principal,
    originalPrincipal: principal,
    principalResourceId: 'leaf',
    result: 'leaf',
    identity: 'leaf',
    exposure: 'leaf',
    errorMessage: 'leaf',
    metadata: { mechanism: 'leaf', identifier: 'leaf' },
    credentials,
  },
  authorizationInfo: {
    granted: 'leaf',
    result: 'leaf',
    operation: 'leaf',
    resourceType: 'leaf',
    resourceName: 'leaf',
    patternType: 'leaf',
    superUserAuthorization: 'leaf',
    assignedPrincipals: principal,
    rbacAuthorization: {
      role: 'leaf',
      scope: { outerScope: 'leaf', clusters: 'any' },
      cloudScope: { resources: resource },
      operation: 'leaf',
      resourceType: 'leaf',
      patternType: 'leaf',
      patternName: 'leaf',
      actingPrincipal: principal,
    },
    aclAuthorization: {
      permissionType: 'leaf',
      host: 'leaf',
      actingPrincipal: principal,
      resourceType: 'leaf',
      patternType: 'leaf',
      patternName: 'leaf',
    },
    ipfilterAuthorization: { clientIp: 'leaf', resourceGroup: 'leaf' },
    privateLinkPolicyAuthorization: { resourceNetworkType: 'leaf', privateLinkContextId: 'leaf' },
    requestMetadata,
    request,
  },
  cloudResources: { scope: { resources: resource }, resource },
  requestMetadata,
  request,
  result: { status: 'leaf', message: 'leaf', data: 'any' },
};

export const knownFields: KnownFields = {
  id: 'leaf',
  source: 'leaf',
  specversion: 'leaf',
  type: 'leaf',
  time: 'leaf',
  subject: 'leaf',
  datacontenttype: 'leaf',
  dataschema: 'leaf',
  data,
  '@timestamp': 'leaf',
  '@version': 'leaf',
  'kafka.partition': 'leaf',
  'kafka.offset': 'leaf',
  confluentRouting: { route: 'leaf' },
};
