import { outcomeOf, outcomeReads, verdictWords } from '../outcome.ts';
import { idTexts, listCell } from '../paths.ts';
import { column } from './column.ts';

export const resultWords = column({
  name: 'resultWords',
  type: 'list',
  role: 'search',
  doc: 'The result, then every raw verdict word of the record, error types included',
  reads: { ...outcomeReads, errorType: 'data.result.data.errorType' },
  derive: (found) => listCell([outcomeOf(found).result, ...verdictWords(found), ...idTexts(found.errorType)]),
});
