import { randomOf } from './random.ts';

/** A dump as the Confluent CLI writes it with offsets, and what is wrong with it. */
export interface EvidenceOptions {
  readonly records: number;
  readonly seed?: number;
  /** One offset left out, one record delivered again with other content, 50 minutes without an event, the end cut off. */
  readonly damaged: boolean;
}

/** Two partitions; the offsets of the second one need more than 32 bits. */
const firstOffsets = [812, 55_000_000_000] as const;

export function evidenceDump({ records, seed = 4, damaged }: EvidenceOptions): string {
  const random = randomOf(seed);
  const next: number[] = [...firstOffsets];
  let millisecond = Date.UTC(2026, 2, 17, 6, 0, 0);
  const lines: string[] = [];
  for (let i = 0; i < records; i++) {
    millisecond += 15_000 + random.below(60_000);
    if (damaged && i === Math.floor(records / 2)) millisecond += 50 * 60_000;
    const partition = random.below(2);
    const offset = next[partition] ?? 0;
    next[partition] = offset + 1;
    const line = lineOf({ millisecond, partition, offset, number: i, method: random.pick(methods) });
    // The removed one stands between others of its partition.
    if (damaged && i === Math.floor(records / 4)) continue;
    lines.push(line);
  }
  if (!damaged) return `${lines.join('\n')}\n`;
  const altered = (lines[Math.floor(records / 3)] ?? '').replace('192.0.2.7', '198.51.100.9');
  const last = lines.at(-1) ?? '';
  return [...lines.slice(0, -1), altered, last.slice(0, 200)].join('\n');
}

const methods = ['CreateStatement', 'GetStatement', 'DeleteStatement', 'ListWorkspaces'] as const;

interface Place {
  readonly millisecond: number;
  readonly partition: number;
  readonly offset: number;
  readonly number: number;
  readonly method: string;
}

function lineOf({ millisecond, partition, offset, number, method }: Place): string {
  const record = {
    specversion: '1.0',
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    type: 'io.confluent.cloud/request',
    source: 'crn://confluent.cloud/',
    time: new Date(millisecond).toISOString(),
    data: {
      serviceName: 'crn://confluent.cloud/',
      methodName: method,
      authenticationInfo: { principal: { confluentUser: { resourceId: 'u-1abc2d' } } },
      requestMetadata: { clientAddress: [{ ip: '192.0.2.7' }] },
      result: { status: 'SUCCESS' },
    },
  };
  return `null\tTimestamp:${millisecond + 40} Partition:${partition} Offset:${offset}\t${JSON.stringify(record)}`;
}
