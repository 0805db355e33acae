import { existsSync } from 'node:fs';
import { AuditError } from '../diag/diagnostic.ts';
import type { Invocation } from './command.ts';
import { flagsOf } from './flags-of.ts';

/** Operands of `explain` and `methods`: names or globs of methods, and files. A file is what exists, `-`, ends like a dump, or has a slash and is no `/regex/`: no method has one. */
export function splitOperands(operands: readonly string[]): {
  readonly names: readonly string[];
  readonly files: readonly string[];
} {
  return {
    names: operands.filter((operand) => !isFile(operand)),
    files: operands.filter(isFile),
  };
}

function isFile(operand: string): boolean {
  if (operand === '-' || existsSync(operand)) return true;
  return operand.includes('/') ? !/^\/.*\/[imsu]*$/.test(operand) : /\.(ndjson|jsonl?|log|txt|gz|zst)$/i.test(operand);
}

/** Filters and the rest say something about records: without files to read they would be passed over in silence. */
export function refuseReadingFlags({ command, flags: typed }: Invocation): void {
  const reading = flagsOf(command).find(({ group, long }) => group !== 'output' && typed.has(long));
  if (reading === undefined) return;
  throw new AuditError({
    code: 'flag-without-files',
    message: `--${reading.long} is about records, and there are no FILES to read`,
    hint: `audit-cli ${command.name} ${command.operands} --${reading.long} …`,
  });
}
