import { firstOf } from '../paths.ts';
import { column } from './column.ts';
import { crns } from './crns.ts';

export const crn = column({
  name: 'crn',
  type: 'text',
  role: 'listed',
  doc: 'First CRN of what was touched',
  spelled: 'rendered',
  reads: crns.reads,
  reductions: { resourceName: 'crn', subject: 'crn', cloudResources: 'unless-named' },
  derive: (found, at) => firstOf(crns.derive(found, at)),
});
