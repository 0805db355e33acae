import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const credential: Filter = {
  name: 'credential',
  placeholder: 'ID',
  help: 'API key or other credential that signed in',
  group: 'Who',
  negatable: true,
  takesList: true,
  examples: ['ABCDEFGHIJKLMNOP', '@keys.txt'],
  parse: patternsOn('credential', { flag: 'credential', fold: false }),
};
