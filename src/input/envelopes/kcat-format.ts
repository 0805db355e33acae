import { type Envelope, isWholeLine } from './envelope.ts';
import { kafkaPlace } from './kafka-place.ts';
import { kcatNoise } from './kcat-noise.ts';

/** dump-formats.md, forms 9 and 10. */
export const kcatFormat: Envelope = {
  name: 'kcat-format',
  title: "kcat -f '%T %p %o %s\\n'",
  doc: 'Time, partition and offset before the record, as three numbers. Other formats are read too, but what fewer numbers mean nobody can tell: then nothing says where a record stood in Kafka.',
  example:
    '1767323045678 3 812 {"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}}',
  tellsOffsets: true,
  noise(line) {
    const isTombstone = isWholeLine(line) && tombstone.test(line);
    return isTombstone ? 'null-value' : kcatNoise(line);
  },
  prefix(text) {
    const numbers = threeNumbers.exec(text)?.groups;
    return numbers && kafkaPlace(numbers);
  },
};

/** The same separator behind each of them. The first is no time unless it has as many digits as one in milliseconds. */
const numbers =
  /^(?<timestamp>-1|\d{12,13})(?<separator>[^\w{-]{1,8})(?<partition>\d{1,10})\k<separator>(?<offset>\d{1,19})/.source;
const threeNumbers = new RegExp(`${numbers}\\k<separator>$`);
const tombstone = new RegExp(`${numbers}(?:\\k<separator>(?:NULL)?)?$`);
