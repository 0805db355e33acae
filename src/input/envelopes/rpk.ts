import type { Envelope } from './envelope.ts';
import { kafkaPlace } from './kafka-place.ts';

/** dump-formats.md, form 11. */
export const rpk: Envelope = {
  name: 'rpk',
  title: 'rpk topic consume',
  doc: 'Objects with the record as a text under `value`, and partition, offset and time beside it: spread over many lines, or one a line with `--pretty-print=false`.',
  example:
    '{"topic":"confluent-audit-log-events","value":"{\\"specversion\\":\\"1.0\\",\\"id\\":\\"e1\\",\\"type\\":\\"io.confluent.cloud/request\\",\\"source\\":\\"crn://confluent.cloud/\\",\\"time\\":\\"2026-01-02T03:04:05.678Z\\",\\"data\\":{\\"methodName\\":\\"DeleteStatement\\"}}","timestamp":1767323045678,"partition":3,"offset":812}',
  tellsOffsets: true,
  unwrap(object) {
    const { topic, timestamp, partition, offset, value } = object;
    if (typeof topic !== 'string' || typeof timestamp !== 'number') return undefined;
    if (typeof partition !== 'number' || typeof offset !== 'number') return undefined;
    if (Object.hasOwn(object, 'value_size'))
      return { kind: 'unreadable', detail: 'rpk was told to leave out the value (--meta-only)' };
    // What is empty is left out.
    if (value === undefined || value === null || value === '') return { kind: 'noise', noise: 'null-value' };
    return { kind: 'value', path: ['value'], place: kafkaPlace({ partition, offset, timestamp }) };
  },
};
