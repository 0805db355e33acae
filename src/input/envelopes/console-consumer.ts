import { type Envelope, isWholeLine } from './envelope.ts';
import { kafkaPlace } from './kafka-place.ts';

/** dump-formats.md, forms 5 to 7. */
export const consoleConsumer: Envelope = {
  name: 'console-consumer',
  title: 'kafka-console-consumer',
  doc: 'The record, with what `print.timestamp`, `print.partition`, `print.offset`, `print.delivery`, `print.headers` and `print.key` asked for before it, in this order, with any separator. Without `print.partition` and `print.offset` nothing tells where a record stood in Kafka.',
  example: [
    'CreateTime:1767323045678\tPartition:3\tOffset:812\tNO_HEADERS\tnull\t{"specversion":"1.0","id":"e1","type":"io.confluent.cloud/request","source":"crn://confluent.cloud/","time":"2026-01-02T03:04:05.678Z","data":{"methodName":"DeleteStatement"}}',
    'Processed a total of 1 messages',
  ].join('\n'),
  tellsOffsets: true,
  noise(line) {
    if (/^Processed a total of \d+ messages?$/.test(line)) return 'consumer-message';
    if (/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] [A-Z]+ /.test(line) || line.startsWith('SLF4J: ')) return 'log-line';
    return isWholeLine(line) && isWithoutValue(line) ? 'null-value' : undefined;
  },
  prefix(text) {
    const start = readStart(text);
    return start && kafkaPlace(start);
  },
};

/** What may stand at the start of a line, in this order. Headers and key come behind and may be anything. */
const fields = [
  /(?:CreateTime|LogAppendTime):(?<timestamp>-?\d{1,19})|NO_TIMESTAMP/y,
  /Partition:(?<partition>\d{1,10})/y,
  /Offset:(?<offset>\d{1,19})/y,
  /Delivery:(?:\d{1,10}|NONE)/y,
  /NO_HEADERS/y,
];

interface Start {
  readonly timestamp?: string;
  readonly partition?: string;
  readonly offset?: string;
  /** Where the separator behind the last of them starts. */
  readonly end: number;
  /** Between any two; undefined when there is but one. */
  readonly separator: string | undefined;
}

/** Undefined when the text starts with none of the fields, and for the start of a line within another one. */
function readStart(text: string): Start | undefined {
  let start: Start | undefined;
  for (const field of fields) {
    const found: Start | undefined = start === undefined ? firstField(text, field) : nextField(text, start, field);
    if (found !== undefined) start = { ...start, ...found };
  }
  return start === undefined || anotherStart.test(text.slice(start.end)) ? undefined : start;
}

/** Two consumers that write to one file cut each other short: which of the places is that of the record is not sure. */
const anotherStart = /(?:CreateTime|LogAppendTime|Partition|Offset):-?\d|NO_TIMESTAMP/;

function firstField(text: string, field: RegExp): Start | undefined {
  const found = fieldAt(text, 0, field);
  return found !== undefined && /^\W/.test(text.slice(found.end, found.end + 1)) ? found : undefined;
}

function fieldAt(text: string, at: number, field: RegExp): Start | undefined {
  field.lastIndex = at;
  const found = field.exec(text);
  return found === null ? undefined : { ...found.groups, end: field.lastIndex, separator: undefined };
}

/** The separator is what stands between two fields and again behind the second: a key that looks like a field has none such. */
function nextField(text: string, { end, separator }: Start, field: RegExp): Start | undefined {
  const shortest = separator?.length ?? 1;
  for (let length = shortest; length <= (separator?.length ?? longestSeparator); length++) {
    const between = text.slice(end, end + length);
    if (separator !== undefined && between !== separator) return undefined;
    const found = fieldAt(text, end + length, field);
    if (found !== undefined && text.startsWith(between, found.end)) return { ...found, separator: between };
  }
  return undefined;
}

const longestSeparator = 32;

/** A null value, or one that is empty: then blanks at the end of the line are cut off. */
function isWithoutValue(line: string): boolean {
  const start = readStart(`${line}\t`);
  if (start === undefined) return false;
  const rest = line.slice(start.end);
  if (rest.trim() === '') return true;
  return start.separator === undefined ? /\Wnull$/.test(rest) : rest.endsWith(`${start.separator}null`);
}
