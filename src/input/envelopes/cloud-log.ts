import type { Envelope } from './envelope.ts';
import { exampleRecord, exampleText } from './example-record.ts';
import { likelyMember } from './likely-member.ts';

/** dump-formats.md, form 20. */
export const cloudLog: Envelope = {
  name: 'cloud-log',
  title: 'Google Cloud Logging, Amazon CloudWatch, Azure Event Hubs',
  doc: 'The record stands under `jsonPayload`, or as text in its `message` (Google Cloud Logging), as text in `message` beside `timestamp` (CloudWatch), or is one of a list of `records` (Event Hubs). Nothing tells where a record stood in Kafka.',
  example: [
    `{"jsonPayload":${exampleRecord},"timestamp":"2026-01-02T03:04:06Z"}`,
    `{"timestamp":1767323046000,"message":${exampleText}}`,
    `{"records":[${exampleRecord},${exampleRecord}]}`,
  ].join('\n'),
  tellsOffsets: false,
  array: ['records'],
  unwrap(object) {
    if (Object.hasOwn(object, 'jsonPayload'))
      return likelyMember(object, [['jsonPayload'], ['jsonPayload', 'message']]);
    if (Array.isArray(object.records)) return { kind: 'value', path: ['records'] };
    return Object.hasOwn(object, 'timestamp') ? likelyMember(object, [['message']]) : undefined;
  },
};
