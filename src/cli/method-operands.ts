import { existsSync } from 'node:fs';

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
  return operand.includes('/') ? !/^\/.*\/[a-z]*$/.test(operand) : /\.(ndjson|jsonl?|log|txt|gz|zst)$/i.test(operand);
}
