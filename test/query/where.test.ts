import { describe, expect, it } from 'vitest';
import { explain } from '../../src/query/explain.ts';
import type { Expr } from '../../src/query/expr.ts';
import { parseWhere } from '../../src/query/where.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { context, matches } from './ask.ts';

function where(text: string): Expr {
  return parseWhere(text, context);
}

const record: JsonObject = {
  specversion: '1.0',
  type: 'io.confluent.cloud/request',
  id: 'e-1',
  time: '2026-05-01T10:00:00.5Z',
  subject: 'crn://confluent.cloud/organization=o-1/environment=env-1/statement=s-1',
  'kafka.partition': '7',
  host: { name: 'shipper-1' },
  data: {
    methodName: 'CreateStatement',
    resourceName: 'crn://confluent.cloud/organization=o-1/environment=env-1/statement=s-1',
    authenticationInfo: { principal: { email: 'ann@example.com', confluentUser: { resourceId: 'u-1' } } },
    requestMetadata: { requestId: ['r-1'], clientAddress: [{ ip: '192.0.2.7' }, { ip: '192.0.2.8' }] },
    request: {
      accessType: 'MODIFICATION',
      data: {
        spec: { principal: 'sa-9' },
        'odd key': 'odd',
        code: '404',
        size: 12,
        on: true,
        none: null,
        list: ['a', 'b'],
        at: '2026-05-01T12:00:00.500+02:00',
      },
    },
    result: { status: 'SUCCESS', message: 'tab\there' },
  },
};

describe('--where', () => {
  it.each([
    ['method = "CreateStatement"', true],
    ['method = "createstatement"', false],
    ['method != "CreateStatement"', false],
    ['METHOD = "CreateStatement" OR TRUE = 1', 'unknown'],
    ['method = "CreateStatement" AND Not ok = False', true],
    ['(method = "x" or principal = "u-1") and env = "env-1"', true],
    ['method = "x" or principal = "u-1" and env = "env-2"', false],
    ['not method = "x" and principal = "u-1"', true],
    ['not (method = "x" and principal = "u-1")', true],
    ['not not method = "CreateStatement"', true],
    ['not not not method = "CreateStatement"', false],
    ['method in ("A", "CreateStatement")', true],
    ['method in ("A")', false],
    ['not method in ("A", "B")', true],
    ['line in (1, 2)', true],
    ['ips = "192.0.2.8"', true],
    ['ips != "192.0.2.8"', false],
    ['ips != "192.0.2.9"', true],
    ['ip = "192.0.2.8"', false],
    ['method ~ "State"', true],
    ['method ~ "^State"', false],
    ['method ~ /^create/i', true],
    ['method ~ "/^create/i"', false],
    ['method ~ /Create[/S]tat/ and ok = true', true],
    ['(method ~ /(State)/)', true],
    ['message = "tab\\there"', true],
    ['message ~ "\\\\t"', true],
    ['message = "tab\\u0009here"', true],
    ['email exists', true],
    ['not credential exists', true],
    ['credential exists', false],
    ['data.request.data.none exists', false],
    ['data.request.data["odd key"] = "odd"', true],
    ['data.request.data.code = 404', true],
    ['data.request.data.code = "404"', true],
    ['data.request.data.code > 99', true],
    ['data.request.data.size >= 12 and data.request.data.size < 12.5', true],
    ['data.request.data.on = true', true],
    ['data.request.data.on = "true"', true],
    ['data.request.data.list = "b"', true],
    ['data.request.data.list[1] = "b"', true],
    ['data.request.data.list[0] = "b"', false],
    ['data.request.data.spec.principal != principal', true],
    ['data.request.data.spec.principal = principal', false],
    ['data.request.data.gone != principal', true],
    ['data.request.data.gone != "x"', true],
    ['data.request.data.gone = "x"', false],
    ['data.request.data.gone < "x"', false],
    ['data.request.data.gone ~ ""', 'bad'],
    ['data.request.data.gone = data.request.data.gone', false],
    ['data.request.data.gone != data.request.data.gone', true],
    ['credential != "x"', true],
    ['kafka.partition = 7', true],
    ['line = kafka.partition', false],
    ['host.name = "shipper-1"', true],
    ['data.methodName = ["host"].name', false],
    ['subject = data.resourceName', true],
    ['specversion = "1.0"', true],
    ['time = "2026-05-01T12:00:00.500+02:00"', true],
    ['time > "2026-05-01"', true],
    ['time >= "2026-05-01T10:00:00.500000001Z"', false],
    ['time < "yesterday"', true],
    ['time > "7d"', true],
    ['time > 1777629600', true],
    ['time in ("2026-05-01", "2026-05-01T10:00:00.5")', true],
    ['time = data.request.data.at', true],
    ['data.request.data.at = time', true],
    ['data.request.data.at > "2026-05-01T11"', true],
    ['time exists', true],
    ['time ~ "T10:"', true],
    ['resourceType = "STATEMENT"', true],
    ['resourceType = "Statement"', true],
    ['resourceType != "STATE_MENT"', false],
    ['resourceType in ("topic", "STATEMENT")', true],
    ['result = "success"', false],
    ['ok = true', true],
    ['ok != true', false],
    ['ok = "true"', true],
    ['line = 1', true],
    ['line < 1', false],
    ['  method\n  =\t"CreateStatement"  ', true],
    ['method="CreateStatement"and(ok=true)', true],
  ])('%s: %s', (text, expected) => {
    if (typeof expected === 'string') expect(() => where(text)).toThrow();
    else expect(matches(where(text), record)).toBe(expected);
  });

  it.each([
    ['method = "a" and (ok = true and line = 2)', 'method = "a" and ok = true and line = 2'],
    ['method = "a" or ok = true and not line = 2', 'method = "a" or (ok = true and not line = 2)'],
    ['not (time < "2h" or email exists)', 'not (time < 2026-05-06T10:30:00Z or email exists)'],
    ['method in ("a", principal, 3)', 'method = "a" or method = principal or method = 3'],
    ['data["a b"].c ~ /x/i', 'data["a b"].c matches /x/i'],
  ])('%s is read as %s', (text, expected) => {
    expect(explain(where(text))).toBe(expected);
  });

  it('keeps numbers that no double can hold apart', () => {
    const long = { data: { id: '123456789012345678901' } };

    expect(matches(where('data.id = 123456789012345678901'), long)).toBe(true);
    expect(matches(where('data.id = 123456789012345678902'), long)).toBe(false);
  });

  it('takes long chains and deep nesting', () => {
    expect(matches(where(Array.from({ length: 20_000 }, () => 'ok = true').join(' and ')), record)).toBe(true);
    expect(matches(where(`${'not '.repeat(20_001)}ok = true`), record)).toBe(false);
    expect(matches(where(`${'('.repeat(500)}ok = true${')'.repeat(500)}`), record)).toBe(true);
    expect(matches(where(`${'not (method = "x" or ('.repeat(250)}ok = true${'))'.repeat(250)}`), record)).toBe(true);
  });
});
