import { existsSync } from 'node:fs';

/** Operands of `explain` and `methods`: names or globs of methods, and files. A file is what exists, `-`, or ends like a dump. */
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
  return operand === '-' || /\.(ndjson|jsonl?|log|txt|gz|zst)$/i.test(operand) || existsSync(operand);
}
