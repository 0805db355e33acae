/**
 * Groups counted from rows are the groups of the records one by one: the same numbers, first and last times, and the same
 * first record of each.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  firstWitness,
  type Group,
  type Grouping,
  type GroupingShape,
  groupingFold,
  type Slots,
} from '../../src/analyze/grouping.ts';
import { joinSpans } from '../../src/analyze/span.ts';
import { canCollect, GroupCollector, giveOn } from '../../src/engine/collected-groups.ts';
import { groupingTaker } from '../../src/engine/grouping-taker.ts';
import { scanSource } from '../../src/engine/scan-sources.ts';
import { Scanner } from '../../src/engine/scanner.ts';
import type { Source } from '../../src/input/block.ts';
import { readRecords } from '../../src/input/reader.ts';
import type { Operand } from '../../src/query/expr.ts';
import { fieldOf } from '../../src/query/fields.ts';
import { cellOfOperand } from '../../src/query/operand.ts';
import { parseInstant } from '../../src/record/time.ts';
import { projectRoot } from '../helpers/run-cli.ts';
import { dumpOfSeeds, styles } from '../helpers/spellings.ts';

const some = Array.from({ length: 300 }, (_, i) => i);
const incident = Buffer.concat([
  readFileSync(join(projectRoot, 'samples/incident/audit-log-part-1.ndjson')),
  Buffer.from('\n'),
  gunzipSync(readFileSync(join(projectRoot, 'samples/incident/audit-log-part-2.ndjson.gz'))),
]);
const dumps: readonly (readonly [string, Uint8Array])[] = [
  ['the incident', incident],
  ['the incident backwards', Buffer.from(incident.toString('utf8').split('\n').reverse().join('\n'))],
  ...Object.entries(styles).map(([name, style]) => [`${name} lines`, dumpOfSeeds(some, style)] as const),
];

const windows: Slots = {
  kind: 'windows',
  windows: [{ until: instant('2026-03-18T02:00:00.0000005Z') }, { from: instant('2026-03-17T12:00:00Z') }],
};
const keys: readonly (readonly string[])[] = [
  [],
  ['principal', 'method'],
  ['ips'],
  ['resource', 'ok'],
  ['id'],
  ['time'],
  ['data.request.data.environment_id', 'method'],
  ['data.requestMetadata'],
];
const shapes: readonly GroupingShape[] = keys.flatMap((names): GroupingShape[] => {
  const reads = names.map((name) => fieldOf(name).operand);
  return [
    { reads, slots: { kind: 'one' }, witnessesFrom: 0 },
    { reads, slots: { kind: 'quarters' } },
    { reads, slots: windows, witnessesFrom: 0 },
    { reads, slots: windows, witnessesFrom: 2 },
  ];
});

function instant(text: string): NonNullable<ReturnType<typeof parseInstant>> {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

function sourceOf(bytes: Uint8Array): Source {
  return {
    name: 'dump.ndjson',
    rereadable: true,
    async *chunks() {
      yield bytes;
    },
  };
}

/** What came, put together and as plain data. Positions are the readers' own. */
function seenGroups(shape: GroupingShape): Grouping & { readonly all: () => unknown } {
  const groups = new Map<string, Omit<Group, 'record' | 'slot'>>();
  const cells = shape.reads.map((operand: Operand) => cellOfOperand(operand));
  return {
    ...shape,
    add({ record, slot, times, span, witness }) {
      const key = JSON.stringify([slot, ...cells.map((cellOf) => cellOf(record) ?? null)]);
      const before = groups.get(key);
      groups.set(key, {
        times: times + (before?.times ?? 0),
        span: span === undefined ? before?.span : joinSpans(before?.span, span),
        witness: firstWitness(before?.witness, witness),
      });
    },
    all: () =>
      Object.fromEntries(
        [...groups]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, { times, span, witness }]) => [
            key,
            {
              times,
              first: span?.first.time.text,
              last: span?.last.time.text,
              witness: witness && { ...witness, time: witness.time?.text, position: undefined },
            },
          ]),
      ),
  };
}

async function oneByOne(bytes: Uint8Array, shape: GroupingShape): Promise<unknown> {
  const seen = seenGroups(shape);
  const fold = groupingFold(seen, () => undefined);
  for await (const { records } of readRecords(sourceOf(bytes), new AbortController().signal)) fold.push(records);
  return seen.all();
}

async function fromRows(bytes: Uint8Array, grouping: Grouping, blockBytes: number): Promise<void> {
  const taker = groupingTaker(grouping);
  const question = { expr: { kind: 'all' }, rest: { kind: 'all' }, window: undefined } as const;
  const scanner = new Scanner({ question, columns: [], wantsAll: () => false, taker, checkedBytes: 0, blockBytes });
  for await (const _ of scanSource(sourceOf(bytes), new AbortController().signal, scanner, blockBytes));
  taker.flush();
}

function nameOf({ reads, slots, witnessesFrom }: GroupingShape): string {
  const names = reads.map((operand) => (operand.kind === 'column' ? operand.name : operand.path.join('.')));
  return `${names.join(' and ') || 'nothing'}, ${slots.kind}${witnessesFrom === undefined ? '' : `, with the first record from ${witnessesFrom} on`}`;
}

describe.each(dumps)('of %s', (_, bytes) => {
  test.each(shapes.map((shape) => [nameOf(shape), shape] as const))('groups by %s', async (__, shape) => {
    const expected = await oneByOne(bytes, shape);
    for (const blockBytes of [4096, 1_048_576]) {
      const seen = seenGroups(shape);
      await fromRows(bytes, seen, blockBytes);
      expect(seen.all()).toStrictEqual(expected);
    }
    if (!canCollect(shape)) return;
    const collector = new GroupCollector(shape);
    await fromRows(bytes, collector, 4096);
    const given = seenGroups(shape);
    // As it passes from thread to thread.
    giveOn(structuredClone(collector.collected()).groups, given);
    expect(given.all()).toStrictEqual(expected);
  });
});
