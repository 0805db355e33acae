import type { Envelope } from './envelope.ts';
import { kafkaPlace } from './kafka-place.ts';

/** dump-formats.md, form 12. */
export const restProxy: Envelope = {
  name: 'rest-proxy',
  title: 'Kafka REST Proxy v2, GET …/records',
  doc: 'An array of objects, each with the record under `value`, and partition and offset beside it. With `Accept: application/vnd.kafka.json.v2+json`; the binary format has no records that can be read.',
  example:
    '[{"topic":"confluent-audit-log-events","key":null,"value":{"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}},"partition":3,"offset":812}]',
  tellsOffsets: true,
  unwrap(object) {
    const { partition, offset, value } = object;
    if (value === undefined || typeof partition !== 'number' || typeof offset !== 'number') return undefined;
    if (value === null) return { kind: 'noise', noise: 'null-value' };
    // `eyJ` is the beginning of any JSON object in base64.
    if (typeof value === 'string' && /^ey[IJ][\w+/]*=*$/.test(value))
      return { kind: 'unreadable', detail: 'its value is base64: fetch the records in the json format' };
    return { kind: 'value', path: ['value'], place: kafkaPlace({ partition, offset }) };
  },
};
