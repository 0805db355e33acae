import { principalKinds } from '../../record/principal.ts';
import type { Filter } from './filter.ts';
import { requireKnownWords } from './known-words.ts';
import { patternsOn } from './text-filter.ts';

const patterns = patternsOn('principalKind', { flag: 'principal-kind', fold: true });

export const principalKind: Filter = {
  name: 'principal-kind',
  placeholder: 'KIND',
  help: 'user, service-account, identity-pool, group, api-key …',
  group: 'Who',
  negatable: true,
  takesList: true,
  examples: principalKinds,
  parse: (values, context) => {
    requireKnownWords(values, { flag: 'principal-kind', words: principalKinds, exact: context.exact });
    return patterns(values, context);
  },
};
