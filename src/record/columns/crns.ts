import { crnReads, touchedCrns } from '../resources.ts';
import { column } from './column.ts';

export const crns = column({
  name: 'crns',
  type: 'list',
  role: 'listed',
  doc: 'Every CRN of what was touched: resourceName or subject, then each cloudResources entry',
  spelled: 'rendered',
  reads: crnReads,
  derive: touchedCrns,
});
