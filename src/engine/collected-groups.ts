import { firstWitness, type Group, type Grouping, type GroupingShape, type Witness } from '../analyze/grouping.ts';
import { joinSpans, type Sighting, type Span } from '../analyze/span.ts';
import type { Operand } from '../query/expr.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { Cell } from '../record/record.ts';
import { isInstant, plainInstant } from '../record/time.ts';
import { recordOfCells } from './cells-record.ts';

/** Groups counted in one thread, on their way to another. */
export interface CollectedGroups {
  readonly groups: readonly CollectedGroup[];
  /** There were more than can be held. */
  readonly overflowed: boolean;
}

/** One group without its record, of which it has the cells. */
interface CollectedGroup extends Omit<Group, 'record'> {
  readonly cells: readonly (readonly [column: string, cell: Cell])[];
}

/** Whether all that is read are cells, which pass from thread to thread. */
export function canCollect(reads: readonly Operand[]): boolean {
  return reads.every(({ kind }) => kind === 'column');
}

/** Groups that one thread holds at most: they pass as objects, which are large. */
const mostCollected = 100_000;

/** Puts groups that are alike together and keeps them. */
export class GroupCollector implements Grouping {
  readonly reads: GroupingShape['reads'];
  readonly slots: GroupingShape['slots'];
  readonly witnessesFrom: GroupingShape['witnessesFrom'];
  readonly #columns: readonly ColumnName[];
  readonly #groups = new Map<string, CollectedGroup>();
  #overflowed = false;

  /** Nothing more need be counted: what was is of no use. */
  get isFull(): boolean {
    return this.#overflowed;
  }

  constructor({ reads, slots, witnessesFrom }: GroupingShape) {
    this.reads = reads;
    this.slots = slots;
    this.witnessesFrom = witnessesFrom;
    this.#columns = reads.flatMap((operand) => (operand.kind === 'column' ? [operand.name] : []));
  }

  add({ record, slot, times, span, witness }: Group): void {
    const cells = this.#columns.map((column) => [column, plainCell(cellOf(record, column))] as const);
    // Groups with a time and without stay apart, as whoever counts those without a time can only tell by the span.
    const key = JSON.stringify([slot, span === undefined, ...cells.map(([, cell]) => cell ?? null)]);
    const before = this.#groups.get(key);
    if (before === undefined && this.#groups.size >= mostCollected) {
      this.#overflowed = true;
      return;
    }
    this.#groups.set(key, {
      cells,
      slot,
      times: times + (before?.times ?? 0),
      span: span === undefined ? before?.span : joinSpans(before?.span, span),
      witness: firstWitness(before?.witness, witness),
    });
  }

  collected(): CollectedGroups {
    const groups = [...this.#groups.values()].map((group) => ({
      ...group,
      span: group.span && plainSpan(group.span),
      witness: group.witness && plainWitness(group.witness),
    }));
    return { groups, overflowed: this.#overflowed };
  }
}

/** What was collected, as groups again. */
export function giveOn(groups: readonly CollectedGroup[], grouping: Grouping): void {
  for (const { cells, ...group } of groups) grouping.add({ ...group, record: recordOfCells(cells) });
}

/** The lines of witnesses counted from another one. */
export function withLines(
  { groups, overflowed }: CollectedGroups,
  lineOf: (witness: Witness) => number,
): CollectedGroups {
  const placed = groups.map(({ witness, ...group }) => ({
    ...group,
    witness: witness && { ...witness, at: { ...witness.at, line: lineOf(witness) } },
  }));
  return { groups: placed, overflowed };
}

function plainCell(cell: Cell): Cell {
  return isInstant(cell) ? plainInstant(cell) : cell;
}

function plainSpan({ first, last }: Span): Span {
  const plain = ({ time, position }: Sighting): Sighting => ({ time: plainInstant(time), position });
  return { first: plain(first), last: plain(last) };
}

function plainWitness(witness: Witness): Witness {
  return { ...witness, time: witness.time && plainInstant(witness.time) };
}
