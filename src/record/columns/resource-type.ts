import { firstResourceType, resourceReads } from '../resources.ts';
import { column } from './column.ts';

export const resourceType = column({
  name: 'resourceType',
  type: 'text',
  role: 'listed',
  doc: 'Type of the first resource, in lower case with dashes: statement, topic, cloud-cluster …',
  reads: resourceReads,
  // Thousands of names have one type: only the types and what is there count.
  reductions: {
    resourceName: 'crn-types',
    subject: 'crn-types',
    cloudResources: 'unless-named-ids',
    checkName: 'presence',
  },
  derive: firstResourceType,
});
