import { scopeId, scopeReads } from '../scope.ts';
import { column } from './column.ts';

export const org = column({
  name: 'org',
  type: 'text',
  role: 'listed',
  doc: 'Organization id',
  spelled: 'decoded',
  reads: scopeReads,
  derive: (found) => scopeId(found, 'org'),
});
