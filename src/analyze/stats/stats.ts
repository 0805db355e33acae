import type { Operand } from '../../query/expr.ts';
import { operandText } from '../../query/operand.ts';
import type { Cell } from '../../record/record.ts';
import type { Zone } from '../../record/zone.ts';
import { type Group, type Grouping, type GroupingFold, groupingFold, mostGroups } from '../grouping.ts';
import type { Aggregate, Counts } from './aggregates.ts';
import { hourOfDay, isRepeated } from './buckets.ts';
import {
  allKeys,
  compileKey,
  compileTuples,
  isBucket,
  type Key,
  type Keys,
  keyText,
  oncePerSlot,
  tupleText,
} from './keys.ts';
import { orderOfTexts } from './order.ts';
import { type Limit, newLimit, type Part } from './parts.ts';

export interface StatsOptions {
  readonly keys: Keys;
  readonly aggregates: readonly Aggregate[];
  readonly zone: Zone;
  /** Rows, cells of a pivot, and values of an aggregate that are held at most; each. */
  readonly most?: number;
}

export interface Stats {
  /** All that matched. */
  readonly records: number;
  /** Of those, the ones that have no usable time. */
  readonly withoutTime: number;
  /** Where hours of the day are told apart: records of an hour that the clock showed twice. */
  readonly repeated: number;
  /** Most records first, ties by key text. */
  readonly rows: readonly StatsRow[];
  /** Values of the pivot, most records first, ties by text. */
  readonly pivots: readonly PivotValue[];
}

export interface StatsRow {
  readonly keys: readonly Cell[];
  readonly count: number;
  /** One of each aggregate. */
  readonly cells: readonly Cell[];
  /** The first aggregate of those of its records that have one of these values of the pivot; undefined where none has. */
  across(values: readonly PivotValue[]): Cell;
}

export interface PivotValue {
  readonly cell: Cell;
  readonly count: number;
}

export function statsFold({ keys, aggregates, zone, most = mostGroups }: StatsOptions): GroupingFold<Stats> {
  const all = allKeys(keys);
  const named = keys.rows.map(({ name }) => name).join(',');
  const rowLimit = newLimit(most);
  const cellLimit = newLimit(most);
  const valueLimit = newLimit(most);
  const first = aggregates.slice(0, 1);
  const rows = new Map<string, Row>();
  const pivots = new Map<string, { readonly cell: Cell; count: number }>();
  const tuplesOf = compileTuples(keys.rows, zone);
  const valuesOf = keys.pivot === undefined ? () => [] : compileKey(keys.pivot, zone);
  const isOfDay = all.some((key) => isBucket(key, hourOfDay));
  const isTwice = oncePerSlot((slot) => isRepeated(slot, zone));
  let records = 0;
  let withoutTime = 0;
  let repeated = 0;

  const rowOf = (tuple: readonly Cell[]): Row => {
    const text = tupleText(tuple);
    const found = rows.get(text);
    if (found !== undefined) return found;
    rowLimit.take(named);
    const row: Row = { keys: tuple, tally: newTally(aggregates, valueLimit), across: undefined };
    rows.set(text, row);
    return row;
  };

  const addAcross = (row: Row, cell: Cell, group: Group): void => {
    const text = tupleText([cell]);
    row.across ??= new Map();
    const found = row.across.get(text);
    if (found === undefined) cellLimit.take(`${named},${keys.pivot?.name}`);
    const tally = found ?? newTally(first, valueLimit);
    if (found === undefined) row.across.set(text, tally);
    addTo(tally, group);
  };

  const grouping: Grouping = {
    reads: readsOf(all, aggregates),
    slots: { kind: all.some(({ kind }) => kind === 'bucket') ? 'quarters' : 'one' },
    add(group) {
      records += group.times;
      if (group.span === undefined) withoutTime += group.times;
      else if (isOfDay && isTwice(group.slot)) repeated += group.times;
      const values = valuesOf(group);
      for (const cell of values) {
        const text = tupleText([cell]);
        const pivot = pivots.get(text);
        if (pivot === undefined) pivots.set(text, { cell, count: group.times });
        else pivot.count += group.times;
      }
      for (const tuple of tuplesOf(group)) {
        const row = rowOf(tuple);
        addTo(row.tally, group);
        for (const cell of values) addAcross(row, cell, group);
      }
    },
  };

  return groupingFold(grouping, () => ({
    records,
    withoutTime,
    repeated,
    rows: [...rows.values()].sort(byCount).map((row) => rowFor(row, aggregates, records)),
    pivots: [...pivots.values()].sort(
      (a, b) => b.count - a.count || orderOfTexts(keyText(a.cell) ?? '', keyText(b.cell) ?? ''),
    ),
  }));
}

/** All that is read of a record, its time apart. */
function readsOf(keys: readonly Key[], aggregates: readonly Aggregate[]): readonly Operand[] {
  const ofKeys = keys.flatMap((key) => (key.kind === 'field' ? [key.field.operand] : []));
  const operands = [...ofKeys, ...aggregates.flatMap(({ field }) => field?.operand ?? [])];
  const byText = new Map(operands.map((operand) => [operandText(operand), operand]));
  return [...byText.values()].filter((operand) => operand.kind === 'path' || operand.name !== 'time');
}

interface Row {
  readonly keys: readonly Cell[];
  readonly tally: Tally;
  /** By the text of the pivot's value. */
  across: Map<string, Tally> | undefined;
}

interface Tally {
  count: number;
  readonly parts: readonly (Part | undefined)[];
}

function newTally(aggregates: readonly Aggregate[], limit: Limit): Tally {
  const parts = aggregates.some(({ newPart }) => newPart !== undefined)
    ? aggregates.map(({ newPart }) => newPart?.(limit))
    : noParts;
  return { count: 0, parts };
}

/** There may be hundreds of thousands of rows. */
const noParts: Tally['parts'] = [];

function addTo(tally: Tally, group: Group): void {
  tally.count += group.times;
  for (const part of tally.parts) part?.add(group);
}

function byCount(a: Row, b: Row): number {
  return b.tally.count - a.tally.count || orderOfTuples(a.keys, b.keys);
}

function orderOfTuples(a: readonly Cell[], b: readonly Cell[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = a[i] === b[i] ? 0 : orderOfTexts(keyText(a[i]) ?? '', keyText(b[i]) ?? '');
    if (order !== 0) return order;
  }
  return orderOfTexts(tupleText(a), tupleText(b));
}

function rowFor({ keys, tally, across }: Row, aggregates: readonly Aggregate[], records: number): StatsRow {
  const [first] = aggregates;
  return {
    keys,
    count: tally.count,
    cells: aggregates.map((aggregate, i) => aggregate.cellOf({ count: tally.count, records }, tally.parts[i])),
    across(values) {
      const found = values.flatMap(({ cell }) => across?.get(tupleText([cell])) ?? []);
      if (first === undefined || found.length === 0) return undefined;
      const counts: Counts = { count: found.reduce((sum, { count }) => sum + count, 0), records };
      return first.cellOf(counts, joined(first, found));
    },
  };
}

/** Of several values what one part would hold. */
function joined({ newPart }: Aggregate, tallies: readonly Tally[]): Part | undefined {
  const [only, ...more] = tallies;
  if (more.length === 0 || newPart === undefined) return only?.parts[0];
  const whole = newPart(noLimit);
  for (const { parts } of tallies) {
    const [part] = parts;
    if (part !== undefined) whole.join(part);
  }
  return whole;
}

const noLimit: Limit = { take: () => undefined };
