import { anyOf, match } from '../combine.ts';
import type { Expr } from '../expr.ts';
import { fold } from '../fold.ts';
import type { Filter, FilterContext } from './filter.ts';
import { patternsOn } from './text-filter.ts';

const patterns = patternsOn('type', { flag: 'type', fold: true });

export const type: Filter = {
  name: 'type',
  placeholder: 'TYPE',
  help: 'event type, or its last word: request, authorization …',
  group: 'What',
  negatable: true,
  takesList: true,
  examples: ['authorization', 'io.confluent.kafka.server/*', 'request'],
  parse: (values, context) => anyOf(values.map((value) => typeMatch(value, context))),
};

const shortWords: ReadonlySet<string> = new Set(['request', 'authentication', 'authorization', 'access-transparency']);

/** A short word stands for the part after the last `/`; everything else is held against the whole type. */
function typeMatch(value: string, context: FilterContext): Expr {
  const word = fold(value);
  if (!shortWords.has(word)) return patterns([value], context);
  const pattern = { kind: 'exact', text: word, fold: true } as const;
  return match({ kind: 'column', name: 'kind' }, { kind: 'text', pattern });
}
