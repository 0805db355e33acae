import { principalOf, type Verdict, verdictOf } from '../analyze/activity.ts';
import type { Facet } from '../analyze/facet.ts';
import { type Sighting, type Span, spanOf } from '../analyze/span.ts';
import type { SummaryCounts } from '../analyze/summary.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { isInstant, writtenInstant } from '../record/time.ts';
import type { Memo } from '../scan/memo.ts';
import type { Rows } from '../scan/rows.ts';
import type { ScannedRecords } from '../scan/scanned-records.ts';
import type { RowTaker } from './scanner.ts';

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
  /** By verdict and principal tuple. */
  readonly #deeds = new Map<number, Deed>();
  #span: NumericSpan | undefined;
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
    this.#verdicts = records.memos.memo((tuple) => ({ verdict: verdictOf(this.#verdict.record(tuple)) }));
  }

  take(i: number, position: number): void {
    for (const facet of this.#facets) facet.count(i);
    const { rows } = this.#records;
    const hasOddTime = rows.hasOddTime(i);
    if (hasOddTime) this.#noteOddTime(i, position);
    else this.#noteTime(i, position);
    const verdictTuple = rows.tuple(i, this.#verdict.group);
    const { verdict } = this.#verdicts.of(verdictTuple);
    if (verdict === undefined) return;
    if (hasOddTime) this.#addOddDeed(i, verdict, position);
    else this.#noteDeed(i, verdictTuple * pairStep + rows.tuple(i, this.#principal.group), position);
  }

  flush(): void {
    for (const facet of this.#facets) facet.flush();
    for (const [key, { times, span }] of this.#deeds) {
      const { verdict } = this.#verdicts.of(Math.floor(key / pairStep));
      if (verdict === undefined) continue;
      const principal = principalOf(this.#principal.record(key % pairStep));
      this.#counts.addDeeds({ verdict, principal, times, span: span.span() });
    }
    this.#deeds.clear();
    this.#endSecond();
    if (this.#span !== undefined) this.#counts.addSpan(this.#span.span());
    this.#span = undefined;
  }

  #noteTime(i: number, position: number): void {
    const second = this.#records.rows.second(i);
    if (second !== this.#second) {
      this.#endSecond();
      this.#second = second;
    }
    this.#times++;
    if (this.#span === undefined) this.#span = new NumericSpan(this.#records, i, position);
    else this.#span.widen(this.#records, i, position);
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

  #noteDeed(i: number, key: number, position: number): void {
    const deed = this.#deeds.get(key);
    if (deed === undefined) this.#deeds.set(key, { times: 1, span: new NumericSpan(this.#records, i, position) });
    else {
      deed.times++;
      deed.span.widen(this.#records, i, position);
    }
  }

  /** After those before it, which have to be known first. */
  #addOddDeed(i: number, verdict: Verdict, position: number): void {
    this.flush();
    const principal = principalOf(this.#principal.record(this.#records.rows.tuple(i, this.#principal.group)));
    this.#counts.addDeeds({ verdict, principal, times: 1, span: this.#oddSpan(i, position) });
  }
}

interface Deed {
  times: number;
  readonly span: NumericSpan;
}

/** More than there are tuples of a group at a time. */
const pairStep = 2 ** 20;

/** How often each tuple of a facet came since the last flush. */
class FacetCounter {
  readonly group: number;
  readonly #facet: Facet;
  readonly #records: ScannedRecords;
  readonly #skeletons: Memo<AuditRecord>;
  #times = new Uint32Array(1024);
  /** In the order first met. */
  #met: number[] = [];

  constructor(facet: Facet, records: ScannedRecords) {
    const group = records.groups.addColumns(facet.columns);
    if (group === undefined) throw new Error('a facet reads more than values of the record');
    this.group = group;
    this.#facet = facet;
    this.#records = records;
    this.#skeletons = records.skeletons(group);
  }

  record(tuple: number): AuditRecord {
    return this.#skeletons.of(tuple);
  }

  count(i: number): void {
    const tuple = this.#records.rows.tuple(i, this.group);
    if (tuple >= this.#times.length) this.#grow(tuple);
    const before = this.#times[tuple] ?? 0;
    this.#times[tuple] = before + 1;
    if (before === 0) this.#met.push(tuple);
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

/** The earliest and latest row of some, without an object for each row. The first met keeps its place among equal ones. */
class NumericSpan {
  readonly #first: NumericTime;
  readonly #last: NumericTime;

  constructor({ rows }: ScannedRecords, i: number, position: number) {
    this.#first = numericTime(rows, i, position);
    this.#last = numericTime(rows, i, position);
  }

  widen({ rows }: ScannedRecords, i: number, position: number): void {
    const second = rows.second(i);
    const nano = rows.nano(i);
    const first = this.#first;
    if (second < first.second || (second === first.second && nano < first.nano)) {
      setTime(first, rows, i, position);
      return;
    }
    const last = this.#last;
    if (second > last.second || (second === last.second && nano > last.nano)) setTime(last, rows, i, position);
  }

  span(): Span {
    return { first: sightingOf(this.#first), last: sightingOf(this.#last) };
  }
}

interface NumericTime {
  second: number;
  nano: number;
  digits: number;
  position: number;
}

function numericTime(rows: Rows, i: number, position: number): NumericTime {
  return { second: rows.second(i), nano: rows.nano(i), digits: rows.digits(i), position };
}

function setTime(time: NumericTime, rows: Rows, i: number, position: number): void {
  time.second = rows.second(i);
  time.nano = rows.nano(i);
  time.digits = rows.digits(i);
  time.position = position;
}

function sightingOf({ second, nano, digits, position }: NumericTime): Sighting {
  return { time: { second, nano, text: writtenInstant(second, nano, digits) }, position };
}
