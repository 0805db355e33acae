import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const org: Filter = {
  name: 'org',
  placeholder: 'ID',
  help: 'organization id',
  group: 'Where',
  negatable: true,
  takesList: true,
  examples: ['a54cc637-ab71-490c-b371-32e71531898c', '/^a54c/'],
  parse: patternsOn('org', { flag: 'org', fold: false }),
};
