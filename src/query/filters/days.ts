import { daysExamples, onClock, parseDays } from '../office-hours.ts';
import type { Filter } from './filter.ts';

export const days: Filter = {
  name: 'days',
  placeholder: 'DAYS',
  help: 'on these weekdays by the calendar of --tz: mon-fri, sun',
  group: 'When',
  negatable: true,
  takesList: true,
  examples: daysExamples,
  parse: (values, context) => onClock({ days: parseDays(values) }, context),
};
