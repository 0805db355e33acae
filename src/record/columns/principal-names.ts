import { listCell } from '../paths.ts';
import { identify, identifyAlone, identityReads } from '../principal.ts';
import { column } from './column.ts';

export const principalNames = column({
  name: 'principalNames',
  type: 'list',
  role: 'search',
  doc: 'What --principal looks at: canonical id, e-mail, original principal',
  spelled: 'decoded',
  reads: { ...identityReads, original: 'data.authenticationInfo.originalPrincipal' },
  derive: (found) => {
    const actor = identify(found);
    const original = identifyAlone(found.original);
    const names = [actor.id, actor.email, original.id, original.email];
    return listCell(names.filter((name) => name !== undefined));
  },
});
