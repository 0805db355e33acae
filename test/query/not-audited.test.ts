import { describe, expect, it } from 'vitest';
import { notAudited } from '../../src/query/not-audited.ts';
import { buildQuestion } from '../../src/query/question.ts';
import { context, given } from './ask.ts';

function asked(...flags: readonly (readonly [string, ...string[]])[]) {
  const { rest } = buildQuestion(
    flags.map(([name, ...values]) => given(name, ...values)),
    context,
  );
  const found = notAudited(rest);
  return found && [found.kinds.map(({ methods }) => methods[0]), found.isAll];
}

const groups = 'kafka.JoinGroup';
const describing = 'kafka.DescribeTopics';

describe('a question for what is never audited', () => {
  it.each([
    ['kafka.JoinGroup', groups],
    ['joingroup', groups],
    ['*OffsetCommit*', groups],
    ['/heartbeat/i', groups],
    ['kafka.DescribeTopics', describing],
    ['Describe*', describing],
    ['ListOffsets', describing],
    ['kafka.Metadata', describing],
  ])('is known by --method %s', (method, first) => {
    expect(asked(['method', method])).toEqual([[first], true]);
  });

  it('is known by --where and beside other filters', () => {
    expect(asked(['where', 'method = "kafka.OffsetFetch"'], ['principal', 'sa-1'])).toEqual([[groups], true]);
    expect(asked(['method', 'SyncGroup'], ['since', '2026-05-01'], ['ok'])).toEqual([[groups], true]);
  });

  it('tells permission checks that are not recorded from requests that are', () => {
    expect(asked(['method', 'kafka.Fetch'], ['type', 'authorization'])).toEqual([['kafka.Fetch'], true]);
    expect(asked(['method', 'Produce'], ['type', 'authorization'])).toEqual([['kafka.Fetch'], true]);
    expect(asked(['method', 'kafka.Fetch'], ['type', 'request'])).toBeUndefined();
    expect(asked(['method', 'kafka.Fetch'])).toBeUndefined();
  });

  it('tells a denied check that is not recorded from a failed request that is', () => {
    expect(asked(['method', 'kafka.Produce'], ['result', 'DENY'])).toEqual([['kafka.Fetch'], true]);
    expect(asked(['method', 'kafka.Produce'], ['failed'])).toBeUndefined();
    expect(asked(['method', 'kafka.CreateTopics'], ['result', 'DENY'])).toBeUndefined();
    expect(asked(['method', 'JoinGroup'], ['failed'])).toEqual([[groups], true]);
    expect(asked(['method', 'mds.Authorize'], ['result', 'FAILURE'])).toBeUndefined();
  });

  it('may ask for more than that', () => {
    expect(asked(['method', 'JoinGroup', 'DeleteTopics'])).toEqual([[groups], false]);
    expect(asked(['method', 'JoinGroup', 'DescribeGroups'])).toEqual([[groups, describing], true]);
    expect(asked(['where', 'method = "JoinGroup" or method = "CreateTopics"'])).toBeUndefined();
  });

  it.each([
    [['method', 'kafka.*']],
    [['method', '*']],
    [['method', 'DeleteGroups']],
    [['method', 'NoSuchMethod']],
    [['not-method', 'JoinGroup']],
    [['principal', 'JoinGroup']],
    [['text', 'JoinGroup']],
    [['where', 'not method = "kafka.JoinGroup"']],
  ] as const)('is none: %j', ([name, value]) => {
    expect(asked([name, value])).toBeUndefined();
  });
});
