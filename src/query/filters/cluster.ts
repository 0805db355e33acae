import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

export const cluster: Filter = {
  name: 'cluster',
  placeholder: 'ID',
  help: 'cluster id (Kafka, Schema Registry, ksqlDB)',
  group: 'Where',
  negatable: true,
  takesList: true,
  examples: ['lkc-1a2b3', 'lsrc-*'],
  parse: patternsOn('cluster', { flag: 'cluster', fold: false }),
};
