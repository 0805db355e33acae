import type { Diagnostic } from '../diag/diagnostic.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { Plan } from '../engine/plan.ts';
import { noiseKinds } from '../input/noise.ts';
import { escapeControls } from '../output/escape.ts';
import { type Styles, styles } from '../output/style.ts';
import { wantsColor } from './color.ts';
import type { Terminal } from './terminal.ts';

/** Text for stderr. Messages may hold text from records, file names and the command line: all of it is escaped here. */

/** `audit-cli: file:line: message`, and what to type next on a line of its own. */
export function renderDiagnostic({ severity, message, at, hint }: Diagnostic, style: Styles): string {
  const place = at === undefined ? '' : `${at.file}${at.line === undefined ? '' : `:${at.line}`}: `;
  const label = severity === 'error' ? '' : `${style[severity](severity)}: `;
  const lines = [`audit-cli: ${label}${escapeControls(`${place}${message}`)}`];
  // A hint may point into an expression with a caret below it, so its line breaks stay.
  if (hint !== undefined) lines.push(...hint.split('\n').map((line) => `  ${escapeControls(line)}`));
  return lines.join('\n');
}

/** The one line that accounts for everything read. `shown`: at most so many matches were printed. */
export function renderAccounting(
  accounting: Accounting,
  plan: Plan,
  {
    dedupe,
    shown,
    seconds,
    passedOver,
  }: { dedupe: boolean; shown: number | undefined; seconds: number; passedOver: number },
): string {
  const { lines, records, malformed, blank, duplicates, conflicting, matched, outsideWindow, withoutTime } = accounting;
  const parts = [
    `read ${count(lines, 'line')}`,
    count(records, 'record'),
    `${digits(malformed)} malformed`,
    passedOver > 0 && `${count(passedOver, 'line')} only counted (--strict checks them)`,
    ...noiseParts(accounting),
    blank > 0 && `${digits(blank)} blank`,
    dedupe && `${count(duplicates, 'duplicate')}${conflicting > 0 ? ` (${digits(conflicting)} conflicting)` : ''}`,
    `${digits(matched)} matched`,
    shown !== undefined && shown < matched && `${digits(shown)} shown`,
    plan.window && `window ${plan.window.from?.text ?? '…'} to ${plan.window.until?.text ?? '…'}`,
    outsideWindow > 0 && `${digits(outsideWindow)} outside it`,
    withoutTime > 0 && `${digits(withoutTime)} without a time`,
    accounting.stopped === 'limit' && 'stopped at the limit, there may be more',
    accounting.stopped === 'interrupted' && 'INTERRUPTED, the rest was not read',
    !accounting.complete && 'INCOMPLETE',
    `${seconds.toFixed(1)} s`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' · ');
}

/** `1,000 lines of headers`, kind by kind. */
export function noiseParts({ noiseByKind }: Accounting): readonly string[] {
  return [...noiseByKind].map(([kind, times]) => {
    const [one, several] = noiseKinds[kind];
    return count(times, one, several);
  });
}

/** The same as an object, for `--stats json` and reports. Documented in docs/reports.md. */
export function accountingObject(accounting: Accounting, plan: Plan): Record<string, unknown> {
  const { malformedByReason, noiseByKind, first, last, diagnostics, stopped, ...counts } = accounting;
  return {
    ...counts,
    malformedByReason: Object.fromEntries(malformedByReason),
    noiseByKind: Object.fromEntries(noiseByKind),
    first: first?.text ?? null,
    last: last?.text ?? null,
    window:
      plan.window === undefined
        ? null
        : { since: plan.window.from?.text ?? null, until: plan.window.until?.text ?? null },
    stopped: stopped ?? null,
    diagnostics: diagnostics.map(({ code, severity, message, at }) => ({ code, severity, message, ...(at && { at }) })),
  };
}

/** JSON text of the value in which nothing drives a terminal: JSON itself lets DEL, C1 and bidi controls pass. */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).split('\n').map(escapeControls).join('\n');
}

/** A fault of our own, told apart from everything that input and command lines can cause. */
export function renderFault(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    'audit-cli: internal error: do not rely on what was printed, and please report this',
    ...trace.split('\n').map((line) => `  ${escapeControls(line.trim())}`),
  ].join('\n');
}

/** Judged apart from stdout: one may be a terminal and the other a file. */
export function stderrStyles(typed: string | undefined, terminal: Terminal): Styles {
  return styles(wantsColor(typed, terminal.env, terminal.stderrIsTerminal));
}

/** `41208` → `41,208`: the same on every machine, whatever its locale. */
export function digits(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${digits(n)} ${n === 1 ? noun : plural}`;
}
