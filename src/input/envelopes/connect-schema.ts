import { isJsonObject } from '../audit-record.ts';
import type { Envelope } from './envelope.ts';

/** dump-formats.md, form 14. */
export const connectSchema: Envelope = {
  name: 'connect-schema',
  title: 'Kafka Connect, JsonConverter with schemas.enable=true',
  doc: 'Each line has the record under `payload` and its schema, or null, under `schema`.',
  example:
    '{"schema":null,"payload":{"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}}}',
  tellsOffsets: false,
  unwrap(object) {
    if (!Object.hasOwn(object, 'schema') || !Object.hasOwn(object, 'payload')) return undefined;
    if (object.payload === null) return { kind: 'noise', noise: 'null-value' };
    return isJsonObject(object.payload) ? { kind: 'value', path: ['payload'] } : undefined;
  },
};
