import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../../src/input/content.ts';
import { dumpForms } from '../../src/input/dump-forms.ts';
import { allOf, anyOf, match, not } from '../../src/query/combine.ts';
import { explain } from '../../src/query/explain.ts';
import type { Expr } from '../../src/query/expr.ts';
import { compilePredicate } from '../../src/query/predicate.ts';
import { buildExpr } from '../../src/query/question.ts';
import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { compileLineSearch } from '../../src/scan/line-search.ts';
import { explainNeedles, type Needles, needlesOf } from '../../src/scan/needles.ts';
import { compileTextSearch } from '../../src/scan/text-search.ts';
import { recordLines, someFilter } from '../helpers/hostile-records.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { context, exprOf, given } from '../query/ask.ts';

const exactly = (...texts: string[]): Needles => ({ texts, fold: false, percentGuard: false });
const inAnyCase = (...texts: string[]): Needles => ({ texts, fold: true, percentGuard: false });
const evenEncoded = (...texts: string[]): Needles => ({ texts, fold: false, percentGuard: true });

describe('the needles of a flag', () => {
  const cases: readonly (readonly [string, string, Needles | undefined])[] = [
    ['method', 'DeleteStatement', inAnyCase('deletestatement')],
    ['method', 'kafka.CreateTopics', inAnyCase('createtopics')],
    ['method', 'ListWorkspace', inAnyCase('listworkspace')],
    ['method', 'Delete*', inAnyCase('delete')],
    ['method', 'Cre??eTopics', inAnyCase('etopics')],
    ['method', 'SignIn,DeleteTopics', inAnyCase('signin', 'deletetopics')],
    ['method', '/^Delete/', undefined],
    ['method', '*', undefined],
    ['type', 'io.confluent.flink.server/authentication', inAnyCase('io.confluent.flink.server')],
    ['type', 'access-transparency', inAnyCase('access-transparency')],
    ['type', 'authorization', undefined],
    ['service', 'flink', undefined],
    ['access', 'modification', undefined],
    ['result', 'UNAUTHENTICATED', undefined],
    ['principal', 'u-1a2b3c', evenEncoded('u-1a2b3c')],
    ['principal', 'User:u-1', evenEncoded('u-1')],
    ['principal', '123456', evenEncoded('123456')],
    ['principal', 'ann@example.com', evenEncoded('ann@example.com', 'ann%40example.com')],
    ['principal', '*@example.com', evenEncoded('example.com')],
    ['principal', 'u-1,/^sa-/', undefined],
    ['principal', 'jürgen', evenEncoded('rgen')],
    ['principal', 'é', undefined],
    ['principal-kind', 'user', undefined],
    ['credential', 'ABCDEFGHIJKLMNOP', exactly('ABCDEFGHIJKLMNOP')],
    ['credential', 'a/"b\\c', undefined],
    ['ip', '192.0.2.7', undefined],
    ['id', 'd3a4f0f5-6a35-4b7c-9f77-1f2b3c4d5e6f', exactly('d3a4f0f5-6a35-4b7c-9f77-1f2b3c4d5e6f')],
    ['id', '12345', exactly('12345')],
    ['request-id', '8b4f7ec5', exactly('8b4f7ec5')],
    ['request-id', '12345', undefined],
    ['request-id', '1e21', undefined],
    ['request-id', 'Infinity', undefined],
    ['request-id', 'x'.repeat(70), exactly('x'.repeat(64))],
    ['env', 'env-1a2b3c', evenEncoded('env-1a2b3c')],
    ['cluster', 'lsrc-*', evenEncoded('lsrc-')],
    ['region', 'aws.us-east-1', evenEncoded('aws.us-east-1')],
    ['crn', 'crn://', undefined],
    ['crn', 'crn://confluent.cloud', undefined],
    ['crn', 'crn://confluent.cloud/organization=o-1/environment=env-1a', evenEncoded('env-1a')],
    ['crn', 'crn:///kafka=lkc-1/cloud-clu', evenEncoded('lkc-1')],
    ['crn', 'crn:///topic=a%2Forders%2F2026', evenEncoded('orders')],
    ['crn', 'crn:///topic=a/b', undefined],
    ['resource', 'topic=ord*', evenEncoded('ord')],
    ['resource', 'topic=a b.c+d', evenEncoded('b.c')],
    ['resource', '*=*', undefined],
    ['text', 'Orders', inAnyCase('orders')],
    ['text', 'drop table', inAnyCase('drop table')],
    ['text', 'say "hello"', inAnyCase('hello')],
    ['text', 'straße', inAnyCase('strasse')],
    ['text', 'request', undefined],
    ['since', '2026-05-01', undefined],
    ['not-method', 'DeleteStatement', undefined],
  ];

  test.for(cases)('--%s %s', ([flag, value, expected]) => {
    expect(needlesOf(buildExpr([given(flag, value)], context))).toEqual(expected);
  });
});

describe('the needles of --where', () => {
  const cases: readonly (readonly [string, Needles | undefined])[] = [
    ['method = "CreateTopics"', exactly('CreateTopics')],
    ['method != "CreateTopics"', undefined],
    ['method > "CreateTopics"', undefined],
    ['method ~ "Topics"', undefined],
    ['method exists', undefined],
    ['method = source', undefined],
    ['method in ("CreateTopics", "DeleteTopics")', exactly('CreateTopics', 'DeleteTopics')],
    ['message = "first; second"', undefined],
    ['ip = "10.0.0.1"', exactly('10.0.0.1')],
    ['clientId = "adminclient-7"', exactly('adminclient-7')],
    ['resourceType = "kafka-cluster"', undefined],
    ['crn = "crn://confluent.cloud/kafka=lkc-1/topic=orders"', exactly('orders')],
    ['crnTexts = "crn://confluent.cloud/kafka=lkc-1/topic=a%2Forders"', exactly('orders')],
    ['line = 404', undefined],
    ['data.request.data.code = 404', undefined],
    ['data.request.data.code = "404"', undefined],
    ['data.request.data.code = true', undefined],
    ['data.request.data.name = "sink-7"', exactly('sink-7')],
    ['data.request.data = "{\\"name\\":\\"sink-7\\"}"', undefined],
    ['not (method != "CreateTopics")', undefined],
    ['id = "abc" and method = "CreateTopics"', exactly('CreateTopics')],
    ['method in ("CreateTopics", "DeleteTopics") and id = "abc"', exactly('abc')],
    ['id = "abc" or method = "CreateTopics"', exactly('abc', 'CreateTopics')],
    ['id = "abc" or method ~ "Topics"', undefined],
    ['id = "abc" and method ~ "Topics"', exactly('abc')],
    ['id in ("aa1", "aa2", "aa3", "aa4", "aa5", "aa6", "aa7", "aa8", "aa9")', undefined],
  ];

  test.for(cases)('%s', ([text, expected]) => {
    expect(needlesOf(exprOf('where', text))).toEqual(expected);
  });
});

test('different flags are looked for by the best one, and each alternative by its own', () => {
  const both = [
    given('method', 'SignIn', 'CreateTopics'),
    given('principal', 'u-1a2b3c'),
    given('since', '2026-05-01'),
  ];
  const either = anyOf([exprOf('text', 'Orders'), exprOf('principal', 'u-1A')]);

  expect(needlesOf(buildExpr(both, context))).toEqual(evenEncoded('u-1a2b3c'));
  expect(needlesOf(either)).toEqual({ texts: ['orders', 'u-1a'], fold: true, percentGuard: true });
  expect(needlesOf({ kind: 'all' })).toBeUndefined();
  expect(needlesOf({ kind: 'or', of: [] })).toBeUndefined();
});

test('needles are told in words', () => {
  expect(explainNeedles(exactly('abc'))).toBe('lines that hold "abc", or JSON escapes (\\u)');
  expect(explainNeedles({ texts: ['abc', 'def'], fold: true, percentGuard: true })).toBe(
    'lines that hold "abc" or "def" in any case, or JSON escapes (\\u) or characters beyond ASCII or percent-encoded letters or digits',
  );
});

describe('no match is ever passed over', () => {
  test('in records of any shape, whatever is asked', () => {
    fc.assert(
      fc.property(recordLines, fc.array(someFilter, { minLength: 1, maxLength: 2 }), (lines, filters) => {
        expectAllFound(lines, [buildExpr(filters, context)]);
      }),
      propertyRuns(1000),
    );
  });

  test('in any spelling', () => {
    fc.assert(
      fc.property(oddlySpelledLine, (line) => expectAllFound([line], spelledQuestions)),
      propertyRuns(2000),
    );
  });

  test('in wrappers, which spell the spelling once more', () => {
    fc.assert(
      fc.property(wrappedLine, (line) => expectAllFound([line], spelledQuestions)),
      propertyRuns(2000),
    );
  });

  test('by any combination of questions', () => {
    fc.assert(
      fc.property(oddlySpelledLine, combined, (line, expr) => expectAllFound([line], [expr])),
      propertyRuns(2000),
    );
  });
});

test('the odd spellings match often enough to be a test', () => {
  const lines = fc.sample(oddlySpelledLine, { numRuns: 2000, seed: 7 });

  const rare = spelledQuestions.filter((expr) => lines.filter((line) => holds(expr, line)).length < 5);

  expect(rare.map(explain)).toEqual([]);
});

test('so do the odd spellings in wrappers', () => {
  const lines = fc.sample(wrappedLine, { numRuns: 2000, seed: 7 });

  const rare = spelledQuestions.filter((expr) => lines.filter((line) => holds(expr, line)).length < 5);

  expect(rare.map(explain)).toEqual([]);
});

/** Lines have a character for each byte. */
function expectAllFound(lines: readonly string[], exprs: readonly Expr[]): void {
  for (const expr of exprs) {
    const needles = needlesOf(expr);
    if (needles === undefined) continue;
    const search = compileLineSearch(needles);
    const mayMatch = compileTextSearch(needles);
    for (const line of lines) {
      const bytes = Buffer.from(`${line}\n`, 'latin1');
      const isRead = search(bytes, 0, bytes.length).candidates.length > 0 && mayMatch(bytes.toString());
      if (!isRead && holds(expr, line)) expect.fail(`${JSON.stringify(needles)} passes over ${line}`);
    }
  }
}

/** Of a record by itself or in wrappers. */
function holds(expr: Expr, line: string): boolean {
  const bytes = Buffer.from(line, 'latin1');
  const place = { at: { file: 'f', line: 1 }, torn: false };
  const [record, ...others] = contentOf(bytes, 0, bytes.length, place, dumpForms('f')).records;
  const only: AuditRecord = record ?? { raw: bytes, at: place.at, value: JSON.parse(bytes.toString()) as JsonObject };
  return others.length === 0 && compilePredicate(expr)(only);
}

/** Asked of records that hold what they ask for in a spelling of their own. */
const questions: readonly (readonly [string, string])[] = [
  ['method', 'kafka.CreateTopics'],
  ['method', 'createtopics'],
  ['method', 'DisksFiles'],
  ['method', 'Dis*fil?s'],
  ['method', '*Files'],
  ['type', 'io.confluent.flink.server/disks'],
  ['type', '*flink*'],
  ['principal', 'u-1a2b'],
  ['principal', 'User:u-1a2b'],
  ['principal', 'ann@example.com'],
  ['principal', 'a b/c-long'],
  ['principal', '123456'],
  ['principal', 'disks'],
  ['credential', 'KEY-1'],
  ['id', 'e-1000'],
  ['where', 'clientId = "ab\\"cd/ef\\\\gh"'],
  ['where', 'resourceType = "env-longname"'],
  ['where', 'service = "flink"'],
  ['request-id', '1000'],
  ['request-id', '*000'],
  ['request-id', 'Infinity'],
  ['request-id', '1e+21'],
  ['request-id', 'r-1000,12345678901234567000'],
  ['env', 'env-1a2b'],
  ['org', 'o-1000'],
  ['cluster', 'lkc-*'],
  ['region', 'aws.us-east-1'],
  ['resource', 'topic=orders'],
  ['resource', 'topic=ord*'],
  ['resource', 'topic=a%2Forders'],
  ['resource', '*=longname'],
  ['crn', 'crn://confluent.cloud/organization=o-1000/environment=env-1a2b'],
  ['crn', 'crn:///organization=o-1000/environment=env-1a2b/topic=a%2Fo'],
  ['crn', 'crn:///organization=o-1000/environment=env-1a2b/topic=a/o'],
  ['crn', 'crn:///organization=o-1000/x=longname'],
  ['crn', 'crn:///topic=a%2Forders'],
  ['crn', 'crn:///env-longna'],
  ['where', 'crns = "crn://confluent.cloud/env-longname=orders"'],
  ['where', 'method > "CreateTopics"'],
  ['where', 'method != "CreateTopics"'],
  ['id', 'e\ufffd-1000'],
  ['text', 'disksfiles'],
  ['text', 'STRASSE'],
  ['text', 'dis*files'],
  ['where', 'resource = "orders"'],
  ['where', 'resource = "a b c"'],
  ['where', 'resources = "longname"'],
  ['where', 'resources = "a b c"'],
  ['where', 'crn = "crn://confluent.cloud/organization=o-1000/environment=env-1a2b/topic=a%2Forders"'],
  ['where', 'crns = "crn://confluent.cloud/organization=o-1000/environment=env-1a2b/topic=orders"'],
  ['where', 'email = "ann@example.com"'],
  ['where', 'ip = "10.0.0.1"'],
  ['where', 'correlationId = "1000"'],
  ['where', 'correlationId = 1000'],
  ['where', 'message = "disk; files"'],
  ['where', 'resultWords = "SUCCESS"'],
  ['where', 'rawResult = "false"'],
  ['where', 'data.request.data.code = "1000"'],
  ['where', 'data.request.data.code = 1e3'],
  ['where', 'data.request.data.code = "e-1000"'],
  ['where', 'data.request.data.code = "true"'],
  ['where', 'data.request.data.code = "{\\"a\\":1000,\\"long\\":[1,\\"e-1000\\"]}"'],
  ['where', 'data.request.data.more.dotted = "e-1000"'],
];

/** What no flag asks so far, but an expression can. */
const byHand: readonly Expr[] = [
  match({ kind: 'column', name: 'principal' }, { kind: 'text', pattern: { kind: 'exact', text: 'disks', fold: true } }),
  match({ kind: 'column', name: 'requestIds' }, { kind: 'contains', text: '2345678901234567000' }),
  match({ kind: 'column', name: 'crn' }, { kind: 'contains', text: 'topic=orders' }),
  match({ kind: 'column', name: 'crns' }, { kind: 'contains', text: 'env-longname' }),
  match({ kind: 'path', path: ['data', 'request', 'data'] }, { kind: 'contains', text: '"long":[1,' }),
  match({ kind: 'path', path: ['data', 'request', 'data'] }, { kind: 'contains', text: '"e-1000"' }),
];

const spelledQuestions = [...questions.map(([flag, value]) => exprOf(flag, value)), ...byHand];

const combined: fc.Arbitrary<Expr> = fc
  .array(fc.tuple(fc.constantFrom(...spelledQuestions), fc.constantFrom('and', 'or', 'not')), {
    minLength: 2,
    maxLength: 5,
  })
  .map((parts) =>
    parts.reduce<Expr>(
      (expr, [next, how]) => {
        if (how === 'and') return allOf([expr, next]);
        return how === 'or' ? anyOf([expr, next]) : anyOf([expr, not(next)]);
      },
      match({ kind: 'column', name: 'method' }, { kind: 'exists' }),
    ),
  );

/** Another way to say a text, or nearly: its case, ligatures and percent codes may still be equal to it. */
const retellings: readonly ((text: string, at: number) => string)[] = [
  (text, at) => swapAt(text, at, percentCode),
  (text, at) => swapAt(text, at, (character) => percentCode(character).toLowerCase()),
  (text) => [...text].map(percentCode).join(''),
  (text, at) => swapAt(text, at, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())),
  (text) => text.toUpperCase(),
  (text) => text.replace(/s/gi, 'ſ'),
  (text) => text.replace(/k/gi, '\u212a'),
  (text) => text.replace(/ss/gi, 'ß'),
  (text) => text.replace(/fi/gi, 'ﬁ').replace(/st/gi, 'ﬆ'),
  (text) => text.replace(/s/gi, '%C5%BF'),
  (text) => `x-${text} y`,
  (text, at) => `${text.slice(0, at)}\ufffd${text.slice(at)}`,
];

/** Ways to write a JSON string other than the given one. */
const rewritings: readonly ((literal: string, at: number) => string)[] = [
  ...retellings.map((retell) => (literal: string, at: number) => JSON.stringify(retell(JSON.parse(literal), at))),
  (literal, at) => (literal.includes('\\') ? literal : `"${swapAt(literal.slice(1, -1), at, unicodeEscape)}"`),
  (literal) => (literal.includes('\\') ? literal : `"${[...literal.slice(1, -1)].map(unicodeEscape).join('')}"`),
  (literal) => literal.replaceAll('/', '\\/'),
];

function swapAt(text: string, at: number, swap: (character: string) => string): string {
  const place = text === '' ? 0 : at % text.length;
  return text.slice(0, place) + swap(text.slice(place, place + 1)) + text.slice(place + 1);
}

function percentCode(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Rewrites a few of the string values: were it many, nearly every line would trip a guard somewhere. */
const someRewritten: fc.Arbitrary<(json: string) => string> = fc
  .array(fc.tuple(fc.nat({ max: 999 }), fc.constantFrom(...rewritings), fc.nat({ max: 90 })), { maxLength: 2 })
  .map((changes) => (json) => {
    const literals = json.split(/("(?:[^"\\]|\\.)*":?)/);
    const strings = literals.flatMap((literal, i) => (i % 2 === 1 && !literal.endsWith(':') ? [i] : []));
    for (const [which, rewrite, at] of changes) {
      const i = strings[which % strings.length];
      if (i !== undefined) literals[i] = rewrite(literals[i] ?? '""', at);
    }
    return literals.join('');
  });

const spelled = (...texts: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...texts.map((text) => JSON.stringify(text)));

/** Members that are present more often than not. */
function object(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const parts = Object.entries(members).map(([key, value]) =>
    fc.option(
      value.map((text) => `${JSON.stringify(key)}:${text}`),
      { freq: 4, nil: '' },
    ),
  );
  return fc.tuple(...parts).map((texts) => `{${texts.filter((text) => text !== '').join(',')}}`);
}

const list = (...items: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...items).map((texts) => `[${texts.join(', ')}]`);

const numbers = ['1000', '1e3', '1000.0', '10.00e2', '1e999', '1e21', '1000000000000000000000', '12345678901234567890'];
const someId = fc.oneof(fc.constantFrom(...numbers), spelled('r-1000', '1000', 'Infinity', 'e-1000'));

const scopePath = 'crn://confluent.cloud/organization=o-1000/environment=env-1a2b';
const someCrn = spelled(
  scopePath,
  `${scopePath}/topic=orders`,
  `${scopePath}/topic=a%2Forders`,
  `${scopePath}/topic=a%20b%20c`,
  `${scopePath}/flink-region=aws.us-east-1/x=longname`,
  'crn:///organization=o-1000/x=longname/kafka=lkc-1',
);

const someResource = object({
  type: spelled('TOPIC', 'topic', 'X', 'X=LONGNAME/Y', 'longname/x', 'EnvLongname', 'KAFKA_CLUSTER', 'FLINK_REGION'),
  resourceId: spelled('orders', 'a/orders', 'longname', 'lkc-1', 'a', 'aws.us-east-1'),
});

const someScope = list(
  fc.constant('{"type":"ORGANIZATION","resourceId":"o-1000"}'),
  object({ type: spelled('ENVIRONMENT'), resourceId: spelled('env-1a2b') }),
);

const someIdentity = fc.oneof(
  ...['ann@example.com', 'a b/c-long', 'u-1a2b', 'diſks'].map((name) =>
    spelled(`crn://confluent.cloud/identity=${name}`, `crn://confluent.cloud/identity=${encodeURIComponent(name)}`),
  ),
);

const oddlySpelledData = object({
  methodName: spelled('CreateTopics', 'kafka.CreateTopics', 'DisksFiles', 'mds.DisksFiles'),
  resourceName: someCrn,
  cloudResources: list(
    fc.oneof(
      object({ scope: object({ resources: someScope }), resource: someResource }),
      fc.constant('{"resource":{"type":"EnvLongname","resourceId":"orders"}}'),
      fc.constant('{"resource":{"type":"TOPIC","resourceId":"a/orders"}}'),
    ),
    object({ scope: object({ resources: list(someResource) }), resource: someResource }),
  ),
  authenticationInfo: object({
    principal: fc.oneof(
      spelled('User:u-1a2b', 'User:123456', 'ann@example.com', 'u-1a2b', 'disks'),
      object({ email: spelled('ann@example.com') }),
      fc.constant('null'),
    ),
    identity: someIdentity,
    metadata: object({ identifier: spelled('KEY-1', '123456') }),
    result: spelled('SUCCESS', 'OK'),
  }),
  authorizationInfo: object({ granted: fc.constantFrom('true', 'false') }),
  requestMetadata: object({
    requestId: fc.oneof(someId, list(someId, someId)),
    clientId: spelled('ab"cd/ef\\gh', 'adminclient-7'),
    correlationId: someId,
    clientAddress: list(object({ ip: spelled('10.0.0.1', '/10.0.0.1', '[10.0.0.1]:80', ' 10.0.0.1:443 ') })),
  }),
  request: object({
    data: object({
      code: fc.oneof(
        someId,
        fc.constantFrom('true', '{ "a" : 1e3, "long" : [1, "e-1000"] }', '[{"a":1000,"long":[1.0,"e-1000"]}]'),
      ),
      more: object({ dotted: spelled('e-1000') }),
      'more.dotted': spelled('e-1000'),
    }),
  }),
  result: object({
    status: spelled('ok', 'success'),
    data: object({ errors: list(object({ detail: spelled('disk') }), object({ detail: spelled('files') })) }),
    note: spelled('straße', 'strasse', 'disks, files'),
  }),
});

/** A record on one line, a character for each byte, some of them no UTF-8. */
const oddlySpelledLine: fc.Arbitrary<string> = fc
  .tuple(
    object({
      id: spelled('e-1000', '1000'),
      subject: someCrn,
      source: someCrn,
      type: spelled('io.confluent.flink.server/disks', 'io.confluent.cloud/request'),
      data: oddlySpelledData,
    }),
    someRewritten,
    fc.constantFrom('', '', '', '', ' ', '\r'),
    fc.nat({ max: 15 }),
  )
  .map(([text, rewritten, after, chance]) => {
    const line = Buffer.from(rewritten(text) + after).toString('latin1');
    return chance === 0 ? line.replace('e', 'e\xff') : line;
  });

/** Ways to write a text as a JSON string. */
const literals: readonly ((text: string, at: number) => string)[] = [
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  (text) => JSON.stringify(text).replace(/[^ -~]/g, unicodeEscape),
  (text) => JSON.stringify(text).replaceAll('\\\\', '\\u005c'),
  (text, at) => {
    const [before, escaped, after] = [text.slice(0, at), text.slice(at, at + 3), text.slice(at + 3)];
    const quoted = [...escaped].map((character) => (character.length === 1 ? unicodeEscape(character) : character));
    return `${JSON.stringify(before).slice(0, -1)}${quoted.join('')}${JSON.stringify(after).slice(1)}`;
  },
];

const wrappers: readonly ((literal: string) => string)[] = [
  (literal) => `{"topic":"t","partition":3,"offset":812,"ts":1767323045678,"key":null,"payload":${literal}}`,
  (literal) => `{"topic":"t","value":${literal},"timestamp":1767323045678,"partition":3,"offset":812}`,
];

const wrapped = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(inner, fc.constantFrom(...wrappers), fc.constantFrom(...literals), fc.nat({ max: 900 }))
    .map(([line, wrap, literal, at]) => {
      const text = Buffer.from(line, 'latin1').toString();
      return Buffer.from(wrap(literal(text, at % text.length))).toString('latin1');
    });

/** The same as a text in a wrapper, or in a wrapper that is a text in another one. */
const wrappedLine = fc.oneof({ weight: 3, arbitrary: wrapped(oddlySpelledLine) }, wrapped(wrapped(oddlySpelledLine)));
