import type { Recipe } from './recipe.ts';

export const offHours: Recipe = {
  name: 'off-hours',
  summary: 'What was changed outside of working hours; give the zone with --tz',
  command: 'timeline',
  expand: () => ({
    usual: { 'outside-hours': [], hours: ['08:00-18:00'], days: ['mon-fri'], access: ['modification'] },
  }),
};
