import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const requestId: Filter = {
  name: 'request-id',
  placeholder: 'ID',
  help: 'request id, wherever the record has it',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: ['8b4f7ec5693a01fb4a1ae0a24240f944', '@request-ids.txt'],
  parse: patternsOn('requestIds', { flag: 'request-id', fold: false }),
};
