import { type Random, randomOf } from './random.ts';

/**
 * Lines of dumps in every spelling that JSON allows, and in many that it does not. A line is made from a number, fast,
 * so that a property can look at tens of thousands a second; fast-check picks the numbers and takes lines away again.
 */

/** How the writer of a dump spells. */
export interface Style {
  /** Of keys: always the same for one kind of record, one of two, or any. */
  readonly order: 'usual' | 'alternating' | 'shuffled';
  readonly blanks: 'none' | 'after' | 'any';
  /** Of 1000 strings, keys and values so many are spelled or typed in a way nobody expects. */
  readonly odd: number;
  /** Of 1000 lines so many are damaged, or no records at all. */
  readonly damaged: number;
}

export const styles = {
  compact: { order: 'usual', blanks: 'none', odd: 0.3, damaged: 20 },
  spaced: { order: 'usual', blanks: 'after', odd: 0.3, damaged: 20 },
  shuffled: { order: 'shuffled', blanks: 'none', odd: 0.3, damaged: 20 },
  alternating: { order: 'alternating', blanks: 'after', odd: 0.3, damaged: 20 },
  hard: { order: 'shuffled', blanks: 'any', odd: 6, damaged: 60 },
  malformed: { order: 'usual', blanks: 'none', odd: 1, damaged: 400 },
} as const satisfies Readonly<Record<string, Style>>;

/** The line of that number without its newline, a character for each byte. */
function lineOf(seed: number, style: Style): string {
  const random = randomOf(seed);
  if (random.chance(style.damaged / 2000)) return random.pick(otherLines);
  const record = bytesOf(recordText(random, style), random);
  return random.chance(style.damaged / 1000) ? damaged(record, random) : record;
}

/** Lines of these numbers as bytes, each with its newline but perhaps the last. */
export function dumpOfSeeds(seeds: readonly number[], style: Style, endsTorn = false): Buffer {
  const text = seeds.map((seed) => `${lineOf(seed, style)}\n`).join('');
  return Buffer.from(endsTorn ? text.slice(0, -1) : text, 'latin1');
}

/** JSON text of a value. */
type Json = string;
type Make = (writer: Writer) => Json;

function recordText(random: Random, style: Style): Json {
  // Records of one kind have the same members.
  const kind = style.odd > 5 ? random : randomOf(random.below(6));
  return record(new Writer(random, kind, style));
}

class Writer {
  readonly random: Random;
  readonly style: Style;
  readonly #kind: Random;

  constructor(random: Random, kind: Random, style: Style) {
    this.random = random;
    this.#kind = kind;
    this.style = style;
  }

  isOdd(): boolean {
    return this.random.chance(this.style.odd / 1000);
  }

  object(members: Readonly<Record<string, Make>>): Json {
    const names = Object.keys(members).filter((name) => !this.#kind.chance(isNeeded(name) ? 1 / 100 : 1 / 8));
    const texts = this.#inOrder(names).flatMap((name) => this.#member(name, members[name] ?? odd));
    if (this.isOdd()) texts.splice(this.random.below(texts.length + 1), 0, this.#stranger());
    return `{${this.#joined(texts)}}`;
  }

  list(item: Make): Json {
    const count = this.random.pick([0, 1, 1, 2, 3]);
    return `[${this.#joined(Array.from({ length: count }, () => item(this)))}]`;
  }

  string(text: string): Json {
    return this.isOdd() ? this.#oddString(text) : JSON.stringify(text);
  }

  blank(): string {
    switch (this.style.blanks) {
      case 'none':
        return this.isOdd() ? ' ' : '';
      case 'after':
        return '';
      case 'any':
        return this.random.pick(['', '', '', ' ', '\t', '\r', '   ', ' \t\r ', ' '.repeat(40)]);
    }
  }

  #inOrder(names: string[]): string[] {
    switch (this.style.order) {
      case 'usual':
        return names;
      case 'alternating':
        return this.random.chance(0.5) ? names : names.reverse();
      case 'shuffled':
        return this.random.shuffled(names);
    }
  }

  #member(name: string, make: Make): string[] {
    const { random } = this;
    if (!this.isOdd()) return [this.#pair(JSON.stringify(name), make(this))];
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    switch (random.below(8)) {
      case 0:
        return [this.#pair(JSON.stringify(snake), make(this))];
      case 1:
        return [this.#pair(JSON.stringify(name), make(this)), this.#pair(JSON.stringify(snake), make(this))];
      case 2:
        return [this.#pair(JSON.stringify(name), odd(this)), this.#pair(JSON.stringify(name), make(this))];
      case 3:
        return [this.#pair(JSON.stringify(name), make(this)), this.#pair(JSON.stringify(name), odd(this))];
      case 4:
        return [this.#pair(inEscapes(name, random), make(this))];
      case 5:
        return [this.#pair(JSON.stringify(name), make(this)), this.#pair(inEscapes(name, random), make(this))];
      case 6:
        return [
          this.#pair(
            JSON.stringify(random.pick([`${name}x`, name.slice(1), name.toUpperCase(), `${name} `])),
            make(this),
          ),
        ];
      default:
        return [this.#pair(JSON.stringify(name), odd(this))];
    }
  }

  #stranger(): string {
    return this.#pair(JSON.stringify(this.random.pick(strangers)), odd(this));
  }

  #pair(key: Json, value: Json): string {
    const after = this.style.blanks === 'after' ? ' ' : this.blank();
    return `${this.blank()}${key}${this.blank()}:${after}${value}`;
  }

  #joined(texts: readonly string[]): string {
    const after = this.style.blanks === 'after' ? ' ' : this.blank();
    return texts.join(`${this.blank()},${after}`) + this.blank();
  }

  #oddString(text: string): Json {
    const { random } = this;
    const plain = JSON.stringify(text);
    switch (random.below(9)) {
      case 0:
        return plain.replaceAll('/', '\\/');
      case 1:
        return inEscapes(text, random);
      case 2:
        return `${plain.slice(0, -1)}${random.pick(['\\ud83e\\udd84', '\\ud800', '\\udc00', '\\ud800\\ud800', '\\n', '\\u0000'])}"`;
      case 3:
        return `${plain.slice(0, -1)}${noUtf8}"`;
      case 4:
        return `"${noUtf8}${plain.slice(1)}`;
      case 5:
        return `${plain.slice(0, -1)}${random.pick(['é', '日本', '🦄', '\u2028', '\u007f', '\ufffd', '\ufeff', '\u00a0'])}"`;
      // No JSON any more.
      case 6:
        return `${plain.slice(0, -1)}${random.pick(['\t', '\u001f', '\u0000', '\\x', '\\u12', '\\u00g0', '\\'])}"`;
      case 7:
        return `${plain.slice(0, -1)}${'x'.repeat(random.pick([1, 15, 16, 17, 31, 32, 33, 600, 70_000]))}"`;
      default:
        return '""';
    }
  }
}

/** Without these it is no record. */
function isNeeded(name: string): boolean {
  return name === 'type' || name === 'data';
}

/** The same text with some or all of its characters escaped. */
function inEscapes(text: string, random: Random): Json {
  const isEscaped = random.pick([() => true, () => random.chance(0.2), (i: number) => i === 0]);
  const units = Array.from({ length: text.length }, (_, i) => {
    const unit = text.charCodeAt(i).toString(16).padStart(4, '0');
    return isEscaped(i) ? `\\u${random.chance(0.5) ? unit : unit.toUpperCase()}` : JSON.stringify(text[i]).slice(1, -1);
  });
  return `"${units.join('')}"`;
}

/** Stands for bytes that are no UTF-8 until the line is written. */
const noUtf8 = '\uf8ff';

function bytesOf(text: string, random: Random): string {
  const bytes = Buffer.from(text).toString('latin1');
  const marker = Buffer.from(noUtf8).toString('latin1');
  return bytes.includes(marker)
    ? bytes.replaceAll(
        marker,
        random.pick(['\xff', '\xc3', '\xc0\xaf', '\xed\xa0\x80', '\xf0\x9f\xa6', '\x80', '\xef\xbf']),
      )
    : bytes;
}

/** What filters look for, where something else stands. */
const sought = ['CreateTopics', 'kafka.CreateTopics', 'u-1', 'FAILURE', '10.0.0.1', 'e-1', 'KEY1', 'env-1'];

const strangers = [
  ...sought,
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a.b', 'x', 'data', 'type', 'time', 'methodName'],
  ...[
    'request.data.code',
    'data.code',
    'k'.repeat(46),
    'k'.repeat(47),
    'k'.repeat(90),
    'é',
    '\ufffd',
    noUtf8,
    '{',
    '":"',
  ],
];

/** Valid JSON, and some that is none, where something else is expected. */
const oddValues: readonly Json[] = [
  ...['null', '0', '-0', '1e5', '12345.0', '1e400', '-1E-400', '12345678901234567890', '0.1e+2', 'true', 'false'],
  ...['""', '[]', '{}', '[[]]', '[null]', '[1,"two",null]', '{"a":1}', '{"":{"__proto__":"u-1"}}', '{"a":1,"a":[2]}'],
  ...['{"__proto__":{"type":"x"}}', '{"resourceId":"u-9"}', '[{"ip":"10.0.0.9"}]', '{"data":{"data":{}}}', '"x"'],
  ...['{"methodName":"CreateTopics","type":"t"}', '"data.methodName"', '"{\\"methodName\\":\\"x\\"}"', '[{},{"a":[]}]'],
  ...['{"k":{"k":{"k":[{"k":1},{"k":2}]}}}', '[true,false,null,-1.5e-3,"\\u00e9"]', '{"length":3}', '" "', '"*"'],
  ...sought.map((text) => `"${text}"`),
  ...['"CreateTopics of u-1: FAILURE"', '"10.0.0.1 is not e-1"', '{"u-1":"CreateTopics"}', '["KEY1",["env-1"]]'],
  ...['9'.repeat(400), `-0.${'3'.repeat(700)}`, `1${'0'.repeat(70_000)}`, `1e-${'9'.repeat(40)}`],
  // No JSON.
  ...['0123', '1.', '.5', '-', '+1', '1e', '1e+', '0x10', 'NaN', 'Infinity', 'tru', 'nul', 'True', 'nulls', '{"a"}'],
  ...['[1,]', '{"a":1,}', '[,1]', '{,}', "'x'", '{"a":1 "b":2}', '[1 2]', '{"a"::1}', '{1:2}', '', '"a""b"', 'falsy'],
];

function odd(writer: Writer): Json {
  const { random } = writer;
  if (random.chance(0.03)) return nested(random.pick([3, 62, 63, 64, 65, 100, 5000]), random);
  return random.pick(oddValues);
}

function nested(depth: number, random: Random): Json {
  return random.chance(0.5)
    ? `${'['.repeat(depth)}${']'.repeat(depth)}`
    : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

/** A value that is mostly what is expected. */
function usually(make: Make): Make {
  return (writer) => (writer.isOdd() ? odd(writer) : make(writer));
}

function text(...texts: readonly string[]): Make {
  return usually((writer) => writer.string(writer.random.pick(texts)));
}

function any(...makes: readonly Make[]): Make {
  return usually((writer) => writer.random.pick(makes)(writer));
}

function object(members: Readonly<Record<string, Make>>): Make {
  return usually((writer) => writer.object(members));
}

function list(item: Make): Make {
  return usually((writer) => writer.list(item));
}

function plain(...values: readonly unknown[]): Make {
  return usually((writer) => JSON.stringify(writer.random.pick(values)));
}

/** A CRN, or something close to one. */
export function crnText(random: Random): string {
  if (random.chance(0.5)) return random.pick(crns);
  const parts = Array.from({ length: random.below(4) }, () => random.pick(crnParts));
  return (
    random.pick(['crn://', 'crn://', 'crn://', 'crn:/', 'CRN://', '']) + [random.pick(authorities), ...parts].join('/')
  );
}

const authorities = ['confluent.cloud', '', 'mds.example', 'a=b', '%41', 'confluent.cloud/'];
const crnParts = [
  ...[
    'organization=o-1',
    'environment=env-1',
    'environment=env-12',
    'cloud-cluster=lkc-1',
    'kafka=lkc-1',
    'KafkaTopic=a',
  ],
  ...[
    'topic=orders',
    'topic=orders%2F2026',
    'topic=a%ZZ',
    'topic=',
    '=orders',
    '=',
    '',
    'topic',
    'topic=a=b',
    'é=é',
    'x',
  ],
  ...[
    'flink-region=aws.us-east-1',
    'statement=s-1',
    'TOPIC=x',
    'topic=x',
    'identity=u-1',
    'a"b=c\\d',
    ' = ',
    '%74opic=x',
  ],
];
const crns = [
  ...[
    'crn://confluent.cloud/',
    'crn://confluent.cloud',
    'crn:///kafka=lkc-1/topic=orders',
    'crn:',
    'crn://',
    'crn:///',
  ],
  'crn://confluent.cloud/organization=o-1/environment=env-1',
  'crn://confluent.cloud/organization=o-1/environment=env-1/cloud-cluster=lkc-1/kafka=lkc-1/topic=orders',
  'crn://confluent.cloud/organization=o-1/environment=env-12/flink-region=aws.us-east-1/statement=s-1',
  'crn://confluent.cloud/organization=o-2/identity-provider=Confluent/identity=u-1',
];

const crn: Make = usually((writer) => writer.string(crnText(writer.random)));

/** Every spelling of a time, with JSON quotes where it is a string. */
export function timeText(random: Random): Json {
  if (random.chance(0.7)) return JSON.stringify(plainTime(random));
  const two = (most: number): string => String(random.below(most)).padStart(2, '0');
  const year = random.pick(['0000', '0001', '1600', '1900', '1969', '1970', '2000', '2024', '2026', '2100', '9999']);
  const date = `${year}-${random.pick(['00', '01', '02', '02', '06', '12', '13'])}-${random.pick(['00', '01', '28', '29', '30', '31', '32'])}`;
  const clock = `${two(25)}:${two(61)}:${random.chance(0.2) ? '60' : two(63)}`;
  const fraction = random.pick([
    '',
    '',
    '.',
    ...Array.from({ length: 13 }, (_, n) => `.${'123456789012'.slice(0, n)}`),
    '.000',
    '.9999999999',
    ',5',
    '.1a',
  ]);
  const zone = random.pick([
    'Z',
    'Z',
    'Z',
    'z',
    '',
    '+00:00',
    '-00:00',
    '+02:00',
    '-11:30',
    '+24:00',
    '+1:00',
    '+0100',
    ' Z',
  ]);
  const joint = random.pick(['T', 'T', 'T', 't', ' ', '_', '']);
  const whole = `${date}${joint}${clock}${fraction}${zone}`;
  return random.pick([
    ...Array.from({ length: 12 }, () => JSON.stringify(whole)),
    ...['null', '""', '1777593600', '1777593600.5', '{}', '["2026-05-01T00:00:00Z"]', '"no time"', '"2026-05-01"'],
    ...['"+999999999-12-31T23:59:59.999999999-18:00"', '"2026-05-01T00:00:00\\u005a"', '" 2026-05-01T00:00:00Z"'],
    ...['"2026-05-01T00:00:00.5Z "', '"２026-05-01T00:00:00Z"', '"2026-05-01T00:00:00.5"', '"2026-05-01T00:00:00ZZ"'],
  ]);
}

function plainTime(random: Random): string {
  const time = new Date(Date.UTC(2026, 4, 1 + random.below(5), random.below(24), random.below(4), random.below(60)));
  const digits = random.pick([
    '',
    '.5',
    '.331',
    '.000000001',
    '.999999999',
    `.${String(random.below(1e9)).padStart(9, '0')}`,
  ]);
  return time.toISOString().replace('.000Z', `${digits}Z`);
}

const time: Make = (writer) => timeText(writer.random);

const methods = [
  ...['CreateTopics', 'kafka.CreateTopics', 'kafka.Authentication', 'mds.Authorize', 'ip-filter.Authorize', 'SignIn'],
  ...['DeleteStatement', 'GetStatement', 'ListWorkspaces', 'TableflowListNamespaces', 'createtopics', 'mcp.tools/call'],
];
const types = [
  ...['io.confluent.cloud/request', 'io.confluent.cloud/authorization', 'io.confluent.kafka.server/authentication'],
  ...['io.confluent.kafka.server/authorization', 'io.confluent.sg.server/authentication', 'odd', ''],
];
const ids = ['u-1', 'u-2', 'sa-1', 'pool-1', 'User:u-1', '123456', 'a@b.example', 'User:123456', '/users/123', ''];
const addresses = ['10.0.0.1', '10.0.0.1:9092', '/192.0.2.1', '::ffff:10.0.0.2', '2001:db8::1', 'no address'];

const resource = object({
  type: text('ORGANIZATION', 'ENVIRONMENT', 'KAFKA_CLUSTER', 'STATEMENT', 'topic', ''),
  resourceId: text('o-1', 'env-1', 'lkc-1', 'a/b=c', 'orders'),
});
const wrapper = (key: string): Make =>
  object({ [key]: object({ resourceId: text(...ids) }), email: text('a@b.example', 'x@y.example') });
const principal = any(
  text(...ids, 'None:UNKNOWN_USER', 'User:flowserviceadmin'),
  wrapper('confluentUser'),
  wrapper('confluentServiceAccount'),
  wrapper('identityPool'),
  wrapper('group'),
  object({ externalAccount: object({ subject: text('Confluent', 'partner') }) }),
);
const clientAddress = any(list(object({ ip: text(...addresses), port: plain(9092) })), text(...addresses));
const requestId = any(text('r-1', 'r-2'), list(text('r-1', 'r-2')), plain(-1, 12345, '12345'));
const requestMetadata = object({
  requestId,
  clientAddress,
  callerIp: text(...addresses),
  connectionId: text('c-1'),
  clientId: text('adminclient-7', '=cmd()'),
  correlationId: plain('-1', '77', 12_345, -0),
});
const code = plain(404, '404', [404, 'x'], { a: 1 }, [{ deep: 1 }, { deep: [2] }], true, null);

const data = object({
  serviceName: crn,
  methodName: text(...methods),
  resourceName: crn,
  clientAddress,
  authenticationInfo: object({
    principal,
    principalResourceId: text('u-2', 'sa-1'),
    identity: crn,
    result: text('SUCCESS', 'FAILURE', 'UNSET', 'UNAUTHENTICATED'),
    metadata: object({ mechanism: text('SASL_SSL/PLAIN'), identifier: text('KEY1', '123456') }),
    credentials: object({ idSecretCredentials: object({ credentialId: text('KEY2') }) }),
    originalPrincipal: principal,
    errorMessage: text('wrong password'),
  }),
  authorizationInfo: object({
    granted: plain(true, false),
    result: text('ALLOW', 'DENY', 'UNSET'),
    operation: text('Alter', 'CreateCloudCluster'),
    resourceType: text('Topic', 'KAFKA_CLUSTER', 'CloudApiKey', ''),
    resourceName: any(crn, text('orders', '')),
    requestMetadata,
    request: object({ clientId: text('c-9'), correlationId: plain('7', 7) }),
    rbacAuthorization: object({
      role: text('Operator'),
      scope: object({ outerScope: list(text('organization=o-1', 'environment=env-1', 'x')) }),
      cloudScope: object({ resources: list(resource) }),
    }),
    ipfilterAuthorization: object({ clientIp: text('192.0.2.7') }),
  }),
  requestMetadata,
  request: any(
    object({
      accessType: text('READ_ONLY', 'MODIFICATION', 'UNKNOWN'),
      clientId: text('c-1'),
      correlationId: plain('-1', 77),
      data: any(
        object({ code, list: list(object({ code })), 'a.b': code, statement_name: text('s-1') }),
        list(object({ code })),
        code,
      ),
      'data.code': code,
    }),
    text('a request'),
  ),
  'request.data.code': code,
  result: object({
    status: text('SUCCESS', 'OK', 'FAILURE', 'UNSET', 'UNAUTHENTICATED', '404 NOT_FOUND'),
    message: text('', 'not there'),
    data: object({ errorMessage: text('no'), errors: list(text('e1', 'e2')), errorType: text('NOT_FOUND', 'OK') }),
  }),
  cloudResources: list(object({ scope: object({ resources: list(resource) }), resource })),
});

const record = (writer: Writer): Json =>
  writer.object({
    specversion: text('1.0'),
    id: text('e-1', 'e-2', 'e-3'),
    source: crn,
    subject: crn,
    type: text(...types),
    datacontenttype: text('application/json'),
    time,
    '@timestamp': time,
    'kafka.partition': plain(0, '3', -1),
    'kafka.offset': plain(17, '18', 1.5),
    'data.request.data.code': code,
    data,
  });

/** What stands in dumps beside records. */
const otherLines: readonly string[] = [
  ...[
    '',
    '',
    '',
    '\r',
    ' ',
    ' \t',
    '\0',
    '\0\0\0',
    '\xef\xbb\xbf',
    '\x1e',
    '\x0b',
    '\xa0',
    '\xc2\xa0',
    '{',
    '}',
    '[]',
    '{}',
  ],
  ...[
    '% Headers: []',
    'Processed a total of 7 messages',
    '{"type":"t","data":{',
    '[1]',
    'null',
    '"x"',
    '0',
    '-',
    'true',
  ],
  ...['{"type":"t","data":{}}', '{"type":"t","data":{}}TRAILER', '{"type":"t","data":[]}', '{"type":"t","data":null}'],
  ...[
    '{"type":1,"data":{}}',
    '{"specversion":"1.0","data":{}}',
    '{"type":1,"specversion":"","data":{}}',
    '{"type":"","data":{}}',
  ],
  ...['{"a":2}', '{"data":{}}', '{"type":"t"}', '{"type":"t","data":{"x":"\t"}}', '\x1b[2J', '{"type":"t","data":{}},'],
  ...[
    '{"type":"t","data":{},"data":1}',
    '{"type":"t","type":1,"data":{}}',
    '{"type":"t","data":1,"data":{}}',
    '{"type":"t" "data":{}}',
  ],
  ...[
    '{"type":"t","data":{}}{"type":"t","data":{}}',
    '[{"type":"t","data":{}}]',
    '{"type":"t","data":{}}]',
    '{"__proto__":{"type":"t"},"data":{}}',
  ],
  ...[
    '{"__proto__":{"data":{}},"type":"t"}',
    '{"\\u0074ype":"t","data":{}}',
    '{"type":"t","d\\u0061ta":{}}',
    '{"type":"t","data":{"a":{"b":1}}',
  ],
];

function damaged(line: string, random: Random): string {
  const at = random.below(line.length + 1);
  const byte = random.pick([
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '\t',
    '\0',
    '\xff',
    'x',
    '0',
    'e',
    '.',
    '\x1f',
    '\r',
  ]);
  switch (random.below(12)) {
    case 0:
      return line.slice(0, at);
    case 1:
      return line.slice(at);
    case 2:
      return line + line;
    case 3:
      return line + line.slice(0, at);
    case 4:
      return line.slice(0, at) + byte + line.slice(at + 1);
    case 5:
      return line.slice(0, at) + byte + line.slice(at);
    case 6:
      return line.slice(0, at) + line.slice(at + 1);
    case 7:
      return (
        line.slice(0, at) +
        String.fromCharCode(line.charCodeAt(at) ^ (1 << random.below(8)) || 0x20).replace('\n', ' ') +
        line.slice(at + 1)
      );
    case 8:
      return (
        random.pick([' ', '\t', '\r', '\xef\xbb\xbf', '\x1e', '\0', '\x0b', '\xc2\xa0', 'x', '1700000000 ', '"', ',']) +
        line
      );
    case 9:
      return (
        line +
        random.pick([
          ' ',
          '\t',
          '\r',
          '\0',
          '\0\0',
          '\x1e',
          '\x0b',
          '\xc2\xa0',
          '\xef\xbb\xbf',
          'x',
          ',',
          '}',
          ' \t\r ',
          '\r\r',
        ])
      );
    case 10:
      return line.slice(0, at) + ' '.repeat(random.pick([1, 16, 64])) + line.slice(at);
    default:
      return `${line}\r`;
  }
}
