import { requireTime, timeExamples } from '../time-value.ts';
import { latest, windowMatch } from '../time-window.ts';
import type { Filter } from './filter.ts';

/** Given twice, the later one counts: repeats of a flag widen. */
export const until: Filter = {
  name: 'until',
  short: 'U',
  aliases: ['before', 'to', 'end'],
  placeholder: 'TIME',
  help: 'before TIME; a date is the start of that day',
  group: 'When',
  negatable: false,
  takesList: false,
  examples: timeExamples,
  parse: (values, context) =>
    windowMatch({ until: values.map((value) => requireTime('until', value, context)).reduce(latest) }),
};
