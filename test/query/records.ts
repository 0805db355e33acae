import fc from 'fast-check';
import type { JsonObject } from '../../src/record/record.ts';

/** Records with few different values, so that filters often hit, and with parts missing or of the wrong type. */
export const someRecord: fc.Arbitrary<JsonObject> = fc.record(
  {
    id: fc.constantFrom('e-1', 'e-2', 7),
    type: fc.constantFrom(
      'io.confluent.cloud/request',
      'io.confluent.kafka.server/authorization',
      'io.confluent.kafka.server/authentication',
      'odd',
    ),
    time: fc.constantFrom(
      '2026-05-01T00:00:00Z',
      '2026-05-01T00:00:00.000000001Z',
      '2026-05-02T02:00:00+02:00',
      '2026-05-03T00:00:00.5Z',
      'no time',
      null,
    ),
    subject: fc.constantFrom('crn://confluent.cloud/organization=o-1/environment=env-12', 'plain', null),
    data: fc.oneof(
      { weight: 6, arbitrary: someData() },
      { weight: 1, arbitrary: fc.constantFrom({}, { methodName: 5, requestMetadata: 'x' }) },
    ),
  },
  { requiredKeys: [] },
);

function someData(): fc.Arbitrary<JsonObject> {
  return fc.record(
    {
      methodName: fc.constantFrom('CreateTopics', 'kafka.CreateTopics', 'DeleteStatement', 'ListWorkspace', ''),
      resourceName: fc.constantFrom('crn:///organization=o-1/environment=env-1/topic=orders', 'orders', null),
      authenticationInfo: fc.record(
        {
          principal: fc.constantFrom(
            'User:u-1',
            { confluentUser: { resourceId: 'u-2' }, email: 'a@b.c' },
            { email: 'x@y.z' },
            9,
            null,
          ),
          result: fc.constantFrom('SUCCESS', 'UNAUTHENTICATED'),
        },
        { requiredKeys: [] },
      ),
      authorizationInfo: fc.record({ granted: fc.boolean() }, { requiredKeys: [] }),
      requestMetadata: fc.record(
        {
          clientAddress: fc.constantFrom(
            [{ ip: '10.0.0.1' }],
            [{ ip: '::ffff:10.0.0.2' }, { ip: '2001:db8::1' }],
            '/192.0.2.1',
            [],
          ),
        },
        { requiredKeys: [] },
      ),
      request: fc.record(
        {
          data: fc.record(
            { code: fc.constantFrom(404, '404', [404, 'x'], { a: 1 }, null, true) },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ),
      result: fc.record({ status: fc.constantFrom('SUCCESS', 'FAILURE', 'UNSET') }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  );
}

/** A filter flag with a value that can be used. */
export const someFilter: fc.Arbitrary<readonly [flag: string, value: string]> = fc.constantFrom(
  ['method', 'CreateTopics'],
  ['method', 'kafka.CreateTopics'],
  ['method', 'Delete*,ListWorkspaces'],
  ['principal', 'u-1'],
  ['principal', '*@*'],
  ['principal-kind', 'user'],
  ['crn', 'crn:///organization=o-1/environment=env-1'],
  ['resource', 'topic=ord*'],
  ['env', 'env-1'],
  ['org', 'o-1'],
  ['result', 'SUCCESS'],
  ['result', 'UNAUTH*'],
  ['ok', ''],
  ['failed', ''],
  ['access', 'modification'],
  ['ip', '10.0.0.0/8'],
  ['ip', '2001:db8::/32,192.0.2.1'],
  ['type', 'authorization'],
  ['type', '*cloud*'],
  ['service', 'kafka'],
  ['id', 'e-1'],
  ['text', 'ORDERS'],
  ['where', 'data.request.data.code = 404'],
  ['where', 'time > "2026-05-01" or not email exists'],
  ['where', 'data.request.data.code != "x" or data.request.data.code = true or not id exists'],
  ['where', 'data.request.data.code != "x" and principal >= "u-1"'],
);
