/**
 * Writes the vendor's ten records as other programs leave them behind: node samples/generate-forms.mjs [DIRECTORY]
 *
 * The same bytes on every run. Where the records stood in Kafka is made up.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const directory = process.argv[2] ?? fileURLToPath(new URL('forms', import.meta.url));
const topic = 'confluent-audit-log-events';
const contentType = 'application/cloudevents+json; charset=UTF-8';

const published = readFileSync(new URL('vendor-records.ndjson', import.meta.url), 'utf8').trimEnd().split('\n');
const timeOf = (text) => Date.parse(JSON.parse(text).time);
/** In the order in which Kafka would have taken them. */
const texts = published.sort((a, b) => timeOf(a) - timeOf(b));
/** Two partitions by turns, each with offsets of its own. */
const records = texts.map((text, i) => ({
  text,
  partition: i % 2,
  offset: [812, 640][i % 2] + Math.floor(i / 2),
  // Kafka takes a record soon after its event.
  timestamp: timeOf(text) + 400 + i,
}));

write('kcat.json', records.map(kcatLine));
write('confluent-cli.txt', records.flatMap(confluentCliLines));
write('splunk-export.json', [
  splunkRow(records[0], 0, { preview: true }),
  ...records.map((record, i) => splunkRow(record, i)),
  JSON.stringify({ preview: false, lastrow: true }),
]);
for (const [partition, start, end] of [
  [0, 812, 815],
  [0, 815, 817],
  [1, 640, 645],
]) {
  const name = `${topic}+${partition}+${String(start).padStart(10, '0')}.json`;
  const isWithin = (record) => record.partition === partition && record.offset >= start && record.offset < end;
  write(
    `connect/topics/${topic}/partition=${partition}/${name}`,
    records.filter(isWithin).map(({ text }) => text),
  );
}

function kcatLine({ text, partition, offset, timestamp }) {
  const place = { topic, partition, offset, tstype: 'create', ts: timestamp, broker: 5 };
  return JSON.stringify({ ...place, headers: ['content-type', contentType], key: null, payload: text });
}

function confluentCliLines({ text, partition, offset, timestamp }) {
  return [
    `null\tTimestamp:${timestamp} Partition:${partition} Offset:${offset}\t${text}`,
    `% Headers: [content-type="${contentType}"]`,
  ];
}

function splunkRow({ text, timestamp }, row, { preview = false } = {}) {
  const time = new Date(timestamp).toISOString().replace('T', ' ').replace('Z', ' UTC');
  const result = { _raw: text, _time: time, host: 'collector-1', index: 'main', sourcetype: '_json' };
  return JSON.stringify({ preview, offset: row, result });
}

function write(path, lines) {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
}
