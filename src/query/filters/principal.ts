import { withoutWord } from '../../record/principal.ts';
import type { Filter } from './filter.ts';
import { patternsOn } from './text-filter.ts';

const patterns = patternsOn('principalNames', { flag: 'principal', fold: false });

export const principal: Filter = {
  name: 'principal',
  short: 'p',
  placeholder: 'NAME',
  help: 'id, e-mail or original principal, with or without User:',
  group: 'Who',
  negatable: true,
  takesList: true,
  examples: ['u-1a2b3c', 'ann@example.com', 'sa-*'],
  namesIn: 'principalNames',
  // The column holds names without their word, so `User:u-1` is looked for as `u-1` as well.
  parse: (values, context) => patterns([...new Set(values.flatMap(spellings))], context),
};

function spellings(value: string): string[] {
  return [value, withoutWord(value)].filter((spelling) => spelling !== '');
}
