import { type AuditRecord, type Cell, notKnown } from '../record/record.ts';

/** A record of which only some cells are known, made in another thread: ask for no others. */
export function recordOfCells(cells: readonly (readonly [column: string, cell: Cell])[]): AuditRecord {
  const known = new Map<string, Cell>(cells);
  return {
    raw: nothing,
    at: { file: '', line: 0 },
    value: {},
    known: (name) => (known.has(name) ? known.get(name) : notKnown),
  };
}

const nothing = new Uint8Array(0);
