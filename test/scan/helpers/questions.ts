import { allOf, anyOf, match, not } from '../../../src/query/combine.ts';
import type { Expr } from '../../../src/query/expr.ts';
import { filters } from '../../../src/query/filters/index.ts';
import { buildExpr } from '../../../src/query/question.ts';
import { columns, isColumnName } from '../../../src/record/columns/index.ts';
import type { Random } from '../../helpers/random.ts';
import { context, exprOf, given } from '../../query/ask.ts';

/** What flags and `--where` can ask, of what stands in the lines of `test/helpers/spellings.ts`. */

export const flagValues: readonly (readonly [flag: string, ...values: string[]])[] = [
  ['method', 'CreateTopics', 'kafka.CreateTopics', 'Delete*', '/authori[sz]e$/i', '*'],
  ['principal', 'u-1', 'User:sa-1', '*@*', '/^u-/', '123456'],
  ['principal-kind', 'user', 'service-account', 'unknown'],
  ['crn', 'crn:///organization=o-1/environment=env-1', 'crn://confluent.cloud/kafka=lkc-1/', 'crn://'],
  ['resource', 'topic=ord*', 'KafkaCluster=lkc-1', '*=*'],
  ['env', 'env-1', 'env-*'],
  ['org', 'o-1'],
  ['cluster', 'lkc-1', '*'],
  ['region', 'aws.us-east-1'],
  ['result', 'SUCCESS', 'DENY', 'UNAUTH*', 'UNKNOWN'],
  ['access', 'modification', 'read_only'],
  ['ip', '10.0.0.0/8', '2001:db8::/32', '0.0.0.0/0'],
  ['type', 'authorization', 'request', '*cloud*', 'odd'],
  ['service', 'kafka', 'cloud'],
  ['id', 'e-1', '*', 'e-1,e-2'],
  ['request-id', 'r-1', '*', '12345'],
  ['credential', 'KEY1', 'KEY*'],
  ['text', 'ORDERS', 'é', 'u-1', '\ufffd'],
  ['since', '2026-05-02', '2026-05-03T12:00:00.000000001Z'],
  ['hours', '08:00-18:00', '22-6', '0-1,12-13'],
  ['days', 'mon-fri', 'sat,sun', 'fri-mon'],
  ['until', '2026-05-04T00:01:00Z', '1970-01-01'],
];

const code = 'data.request.data.code';

export const wheres: readonly string[] = [
  ...[`${code} = 404`, `${code} = "404"`, `${code} != "x"`, `${code} exists`, `not ${code} exists`, `${code} > 3`],
  ...[
    'data.request.data exists',
    'data.request = "a request"',
    'data.request.data.list.code = 404',
    'data.request.data = 404',
  ],
  ...[
    'data.request.data.list[0].code = "404"',
    'data.request.data[0].code exists',
    'data.request.data.a.b exists',
    'data.code = 1',
  ],
  ...[
    'data.request.data["a.b"] = 404',
    'data.request.data.code.a = 1',
    'data.request.data.code.deep > 0',
    '["data"] exists',
  ],
  ...[
    'data.request.data.code = true',
    'data.request.data.code ~ "4"',
    '[""] exists',
    '["__proto__"] exists',
    '["a.b"] exists',
  ],
  ...[
    '["__proto__"].type = "x"',
    'data["__proto__"] exists',
    'data["\ufffd"] exists',
    'data["\\ud800"] exists',
    '["\ufffd"] exists',
  ],
  ...[
    'data.é exists',
    'data.constructor exists',
    'data.toString exists',
    'a.b = 1',
    'data.x.y.z exists',
    'data["{"] exists',
    'data["\\":\\""] exists',
  ],
  ...[
    `data.${'k'.repeat(47)} exists`,
    `["${'k'.repeat(90)}"] exists`,
    'data.k.k.k.k exists',
    'data["a\\nb"] exists',
    'data["a\\"b"] exists',
  ],
  ...[
    'data.cloudResources[0].resource.type = "topic"',
    'data.cloudResources.scope.resources.resourceId = "o-1"',
    'data.cloudResources.length exists',
  ],
  ...[
    'data.requestMetadata.clientAddress.ip ~ "^1"',
    'data.requestMetadata.client_address exists',
    'data.request_metadata exists',
  ],
  ...[
    'data.method_name = "CreateTopics"',
    'data.methodName = method',
    'method = data.methodName',
    'data.methodName != method',
    'data.data exists',
  ],
  ...[
    'data.resourceName = crn',
    'crn = data.resourceName',
    'data.resourceName > resourceType',
    'resourceType < data.resourceName',
    'resourceType = resource',
  ],
  ...[
    'resource = resourceType',
    'principal != crn',
    'resource = principal',
    'principalKind < resourceType',
    'crn exists and principal != resource',
    'crn != resourceType',
    'resourceType = data.authorizationInfo.resourceName',
    'data.authorizationInfo.resourceName = resourceType',
  ],
  ...[
    'data.cloudResources != resourceType',
    'resourceType = "KafkaCluster"',
    'resourceType in ("topic", "statement")',
    'resourceType exists',
    'subject = resourceType',
  ],
  ...[
    'subject.x exists or resourceType = "x"',
    'data.resourceName.x = resourceType',
    'data.authorizationInfo.resourceName.a = resourceType',
    'subject = crn',
  ],
  ...[
    'time > "2026-05-02"',
    'time = "2026-05-01T00:00:00Z"',
    'time exists',
    'not time exists',
    'time ~ "\\\\.5Z$"',
    'time > ["@timestamp"]',
    '["@timestamp"] exists',
  ],
  ...[
    'source = subject',
    'principal != originalPrincipal and ips exists',
    'line > 3 and line < 40',
    'file = "f"',
    'partition = 3',
    'offset exists',
  ],
  ...[
    'specversion = "1.0"',
    'id = "e-1" or method = "CreateTopics" and not (email exists)',
    'ok = false',
    'datacontenttype exists',
  ],
  ...[
    'type.a exists',
    'data.authenticationInfo.principal = "u-1"',
    'data.authenticationInfo.principal.confluentUser.resourceId = "u-1"',
    'id = source',
  ],
  ...[
    `data.${'a.'.repeat(70)}b exists`,
    `data${'.a'.repeat(40)} exists`,
    'data.result.status = rawResult',
    'message = "not there" or message = ""',
  ],
];

const comparable = columns.map(({ name }) => name).filter(isColumnName);

const flagQuestions = flagValues.flatMap(([flag, ...each]) =>
  each.flatMap((value) => [given(flag, value), ...(isNegatable(flag) ? [given(`not-${flag}`, value)] : [])]),
);

const questions: readonly Expr[] = [
  ...flagQuestions.map((argument) => buildExpr([argument], context)),
  ...['ok', 'failed', 'not-ok', 'not-failed'].map((flag) => buildExpr([given(flag)], context)),
  ...wheres.map((text) => exprOf('where', text)),
];

/** The registry's own examples, each as one more question. */
export const exampleQuestions: readonly Expr[] = filters.flatMap(({ name, examples, placeholder }) =>
  (placeholder === undefined ? [] : examples.filter((example) => !example.startsWith('@'))).map((value) =>
    exprOf(name, value),
  ),
);

/** One of them, two columns compared, or some of them combined. */
export function someQuestion(random: Random): Expr {
  const one = (): Expr => random.pick(questions);
  switch (random.below(6)) {
    case 0:
      return exprOf(
        'where',
        `${random.pick(comparable)} ${random.pick(['=', '!=', '<', '>='])} ${random.pick(comparable)}`,
      );
    case 1:
      return random.pick([allOf, anyOf])([one(), not(one()), one()]);
    case 2:
      return match({ kind: 'column', name: random.pick(comparable) }, { kind: 'exists' });
    default:
      return one();
  }
}

function isNegatable(flag: string): boolean {
  return filters.some(({ name, negatable }) => name === flag && negatable);
}
