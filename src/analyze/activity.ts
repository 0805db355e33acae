import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { joinSpans, type Span } from './span.ts';
import { newTally, type TallyState } from './tally.ts';

/** Who did what how often, for the few records that matter. */
export interface Activity {
  readonly records: number;
  readonly distinct: number;
  readonly overflow: number;
  readonly rows: readonly ActivityRow[];
}

export interface ActivityRow {
  readonly method: string;
  readonly principal: string;
  readonly result: string;
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
}

/** What a record says was done, for those that count as a change, a denial, or both. */
export interface Verdict {
  readonly method: string;
  readonly result: string;
  readonly isChange: boolean;
  readonly isDenial: boolean;
}

/** Undefined for the many records that neither changed anything nor were refused. */
export function verdictOf(record: AuditRecord): Verdict | undefined {
  const isChange = cellOf(record, 'accessType') === 'MODIFICATION';
  const isDenial = cellOf(record, 'ok') === false;
  if (!isChange && !isDenial) return undefined;
  return { method: textOf(record, 'method'), result: textOf(record, 'result'), isChange, isDenial };
}

export function principalOf(record: AuditRecord): string {
  return textOf(record, 'principal');
}

function textOf(record: AuditRecord, column: 'method' | 'principal' | 'result'): string {
  return String(cellOf(record, column) ?? '');
}

/** Some records that are alike in what was done and by whom. */
export interface Deeds {
  readonly verdict: Verdict;
  readonly principal: string;
  readonly times: number;
  /** Of those that have a usable time. */
  readonly span: Span | undefined;
}

export interface ActivityCounter {
  add(deeds: Deeds): void;
  end(top: number): Activity;
  overflow(): number;
  merge(part: ActivityState): void;
  state(): ActivityState;
}

export interface ActivityState {
  readonly records: number;
  readonly tally: TallyState;
  /** By the keys of the tally; only those told apart have one. */
  readonly spans: ReadonlyMap<string, Span>;
}

export function newActivityCounter(limit: number): ActivityCounter {
  const tally = newTally(limit);
  const spans = new Map<string, Span>();
  let records = 0;

  const widen = (key: string, span: Span): void => {
    spans.set(key, joinSpans(spans.get(key), span));
  };

  return {
    add({ verdict, principal, times, span }) {
      records += times;
      // JSON keeps the parts apart whatever the names hold.
      const key = JSON.stringify([verdict.method, principal, verdict.result]);
      if (tally.add(key, times) && span !== undefined) widen(key, span);
    },
    end: (top) => ({
      records,
      distinct: tally.distinct(),
      overflow: tally.overflow(),
      rows: tally.top(top).map(([key, count]) => {
        const [method = '', principal = '', result = ''] = JSON.parse(key) as string[];
        const span = spans.get(key);
        const times = span && { first: span.first.time.text, last: span.last.time.text };
        return { method, principal, result, count, ...times };
      }),
    }),
    overflow: tally.overflow,
    merge(part) {
      records += part.records;
      tally.merge(part.tally);
      for (const [key, span] of part.spans) if (tally.has(key)) widen(key, span);
    },
    state: () => ({ records, tally: tally.state(), spans }),
  };
}
