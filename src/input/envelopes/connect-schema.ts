import type { Envelope } from './envelope.ts';
import { exampleRecord } from './example-record.ts';
import { likelyMember } from './likely-member.ts';

/** dump-formats.md, form 14. */
export const connectSchema: Envelope = {
  name: 'connect-schema',
  title: 'Kafka Connect, JsonConverter with schemas.enable=true',
  doc: 'Each line has the record under `payload`, as an object or as text, and its schema, or null, under `schema`. A null payload is no record. Partition and offset come from the name of the file only (see `connect`).',
  example: [
    `{"schema":null,"payload":${exampleRecord}}`,
    `{"schema":{"type":"struct","optional":true,"fields":[{"type":"string","optional":true,"field":"id"}]},"payload":${exampleRecord}}`,
  ].join('\n'),
  tellsOffsets: false,
  unwrap(object) {
    if (!Object.hasOwn(object, 'schema') || !Object.hasOwn(object, 'payload')) return undefined;
    return object.payload === null ? { kind: 'noise', noise: 'null-value' } : likelyMember(object, [['payload']]);
  },
};
