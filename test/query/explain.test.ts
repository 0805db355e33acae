import { describe, expect, it } from 'vitest';
import { explain } from '../../src/query/explain.ts';
import { buildExpr } from '../../src/query/question.ts';
import { context, exprOf, given } from './ask.ts';

describe('explain', () => {
  it.each([
    ['method', 'DeleteStatement', 'method is "deletestatement" in any case'],
    ['method', 'ListWorkspaces', 'method is "listworkspaces" or "listworkspace" in any case'],
    ['method', 'Delete*', 'method is like "Delete*" in any case'],
    ['method', '/^Del/i', 'method matches /^Del/i'],
    ['principal', 'User:u-1', 'principal is "User:u-1" or "u-1"'],
    ['crn', 'crn:///organization=o-1/', 'any CRN starts with "crn:///organization=o-1/"'],
    [
      'resource',
      'KAFKA_CLUSTER=lkc-*',
      'any CRN has a segment whose type is "kafkacluster" and whose name is like "lkc-*"',
    ],
    [
      'result',
      'UNAUTH*',
      'result is like "UNAUTH*" in any case or verdict word is like "UNAUTH*" in any case, other than SUCCESS, FAILURE, ALLOW, DENY or UNKNOWN',
    ],
    ['ip', '10.0.0.0/8', 'any address is in 10.0.0.0/8'],
    ['type', 'request', 'kind is "request" in any case'],
    ['text', 'Orders', 'any text holds "orders" in any case'],
    ['where', 'data.x exists and ok != true', 'data.x exists and ok != true'],
    ['until', '2026-05-01', 'time before 2026-05-01T00:00:00Z'],
  ])('--%s %s', (flag, value, expected) => {
    expect(explain(exprOf(flag, value))).toBe(expected);
  });

  it('sets groups in parentheses and says what an empty one means', () => {
    expect(explain({ kind: 'not', of: { kind: 'or', of: [] } })).toBe('not (no record)');
    expect(explain({ kind: 'and', of: [] })).toBe('every record');
    expect(explain(buildExpr([given('not-result', 'X*'), given('env', 'e')], context))).toBe(
      'not (result is like "X*" in any case or verdict word is like "X*" in any case, other than SUCCESS, FAILURE, ALLOW, ' +
        'DENY or UNKNOWN) and env is "e"',
    );
  });
});
