import { type ExitCode, exitCodes } from '../diag/exit-codes.ts';
import type { Accounting } from '../engine/accounting.ts';
import type { Invocation } from './command.ts';
import { maxMalformed, switched } from './options.ts';

/** The exit code of a reading command: what its answer is worth. */
export function verdictOf(invocation: Invocation, accounting: Accounting, returnsRecords: boolean): ExitCode {
  // As grep and ripgrep have it: asked only whether there is one, a match settles it.
  if (returnsRecords && switched(invocation, 'quiet') && accounting.matched > 0) return exitCodes.ok;
  if (nothingReadable(accounting)) return exitCodes.usage;
  if (isIncomplete(invocation, accounting)) return exitCodes.incomplete;
  if (returnsRecords && accounting.matched === 0 && !switched(invocation, 'exit-zero')) return exitCodes.nothingMatched;
  return exitCodes.ok;
}

function nothingReadable({ sources, unreadable, lines }: Accounting): boolean {
  return lines === 0 && unreadable > 0 && unreadable >= sources;
}

function isIncomplete(invocation: Invocation, { complete, malformed, lines, diagnostics }: Accounting): boolean {
  if (!complete || diagnostics.some(({ severity }) => severity === 'error')) return true;
  if (switched(invocation, 'strict') && malformed > 0) return true;
  return maxMalformed(invocation)?.(malformed, lines) === true;
}
