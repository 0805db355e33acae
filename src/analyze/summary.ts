import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { isInstant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import {
  type Activity,
  type ActivityState,
  type Deeds,
  newActivityCounter,
  principalOf,
  verdictOf,
} from './activity.ts';
import type { Facet } from './facet.ts';
import type { Fold } from './fold.ts';
import { type Histogram, type HistogramState, newHistogram } from './histogram.ts';
import { joinSpans, type Span, spanOf } from './span.ts';
import { maxKeys } from './tally.ts';
import { newValueCounter, type TopValues, type ValueCounterState } from './top-values.ts';

export type { Activity } from './activity.ts';
export type { TopValues } from './top-values.ts';

/** What is in these records: the shape of `summary -o json`, documented in docs/reports.md. */
export interface Summary {
  readonly records: number;
  readonly time: { readonly first?: string; readonly last?: string; readonly without: number };
  readonly histogram: Histogram | undefined;
  readonly top: readonly TopValues[];
  readonly changes: Activity;
  readonly denials: Activity;
}

export interface SummaryOptions {
  /** Rows in each section. */
  readonly top: number;
  readonly zone: Zone;
  /** At most so many histogram buckets. */
  readonly buckets: number;
}

/** Whoever reads groups of records feeds `counts`. `push` is for whoever reads one by one; it numbers its records from 0. */
export interface SummaryFold extends Fold<Summary> {
  readonly counts: SummaryCounts;
}

export function summaryFold(options: SummaryOptions): SummaryFold {
  const counts = newSummaryCounts();
  let position = 0;
  return {
    counts,
    push(batch) {
      for (const record of batch) counts.add(record, position++);
    },
    end: () => counts.end(options),
  };
}

/**
 * What a summary counts. Records come whole, through `add`; or in groups, and then each of them is counted once by every
 * facet, once by `addTime` or `addWithoutTime`, and once by `addDeeds` if it has a verdict. Groups of a facet, and deeds,
 * come in the order their first records stand in, or the first keys past a limit are not the first of the input.
 */
export interface SummaryCounts {
  /** `position` grows with input order. */
  add(record: AuditRecord, position: number): void;

  readonly facets: SummaryFacets;
  /** Records of one second, which may come again. `addSpan` says which of all came first and last. */
  addTime(second: number, times: number): void;
  addSpan(span: Span): void;
  addWithoutTime(times: number): void;
  addDeeds(deeds: Deeds): void;

  /** Adds what was counted of other records, before or behind. */
  merge(part: SummaryState): void;
  /** Plain data that a structured clone copies. Lent until more is added. */
  state(): SummaryState;
  /**
   * Whether a limit on distinct values was met. Which ones are told apart then depends on the order of the input, so a sum
   * of parts is of no use: count the whole input again in its order.
   */
  overflowed(): boolean;
  end(options: SummaryOptions): Summary;
}

export interface SummaryFacets {
  /** What `verdictOf` reads is part of it. */
  readonly verdict: Facet;
  /** What `principalOf` reads is part of it. */
  readonly principal: Facet;
  readonly addresses: Facet;
  readonly resource: Facet;
}

export interface SummaryState {
  readonly withTime: number;
  readonly withoutTime: number;
  readonly span: Span | undefined;
  readonly histogram: HistogramState;
  readonly top: Readonly<Record<TopColumn, ValueCounterState>>;
  readonly changes: ActivityState;
  readonly denials: ActivityState;
}

/** In the order of the report. */
const topColumns = [
  'method',
  'principal',
  'result',
  'ips',
  'resourceType',
  'type',
] as const satisfies readonly ColumnName[];

type TopColumn = (typeof topColumns)[number];

export function newSummaryCounts(limit = maxKeys): SummaryCounts {
  let withTime = 0;
  let withoutTime = 0;
  let span: Span | undefined;
  let isMerged = false;
  const histogram = newHistogram();
  const top = forTopColumns((column) => newValueCounter(column, limit));
  const changes = newActivityCounter(limit);
  const denials = newActivityCounter(limit);

  const facetOf = (counted: readonly TopColumn[], alsoRead: readonly ColumnName[] = []): Facet => ({
    columns: [...counted, ...alsoRead],
    add(record, times) {
      for (const column of counted) top[column].add(record, times);
    },
  });
  const facets = {
    verdict: facetOf(['method', 'result', 'type'], ['accessType', 'ok']),
    principal: facetOf(['principal'], ['principalKind']),
    addresses: facetOf(['ips']),
    resource: facetOf(['resourceType']),
  };
  const allFacets = Object.values(facets);

  const addTime = (second: number, times: number): void => {
    withTime += times;
    histogram.add(second, times);
  };
  const addSpan = (wider: Span): void => {
    span = joinSpans(span, wider);
  };
  const addDeeds = (deeds: Deeds): void => {
    if (deeds.verdict.isChange) changes.add(deeds);
    if (deeds.verdict.isDenial) denials.add(deeds);
  };
  const overflowed = (): boolean => [...Object.values(top), changes, denials].some((counter) => counter.overflow() > 0);

  return {
    facets,
    addTime,
    addSpan,
    addWithoutTime(times) {
      withoutTime += times;
    },
    addDeeds,
    add(record, position) {
      const time = cellOf(record, 'time');
      const own = isInstant(time) ? spanOf(time, position) : undefined;
      if (own === undefined) withoutTime++;
      else {
        addTime(own.first.time.second, 1);
        addSpan(own);
      }
      for (const facet of allFacets) facet.add(record, 1);
      const verdict = verdictOf(record);
      if (verdict !== undefined) addDeeds({ verdict, principal: principalOf(record), times: 1, span: own });
    },
    merge(part) {
      isMerged = true;
      withTime += part.withTime;
      withoutTime += part.withoutTime;
      if (part.span !== undefined) addSpan(part.span);
      histogram.merge(part.histogram);
      for (const column of topColumns) top[column].merge(part.top[column]);
      changes.merge(part.changes);
      denials.merge(part.denials);
    },
    state: () => ({
      withTime,
      withoutTime,
      span,
      histogram: histogram.state(),
      top: forTopColumns((column) => top[column].state()),
      changes: changes.state(),
      denials: denials.state(),
    }),
    overflowed,
    end(options) {
      if (isMerged && overflowed()) throw new Error('parts of a summary that met a limit were put together');
      const records = withTime + withoutTime;
      return {
        records,
        time: {
          ...(span && { first: span.first.time.text, last: span.last.time.text }),
          without: withoutTime,
        },
        histogram: histogram.end(options.zone, options.buckets),
        top: topColumns.map((column) => top[column].end(options.top, records)),
        changes: changes.end(options.top),
        denials: denials.end(options.top),
      };
    },
  };
}

function forTopColumns<T>(make: (column: TopColumn) => T): Readonly<Record<TopColumn, T>> {
  const made = topColumns.map((column) => [column, make(column)] as const);
  // The keys are those of `topColumns`, no more and no fewer.
  return Object.fromEntries(made) as Record<TopColumn, T>;
}
