import type { Envelope } from './envelope.ts';
import { exampleRecord } from './example-record.ts';
import { likelyMember } from './likely-member.ts';

/** dump-formats.md, form 18. */
export const datadog: Envelope = {
  name: 'datadog',
  title: 'Datadog log archives',
  doc: 'One log a line, in files below `dt=YYYYMMDD/hour=HH/`. The record stands in `attributes`, or as text in `message`. What a pipeline of Datadog made of the record is what the archive holds: attributes may have been renamed, added or taken away. Nothing tells where a record stood in Kafka.',
  example: `{"_id":"AZ1","date":"2026-01-02T03:04:05.678Z","host":"h","source":"confluent","service":"audit","status":"info","message":"","attributes":${exampleRecord},"tags":["env:prod"]}`,
  tellsOffsets: false,
  unwrap: (object) =>
    typeof object._id === 'string' && typeof object.date === 'string'
      ? likelyMember(object, [['attributes'], ['message']])
      : undefined,
};
