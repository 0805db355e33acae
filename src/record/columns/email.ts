import { identify, identityReads } from '../principal.ts';
import { column } from './column.ts';

export const email = column({
  name: 'email',
  type: 'text',
  role: 'listed',
  doc: 'E-mail of the principal, when recorded',
  spelled: 'decoded',
  reads: identityReads,
  derive: (found) => identify(found).email,
});
