import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const service: Filter = {
  name: 'service',
  placeholder: 'NAME',
  help: 'service that wrote the record, any case',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: ['kafka', 'flink', 'cloud'],
  parse: patternsOn('service', { flag: 'service', fold: true }),
};
