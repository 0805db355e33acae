import { identify, identityReads, identityReductions } from '../principal.ts';
import { column } from './column.ts';

export const principal = column({
  name: 'principal',
  type: 'text',
  role: 'listed',
  doc: 'Canonical id of who acted: u-…, sa-…, pool-…, an e-mail or a key when nothing else is recorded',
  spelled: 'decoded',
  reads: identityReads,
  reductions: identityReductions,
  derive: (found) => identify(found).id,
});
