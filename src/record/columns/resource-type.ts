import { firstResourceType, resourceReads } from '../resources.ts';
import { column } from './column.ts';

export const resourceType = column({
  name: 'resourceType',
  type: 'text',
  role: 'listed',
  doc: 'Type of the first resource, in lower case with dashes: statement, topic, cloud-cluster …',
  reads: resourceReads,
  derive: firstResourceType,
});
