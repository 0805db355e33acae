import { onClock, parseDays, parseHours, usualDays, usualHours } from '../office-hours.ts';
import type { Filter } from './filter.ts';

/** What has no time is neither in the hours nor outside of them. */
export const outsideHours: Filter = {
  name: 'outside-hours',
  help: 'at any time but --hours on --days (08:00-18:00, mon-fri)',
  group: 'When',
  negatable: true,
  takesList: false,
  examples: ['--outside-hours', '--outside-hours --hours 7-20 --days mon-sat'],
  takes: ['hours', 'days'],
  parse: (_, context, taken) => {
    const hours = parseHours(taken?.get('hours') ?? usualHours);
    const days = parseDays(taken?.get('days') ?? usualDays);
    return onClock({ hours, days, outside: true }, context);
  },
};
