/** Lines of dumps as the tools that read Kafka write them. */

/** The line number `n` of a dump with this record on it, in one form after the other, with noise in between. */
function wrappedLine(record: string, n: number): string {
  const form = forms[n % forms.length] ?? ((text: string) => text);
  return `${form(record, n)}\n${n % 7 === 0 ? '% Headers: [content-type="application/cloudevents+json"]\n' : ''}`;
}

/** The dump with every line in the next form. */
export function wrappedDump(dump: Buffer): Buffer {
  const lines = dump.toString().split('\n');
  return Buffer.from(lines.map((line, n) => (line === '' ? '\n' : wrappedLine(line, n))).join(''));
}

const timeOf = (n: number): number => Date.UTC(2026, 4, 1) + n * 137;

const forms: readonly ((record: string, n: number) => string)[] = [
  (record) => record,
  (record, n) => JSON.stringify({ topic: 't', partition: n % 3, offset: n, ts: timeOf(n), key: null, payload: record }),
  (record, n) => JSON.stringify({ topic: 't', partition: n % 3, offset: n, key: '', payload: record }),
  (record, n) => `null\tTimestamp:${timeOf(n)} Partition:${n % 3} Offset:${n}\t${record}`,
  (record, n) => `CreateTime:${timeOf(n)}\tPartition:${n % 3}\tOffset:${n}\tNO_HEADERS\tnull\t${record}`,
  (record, n) => `${timeOf(n)} ${n % 3} ${2 ** 32 + n} ${record}`,
  (record) => `key:${record}`,
  (record, n) => JSON.stringify({ topic: 't', value: record, timestamp: timeOf(n), partition: n % 3, offset: n }),
  (record) => `{"schema":null,"payload":${record}}`,
  (record, n) => JSON.stringify({ topic: 't', partition: n % 3, offset: n, payload: n % 4 === 0 ? null : record }),
];
