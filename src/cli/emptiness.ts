import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Accounting } from '../engine/accounting.ts';
import { lookThrough } from '../engine/reading.ts';
import { type NotAudited, notAudited } from '../query/not-audited.ts';
import type { TimeWindow } from '../query/time-window.ts';
import type { Watcher } from '../query/watcher.ts';
import { cellOf } from '../record/normalize.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Inquiry } from './asking.ts';
import { count } from './render.ts';
import { scanSetting } from './scan-setting.ts';

/**
 * An empty answer says why it may be empty: nothing matched, the time asked for is not in the dump, or nothing of the kind
 * is ever recorded. These are three different findings, and only the first is evidence.
 */

/** From the first to the last event of all records, matched or not. */
export interface Coverage extends Watcher {
  readonly span: () => Span | undefined;
}

interface Span {
  readonly first: Instant;
  readonly last: Instant;
}

/** Settled by the first match, for an answer that is not empty needs no explanation. */
export function watchCoverage(): Coverage {
  let span: Span | undefined;
  let hasMatched = false;
  return {
    see(record, matched) {
      hasMatched ||= matched;
      const time = cellOf(record, 'time');
      if (!isInstant(time)) return;
      if (span === undefined) span = { first: time, last: time };
      else if (compareInstants(time, span.first) < 0) span = { ...span, first: time };
      else if (compareInstants(time, span.last) > 0) span = { ...span, last: time };
    },
    reads: ['time'],
    settled: () => hasMatched,
    end: () => [],
    span: () => span,
  };
}

/** `seen` watched from the start, where the input cannot be read again. */
export async function emptiness(
  inquiry: Inquiry,
  { matched, records, malformed, complete }: Accounting,
  seen: Coverage | undefined,
): Promise<readonly Diagnostic[]> {
  const { question, plan } = inquiry;
  if (matched > 0) return [];
  if (records === 0) return malformed > 0 || !complete ? [] : [noRecords];
  const unaudited = notAudited(question.rest);
  const others = unaudited?.kinds.map((kind) => neverRecorded(kind, unaudited.isAll)) ?? [];
  if (unaudited?.isAll) return others;
  const span = (seen ?? (await coverageOf(inquiry))).span();
  if (inquiry.terminal.signal.aborted) return others;
  return [nothingMatched(records, span, plan.window, inquiry.countsFromNow), ...others];
}

/** Only when nothing matched, so that it costs nothing otherwise. */
async function coverageOf({ terminal, sources, forms }: Inquiry): Promise<Coverage> {
  const coverage = watchCoverage();
  const all = { kind: 'all' } as const;
  await lookThrough({
    setting: scanSetting(terminal.env),
    sources,
    forms,
    question: { expr: all, window: undefined, rest: all },
    columns: coverage.reads,
    wantsMore: () => true,
    see: (record) => coverage.see(record, false),
    signal: terminal.signal,
  });
  return coverage;
}

const noRecords: Diagnostic = {
  code: 'nothing-matched',
  severity: 'note',
  message: 'nothing matched: there is no record in the input',
};

function neverRecorded({ what, instead }: NotAudited, isAll: boolean): Diagnostic {
  return {
    code: 'not-audited',
    severity: 'note',
    message: `${isAll ? 'nothing matched' : 'of what was asked for'}: Confluent Cloud does not audit ${what}`,
    hint: `what is audited: ${instead}`,
  };
}

function nothingMatched(
  records: number,
  span: Span | undefined,
  window: TimeWindow | undefined,
  countsFromNow: boolean,
): Diagnostic {
  const none = `nothing matched: 0 of ${count(records, 'record')}`;
  if (span === undefined)
    return { code: 'nothing-matched', severity: 'note', message: `${none}, none with a usable time` };
  const covers = `the dump covers ${spanText(span)}`;
  const side = window && sideOf(window, span);
  if (window === undefined || side === undefined)
    return { code: 'nothing-matched', severity: 'note', message: `${none}; ${covers}` };
  const asked = windowText(window);
  return {
    code: 'outside-coverage',
    severity: side === 'partly' ? 'note' : 'warning',
    message:
      side === 'partly'
        ? `${none}; ${covers}, which is only a part of the time asked for (${asked})`
        : `nothing matched: the time asked for (${asked}) is ${side} all records; ${covers}`,
    ...(side === 'after' && countsFromNow && { hint: 'try --now last, which counts from the newest record' }),
  };
}

/** Where the window lies when the dump does not cover all of it. An open end asks for no more than there is. */
function sideOf({ from, until }: TimeWindow, { first, last }: Span): 'before' | 'after' | 'partly' | undefined {
  if (from !== undefined && compareInstants(from, last) > 0) return 'after';
  if (until !== undefined && compareInstants(until, first) <= 0) return 'before';
  const isCut =
    (from !== undefined && compareInstants(from, first) < 0) ||
    (until !== undefined && compareInstants(until, last) > 0);
  return isCut ? 'partly' : undefined;
}

function spanText({ first, last }: Span): string {
  return compareInstants(first, last) === 0 ? `${first.text} only` : `${first.text} to ${last.text}`;
}

function windowText({ from, until }: TimeWindow): string {
  if (from === undefined) return `before ${until?.text}`;
  return until === undefined ? `${from.text} or later` : `${from.text} to ${until.text}`;
}
