import { firstText } from '../paths.ts';
import { serviceOf } from '../service.ts';
import { column } from './column.ts';

export const service = column({
  name: 'service',
  type: 'text',
  role: 'listed',
  doc: 'Service that wrote it: cloud, kafka, schema-registry, ksqldb, flink, context-engine …',
  reads: { type: 'type' },
  derive: ({ type }) => serviceOf(firstText(type)),
});
