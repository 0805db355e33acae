import { scopeId, scopeReads } from '../scope.ts';
import { column } from './column.ts';

export const region = column({
  name: 'region',
  type: 'text',
  role: 'listed',
  doc: 'Flink region',
  spelled: 'decoded',
  reads: scopeReads,
  derive: (found) => scopeId(found, 'region'),
});
