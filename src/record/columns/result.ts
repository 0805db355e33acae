import { outcomeOf, outcomeReads } from '../outcome.ts';
import { column } from './column.ts';

export const result = column({
  name: 'result',
  type: 'text',
  role: 'listed',
  doc: 'SUCCESS, FAILURE, ALLOW, DENY or UNKNOWN',
  reads: outcomeReads,
  derive: (found) => outcomeOf(found).result,
});
