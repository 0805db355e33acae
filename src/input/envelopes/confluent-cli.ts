import { type Envelope, isWholeLine } from './envelope.ts';
import { kafkaPlace } from './kafka-place.ts';

/** dump-formats.md, forms 2 to 4. */
export const confluentCli: Envelope = {
  name: 'confluent-cli',
  title: 'confluent kafka topic consume',
  doc: 'The record, with key, time, partition and offset before it as `--print-key`, `--timestamp` and `--print-offset` asked for, with any delimiter; after each record a line of its headers, whose long values are cut. Without `--print-offset` nothing tells where a record stood in Kafka.',
  example: [
    'null\tTimestamp:1767323045678 Partition:3 Offset:812\t{"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}}',
    '% Headers: [content-type="application/cloudevents+json; charset=UTF-8"]',
  ].join('\n'),
  tellsOffsets: true,
  noise(line) {
    if (line.startsWith('% Headers: [')) return 'headers';
    if (line.startsWith('% Error: ')) return 'consumer-message';
    if (line.startsWith('Starting Kafka Consumer.') || line === 'Stopping Consumer.') return 'consumer-message';
    return isWholeLine(line) && readInfo(`${line.replace(/null$/, '')}\t`) !== undefined ? 'null-value' : undefined;
  },
  prefix(text) {
    const info = readInfo(text);
    return info && kafkaPlace(info);
  },
};

/** Builds of 2023 have a blank behind the colons. A key before it may be anything; a delimiter stands behind it. */
const timestamp = / ?Timestamp: ?(?<timestamp>-?\d{1,19})/.source;
const place = /Partition: ?(?<partition>\d{1,10}) Offset: ?(?<offset>\d{1,19})/.source;
const infos = [`${timestamp} ${place}`, place, timestamp].map((info) => new RegExp(`${info}\\W{1,32}$`));

/** A key may be long, and what is looked for stands at the end. */
const infoCharacters = 256;

function readInfo(text: string): Readonly<Record<string, string>> | undefined {
  const end = text.slice(-infoCharacters);
  for (const info of infos) {
    const groups = info.exec(end)?.groups;
    if (groups !== undefined) return groups;
  }
  return undefined;
}
