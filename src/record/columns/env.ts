import { scopeId, scopeReads } from '../scope.ts';
import { column } from './column.ts';

export const env = column({
  name: 'env',
  type: 'text',
  role: 'listed',
  doc: 'Environment id',
  spelled: 'decoded',
  reads: scopeReads,
  derive: (found) => scopeId(found, 'env'),
});
