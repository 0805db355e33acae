import { instantOfMilliseconds } from '../../record/time.ts';
import type { Envelope } from './envelope.ts';

/** dump-formats.md, forms 2 to 4. */
export const confluentCli: Envelope = {
  name: 'confluent-cli',
  title: 'confluent kafka topic consume',
  doc: 'The record, with key, time, partition and offset before it when `--print-key --timestamp --print-offset` were given; after each record a line of its headers. Without `--print-offset` nothing tells where a record stood in Kafka.',
  example: [
    'null\tTimestamp:1767323045678 Partition:3 Offset:812\t{"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}}',
    '% Headers: [content-type="application/cloudevents+json; charset=UTF-8"]',
  ].join('\n'),
  tellsOffsets: true,
  noise(line) {
    if (line.startsWith('% Headers: [')) return 'headers';
    if (line.startsWith('% Error: ')) return 'consumer-message';
    return line === 'Starting Kafka Consumer. Use Ctrl-C to exit.' || line === 'Stopping Consumer.'
      ? 'consumer-message'
      : undefined;
  },
  prefix(text) {
    const found = /Timestamp: ?(\d{1,15}) Partition: ?(\d{1,10}) Offset: ?(\d{1,16})\s*$/.exec(text);
    if (found === null) return undefined;
    const [, time, partition, offset] = found.map(Number);
    return { partition: partition ?? 0, offset: offset ?? 0, kafkaTime: instantOfMilliseconds(time ?? 0) };
  },
};
