import { isOk, outcomeOf, outcomeReads } from '../outcome.ts';
import { column } from './column.ts';

export const ok = column({
  name: 'ok',
  type: 'flag',
  role: 'listed',
  doc: 'true for SUCCESS and ALLOW, false for FAILURE and DENY, empty for UNKNOWN',
  reads: outcomeReads,
  derive: (found) => isOk(outcomeOf(found).result),
});
