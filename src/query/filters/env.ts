import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const env: Filter = {
  name: 'env',
  placeholder: 'ID',
  help: 'environment id',
  group: 'Where',
  negatable: true,
  takesList: true,
  examples: ['env-1a2b3c', 'env-*'],
  parse: patternsOn('env', { flag: 'env', fold: false }),
};
