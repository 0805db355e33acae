import { requireTime, timeExamples } from '../time-value.ts';
import { earliest, windowMatch } from '../time-window.ts';
import type { Filter } from './filter.ts';

/** Given twice, the earlier one counts: repeats of a flag widen. */
export const since: Filter = {
  name: 'since',
  short: 'S',
  aliases: ['after', 'from', 'start'],
  placeholder: 'TIME',
  help: 'at TIME or later: 2h, yesterday, 2026-05-01T10:00Z …',
  group: 'When',
  negatable: false,
  takesList: false,
  examples: timeExamples,
  parse: (values, context) =>
    windowMatch({ from: values.map((value) => requireTime('since', value, context)).reduce(earliest) }),
};
