/** Ordinary dumps of any size: the same bytes every time. */

const methods = ['mds.Authorize', 'GetKafkaClusters', 'CreateTopics', 'DeleteStatement', 'kafka.Authentication'];

/** The record number `n`; two records a second from 2026-05-01 on, `u-0` to `u-9` in turn, every tenth failed. */
export function ordinaryRecord(n: number): string {
  const seconds = Math.floor(n / 2);
  const time = new Date(Date.UTC(2026, 4, 1) + seconds * 1000)
    .toISOString()
    .replace('.000Z', n % 2 === 0 ? 'Z' : '.5Z');
  return JSON.stringify({
    specversion: '1.0',
    id: `event-${n}`,
    source: 'crn://confluent.cloud/',
    type: 'io.confluent.cloud/request',
    time,
    subject: 'crn://confluent.cloud/organization=o-1/environment=env-1',
    data: {
      serviceName: 'crn://confluent.cloud/',
      methodName: methods[n % methods.length],
      resourceName: `crn://confluent.cloud/organization=o-1/environment=env-1/cloud-cluster=lkc-${n % 7}`,
      authenticationInfo: { principal: { confluentUser: { resourceId: `u-${n % 10}` } }, result: 'SUCCESS' },
      requestMetadata: { requestId: [`request-${n}`], clientAddress: [{ ip: `192.0.2.${n % 250}` }] },
      result: { status: n % 10 === 9 ? 'FAILURE' : 'SUCCESS' },
    },
  });
}

/** So many ordinary records, a line each. */
export function ordinaryDump(count: number): string {
  return Array.from({ length: count }, (_, n) => `${ordinaryRecord(n)}\n`).join('');
}

/** The bytes as a zstd frame that compresses nothing, for runtimes without a compressor (RFC 8878 §3.1.1). */
export function zstdStored(bytes: Uint8Array): Uint8Array {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length, 5);
  const blocks: Uint8Array[] = [];
  const blockBytes = 128 * 1024;
  for (let at = 0; at === 0 || at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    const isLast = at + blockBytes >= bytes.length;
    const blockHeader = Buffer.alloc(3);
    blockHeader.writeUIntLE((block.length << 3) | Number(isLast), 0, 3);
    blocks.push(blockHeader, block);
  }
  return Buffer.concat([header, ...blocks]);
}
