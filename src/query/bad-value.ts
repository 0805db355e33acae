import { AuditError } from '../diag/diagnostic.ts';

/** A flag's value that cannot be used: the value as typed, why, and at least two that would do. */
export interface BadValue {
  /** Kebab-case, for scripts. */
  readonly code: string;
  /** The long flag without dashes. */
  readonly flag: string;
  readonly value: string;
  readonly reason: string;
  readonly examples: readonly string[];
  /** Names close to what was typed, best first. */
  readonly near?: readonly string[];
  readonly cause?: unknown;
}

export function badValue({ code, flag, value, reason, examples, near = [], cause }: BadValue): AuditError {
  const meant = near.length === 0 ? '' : `did you mean ${listed(near)}? `;
  return new AuditError(
    { code, message: `--${flag} "${value}": ${reason}`, hint: `${meant}try ${listed(examples)}` },
    2,
    cause,
  );
}

/** `a`, `a or b`, `a, b or c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
