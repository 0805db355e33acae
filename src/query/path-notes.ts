import type { Diagnostic } from '../diag/diagnostic.ts';
import type { AuditRecord } from '../record/record.ts';
import type { Expr, PathOperand } from './expr.ts';
import { operandText, valuesOfOperand } from './operand.ts';
import type { Watcher } from './watcher.ts';

/** Watches whether each raw path of an expression leads to a value in any record: one that never does is usually a slip. Undefined without paths. */
export function watchPaths(expr: Expr): Watcher | undefined {
  const paths = new Map(pathsIn(expr).map((path) => [operandText(path), path]));
  if (paths.size === 0) return undefined;
  let missing = [...paths].map(([name, path]) => ({ name, read: valuesOfOperand(path) }));
  let records = 0;
  return {
    see: (record: AuditRecord) => {
      records++;
      if (missing.length > 0) missing = missing.filter(({ read }) => read(record) === undefined);
    },
    reads: [],
    settled: () => missing.length === 0,
    end: () => (records === 0 ? [] : missing.map(({ name }) => noteOn(name, records))),
  };
}

function noteOn(name: string, records: number): Diagnostic {
  const among = records === 1 ? 'the one record' : `any of ${records} records`;
  return { code: 'path-never-present', severity: 'note', message: `${name}: not present in ${among}` };
}

function pathsIn(expr: Expr): PathOperand[] {
  switch (expr.kind) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return expr.of.flatMap(pathsIn);
    case 'not':
      return pathsIn(expr.of);
    case 'match': {
      const operands = expr.test.kind === 'compare' ? [expr.on, expr.test.to] : [expr.on];
      return operands.filter((operand) => operand.kind === 'path');
    }
  }
}
