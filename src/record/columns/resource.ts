import { firstResourceName, resourceReads } from '../resources.ts';
import { column } from './column.ts';

export const resource = column({
  name: 'resource',
  type: 'text',
  role: 'listed',
  doc: 'Name of the first resource, decoded',
  spelled: 'decoded',
  reads: resourceReads,
  // The first of all that was touched, and CRNs come first.
  reductions: { resourceName: 'crn', subject: 'crn', cloudResources: 'unless-named' },
  derive: firstResourceName,
});
