import type { Group, Grouping, GroupingShape } from '../analyze/grouping.ts';
import { joinSpans, type Sighting, type Span } from '../analyze/span.ts';
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
interface CollectedGroup extends Pick<Group, 'slot' | 'times' | 'span'> {
  readonly cells: readonly (readonly [column: string, cell: Cell])[];
}

/**
 * Whether all that is read are cells, which pass from thread to thread. Where groups bring their first record along, one
 * thread is faster: the others would look into as many records, and hand them over besides.
 */
export function canCollect({ reads, witnessesFrom }: GroupingShape): boolean {
  return witnessesFrom === undefined && reads.every(({ kind }) => kind === 'column');
}

/** Groups that one thread holds at most: they pass as objects, which are large. */
const mostCollected = 50_000;

/** Puts groups that are alike together and keeps them. */
export class GroupCollector implements Grouping {
  readonly reads: GroupingShape['reads'];
  readonly slots: GroupingShape['slots'];
  readonly #columns: readonly ColumnName[];
  readonly #groups = new Map<string, CollectedGroup>();
  #overflowed = false;

  /** Nothing more need be counted: what was is of no use. */
  get isFull(): boolean {
    return this.#overflowed;
  }

  constructor({ reads, slots }: GroupingShape) {
    this.reads = reads;
    this.slots = slots;
    this.#columns = reads.flatMap((operand) => (operand.kind === 'column' ? [operand.name] : []));
  }

  add({ record, slot, times, span }: Group): void {
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
    });
  }

  collected(): CollectedGroups {
    const groups = [...this.#groups.values()].map((group) => ({
      ...group,
      span: group.span && plainSpan(group.span),
    }));
    return { groups, overflowed: this.#overflowed };
  }
}

/** What was collected, as groups again. */
export function giveOn(groups: readonly CollectedGroup[], grouping: Grouping): void {
  for (const { cells, ...group } of groups)
    grouping.add({ ...group, record: recordOfCells(cells), witness: undefined });
}

function plainCell(cell: Cell): Cell {
  return isInstant(cell) ? plainInstant(cell) : cell;
}

function plainSpan({ first, last }: Span): Span {
  const plain = ({ time, position }: Sighting): Sighting => ({ time: plainInstant(time), position });
  return { first: plain(first), last: plain(last) };
}
