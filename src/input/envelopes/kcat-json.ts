import type { Envelope } from './envelope.ts';
import { kafkaPlace } from './kafka-place.ts';
import { kcatNoise } from './kcat-noise.ts';

/** dump-formats.md, forms 8 and 10. */
export const kcatJson: Envelope = {
  name: 'kcat-json',
  title: 'kcat -J',
  doc: 'Each line has the record under `payload`, as a text or, with `-s value=avro`, as an object, and partition, offset and time beside it. Old builds leave out the time.',
  example:
    '{"topic":"confluent-audit-log-events","partition":3,"offset":812,"tstype":"create","ts":1767323045678,"broker":5,"headers":["content-type","application/cloudevents+json"],"key":null,"payload":"{\\"specversion\\":\\"1.0\\",\\"id\\":\\"e1\\",\\"type\\":\\"io.confluent.cloud/request\\",\\"source\\":\\"crn://confluent.cloud/\\",\\"time\\":\\"2026-01-02T03:04:05.678Z\\",\\"data\\":{\\"methodName\\":\\"DeleteStatement\\"}}"}',
  tellsOffsets: true,
  noise: kcatNoise,
  unwrap(object) {
    if (!Object.hasOwn(object, 'payload') || typeof object.partition !== 'number') return undefined;
    if (object.payload === null) {
      return typeof object.payload_error === 'string'
        ? { kind: 'unreadable', detail: `kcat could not read it: ${object.payload_error}` }
        : { kind: 'noise', noise: 'null-value' };
    }
    const { partition, offset } = object;
    const timestamp = object.tstype === 'unknown' ? undefined : object.ts;
    return { kind: 'value', path: ['payload'], place: kafkaPlace({ partition, offset, timestamp }) };
  },
};
