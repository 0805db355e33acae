import { accessOf, accessReads } from '../access.ts';
import { column } from './column.ts';

export const accessType = column({
  name: 'accessType',
  type: 'text',
  role: 'listed',
  doc: 'READ_ONLY or MODIFICATION; derived from the method when not recorded, none for sign-ins and checks',
  reads: accessReads,
  derive: (found) => accessOf(found).access,
});
