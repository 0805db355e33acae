import { principalOf, type Verdict, verdictOf } from '../analyze/activity.ts';
import type { Facet } from '../analyze/facet.ts';
import { type Span, spanOf } from '../analyze/span.ts';
import type { SummaryCounts } from '../analyze/summary.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { isInstant } from '../record/time.ts';
import type { Memo } from '../scan/memo.ts';
import type { ScannedRecords } from '../scan/scanned-records.ts';
import type { RowRange, RowTaker } from './judge.ts';
import { PairTable } from './pair-table.ts';
import { SpanTable } from './span-table.ts';

/**
 * Counts a summary from rows: how often each tuple of a facet came, and for the few records that changed something or
 * were refused each pair of verdict and principal. Everything is handed on in the order first met.
 */
export function summaryTaker(counts: SummaryCounts): RowTaker {
  let taker: TupleCounter | undefined;
  return {
    prepare(records) {
      taker = new TupleCounter(records, counts);
    },
    take: (i, position) => taker?.take(i, position),
    takeAll: (range, position) => taker?.takeAll(range, position),
    takeRecord(record, position) {
      // What was counted before comes before.
      taker?.flush();
      counts.add(record, position);
    },
    flush: () => taker?.flush(),
  };
}

class TupleCounter {
  readonly #records: ScannedRecords;
  readonly #counts: SummaryCounts;
  readonly #facets: readonly FacetCounter[];
  readonly #verdict: FacetCounter;
  readonly #principal: FacetCounter;
  readonly #verdicts: Memo<{ readonly verdict: Verdict | undefined }>;
  /** Rows with a verdict, by the tuples of verdict and principal. */
  readonly #deeds = new PairTable();
  /** All rows. */
  readonly #spans = new SpanTable();
  #second = Number.NaN;
  #times = 0;

  constructor(records: ScannedRecords, counts: SummaryCounts) {
    this.#records = records;
    this.#counts = counts;
    const { verdict, principal, addresses, resource } = counts.facets;
    const counterOf = (facet: Facet): FacetCounter => new FacetCounter(facet, records);
    this.#verdict = counterOf(verdict);
    this.#principal = counterOf(principal);
    this.#facets = [this.#verdict, this.#principal, counterOf(addresses), counterOf(resource)];
    this.#verdicts = records.memos.memo(this.#verdict.group, (tuple) => ({
      verdict: verdictOf(this.#verdict.record(tuple)),
    }));
  }

  take(i: number, position: number): void {
    for (const facet of this.#facets) facet.count(i, i + 1);
    const { rows } = this.#records;
    const hasOddTime = rows.hasOddTime(i);
    if (hasOddTime) this.#noteOddTime(i, position);
    else {
      this.#noteSecond(rows.second(i));
      this.#noteSpan(i, position);
    }
    const verdictTuple = rows.tuple(i, this.#verdict.group);
    const { verdict } = this.#verdicts.of(verdictTuple);
    if (verdict === undefined) return;
    if (hasOddTime) this.#addOddDeed(i, verdict, position);
    else this.#noteDeed(i, verdictTuple, position);
  }

  /** One thing after the other, which is several times as fast as row by row. */
  takeAll({ from, to, earliest, latest }: RowRange, position: number): void {
    const { rows } = this.#records;
    for (const facet of this.#facets) facet.count(from, to);
    for (let i = from; i < to; i++) this.#noteSecond(rows.second(i));
    for (const i of [earliest, latest]) this.#noteSpan(i, position + rows.line(i));
    const { group } = this.#verdict;
    for (let i = from; i < to; i++) {
      const verdictTuple = rows.tuple(i, group);
      const { verdict } = this.#verdicts.of(verdictTuple);
      if (verdict !== undefined) this.#noteDeed(i, verdictTuple, position + rows.line(i));
    }
  }

  flush(): void {
    for (const facet of this.#facets) facet.flush();
    for (const { first, second, times, span } of this.#deeds.pairs()) {
      const { verdict } = this.#verdicts.of(first);
      if (verdict === undefined) continue;
      const principal = principalOf(this.#principal.record(second));
      this.#counts.addDeeds({ verdict, principal, times, span });
    }
    this.#deeds.clear();
    this.#endSecond();
    if (this.#spans.count > 0) this.#counts.addSpan(this.#spans.at(0));
    this.#spans.clear();
  }

  #noteSecond(second: number): void {
    if (second !== this.#second) {
      this.#endSecond();
      this.#second = second;
    }
    this.#times++;
  }

  #noteSpan(i: number, position: number): void {
    this.#spans.widen(0, this.#records.rows, i, position);
  }

  /** Events come in bursts: records of one second are counted at once. */
  #endSecond(): void {
    if (this.#times > 0) this.#counts.addTime(this.#second, this.#times);
    this.#times = 0;
    this.#second = Number.NaN;
  }

  #noteOddTime(i: number, position: number): void {
    const span = this.#oddSpan(i, position);
    if (span === undefined) this.#counts.addWithoutTime(1);
    else {
      this.#counts.addTime(span.first.time.second, 1);
      this.#counts.addSpan(span);
    }
  }

  #oddSpan(i: number, position: number): Span | undefined {
    const time = cellOf(this.#records.record(i), 'time');
    return isInstant(time) ? spanOf(time, position) : undefined;
  }

  #noteDeed(i: number, verdictTuple: number, position: number): void {
    const { rows } = this.#records;
    const principalTuple = rows.tuple(i, this.#principal.group);
    this.#deeds.note(verdictTuple, principalTuple, rows, i, position);
  }

  /** After those before it, which have to be known first. */
  #addOddDeed(i: number, verdict: Verdict, position: number): void {
    this.flush();
    const principal = principalOf(this.#principal.record(this.#records.rows.tuple(i, this.#principal.group)));
    this.#counts.addDeeds({ verdict, principal, times: 1, span: this.#oddSpan(i, position) });
  }
}

/** How often each tuple of a facet came since the last flush. */
class FacetCounter {
  readonly group: number;
  readonly #facet: Facet;
  readonly #records: ScannedRecords;
  readonly #known: Memo<AuditRecord>;
  #times = new Uint32Array(1024);
  /** In the order first met. */
  #met: number[] = [];

  constructor(facet: Facet, records: ScannedRecords) {
    const group = records.groups.addColumns(facet.columns);
    if (group === undefined) throw new Error('a facet reads more than values of the record');
    this.group = group;
    this.#facet = facet;
    this.#records = records;
    this.#known = records.knownRecords(group, facet.columns);
  }

  record(tuple: number): AuditRecord {
    return this.#known.of(tuple);
  }

  /** The rows of `[from, to)`. */
  count(from: number, to: number): void {
    const { group } = this;
    const { rows } = this.#records;
    for (let i = from; i < to; i++) {
      const tuple = rows.tuple(i, group);
      if (tuple >= this.#times.length) this.#grow(tuple);
      const before = this.#times[tuple] ?? 0;
      this.#times[tuple] = before + 1;
      if (before === 0) this.#met.push(tuple);
    }
  }

  flush(): void {
    for (const tuple of this.#met) {
      this.#facet.add(this.record(tuple), this.#times[tuple] ?? 0);
      this.#times[tuple] = 0;
    }
    this.#met = [];
  }

  #grow(tuple: number): void {
    const larger = new Uint32Array(Math.max(tuple + 1, this.#times.length * 2));
    larger.set(this.#times);
    this.#times = larger;
  }
}
