import { expect, it } from 'vitest';
import { connect } from '../../../src/input/envelopes/connect.ts';
import { nothing, told } from '../helpers/dump-line.ts';
import { recordText } from '../helpers/samples.ts';

const topics = 'topics/confluent-audit-log-events';

it.each([
  [`${topics}/partition=3/confluent-audit-log-events+3+0000000812.json`, 3, 812],
  [`${topics}/partition=3/confluent-audit-log-events+3+0000000812.json.gz`, 3, 812],
  [`${topics}/year=2026/month=01/day=02/hour=03/confluent-audit-log-events+11+0000000000.json.gz`, 11, 0],
  ['audit+0+0000000007.bin', 0, 7],
  ['audit+0+0000000007.bin.gz', 0, 7],
  ['exports/audit+0+5000000007.json', 0, 5_000_000_007],
  ['exports\\audit+0+0000000007.json', 0, 7],
  ['a+topic+with+plus+2+0000000040.json', 2, 40],
  ['1+2+3.json', 2, 3],
  ['partition=4/audit-log-4-0000000040.json', 4, 40],
  ['partition=4/audit_4_0000000040.bin', 4, 40],
])('the name %s tells the place of its records', (path, partition, startOffset) => {
  expect(connect.fileName?.(path)).toEqual({ partition, startOffset });
});

it.each([
  ['dump.json'],
  ['audit+3.json'],
  ['+3+0000000812.json'],
  ['audit+x+0000000812.json'],
  ['audit+3+0000000812.avro'],
  ['audit+3+0000000812.json (copy)'],
  ['audit+3+0000000812.keys.json'],
  ['audit-2026-1767323045.json'],
  ['partition=5/audit+4+0000000040.json'],
  ['partition=5/audit-4-0000000040.json'],
  ['audit+3+9999999999999999999.json'],
  ['audit+3+0000000812.json/dump.json'],
])('the name %s tells nothing', (path) => {
  expect(connect.fileName?.(path)).toBeUndefined();
});

it('counts offsets by lines, also over null values and lines cut in two', async () => {
  const lines = [recordText('a'), 'null', '{"specversion":', recordText('d')];

  expect(await told(lines, { file: 'x/t+1+0000000100.json' })).toEqual({
    ...nothing,
    records: ['a 1/100', 'd 1/103'],
    noise: ['1 null-value'],
    malformed: ['unexpected end after 15 bytes, expected a value'],
  });
});

it('leaves the place to what a line itself says', async () => {
  const line = `Timestamp:1767323045678 Partition:3 Offset:812\t${recordText('a')}`;

  expect(await told(line, { file: 't+1+0000000100.json' })).toEqual({ ...nothing, records: ['a confluent-cli 3/812'] });
});
