import type { Filter } from './filter.ts';
import { requireKnownWords } from './known-words.ts';
import { patternsOn } from './text-filter.ts';

const words = ['read_only', 'modification'];

const patterns = patternsOn('accessType', { flag: 'access', fold: true });

export const access: Filter = {
  name: 'access',
  placeholder: 'KIND',
  help: 'read_only or modification, recorded or by the verb',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: words,
  parse: (values, context) => {
    requireKnownWords(values, { flag: 'access', words, exact: context.exact });
    return patterns(values, context);
  },
};
