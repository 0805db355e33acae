import { AuditError } from '../diag/diagnostic.ts';
import { compareInstants, type Instant, type Moment } from '../record/time.ts';
import { allOf, match } from './combine.ts';
import type { Expr } from './expr.ts';

/** Half-open `[from, until)`; an open end is missing. */
export interface TimeWindow {
  readonly from?: Instant;
  readonly until?: Instant;
}

/** Half-open: `[from, until)`. */
export function isInside(time: Moment, { from, until }: TimeWindow): boolean {
  return (
    (from === undefined || compareInstants(time, from) >= 0) &&
    (until === undefined || compareInstants(time, until) < 0)
  );
}

export function windowMatch(window: TimeWindow): Expr {
  return match({ kind: 'column', name: 'time' }, { kind: 'window', ...window });
}

/** The window that an expression demands of every record, and what it asks for besides. */
export function splitWindow(expr: Expr): { readonly window: TimeWindow | undefined; readonly rest: Expr } {
  const parts = expr.kind === 'and' ? expr.of : [expr];
  const windows: TimeWindow[] = [];
  const others: Expr[] = [];
  for (const part of parts) {
    const window = windowOf(part);
    if (window === undefined) others.push(part);
    else windows.push(window);
  }
  return { window: windows.length === 0 ? undefined : windows.reduce(overlap), rest: allOf(others) };
}

/** Throws for a window that ends before it begins: nobody means that. */
export function checkWindow({ from, until }: TimeWindow): void {
  if (from === undefined || until === undefined || compareInstants(from, until) <= 0) return;
  throw new AuditError({
    code: 'bad-window',
    message: `--since ${from.text} is after --until ${until.text}: no time lies between`,
    hint: 'try --since 2026-05-01 --until 2026-05-02, or --since 2d --until 1d',
  });
}

function windowOf(expr: Expr): TimeWindow | undefined {
  if (expr.kind !== 'match' || expr.test.kind !== 'window') return undefined;
  const { from, until } = expr.test;
  return { ...(from && { from }), ...(until && { until }) };
}

function overlap(a: TimeWindow, b: TimeWindow): TimeWindow {
  const from = a.from && b.from ? latest(a.from, b.from) : (a.from ?? b.from);
  const until = a.until && b.until ? earliest(a.until, b.until) : (a.until ?? b.until);
  return { ...(from && { from }), ...(until && { until }) };
}

export function earliest(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) <= 0 ? a : b;
}

export function latest(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) >= 0 ? a : b;
}
