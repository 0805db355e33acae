import type { Grouping } from '../analyze/grouping.ts';
import { newSummaryCounts, type SummaryCounts, type SummaryState } from '../analyze/summary.ts';
import { groupOfOperand } from '../scan/groups.ts';
import { type CollectedGroups, canCollect, GroupCollector, giveOn } from './collected-groups.ts';
import { groupingTaker } from './grouping-taker.ts';
import type { RowTaker } from './judge.ts';
import { orderTaker } from './order-taker.ts';
import { summaryTaker } from './summary-taker.ts';
import type { TimeOrder } from './time-order.ts';

/** What counts the matches of a question, so that readers need not hand records over. */
export type Counting =
  | { readonly kind: 'summary'; readonly counts: SummaryCounts }
  | { readonly kind: 'groups'; readonly grouping: Grouping }
  | { readonly kind: 'order'; readonly order: TimeOrder };

/** What is counted, as plain data. */
export type CountingTask =
  | { readonly kind: 'summary' }
  | { readonly kind: 'groups'; readonly shape: Pick<Grouping, 'reads' | 'slots'> };

/** What one thread counted, as plain data. */
export type Share =
  | { readonly kind: 'summary'; readonly state: SummaryState }
  | { readonly kind: 'groups'; readonly collected: CollectedGroups };

export function takerOf(counting: Counting): RowTaker {
  switch (counting.kind) {
    case 'summary':
      return summaryTaker(counting.counts);
    case 'groups':
      return groupingTaker(counting.grouping);
    case 'order':
      return orderTaker(counting.order);
  }
}

/** Undefined when it hangs on more than values of the records: then whoever counts has to see each of them. */
export function countingOf(grouping: Grouping | undefined): Counting | undefined {
  if (grouping === undefined || !grouping.reads.every((operand) => groupOfOperand(operand) !== undefined))
    return undefined;
  return { kind: 'groups', grouping };
}

/** For several threads; undefined when only one can count it. */
export function countingTask(counting: Counting): CountingTask | undefined {
  if (counting.kind === 'summary') return { kind: 'summary' };
  if (counting.kind === 'order') return undefined;
  const { grouping } = counting;
  const { reads, slots } = grouping;
  return canCollect(grouping) ? { kind: 'groups', shape: { reads, slots } } : undefined;
}

/** Counts in one of several threads. */
export interface ShareCounter {
  readonly taker: RowTaker;
  share(): Share;
}

export function shareCounter(task: CountingTask): ShareCounter {
  if (task.kind === 'summary') {
    const counts = newSummaryCounts();
    const taker = summaryTaker(counts);
    return {
      taker,
      share() {
        taker.flush();
        return { kind: 'summary', state: counts.state() };
      },
    };
  }
  const collector = new GroupCollector(task.shape);
  const taker = groupingTaker(collector, () => collector.isFull);
  return {
    taker,
    share() {
      taker.flush();
      return { kind: 'groups', collected: collector.collected() };
    },
  };
}

/**
 * Adds up what the threads counted. False, and nothing is added, when that would be wrong: when there were too many
 * different values, which ones are told apart depends on their order.
 */
export function addShares(counting: Counting, shares: readonly Share[]): boolean {
  if (counting.kind === 'summary') {
    const parts = newSummaryCounts();
    for (const share of shares) if (share.kind === 'summary') parts.merge(share.state);
    if (parts.overflowed()) return false;
    counting.counts.merge(parts.state());
    return true;
  }
  // Threads hand over what is put in order block by block.
  if (counting.kind === 'order') return true;
  const all = shares.flatMap((share) => (share.kind === 'groups' ? [share.collected] : []));
  if (all.some(({ overflowed }) => overflowed)) return false;
  for (const { groups } of all) giveOn(groups, counting.grouping);
  return true;
}
