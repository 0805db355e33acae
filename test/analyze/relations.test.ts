import { describe, expect, it } from 'vitest';
import { isCounter, relatedExpr, relationsOf, sharedBy } from '../../src/analyze/relations.ts';
import { compilePredicate } from '../../src/query/predicate.ts';
import type { AuditRecord, JsonObject } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';

function withData(data: JsonObject): AuditRecord {
  return recordOf({ id: 'x', type: 't', data });
}

const anchor = withData({
  requestMetadata: { requestId: ['r1', 'r2'], connection_id: 'c1' },
  request: { correlation_id: 7 },
});

function via(data: JsonObject, from = anchor): readonly string[] {
  return sharedBy(withData(data), relationsOf([from]));
}

function isFound(data: JsonObject, from = anchor): boolean {
  const expr = relatedExpr(relationsOf([from]));
  return expr !== undefined && compilePredicate(expr)(withData(data));
}

describe('records belong together', () => {
  it.each([
    ['a list', { requestMetadata: { requestId: ['r2'] } }],
    ['a text', { requestMetadata: { request_id: 'r1' } }],
    ['below the check', { authorizationInfo: { requestMetadata: { requestId: 'r1' } } }],
    ['in snake case all along', { authorization_info: { request_metadata: { request_id: ['z', 'r1'] } } }],
  ])('by a request id, as %s', (_, data) => {
    expect([via(data), isFound(data)]).toEqual([['requestId'], true]);
  });

  it('by the connection, and on it by the number of the request', () => {
    expect(via({ requestMetadata: { connectionId: 'c1' } })).toEqual(['connectionId']);
    expect(via({ requestMetadata: { connectionId: 'c1' }, request: { correlationId: '8' } })).toEqual(['connectionId']);
    expect(via({ requestMetadata: { connectionId: 'c1' }, request: { correlationId: '7' } })).toEqual([
      'connectionId',
      'correlationId',
    ]);
  });

  it.each([
    ['another connection', { requestMetadata: { connectionId: 'c2' }, request: { correlationId: '7' } }],
    ['no connection', { request: { correlationId: '7' } }],
    ['ids of another kind', { requestMetadata: { connectionId: 'r1', requestId: 'c1' } }],
    ['no ids', {}],
  ])('but not with the same number on %s', (_, data) => {
    expect([via(data), isFound(data)]).toEqual([[], false]);
  });

  it('by a correlation id alone where that is no number of a connection', () => {
    const unique = withData({ request: { correlationId: '3f4fe2c6-258c' } });

    expect(via({ requestMetadata: { correlation_id: '3f4fe2c6-258c' } }, unique)).toEqual(['correlationId']);
    expect(isFound({ requestMetadata: { correlation_id: '3f4fe2c6-258c' } }, unique)).toBe(true);
    expect(relatedExpr(relationsOf([withData({ request: { correlationId: 7 } })]))).toBeUndefined();
  });

  it('not by an id that says there is none', () => {
    expect(
      relatedExpr(relationsOf([withData({ request: { correlation_id: '-1' }, requestMetadata: {} })])),
    ).toBeUndefined();
  });

  it('and a number of a connection is any that a Kafka client counts', () => {
    expect(['0', '43', '2147483647', '5.0'].filter(isCounter)).toHaveLength(4);
    expect(['', 'a1', '12345678901', '1-2', '5.5'].filter(isCounter)).toEqual([]);
  });
});
