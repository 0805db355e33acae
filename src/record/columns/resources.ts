import { allResourceNames, resourceReads } from '../resources.ts';
import { column } from './column.ts';

export const resources = column({
  name: 'resources',
  type: 'list',
  role: 'listed',
  doc: 'Names of every resource',
  spelled: 'decoded',
  reads: resourceReads,
  derive: allResourceNames,
});
