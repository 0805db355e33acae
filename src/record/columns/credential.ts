import { firstText } from '../paths.ts';
import { identityReads } from '../principal.ts';
import { column } from './column.ts';

export const credential = column({
  name: 'credential',
  type: 'text',
  role: 'listed',
  doc: 'API key or other credential id used',
  spelled: 'verbatim',
  reads: { identifier: identityReads.identifier, credentialId: identityReads.credentialId },
  derive: ({ identifier, credentialId }) => firstText([...identifier, ...credentialId]),
});
