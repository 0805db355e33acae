import type { Envelope } from './envelope.ts';
import { exampleRecord } from './example-record.ts';
import { likelyMember } from './likely-member.ts';

/** dump-formats.md, form 17. */
export const splunkHec: Envelope = {
  name: 'splunk-hec',
  title: 'Splunk HTTP Event Collector, and what the Splunk sink keeps on disk',
  doc: 'The record stands under `event`, as an object or as text, beside `time`, `host`, `source`, `sourcetype`, `index` and `fields`. Objects may follow each other without a newline. Nothing tells where a record stood in Kafka.',
  example: `{"time":1767323045.678,"host":"h","source":"s","sourcetype":"_json","event":${exampleRecord}}`,
  tellsOffsets: false,
  unwrap: (object) =>
    Object.keys(object).every((key) => keys.has(key)) ? likelyMember(object, [['event']]) : undefined,
};

const keys: ReadonlySet<string> = new Set(['time', 'host', 'source', 'sourcetype', 'index', 'fields', 'event']);
