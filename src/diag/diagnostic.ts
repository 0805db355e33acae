/**
 * Trouble as data: a stable code, one plain sentence, the place, and what to type next.
 * Text for the terminal is made in `cli/render.ts`; nothing here prints.
 */

import { type ExitCode, exitCodes } from './exit-codes.ts';

export type Severity = 'error' | 'warning' | 'note';

/** Where in the input something was found. `line` counts from 1 in the decompressed text. */
export interface Place {
  readonly file: string;
  readonly line?: number;
}

export interface Diagnostic {
  /** Stable, kebab-case; scripts may rely on it (`--stats json` lists it). */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what was expected and what was found. May hold text from the input, unescaped. */
  readonly message: string;
  readonly at?: Place;
  /** What to type next. */
  readonly hint?: string;
}

/**
 * Thrown when the question itself cannot be asked (bad flag value, bad expression, no input):
 * the run ends before a record is printed. Trouble with the input is reported, not thrown.
 */
export class AuditError extends Error {
  readonly diagnostic: Diagnostic;
  readonly exitCode: ExitCode;

  constructor(diagnostic: Omit<Diagnostic, 'severity'>, exitCode: ExitCode = exitCodes.usage, cause?: unknown) {
    super(diagnostic.message, cause === undefined ? undefined : { cause });
    this.name = 'AuditError';
    this.diagnostic = { severity: 'error', ...diagnostic };
    this.exitCode = exitCode;
  }
}
