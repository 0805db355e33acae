import { expect, test } from 'vitest';
import { spanOf } from '../../src/analyze/span.ts';
import { PairTable } from '../../src/engine/pair-table.ts';
import { instantOf } from '../../src/record/time.ts';
import { noRows, type Rows } from '../../src/scan/rows.ts';
import { randomOf } from '../helpers/random.ts';

interface Noted {
  readonly first: number;
  readonly second: number;
  readonly row: number;
}

/** Times with many equal ones; digits tell them apart. */
function rowsOf(count: number): Rows {
  const random = randomOf(5);
  const seconds = Array.from({ length: count }, () => random.below(50));
  const nanos = Array.from({ length: count }, () => 100_000_000 * random.below(3));
  const digits = Array.from({ length: count }, () => 1 + random.below(9));
  const at =
    (numbers: readonly number[]) =>
    (i: number): number =>
      numbers[i] ?? 0;
  return { ...noRows, second: at(seconds), nano: at(nanos), digits: at(digits) };
}

const rows = rowsOf(60_000);

function noted(table: PairTable, kinds: number, seed: number): Noted[] {
  const random = randomOf(seed);
  return Array.from({ length: 60_000 }, (_, row) => {
    const one = { first: random.below(40), second: random.below(kinds), row };
    table.note(one.first, one.second, rows, row, row);
    return one;
  });
}

/** What a Map makes of the same rows. */
function expected(all: readonly Noted[]): unknown[] {
  const groups = new Map<string, Noted[]>();
  for (const one of all) {
    const key = `${one.first} ${one.second}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].map((group) => {
    const [{ first, second } = { first: 0, second: 0 }] = group;
    const timeOf = ({ row }: Noted): number => rows.second(row) * 10 + rows.nano(row) / 1e8;
    const earliest = Math.min(...group.map(timeOf));
    const latest = Math.max(...group.map(timeOf));
    return {
      first,
      second,
      times: group.length,
      rows: [earliest, latest].map((time) => group.find((one) => timeOf(one) === time)?.row),
    };
  });
}

function found(table: PairTable): unknown[] {
  return [...table.pairs()].map(({ first, second, times, span }) => ({
    first,
    second,
    times,
    rows: [span.first.position, span.last.position],
  }));
}

test('counts what a map of pairs counts, in the order first met, however many there are', () => {
  const table = new PairTable();

  expect(found(table)).toEqual([]);
  for (const [seed, kinds] of [3, 1000].entries()) {
    const all = noted(table, kinds, seed);
    expect(found(table)).toEqual(expected(all));
    table.clear();
  }
});

test('says by number of which pair a row is the earliest so far', () => {
  const table = new PairTable();
  const falling: Rows = { ...noRows, second: (i) => [5, 5, 4, 6, 9][i] ?? 0, nano: () => 0, digits: () => 0 };

  const earliestOf = [0, 1, 2, 3].map((i) => table.note(1, 2, falling, i, i));
  expect([...earliestOf, table.note(1, 3, falling, 4, 4), table.count]).toEqual([0, -1, 0, -1, 1, 2]);
});

test('a time is written with the digits of its row', () => {
  const table = new PairTable();
  const only: Rows = { ...noRows, second: () => 1_790_000_000, nano: () => 500_000_000, digits: () => 3 };
  table.note(1, 2, only, 0, 7);

  const time = instantOf(1_790_000_000, 500_000_000, '500');
  expect([...table.pairs()]).toEqual([{ first: 1, second: 2, times: 1, span: spanOf(time, 7), number: 0 }]);
});
