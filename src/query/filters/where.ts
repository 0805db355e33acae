import { anyOf } from '../combine.ts';
import { parseWhere, whereExamples } from '../where.ts';
import type { Filter } from './filter.ts';

export const where: Filter = {
  name: 'where',
  short: 'w',
  placeholder: 'EXPR',
  help: 'an expression over columns and raw paths (help where)',
  group: 'Any',
  negatable: true,
  takesList: false,
  examples: whereExamples,
  parse: (values, context) => anyOf(values.map((value) => parseWhere(value, context))),
};
