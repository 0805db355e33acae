import { describe, expect, it } from 'vitest';
import { isObject } from '../../src/record/paths.ts';
import { auditRecordSchema } from '../../src/record/schema.ts';
import { incidentRecords, vendorRecords } from './samples.ts';

describe('auditRecordSchema', () => {
  it("takes the vendor's ten records as they are, keys of any name included", () => {
    const records = vendorRecords();

    expect(records).toHaveLength(10);
    expect(records.map((record) => auditRecordSchema.parse(record))).toEqual(records);
  });

  it('takes every camelCase record of the incident', () => {
    const records = incidentRecords().filter(({ data }) => isObject(data) && !Object.hasOwn(data, 'method_name'));

    expect(records.length).toBeGreaterThan(500);
    expect(records.map((record) => auditRecordSchema.parse(record))).toEqual(records);
  });

  const least = { id: '1', source: 'crn://confluent.cloud/', specversion: '1.0', type: 'a/request', data: {} };

  it.each([
    ['the least', least],
    [
      'null for what is optional',
      { ...least, time: null, subject: null, data: { authenticationInfo: null, result: null } },
    ],
    ['unknown keys at every level', { ...least, extra: 1, data: { extra: [], result: { extra: {}, status: 'NEW' } } }],
    ['either form of a request id', { ...least, data: { requestMetadata: { requestId: ['a'], request_id: 'b' } } }],
    ['either form of a principal', { ...least, data: { authenticationInfo: { principal: 'User:1' } } }],
  ])('takes %s', (_, record) => {
    expect(auditRecordSchema.parse(record)).toEqual(record);
  });

  it.each([
    ['no record', null],
    ['a list', [least]],
    ['no data', { ...least, data: undefined }],
    ['an id that is no text', { ...least, id: 1 }],
    ['a principal that is a number', { ...least, data: { authenticationInfo: { principal: 1 } } }],
    ['granted in words', { ...least, data: { authorizationInfo: { granted: 'true' } } }],
  ])('finds %s', (_, record) => {
    expect(auditRecordSchema.safeParse(record).success).toBe(false);
  });
});
