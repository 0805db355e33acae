import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const region: Filter = {
  name: 'region',
  placeholder: 'ID',
  help: 'Flink region',
  group: 'Where',
  negatable: true,
  takesList: true,
  examples: ['aws.us-east-1', '/^aws\\./i'],
  parse: patternsOn('region', { flag: 'region', fold: false }),
};
