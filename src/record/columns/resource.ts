import { firstResourceName, resourceReads } from '../resources.ts';
import { column } from './column.ts';

export const resource = column({
  name: 'resource',
  type: 'text',
  role: 'listed',
  doc: 'Name of the first resource, decoded',
  spelled: 'decoded',
  reads: resourceReads,
  derive: firstResourceName,
});
