import { scopeId, scopeReads } from '../scope.ts';
import { column } from './column.ts';

export const cluster = column({
  name: 'cluster',
  type: 'text',
  role: 'listed',
  doc: 'Cluster id: Kafka, Schema Registry or ksqlDB',
  spelled: 'decoded',
  reads: scopeReads,
  derive: (found) => scopeId(found, 'cluster'),
});
