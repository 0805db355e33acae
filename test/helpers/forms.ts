import type { NoiseKind } from '../../src/input/noise.ts';
import { ordinaryRecord } from './dumps.ts';

/**
 * The same records as every producer of dump-formats.md leaves them behind. What a dump is made of is told line by line,
 * so that a test can say what each of them must give, and damage some of them.
 */

/** A record and where it stood in Kafka. */
export interface FormRecord {
  readonly text: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly kafkaTime: number;
}

/** Numbers are those of the records, from 0. */
export interface DumpLine {
  readonly text: string;
  /** Records that are said to stand in this line. */
  readonly starts: readonly number[];
  /** Records that are lost with this line. */
  readonly of: readonly number[];
  readonly noise?: NoiseKind;
}

export interface DumpFile {
  readonly path: string;
  readonly lines: readonly DumpLine[];
}

export interface Form {
  readonly name: string;
  /** What `record.at.form` must be; missing where the record stands as it is. */
  readonly form?: string;
  readonly tells: { readonly place: boolean; readonly kafkaTime: boolean };
  /** False where the producer writes records anew, with the same members but other bytes. */
  readonly keepsBytes: boolean;
  /** Whether what names tell is needed, so that a pipe cannot carry it. */
  readonly needsNames: boolean;
  /** Whether a value may go on in the next line: a line cannot be looked at by itself then. */
  readonly isSpread: boolean;
  files(records: readonly FormRecord[]): readonly DumpFile[];
  /** From UTF-8 with newlines. */
  encode(text: Buffer): Buffer;
}

/** Offsets do not fit into 32 bits, and partition 10 comes behind partition 2. */
export function formRecords(count: number): readonly FormRecord[] {
  const share = Math.ceil(count / 3);
  return Array.from({ length: count }, (_, n) => {
    const text = recordText(n);
    const kafkaTime = Date.parse((JSON.parse(text) as { time: string }).time) + 400 + (n % 7);
    const part = Math.floor(n / share);
    return { text, partition: partitions[part] ?? 0, offset: (starts[part] ?? 0) + (n % share), kafkaTime };
  });
}

const partitions = [2, 10, 11];
const starts = [812, 6_000_000_000, 0];

/** Ordinary records, some of them with texts and spellings on which a reader may stumble. */
function recordText(n: number): string {
  const plain = ordinaryRecord(n);
  const withMember = (member: string): string => `${plain.slice(0, -1)},"note":${member}}`;
  if (n % 97 === 96) return withMember(JSON.stringify('long '.repeat(1000)));
  if (n % 211 === 210) return withMember(JSON.stringify('y'.repeat(40_000)));
  switch (n % 23) {
    case 3:
      return plain.replace(/([,:])"/g, '$1 "');
    case 7:
      return withMember('"caf\\u00e9 a\\/b \\"quoted\\" \\\\ \\ud83e\\udd84"');
    case 11:
      return withMember(JSON.stringify('é 日本 🦄 \u2028 \u007f'));
    case 13:
      return withMember(JSON.stringify('Partition:7 Offset:9\tCreateTime:1\t{"type":"t","data":{}}\r\n% Headers: [x]'));
    case 17:
      return withMember('[{"type":"t","data":{}},[],{},null,1.50e+2,"}]}"]');
    default:
      return plain;
  }
}

const topic = 'confluent-audit-log-events';
const contentType = 'application/cloudevents+json; charset=UTF-8';

type Writer = (record: FormRecord, n: number) => string;

function recordLine(text: string, ...numbers: readonly number[]): DumpLine {
  return { text, starts: numbers, of: numbers };
}

function noiseLine(noise: NoiseKind, text: string): DumpLine {
  return { text, starts: [], of: [], noise };
}

const blankLine: DumpLine = { text: '', starts: [], of: [] };

/** A record on several lines. */
function spreadLines(text: string, n: number): readonly DumpLine[] {
  return text.split('\n').map((line, i) => ({ text: line, starts: i === 0 ? [n] : [], of: [n] }));
}

/** Several records in one value on several lines; each starts in a line that ends like this. */
function spreadTogether(text: string, numbers: readonly number[], opening: string): readonly DumpLine[] {
  let next = 0;
  return text.split('\n').map((line) => {
    const starts = line.endsWith(opening) ? numbers.slice(next, ++next) : [];
    return { text: line, starts, of: numbers };
  });
}

interface FormOptions {
  readonly form?: string;
  readonly place?: boolean;
  readonly kafkaTime?: boolean;
  readonly keepsBytes?: boolean;
  readonly isSpread?: boolean;
  readonly encode?: Form['encode'];
}

function formOf(
  name: string,
  options: FormOptions,
  lines: (records: readonly FormRecord[]) => readonly DumpLine[],
): Form {
  const { form, place = false, kafkaTime = false, keepsBytes = true, isSpread = false, encode } = options;
  return {
    name,
    ...(form !== undefined && { form }),
    tells: { place, kafkaTime },
    keepsBytes,
    isSpread,
    needsNames: false,
    files: (records) => [{ path: 'dump.json', lines: lines(records) }],
    encode: encode ?? ((text) => text),
  };
}

/** Each record on a line, with other lines among them. */
function lineForm(
  name: string,
  options: FormOptions,
  write: Writer,
  {
    first = [],
    behindEach = [],
    last = [],
  }: Partial<Record<'first' | 'behindEach' | 'last', readonly DumpLine[]>> = {},
): Form {
  return formOf(name, options, (records) => [
    ...first,
    ...records.flatMap((record, n) => [recordLine(write(record, n), n), ...behindEach]),
    ...last,
  ]);
}

/** So many records a line. */
function rowForm(
  name: string,
  options: FormOptions,
  perLine: number,
  write: (records: readonly FormRecord[], first: number) => string,
): Form {
  return formOf(name, options, (records) => inRows(records, perLine, write));
}

function inRows(
  records: readonly FormRecord[],
  perLine: number,
  write: (records: readonly FormRecord[], first: number) => string,
): readonly DumpLine[] {
  const rows: DumpLine[] = [];
  for (let at = 0; at < records.length; at += perLine) {
    const part = records.slice(at, at + perLine);
    rows.push(recordLine(write(part, at), ...part.map((_, i) => at + i)));
  }
  return rows;
}

const headersLine = noiseLine(
  'headers',
  `% Headers: [content-type="${contentType}" trace=nil note="{(12 more bytes)" empty=<empty>]`,
);

const json = (value: unknown): string => JSON.stringify(value);
const pretty = (text: string): string => JSON.stringify(JSON.parse(text), undefined, 2);
const indented = (text: string, blanks: string): string => text.replaceAll('\n', `\n${blanks}`);

const kcatHead = ({ partition, offset, kafkaTime }: FormRecord): string =>
  `{"topic":"${topic}","partition":${partition},"offset":${offset},"tstype":"create","ts":${kafkaTime},"broker":5,"headers":["content-type","${contentType}"],"key":"",`;

const rpkObject = ({ text, partition, offset, kafkaTime }: FormRecord): object => ({
  topic,
  key: 'k',
  value: text,
  headers: [{ key: 'content-type', value: contentType }],
  timestamp: kafkaTime,
  partition,
  offset,
});

const restRecord = ({ text, partition, offset }: FormRecord): string =>
  `{"topic":"${topic}","key":null,"value":${text},"partition":${partition},"offset":${offset}}`;

const hecEvent: Writer = ({ text, kafkaTime }) =>
  `{"time":${kafkaTime / 1000},"host":"h","source":"s","sourcetype":"_json","event":${text}}`;

const splunkResult = (text: string): object => ({
  _raw: text,
  _time: '2026-01-02 03:04:05.678 UTC',
  host: 'h',
  index: 'main',
  sourcetype: '_json',
});

const hit: Writer = ({ text }, n) => `{"_index":"audit","_id":"${n}","_score":1,"_source":${text}}`;

const searchResponse = (hits: string): string =>
  `{"took":3,"timed_out":false,"hits":{"total":{"value":9},"max_score":1,"hits":[${hits}]}}`;

const fullPlace = { place: true, kafkaTime: true };

const lineForms: readonly Form[] = [
  lineForm('raw', {}, ({ text }) => text),
  lineForm('Confluent CLI with headers', {}, ({ text }) => text, {
    first: [noiseLine('consumer-message', 'Starting Kafka Consumer. Use Ctrl-C to exit.')],
    behindEach: [headersLine],
    last: [
      noiseLine('consumer-message', '% Error: 401: unauthorized'),
      noiseLine('consumer-message', 'Stopping Consumer.'),
    ],
  }),
  lineForm(
    'Confluent CLI with key, time and offset',
    { form: 'confluent-cli', ...fullPlace },
    ({ text, partition, offset, kafkaTime }) =>
      `null\tTimestamp:${kafkaTime} Partition:${partition} Offset:${offset}\t${text}`,
  ),
  lineForm(
    'Confluent CLI of 2023 with all it prints',
    { form: 'confluent-cli', ...fullPlace },
    ({ text, partition, offset, kafkaTime }, n) =>
      `key ${n}|Timestamp: ${kafkaTime} Partition: ${partition} Offset: ${offset}\t${text}`,
    { behindEach: [headersLine] },
  ),
  lineForm(
    'Confluent CLI with offsets',
    { form: 'confluent-cli', place: true },
    ({ text, partition, offset }) => `Partition:${partition} Offset:${offset}\t${text}`,
  ),
  lineForm('console consumer', {}, ({ text }) => text, {
    first: [
      noiseLine('log-line', '[2026-01-02 03:04:05,678] WARN [Consumer clientId=c] {} (org.apache.kafka.clients)'),
      noiseLine('log-line', 'SLF4J: Class path contains multiple SLF4J bindings.'),
      noiseLine('null-value', 'null'),
    ],
    last: [noiseLine('consumer-message', 'Processed a total of 42 messages')],
  }),
  lineForm(
    'console consumer with all it prints',
    { form: 'console-consumer', ...fullPlace },
    ({ text, partition, offset, kafkaTime }) =>
      `CreateTime:${kafkaTime}\tPartition:${partition}\tOffset:${offset}\tDelivery:1\tcontent-type:${contentType},b:\tkey\t${text}`,
  ),
  lineForm(
    'console consumer without headers and key',
    { form: 'console-consumer', ...fullPlace },
    ({ text, partition, offset, kafkaTime }) =>
      `LogAppendTime:${kafkaTime}\tPartition:${partition}\tOffset:${offset}\tNO_HEADERS\tnull\t${text}`,
  ),
  lineForm(
    'console consumer before Kafka 2.7',
    { form: 'console-consumer', kafkaTime: true },
    ({ text, kafkaTime }) => `CreateTime:${kafkaTime}\tnull\t${text}`,
  ),
  lineForm(
    'console consumer without a time',
    { form: 'console-consumer', place: true },
    ({ text, partition, offset }) => `NO_TIMESTAMP\tPartition:${partition}\tOffset:${offset}\t${text}`,
  ),
  lineForm(
    'kcat -J',
    { form: 'kcat-json', ...fullPlace },
    (record) => `${kcatHead(record)}"payload":${json(record.text)}}`,
    {
      first: [
        noiseLine('consumer-message', '% Auto-selecting Consumer mode (use -P or -C to override)'),
        noiseLine('log-line', '%4|1767323045.678|FAIL|rdkafka#consumer-1| [thrd:x]: x: {connection} timed out'),
      ],
      last: [noiseLine('consumer-message', `% Reached end of topic ${topic} [3] at offset 813`)],
    },
  ),
  lineForm(
    'kcat -J of Windows, with an end of line in each payload',
    { form: 'kcat-json', ...fullPlace },
    (record) => `${kcatHead(record)}"payload":${json(`${record.text}\r\n`)}}`,
  ),
  lineForm(
    'kcat -J with objects',
    { form: 'kcat-json', ...fullPlace },
    (record) => `${kcatHead(record)}"payload":${record.text},"value_schema_id":7}`,
  ),
  lineForm(
    'kcat -J of old builds',
    { form: 'kcat-json', place: true },
    ({ text, partition, offset }) =>
      `{"topic":"${topic}","partition":${partition},"offset":${offset},"key":null,"payload":${json(text)}}`,
  ),
  lineForm(
    "kcat -f '%T %p %o %s\\n'",
    { form: 'kcat-format', ...fullPlace },
    ({ text, partition, offset, kafkaTime }) => `${kafkaTime} ${partition} ${offset} ${text}`,
  ),
  lineForm('kcat -K:', {}, ({ text }, n) => `key-${n}:${text}`),
  lineForm('rpk on one line', { form: 'rpk', ...fullPlace }, (record) => json(rpkObject(record))),
  lineForm('Connect with schemas', { form: 'connect-schema' }, ({ text }, n) =>
    n % 2 === 0
      ? `{"schema":null,"payload":${text}}`
      : `{"schema":{"type":"struct","optional":true,"fields":[{"type":"string","field":"id"}]},"payload":${text}}`,
  ),
  lineForm(
    'Splunk export',
    { form: 'splunk-export' },
    ({ text }, n) => json({ preview: false, offset: n, result: splunkResult(text) }),
    {
      first: [
        noiseLine('search-message', '{"messages":[{"type":"WARN","text":"{slow}"}]}'),
        noiseLine('preview-row', json({ preview: true, offset: 0, result: splunkResult(ordinaryRecord(0)) })),
      ],
      last: [noiseLine('search-end', '{"preview":false,"lastrow":true}')],
    },
  ),
  formOf('Splunk Web export', { form: 'splunk-export' }, (records) =>
    records.map(({ text }, n) =>
      recordLine(
        json({ preview: false, ...(n === records.length - 1 && { lastrow: true }), result: splunkResult(text) }),
        n,
      ),
    ),
  ),
  lineForm('Splunk HEC', { form: 'splunk-hec' }, hecEvent),
  lineForm('Splunk HEC with texts', { form: 'splunk-hec' }, (record, n) =>
    hecEvent({ ...record, text: json(record.text) }, n),
  ),
  lineForm(
    'Datadog attributes',
    { form: 'datadog' },
    ({ text }, n) =>
      `{"_id":"AZ${n}","date":"2026-01-02T03:04:05.678Z","host":"h","source":"confluent","service":"audit","status":"info","message":"","attributes":${text},"tags":["env:prod"]}`,
  ),
  lineForm(
    'Datadog messages',
    { form: 'datadog' },
    ({ text }, n) =>
      `{"_id":"AZ${n}","date":"2026-01-02T03:04:05.678Z","service":"audit","message":${json(text)},"attributes":{},"tags":[]}`,
  ),
  lineForm('Elastic hits', { form: 'elastic' }, hit),
  lineForm('Elastic hits with messages', { form: 'elastic' }, ({ text }, n) =>
    hit({ text: `{"@timestamp":"2026-01-02","message":${json(text)}}` } as FormRecord, n),
  ),
  lineForm(
    'ECS',
    { form: 'elastic' },
    ({ text }) => `{"@timestamp":"2026-01-02","event":{"original":${json(text)}},"message":"short"}`,
  ),
  formOf('Elastic bulk file', {}, (records) =>
    records.flatMap(({ text }, n) => [
      noiseLine('bulk-action', `{"index":{"_index":"audit","_id":"${n}"}}`),
      recordLine(text, n),
    ]),
  ),
  rowForm('Elastic search responses', { form: 'elastic' }, 9, (records, first) =>
    searchResponse(records.map((record, i) => hit(record, first + i)).join(',')),
  ),
  lineForm(
    'Google Cloud Logging',
    { form: 'cloud-log' },
    ({ text }) => `{"insertId":"x","jsonPayload":${text},"timestamp":"2026-01-02T03:04:06Z"}`,
  ),
  lineForm(
    'CloudWatch',
    { form: 'cloud-log' },
    ({ text, kafkaTime }) => `{"timestamp":${kafkaTime},"message":${json(text)},"ingestionTime":1}`,
  ),
  rowForm('Event Hubs', { form: 'cloud-log' }, 5, (records) => {
    return `{"records":[${records.map(({ text }) => text).join(',')}]}`;
  }),
  lineForm('RFC 7464', {}, ({ text }) => `\u001e${text}`),
  lineForm('NUL padding', {}, ({ text }, n) => `${'\0'.repeat(n % 4)}${text}${'\0'.repeat(n % 3)}`, {
    behindEach: [{ ...blankLine, text: '\0\0\0' }],
  }),
];

/** Lines with several values. */
const severalForms: readonly Form[] = [
  lineForm(
    'Confluent CLI with a JSON key',
    { form: 'confluent-cli', ...fullPlace },
    ({ text, partition, offset, kafkaTime }, n) =>
      `{"key":[${n},"{"]};Timestamp:${kafkaTime} Partition:${partition} Offset:${offset}\t${text}`,
  ),
  lineForm(
    'console consumer with another separator',
    { form: 'console-consumer', ...fullPlace },
    ({ text, partition, offset, kafkaTime }, n) =>
      `CreateTime:${kafkaTime} | Partition:${partition} | Offset:${offset} | {"key":${n}} | ${text}`,
  ),
  rowForm('REST proxy, a line for each answer', { form: 'rest-proxy', place: true }, 7, (records) => {
    return `[${records.map(restRecord).join(',')}]`;
  }),
  rowForm('Splunk HEC, several a line', { form: 'splunk-hec' }, 3, (records, first) =>
    records.map((record, i) => hecEvent(record, first + i)).join(''),
  ),
];

const encodings: readonly Form[] = [
  lineForm('byte order mark', { encode: (text) => Buffer.concat([Buffer.from('\ufeff'), text]) }, ({ text }) => text),
  lineForm('CRLF', { encode: withCarriageReturns }, ({ text }) => text, { behindEach: [blankLine] }),
  lineForm('UTF-16LE of PowerShell', { encode: (text) => utf16(withCarriageReturns(text)) }, ({ text }) => text),
  lineForm(
    'Confluent CLI in UTF-16LE',
    { form: 'confluent-cli', ...fullPlace, encode: (text) => utf16(withCarriageReturns(text)) },
    ({ text, partition, offset, kafkaTime }) =>
      `null\tTimestamp:${kafkaTime} Partition:${partition} Offset:${offset}\t${text}`,
    { behindEach: [headersLine] },
  ),
];

/** What is spread over lines, or stands on one line as a whole. */
const wholeForms: readonly Form[] = [
  formOf('rpk', { form: 'rpk', ...fullPlace, isSpread: true }, (records) =>
    records.flatMap((record, n) => spreadLines(JSON.stringify(rpkObject(record), undefined, 2), n)),
  ),
  formOf('REST proxy in one array', { form: 'rest-proxy', place: true }, (records) => [
    recordLine(`[${records.map(restRecord).join(',')}]`, ...records.keys()),
  ]),
  formOf('Splunk results', { form: 'splunk-export' }, (records) => [
    recordLine(
      json({ preview: false, init_offset: 0, results: records.map(({ text }) => splunkResult(text)) }),
      ...records.keys(),
    ),
  ]),
  formOf('Splunk HEC without newlines', { form: 'splunk-hec' }, (records) => [
    recordLine(records.map(hecEvent).join(''), ...records.keys()),
  ]),
  formOf('Elastic search response', { form: 'elastic' }, (records) => [
    recordLine(searchResponse(records.map(hit).join(',')), ...records.keys()),
  ]),
  formOf('Elastic search response, pretty', { form: 'elastic', keepsBytes: false, isSpread: true }, (records) =>
    spreadTogether(pretty(searchResponse(records.map(hit).join(','))), [...records.keys()], '"_source": {'),
  ),
  formOf('array on one line', {}, (records) => [
    recordLine(`[${records.map(({ text }) => text).join(',')}]`, ...records.keys()),
  ]),
  formOf('array with a record on each line', { isSpread: true }, (records) => [
    noiseLine('punctuation', '['),
    ...records.map(({ text }, n) => recordLine(`${text}${n === records.length - 1 ? '' : ','}`, n)),
    noiseLine('punctuation', ']'),
  ]),
  formOf('array with its brackets beside records', { isSpread: true }, (records) =>
    records.map(({ text }, n) => recordLine(`${n === 0 ? '[' : ' '}${text}${n === records.length - 1 ? ']' : ','}`, n)),
  ),
  formOf('array with commas in front', { isSpread: true }, (records) => [
    ...records.map(({ text }, n) => recordLine(`${n === 0 ? '[' : ','}${text}`, n)),
    noiseLine('punctuation', ']'),
  ]),
  formOf('pretty array', { keepsBytes: false, isSpread: true }, (records) => [
    noiseLine('punctuation', '['),
    ...records.flatMap(({ text }, n) =>
      spreadLines(`  ${indented(pretty(text), '  ')}${n === records.length - 1 ? '' : ','}`, n),
    ),
    noiseLine('punctuation', ']'),
  ]),
  formOf('records of jq', { keepsBytes: false, isSpread: true }, (records) =>
    records.flatMap(({ text }, n) => spreadLines(pretty(text), n)),
  ),
  formOf(
    'records of jq behind a prefix',
    { keepsBytes: false, isSpread: true, form: 'confluent-cli', ...fullPlace },
    (records) =>
      records.flatMap(({ text, partition, offset, kafkaTime }, n) =>
        spreadLines(`null\tTimestamp:${kafkaTime} Partition:${partition} Offset:${offset}\t${pretty(text)}`, n),
      ),
  ),
];

/** What names of files tell. */
const treeForms: readonly Form[] = [
  tree('Connect', ({ partition }) => `topics/${topic}/partition=${partition}`, 'json'),
  tree('Connect with folders by time', () => `topics/${topic}/year=2026/month=05/day=01/hour=00`, 'bin'),
];

/** Two files for each partition, with keys and headers beside them. */
function tree(name: string, folderOf: (record: FormRecord) => string, extension: string): Form {
  return {
    ...formOf(name, { place: true }, () => []),
    needsNames: true,
    files: (records) => {
      const files = new Map<string, { path: string; lines: DumpLine[] }>();
      for (const [n, record] of records.entries()) {
        const isFirstOfPartition = records[n - 1]?.partition !== record.partition;
        const isSecondHalf = n % 100 === 60;
        if (isFirstOfPartition || isSecondHalf) {
          const start = String(record.offset).padStart(10, '0');
          const stem = `${folderOf(record)}/${topic}+${record.partition}+${start}`;
          for (const sibling of ['keys', 'headers'])
            files.set(`${stem}.${sibling}`, {
              path: `${stem}.${sibling}.${extension}`,
              lines: [{ ...blankLine, text: record.text }],
            });
          files.set('current', { path: `${stem}.${extension}`, lines: [] });
          files.set(stem, files.get('current') as { path: string; lines: DumpLine[] });
        }
        files.get('current')?.lines.push(recordLine(record.text, n));
      }
      files.delete('current');
      return [...files.values()];
    },
  };
}

export const forms: readonly Form[] = [...lineForms, ...severalForms, ...encodings, ...wholeForms, ...treeForms];

/** Those whose lines may stand in one file, in any order. */
export const mixableForms: readonly Form[] = [...lineForms, ...severalForms];

/** As the producer writes it. */
export function dumpBytes({ encode }: Pick<Form, 'encode'>, lines: readonly DumpLine[]): Buffer {
  return encode(Buffer.from(lines.map(({ text }) => `${text}\n`).join('')));
}

function withCarriageReturns(text: Buffer): Buffer {
  return Buffer.from(text.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

function utf16(text: Buffer): Buffer {
  return Buffer.from(`\ufeff${text.toString('utf8')}`, 'utf16le');
}
