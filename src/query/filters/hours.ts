import { hoursExamples, onClock, parseHours } from '../office-hours.ts';
import type { Filter } from './filter.ts';

export const hours: Filter = {
  name: 'hours',
  placeholder: 'H-H',
  help: 'in these hours by the clock of --tz: 08:00-18:00, 22-6',
  group: 'When',
  negatable: true,
  takesList: true,
  examples: hoursExamples,
  parse: (values, context) => onClock({ hours: parseHours(values) }, context),
};
