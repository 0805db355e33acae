/** What the tools that read Kafka print, line by line. dump-formats.md, forms 2 to 12. */
import { describe, expect, test } from 'vitest';
import { recordText } from '../helpers/samples.ts';
import { whatLineGives } from '../helpers/what-a-line-gives.ts';

const a = recordText('a', { data: { name: 'Zoë {"x":1}\t}' } });
const text = JSON.stringify(a);
const time = '2026-01-02T03:04:05.678Z';

type Line = readonly [line: string, gives: string | readonly string[]];

const confluentCli: readonly Line[] = [
  [`null\tTimestamp:1767323045678 Partition:3 Offset:812\t${a}`, `a @ 3/812 ${time} confluent-cli`],
  [`null\tTimestamp: 1767323045678 Partition: 3 Offset: 812\t${a}`, `a @ 3/812 ${time} confluent-cli`],
  [`Timestamp:1767323045678 Partition:3 Offset:812\t${a}`, `a @ 3/812 ${time} confluent-cli`],
  [`Partition:3 Offset:812\t${a}`, 'a @ 3/812 no time confluent-cli'],
  [`Timestamp:1767323045678\t${a}`, `a @ / ${time} confluent-cli`],
  [`null\tPartition:3 Offset:812\t${a}`, 'a @ 3/812 no time confluent-cli'],
  [`null\tTimestamp: 1767323045678\t${a}`, `a @ / ${time} confluent-cli`],
  [`null\t${a}`, 'a @ / no time plain'],
  [`my key|Timestamp:1767323045678 Partition:3 Offset:812\t${a}`, `a @ 3/812 ${time} confluent-cli`],
  [`{"key":1}\tTimestamp:1767323045678 Partition:3 Offset:812\t${a}`, `a @ 3/812 ${time} confluent-cli`],
  [`null::Timestamp:1767323045678 Partition:3 Offset:812::${a}`, `a @ 3/812 ${time} confluent-cli`],
  [`key::Timestamp:1767323045678 Partition:3 Offset:812\t${a}`, `a @ 3/812 ${time} confluent-cli`],
  [
    `${'k'.repeat(9000)} Offset:1\tTimestamp:1767323045678 Partition:3 Offset:812\t${a}`,
    `a @ 3/812 ${time} confluent-cli`,
  ],
  [`Timestamp:-1 Partition:3 Offset:812\t${a}`, 'a @ 3/812 no time confluent-cli'],
  [`Timestamp:-62135596800000 Partition:0 Offset:0\t${a}`, 'a @ 0/0 no time confluent-cli'],
  [`Partition:3 Offset:4294967297\t${a}`, 'a @ 3/4294967297 no time confluent-cli'],
  [`Partition:3 Offset:9007199254740993\t${a}`, 'a @ 3/ no time confluent-cli'],
  ['null\tTimestamp:1767323045678 Partition:3 Offset:812\t', 'null-value'],
  ['null\tTimestamp:1767323045678 Partition:3 Offset:812\tnull', 'null-value'],
  ['% Headers: [content-type="application/cloudevents+json; charset=UTF-8"]', 'headers'],
  ['% Headers: [a=nil b=<empty> c="{\\"x\\":0123456789012345678901234567890123456789 (17 more bytes)"]', 'headers'],
  ['% Headers: [a="{}"]\r', 'headers'],
  [`% Headers: [a="${'x'.repeat(9000)}"]`, 'headers'],
  ['% Error: Local: Broker transport failure: {"x":1}', 'consumer-message'],
  ['Starting Kafka Consumer. Use Ctrl-C to exit.', 'consumer-message'],
  ['Stopping Consumer.', 'consumer-message'],
  [`Stopping Consumer.${a}`, 'a @ / no time plain'],
];

const consoleConsumer: readonly Line[] = [
  [`CreateTime:1767323045678\tPartition:3\tOffset:812\tNO_HEADERS\tnull\t${a}`, `a @ 3/812 ${time} console-consumer`],
  [
    `LogAppendTime:1767323045678\tPartition:3\tOffset:812\tk1:v1,k2:v2\tkey\t${a}`,
    `a @ 3/812 ${time} console-consumer`,
  ],
  [`NO_TIMESTAMP\tPartition:3\tOffset:812\tDelivery:1\tNO_HEADERS\tnull\t${a}`, 'a @ 3/812 no time console-consumer'],
  [`CreateTime:1767323045678\tPartition:3\tOffset:812\tDelivery:NONE\t${a}`, `a @ 3/812 ${time} console-consumer`],
  [`CreateTime:1767323045678\t${a}`, `a @ / ${time} console-consumer`],
  [`CreateTime:1767323045678\tnull\t${a}`, `a @ / ${time} console-consumer`],
  [`CreateTime:-1\tOffset:812\t${a}`, 'a @ /812 no time console-consumer'],
  [`CreateTime:1767323045678\tOffset:812\t${a}`, `a @ /812 ${time} console-consumer`],
  [`CreateTime:1767323045678\tPartition:3\t${a}`, `a @ 3/ ${time} console-consumer`],
  [`Partition:3\tOffset:812\tkey\t${a}`, 'a @ 3/812 no time console-consumer'],
  [`CreateTime:1767323045678\tPartition:3\tOffset:812\t{"key":1}\t${a}`, `a @ 3/812 ${time} console-consumer`],
  [`Partition:3\t${a}`, 'a @ 3/ no time console-consumer'],
  [`Offset:812\tPartition:5\t${a}`, 'a @ / no time plain'],
  [`NO_HEADERS\t${a}`, 'a @ / no time console-consumer'],
  [`null\t${a}`, 'a @ / no time plain'],
  [`CreateTime:1767323045678 | Partition:3 | Offset:812 | ${a}`, `a @ 3/812 ${time} console-consumer`],
  [`CreateTime:1767323045678\tPartition:3\tOffset:81${a}`, 'a @ / no time plain'],
  [`CreateTime:1767323045678${a}`, 'a @ / no time plain'],
  [`CreateTime:1767323045678\tmy key Partition:5\t${a}`, 'a @ / no time plain'],
  [`CreateTime:1767323045678\tPartition:3\tOffset:812\tPartition:9\tOffset:1\t${a}`, 'a @ / no time plain'],
  [`CreateTime:1767323045678\tPartition:3\tOffset:4294967297\t${a}`, `a @ 3/4294967297 ${time} console-consumer`],
  [
    `CreateTime:1767323045678\tPartition:3\tOffset:812\tNO_HEADERS\t${'k'.repeat(9000)}\t${a}`,
    `a @ 3/812 ${time} console-consumer`,
  ],
  ['null', 'null-value'],
  ['null\tnull', 'null-value'],
  ['CreateTime:1767323045678\tPartition:3\tOffset:812\tNO_HEADERS\tkey\tnull', 'null-value'],
  ['CreateTime:1767323045678\tnull', 'null-value'],
  ['CreateTime:1767323045678\tPartition:3\tOffset:812\t', 'null-value'],
  ['CreateTime:1767323045678\tPartition:3\tOffset:812\tdull_null', 'not-json: byte 1: expected a value, found C'],
  ['Processed a total of 42 messages', 'consumer-message'],
  ['Processed a total of 1 messages\r', 'consumer-message'],
  ['[2026-01-02 03:04:05,678] WARN [Consumer clientId=console, groupId=g] {} (org.apache.kafka)', 'log-line'],
  ['SLF4J: Class path contains multiple SLF4J bindings.', 'log-line'],
  [`Processed a total of 42 messages${a}`, 'a @ / no time plain'],
];

function kcat(more: Readonly<Record<string, unknown>>): string {
  const usual = { topic: 't', partition: 3, offset: 812, tstype: 'create', ts: 1767323045678, broker: 5, key: null };
  return JSON.stringify({ ...usual, payload: a, ...more });
}

const kcatJson: readonly Line[] = [
  [kcat({}), `a @ 3/812 ${time} kcat-json`],
  [kcat({ headers: ['content-type', 'application/cloudevents+json'] }), `a @ 3/812 ${time} kcat-json`],
  [kcat({ key: '', tstype: 'logappend' }), `a @ 3/812 ${time} kcat-json`],
  [kcat({ tstype: 'unknown', ts: 0 }), 'a @ 3/812 no time kcat-json'],
  [kcat({ ts: -1 }), 'a @ 3/812 no time kcat-json'],
  [kcat({ tstype: undefined, ts: undefined, broker: undefined }), 'a @ 3/812 no time kcat-json'],
  [kcat({ payload: JSON.parse(a), value_schema_id: 7 }), `a @ 3/812 ${time} kcat-json`],
  [kcat({ payload: `${a}\r` }), `a @ 3/812 ${time} kcat-json`],
  [kcat({ payload: `\ufeff ${a}\n` }), `a @ 3/812 ${time} kcat-json`],
  [kcat({ payload: `[${a},${a}]` }), [`a @ 3/812 ${time} kcat-json`, `a @ 3/812 ${time} kcat-json`]],
  [kcat({ offset: 4294967297 }), `a @ 3/4294967297 ${time} kcat-json`],
  [kcat({}).replace('812', '9007199254740993'), `a @ 3/ ${time} kcat-json`],
  [kcat({}).replace('812', '1e400'), `a @ 3/ ${time} kcat-json`],
  [kcat({ ts: 1e300 }), 'a @ 3/812 no time kcat-json'],
  [`{ "payload" : ${text} , "partition" : 3 , "offset" : 812 }`, 'a @ 3/812 no time kcat-json'],
  [kcat({ payload: null }), 'null-value'],
  [
    kcat({ payload: null, payload_error: 'unknown schema' }),
    'not-an-audit-record: kcat could not read it: unknown schema',
  ],
  [kcat({ payload: 'some text' }), 'not-an-audit-record: "payload" holds no JSON'],
  [kcat({ payload: '{"x":1}' }), 'not-an-audit-record: an object without a string "type" or "specversion"'],
  [kcat({ payload: kcat({ partition: 4 }) }), `a @ 4/812 ${time} kcat-json`],
];

const kcatFormat: readonly Line[] = [
  [`1767323045678 3 812 ${a}`, `a @ 3/812 ${time} kcat-format`],
  [`1767323045678\t3\t812\t${a}`, `a @ 3/812 ${time} kcat-format`],
  [`1767323045678,3,812,${a}`, `a @ 3/812 ${time} kcat-format`],
  [`-1 3 812 ${a}`, 'a @ 3/812 no time kcat-format'],
  [`1767323045678 3 4294967297 ${a}`, `a @ 3/4294967297 ${time} kcat-format`],
  [`3 812 ${a}`, 'a @ / no time plain'],
  [`812 ${a}`, 'a @ / no time plain'],
  [`3 812 1767323045678 ${a}`, 'a @ / no time plain'],
  [`1767323045678 3 812 5 ${a}`, 'a @ / no time plain'],
  [`1767323045678 3,812 ${a}`, 'a @ / no time plain'],
  [`key:${a}`, 'a @ / no time plain'],
  [`Key (4 bytes): null Value (812 bytes): ${a}`, 'a @ / no time plain'],
  ['1767323045678 3 812 ', 'null-value'],
  ['1767323045678 3 812 NULL', 'null-value'],
  ['% Auto-selecting Consumer mode (use -P or -C to override)', 'consumer-message'],
  ['% Reached end of topic confluent-audit-log-events [3] at offset 813', 'consumer-message'],
  ['%4|1767323045.678|FAIL|rdkafka#consumer-1| [thrd:b:9092/1]: b:9092/1: Disconnected {x}', 'log-line'],
  [`% Reached end of topic t [3] at offset 813${a}`, 'a @ / no time plain'],
  ['%s {x}', 'not-json: byte 1: expected a value, found %'],
];

function rpkLine(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ topic: 't', value: a, timestamp: 1767323045678, partition: 3, offset: 812, ...more });
}

const rpk: readonly Line[] = [
  [rpkLine({}), `a @ 3/812 ${time} rpk`],
  [rpkLine({ key: 'k', headers: [{ key: 'content-type', value: 'x' }] }), `a @ 3/812 ${time} rpk`],
  [rpkLine({ timestamp: -1, offset: 4294967297 }), 'a @ 3/4294967297 no time rpk'],
  [rpkLine({ value: undefined, key: 'k' }), 'null-value'],
  [
    rpkLine({ value: undefined, value_size: 900 }),
    'not-an-audit-record: rpk was told to leave out the value (--meta-only)',
  ],
  [rpkLine({ value: 'some text' }), 'not-an-audit-record: "value" holds no JSON'],
];

function rest(more: Readonly<Record<string, unknown>>): object {
  return { topic: 't', key: null, value: JSON.parse(a), partition: 3, offset: 812, ...more };
}

const restProxy: readonly Line[] = [
  [JSON.stringify(rest({})), 'a @ 3/812 no time rest-proxy'],
  [JSON.stringify(rest({ value: a })), 'a @ 3/812 no time rest-proxy'],
  [JSON.stringify(rest({ value: null })), 'null-value'],
  [
    JSON.stringify(rest({ value: Buffer.from(a).toString('base64') })),
    'not-an-audit-record: its value is base64: fetch the records in the json format',
  ],
];

describe.each(Object.entries({ confluentCli, consoleConsumer, kcatJson, kcatFormat, rpk, restProxy }))(
  '%s',
  (_, lines) => {
    test.each(lines.map(([line, gives]) => [line.slice(0, 120), line, gives] as const))('%s', (_start, line, gives) => {
      expect(whatLineGives(line)).toEqual(gives);
    });
  },
);

test.each([
  ['the Confluent CLI', (offset: number) => `null\tTimestamp:1767323045678 Partition:3 Offset:${offset}\t`],
  [
    'the console consumer',
    (offset: number) => `CreateTime:1767323045678\tPartition:3\tOffset:${offset}\tNO_HEADERS\tnull\t`,
  ],
  ['kcat -f', (offset: number) => `1767323045678 3 ${offset} `],
])('a prefix of %s cut short by another line tells no wrong offset', (_, prefix) => {
  const torn = prefix(100);
  const places = Array.from({ length: torn.length - 1 }, (_, end) => {
    const line = whatLineGives(torn.slice(0, end) + prefix(812) + a);
    return /^a @ \d*\/(\d*) /.exec(String(line))?.[1];
  });

  expect(places.filter((offset) => offset !== '812' && offset !== '')).toEqual([]);
});
