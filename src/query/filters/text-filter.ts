import type { ColumnName } from '../../record/columns/index.ts';
import { anyOf, match } from '../combine.ts';
import type { ColumnOperand } from '../expr.ts';
import { fold as foldCase } from '../fold.ts';
import { isPlainText, parseTextPattern } from '../text-pattern.ts';
import type { Filter } from './filter.ts';

/** Parse of a filter whose values are patterns on one column. Plain values become one look-up, however many there are. */
export function patternsOn(name: ColumnName, { flag, fold }: { flag: string; fold: boolean }): Filter['parse'] {
  const on: ColumnOperand = { kind: 'column', name };
  return (values, { exact }) => {
    const plain = values.filter((value) => isPlainText(value, exact));
    const patterns = values.filter((value) => !isPlainText(value, exact));
    const lookUp = match(on, { kind: 'among', values: new Set(fold ? plain.map(foldCase) : plain), fold });
    return anyOf([
      ...(plain.length > 0 ? [lookUp] : []),
      ...patterns.map((value) => match(on, { kind: 'text', pattern: parseTextPattern(value, { flag, exact, fold }) })),
    ]);
  };
}
