import { AuditError } from '../diag/diagnostic.ts';

/** Shown when nothing better is known to type instead. */
export const whereExamples: readonly string[] = [
  'result in ("DENY", "FAILURE")',
  'method = "DeleteTopics" and not email exists',
];

export interface FailOptions {
  readonly code?: string;
  /** What to type instead; by default two expressions that work. */
  readonly hint?: string;
}

/** The error for a place in an expression: the line it stands on, a caret under it, and what to type. */
export function fail(text: string, at: number, message: string, options: FailOptions = {}): AuditError {
  const { code = 'bad-expression', hint = `try ${whereExamples.join(', or ')}` } = options;
  return new AuditError({ code, message: `--where: ${message}`, hint: `${pointAt(text, at)}\n${hint}` });
}

const mostShown = 90;

/** The line around `at` and a caret under it; of a long line the part around it. */
function pointAt(text: string, at: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineBreak = text.indexOf('\n', at);
  const line = [...text.slice(lineStart, lineBreak < 0 ? text.length : lineBreak)].map(blankForControl);
  const column = [...text.slice(lineStart, at)].length;
  const from = line.length <= mostShown ? 0 : Math.min(Math.max(0, column - mostShown / 2), line.length - mostShown);
  const shown = line.slice(from, from + mostShown).join('');
  const before = from > 0 ? '…' : '';
  const after = from + mostShown < line.length ? '…' : '';
  return `  ${before}${shown}${after}\n  ${' '.repeat(before.length + column - from)}^`;
}

/** One cell each, so that the caret stands where it should. */
function blankForControl(character: string): string {
  return /[\u0000-\u001f\u007f-\u009f]/.test(character) ? ' ' : character;
}
