import { anyOf, match } from '../combine.ts';
import type { Expr, Test } from '../expr.ts';
import { fold } from '../fold.ts';
import { parseTextPattern } from '../text-pattern.ts';
import type { Filter, FilterContext } from './filter.ts';

export const text: Filter = {
  name: 'text',
  placeholder: 'TEXT',
  help: 'TEXT anywhere in any string value, any case',
  group: 'Any',
  negatable: true,
  takesList: true,
  keepsBlanks: true,
  examples: ['orders', 'drop table', '/drop +table/i'],
  parse: (values, context) => anyOf(values.map((value) => anywhere(value, context))),
};

function anywhere(value: string, context: FilterContext): Expr {
  return match({ kind: 'column', name: 'strings' }, testOf(value, context));
}

/** A glob stands anywhere in the value too: `a*b` finds `xaxbx`. */
function testOf(value: string, { exact }: FilterContext): Test {
  const pattern = parseTextPattern(value, { flag: 'text', exact, fold: true });
  switch (pattern.kind) {
    case 'exact':
      return { kind: 'contains', text: fold(pattern.text) };
    case 'glob':
      return { kind: 'text', pattern: { ...pattern, glob: `*${pattern.glob}*` } };
    case 'regex':
      return { kind: 'text', pattern };
  }
}
