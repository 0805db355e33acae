import * as z from 'zod';

/**
 * The published shape of an audit record as far as it is promised, for types, tests and drift
 * reports. Never used to reject: the vendor adds properties and values without notice
 * (record-shapes §0), so every object is loose and every field optional or open.
 */

const text = z.string().nullish();
const principal = z.union([
  z.string(),
  z.looseObject({
    email: text,
    resourceId: text,
    confluentUser: z.looseObject({ resourceId: text }).nullish(),
    confluentServiceAccount: z.looseObject({ resourceId: text }).nullish(),
    identityPool: z.looseObject({ resourceId: text }).nullish(),
    group: z.looseObject({ resourceId: text }).nullish(),
    externalAccount: z.looseObject({ subject: text }).nullish(),
  }),
]);
const clientAddress = z.union([
  z.string(),
  z.array(z.looseObject({ ip: text, port: z.union([z.number(), z.string()]).nullish() })),
]);
const requestId = z.union([z.string(), z.array(z.string())]);
const resource = z.looseObject({ type: text, resourceId: text });

const requestMetadata = z.looseObject({
  requestId: requestId.nullish(),
  request_id: requestId.nullish(),
  clientAddress: clientAddress.nullish(),
  client_address: clientAddress.nullish(),
  connectionId: text,
  connection_id: text,
});

const data = z.looseObject({
  serviceName: text,
  methodName: text,
  resourceName: text,
  clientAddress: clientAddress.nullish(),
  authenticationInfo: z
    .looseObject({
      principal: principal.nullish(),
      principalResourceId: text,
      originalPrincipal: principal.nullish(),
      result: text,
      identity: text,
      errorMessage: text,
      metadata: z.looseObject({ mechanism: text, identifier: text }).nullish(),
      credentials: z.looseObject({ mechanism: text }).nullish(),
    })
    .nullish(),
  authorizationInfo: z
    .looseObject({
      granted: z.boolean().nullish(),
      result: text,
      operation: text,
      resourceType: text,
      resourceName: text,
      patternType: text,
      rbacAuthorization: z.looseObject({ role: text }).nullish(),
      aclAuthorization: z.looseObject({ permissionType: text }).nullish(),
      superUserAuthorization: z.boolean().nullish(),
    })
    .nullish(),
  cloudResources: z
    .array(
      z.looseObject({ scope: z.looseObject({ resources: z.array(resource) }).nullish(), resource: resource.nullish() }),
    )
    .nullish(),
  requestMetadata: requestMetadata.nullish(),
  request: z.looseObject({ accessType: text }).nullish(),
  result: z.looseObject({ status: text, message: text }).nullish(),
});

export const auditRecordSchema = z.looseObject({
  id: z.string(),
  source: z.string(),
  specversion: z.string(),
  type: z.string(),
  time: text,
  subject: text,
  datacontenttype: text,
  dataschema: text,
  data,
});

/** A record as published. Real ones carry more and, at times, less: read them through the columns. */
export type PublishedRecord = z.infer<typeof auditRecordSchema>;
