import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const id: Filter = {
  name: 'id',
  placeholder: 'ID',
  help: 'id of the record itself',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: ['d3a4f0f5-6a35-4b7c-9f77-1f2b3c4d5e6f', '@ids.txt'],
  parse: patternsOn('id', { flag: 'id', fold: false }),
};
