import { crnReads, everyCrn, someCrn } from '../resources.ts';
import { column } from './column.ts';

export const crnTexts = column({
  name: 'crnTexts',
  type: 'list',
  role: 'search',
  doc: 'Every CRN of the record: resourceName, subject and each cloudResources entry',
  spelled: 'rendered',
  reads: crnReads,
  derive: everyCrn,
  some: someCrn,
});
