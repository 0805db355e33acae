import { outcomeOf, outcomeReads } from '../outcome.ts';
import { column } from './column.ts';

export const rawResult = column({
  name: 'rawResult',
  type: 'text',
  role: 'listed',
  doc: 'The raw word that decided the result, such as UNAUTHENTICATED or false (of granted)',
  reads: outcomeReads,
  derive: (found) => outcomeOf(found).raw,
});
