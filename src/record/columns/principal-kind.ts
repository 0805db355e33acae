import { identify, identityReads, identityReductions } from '../principal.ts';
import { column } from './column.ts';

export const principalKind = column({
  name: 'principalKind',
  type: 'text',
  role: 'listed',
  doc: 'user, service-account, identity-pool, group, api-key, anonymous, confluent-internal, external or unknown',
  reads: identityReads,
  reductions: identityReductions,
  derive: (found) => identify(found).kind,
});
