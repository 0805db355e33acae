import { describe, expect, it } from 'vitest';
import { changesBetween, earlierExpr } from '../../src/analyze/previous.ts';
import { compilePredicate } from '../../src/query/predicate.ts';
import type { JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';
import { context } from '../query/ask.ts';

const crn = 'crn://confluent.cloud/organization=o/environment=e/flink-workspace=w';

function update({ data, ...rest }: JsonObject & { readonly data?: JsonObject } = {}) {
  return recordOf({
    id: 'u',
    type: 'io.confluent.cloud/request',
    time: '2026-05-01T10:00:00Z',
    ...rest,
    data: { methodName: 'ListWorkspaces', resourceName: crn, ...data },
  });
}

function isEarlier(one: ReturnType<typeof update>): boolean {
  const expr = earlierExpr(update(), context);
  if (typeof expr === 'string') throw new Error(expr);
  return compilePredicate(expr)(one);
}

const before = { time: '2026-05-01T09:59:59.999999999Z' };

describe('the previous time', () => {
  it('is the same method under any of its names, of the same resource, at an earlier time', () => {
    expect(isEarlier(update(before))).toBe(true);
    expect(isEarlier(update({ ...before, data: { methodName: 'ListWorkspace' } }))).toBe(true);
  });

  it.each([
    ['the same moment', {}],
    ['a later one', { time: '2026-05-01T10:00:00.000000001Z' }],
    ['no time', { time: null }],
    ['another method', { ...before, data: { methodName: 'GetWorkspace' } }],
    ['another type of event', { ...before, type: 'io.confluent.cloud/authorization' }],
    ['a resource of the same name elsewhere', { ...before, data: { resourceName: crn.replace('=e/', '=f/') } }],
  ])('is not %s', (_, other) => {
    expect(isEarlier(update(other))).toBe(false);
  });

  it('cannot be told without a method, a resource or a time', () => {
    expect(earlierExpr(update({ data: { methodName: null } }), context)).toBe('method');
    expect(earlierExpr(update({ data: { resourceName: null } }), context)).toBe('resource');
    expect(earlierExpr(update({ time: 'soon' }), context)).toBe('time');
  });
});

describe('what changed', () => {
  it('is what was asked for and what came of it, and no number of the request', () => {
    const first = update({
      data: {
        request: { correlationId: '1', data: { pool: { id: 'p' }, name: 'n' } },
        result: { status: 'SUCCESS' },
        requestMetadata: { requestId: 'a' },
      },
    });
    const again = update({
      data: {
        request: { correlation_id: '2', data: { pool: null, name: 'n' } },
        result: { status: 'FAILURE', data: { code: 409 } },
        requestMetadata: { requestId: 'b' },
      },
    });

    expect(changesBetween(first, again)).toEqual({
      differences: [
        { path: 'data.request.data.pool', a: '{"id":"p"}', b: 'null' },
        { path: 'data.result.status', a: '"SUCCESS"', b: '"FAILURE"' },
        { path: 'data.result.data', a: undefined, b: '{"code":409}' },
      ],
      more: 0,
    });
    expect(changesBetween(first, first)).toEqual({ differences: [], more: 0 });
    expect(changesBetween(update({ data: { request: 'odd' } }), recordOf({ data: [] }))).toEqual({
      differences: [{ path: 'data.request', a: '"odd"', b: undefined }],
      more: 0,
    });
  });
});
