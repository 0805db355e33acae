import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';
import type { Operand } from '../query/expr.ts';
import { isInside, type TimeWindow } from '../query/time-window.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Provenance } from '../record/record.ts';
import { compareInstants, type Instant, isInstant, type Moment } from '../record/time.ts';
import type { Fold } from './fold.ts';
import { type Span, spanOf } from './span.ts';

/**
 * Records counted together because they are alike in some columns or paths and in when they happened. Whoever reads
 * groups of records adds each once; whoever reads one by one adds groups of one.
 */
export interface Grouping extends GroupingShape {
  /** In any order, and groups that are alike may come apart. The record is lent. */
  add(group: Group): void;
}

/** What tells groups apart, as plain data. */
export interface GroupingShape {
  /** All that is read of a record, its time apart. */
  readonly reads: readonly Operand[];
  readonly slots: Slots;
  /** Groups in slots from this one on come with their first record; 0 for all, undefined for none. */
  readonly witnessesFrom?: number | undefined;
}

/**
 * How times are told apart, as plain data:
 * - `one`: not at all; every record is in slot 0;
 * - `quarters`: by quarter hours, which every zone's clock changes at; the slot is the second it starts at. Before 1973
 *   by the second, for some clocks were not so tidy then;
 * - `windows`: the slot has bit `i` set for each window `i` that the time is in.
 */
export type Slots =
  | { readonly kind: 'one' }
  | { readonly kind: 'quarters' }
  | { readonly kind: 'windows'; readonly windows: readonly TimeWindow[] };

/** The slot of records without a usable time, where times are told apart. */
export const withoutTime = Number.NEGATIVE_INFINITY;

export interface Group {
  /** Has what the grouping reads, and maybe nothing else. */
  readonly record: AuditRecord;
  readonly slot: number;
  readonly times: number;
  /** Of those that have a usable time. */
  readonly span: Span | undefined;
  /** The first of them. */
  readonly witness: Witness | undefined;
}

/** One record that stands for others: the first in time, and of those without a time or with the same one the first in the input. */
export interface Witness {
  readonly time: Instant | undefined;
  /** Grows with input order. */
  readonly position: number;
  readonly id: string | undefined;
  readonly method: string | undefined;
  readonly at: Pick<Provenance, 'file' | 'line'>;
}

export function slotOf(slots: Slots, time: Moment | undefined): number {
  if (slots.kind === 'one') return 0;
  if (time === undefined) return withoutTime;
  if (slots.kind === 'quarters') return quarterOf(time.second);
  return slots.windows.reduce((slot, window, i) => (isInside(time, window) ? slot | (1 << i) : slot), 0);
}

function quarterOf(second: number): number {
  return second < tidySince ? second : second - (second % quarter);
}

const quarter = 900;
const tidySince = Date.UTC(1973, 0, 1) / 1000;

export interface GroupingFold<T> extends Fold<T> {
  readonly grouping: Grouping;
}

/** Counts records one by one, each a group of its own. */
export function groupingFold<T>(grouping: Grouping, end: () => T): GroupingFold<T> {
  let position = 0;
  return {
    grouping,
    push(batch) {
      for (const record of batch) grouping.add(groupOfOne(record, position++, grouping));
    },
    end,
  };
}

export function groupOfOne(record: AuditRecord, position: number, shape: GroupingShape): Group {
  const time = timeOf(record);
  const slot = slotOf(shape.slots, time);
  return {
    record,
    slot,
    times: 1,
    span: time && spanOf(time, position),
    witness: wantsWitness(shape, slot) ? witnessOf(record, position) : undefined,
  };
}

export function wantsWitness({ witnessesFrom }: GroupingShape, slot: number): boolean {
  return witnessesFrom !== undefined && slot >= witnessesFrom;
}

export function witnessOf(record: AuditRecord, position: number): Witness {
  const { file, line } = record.at;
  const [id, method] = [textOf(record, 'id'), textOf(record, 'method')];
  return { time: timeOf(record), position, id, method, at: { file, line } };
}

function timeOf(record: AuditRecord): Instant | undefined {
  const time = cellOf(record, 'time');
  return isInstant(time) ? time : undefined;
}

function textOf(record: AuditRecord, column: 'id' | 'method'): string | undefined {
  const cell = cellOf(record, column);
  return cell === undefined ? undefined : String(cell);
}

/** The witness of both. */
export function firstWitness(a: Witness | undefined, b: Witness | undefined): Witness | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.time === undefined || b.time === undefined) {
    const lacking = Number(a.time === undefined) - Number(b.time === undefined);
    return (lacking || a.position - b.position) <= 0 ? a : b;
  }
  return (compareInstants(a.time, b.time) || a.position - b.position) <= 0 ? a : b;
}

/** Groups that are held at most. A hostile dump can have a new one in every record. */
export const mostGroups = 500_000;

/** Thrown where there are more: part of the groups would be a wrong answer. `what` is what was grouped by, as typed. */
export function tooManyGroups(what: string): AuditError {
  return new AuditError(
    {
      code: 'too-many-groups',
      message: `more than ${mostGroups.toLocaleString('en-US')} different ${what}: they do not fit in memory`,
      hint: 'group by fewer columns, or narrow the question with a filter or a time window',
    },
    exitCodes.incomplete,
  );
}
