import { identifyAlone } from '../principal.ts';
import { column } from './column.ts';

export const originalPrincipal = column({
  name: 'originalPrincipal',
  type: 'text',
  role: 'listed',
  doc: 'Who really asked, when an identity was assumed',
  spelled: 'verbatim',
  reads: { original: 'data.authenticationInfo.originalPrincipal' },
  derive: ({ original }) => identifyAlone(original).id,
});
