import { expect, test } from 'vitest';
import { withContext } from '../../src/engine/context.ts';
import { ordered } from '../../src/engine/order.ts';
import type { Stage } from '../../src/engine/stage.ts';
import { cellOf } from '../../src/record/normalize.ts';
import type { AuditRecord, Cell } from '../../src/record/record.ts';
import { recordOf } from '../helpers/records.ts';

/** Collects ids; `--` stands for a gap and `end` for the end. */
function collector(): { stage: Stage; got: string[] } {
  const got: string[] = [];
  const stage: Stage = {
    write(batch) {
      got.push(...batch.map((record) => String(cellOf(record, 'id'))));
      return 'more';
    },
    gap: () => got.push('--'),
    end: () => got.push('end'),
  };
  return { stage, got };
}

function record(id: string, time?: string): AuditRecord {
  return recordOf({ id, type: 'io.confluent.cloud/request', ...(time && { time }), data: {} });
}

const asTheyCame = { keyOf: undefined, reverse: false } as const;

async function atOnce(): Promise<void> {
  return undefined;
}

const letters = (text: string): AuditRecord[] => [...text].map((letter) => record(letter));

test('tail gives the last records on at the end, however they were batched', async () => {
  const { stage, got } = collector();
  const tail = ordered(stage, { ...asTheyCame, wanted: { end: 'last', most: 3 } });

  tail.write(letters('abcd'));
  tail.write(letters('e'));
  await tail.giveOn(atOnce);

  expect(got).toEqual(['c', 'd', 'e', 'end']);
});

test('tail of none gives none', async () => {
  const { stage, got } = collector();
  const tail = ordered(stage, { ...asTheyCame, wanted: { end: 'last', most: 0 } });

  tail.write(letters('abc'));
  await tail.giveOn(atOnce);

  expect(got).toEqual(['end']);
});

test('tail holds copies, because the bytes of a batch are only lent', async () => {
  const seen: string[] = [];
  const tail = ordered(
    {
      write(batch) {
        seen.push(...batch.map(({ raw }) => Buffer.from(raw).toString()));
        return 'more';
      },
      gap: () => undefined,
      end: () => undefined,
    },
    { ...asTheyCame, wanted: { end: 'last', most: 1 } },
  );
  const bytes = Buffer.from('{"type":"a","data":{}}');

  tail.write([{ raw: bytes, at: { file: 'f', line: 1 }, value: {} }]);
  bytes.fill(0);
  await tail.giveOn(atOnce);

  expect(seen).toEqual(['{"type":"a","data":{}}']);
});

const timed = [
  record('c', '2026-01-01T00:00:00.5Z'),
  record('none'),
  record('a', '2026-01-01T00:00:00Z'),
  record('d', '2026-01-01T00:00:00.500000001Z'),
  record('b', '2026-01-01T01:00:00.25+01:00'),
  record('sentinel', '+999999999-12-31T23:59:59.999999999-18:00'),
  record('c2', '2026-01-01T00:00:00.500Z'),
];

test.each([
  { reverse: false, order: ['a', 'b', 'c', 'c2', 'd', 'none', 'sentinel'] },
  { reverse: true, order: ['d', 'c', 'c2', 'b', 'a', 'none', 'sentinel'] },
])(
  'sorting by time goes by instant to the nanosecond, ties keep input order, no time comes last (reverse: $reverse)',
  async ({ reverse, order }) => {
    const { stage, got } = collector();
    const sorted = ordered(stage, { keyOf: (one) => cellOf(one, 'time'), reverse });

    sorted.write(timed.slice(0, 3));
    sorted.write(timed.slice(3));
    await sorted.giveOn(atOnce);

    expect(got).toEqual([...order, 'end']);
  },
);

test.each([
  { reverse: false, order: ['minus', 'nine', 'ten', 'text nine', 'none'] },
  { reverse: true, order: ['text nine', 'ten', 'nine', 'minus', 'none'] },
])('where numbers and texts meet, numbers come before texts (reverse: $reverse)', async ({ reverse, order }) => {
  const { stage, got } = collector();
  const values = { 'text nine': '9', ten: 10, none: undefined, nine: 9, minus: -1.5 };
  const keys = new Map<unknown, Cell>(Object.entries(values));
  const sorted = ordered(stage, { keyOf: (one) => keys.get(one.value.id), reverse });

  sorted.write(Object.keys(values).map((id) => record(id)));
  await sorted.giveOn(atOnce);

  expect(got).toEqual([...order, 'end']);
});

test('reverse alone turns the input round', async () => {
  const { stage, got } = collector();
  const reversed = ordered(stage, { keyOf: undefined, reverse: true, wanted: { end: 'first', most: 2 } });

  reversed.write(letters('abcd'));
  await reversed.giveOn(atOnce);

  expect(got).toEqual(['d', 'c', 'end']);
});

test('a limit keeps what sorts first, not what came first', async () => {
  const { stage, got } = collector();
  const sorted = ordered(stage, {
    keyOf: (one) => cellOf(one, 'id'),
    reverse: true,
    wanted: { end: 'first', most: 2 },
  });
  const ids = Array.from({ length: 5000 }, (_, i) => String((i * 7919) % 5000).padStart(4, '0'));

  for (const id of ids) sorted.write([record(id)]);
  await sorted.giveOn(atOnce);

  expect(got).toEqual(['4999', '4998', 'end']);
});

/** Matches are upper case; what comes out is written with `--` between groups. */
function contextOf(text: string, before: number, after: number): string {
  const { stage, got } = collector();
  const context = withContext(stage, { before, after });
  for (const source of text.split('|')) {
    for (const one of letters(source)) context.write(one, /[A-Z]/.test(String(one.value.id)));
    context.flush();
    context.endOfSource();
  }
  return got.join('');
}

test.each([
  ['abCde', 0, 0, 'C'],
  ['abCde', 1, 1, 'bCd'],
  ['abCde', 9, 9, 'abCde'],
  ['AbcDe', 0, 0, 'A--D'],
  ['AbcDe', 1, 0, 'A--cD'],
  ['AbcDe', 1, 1, 'AbcDe'],
  ['AbcdE', 1, 1, 'Ab--dE'],
  ['ABC', 1, 1, 'ABC'],
  ['abC|def|Gh', 2, 2, 'abC--Gh'],
  ['aB|Cd', 1, 1, 'aB--Cd'],
  ['abc', 3, 3, ''],
])('context of %s, %i before and %i after, is %s', (text, before, after, expected) => {
  expect(contextOf(text, before, after)).toBe(expected);
});
