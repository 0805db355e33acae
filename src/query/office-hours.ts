import { nearest } from '../diag/nearest.ts';
import { badValue } from './bad-value.ts';
import { match } from './combine.ts';
import type { Expr, HoursTest } from './expr.ts';
import type { FilterContext } from './filters/filter.ts';

/** Weekdays and times of day as people say them, and the test they lower to. */

export const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export const hoursExamples: readonly string[] = ['08:00-18:00', '22-6', '8-12,13:30-17'];

export const daysExamples: readonly string[] = ['mon-fri', 'sat,sun', 'Friday-Monday'];

/** Those that most teams keep. */
export const usualHours: readonly string[] = ['08:00-18:00'];
export const usualDays: readonly string[] = ['mon-fri'];

/** Whether the time, as clocks in the zone show it, is in one of the hours on one of the days. Records without a time never pass. */
export function onClock(test: Omit<HoursTest, 'kind' | 'zone'>, { zone }: FilterContext): Expr {
  return match({ kind: 'column', name: 'time' }, { kind: 'hours', zone: zone.name, ...test });
}

type Range = readonly [from: number, until: number];

/** Seconds of the day, half-open. Over midnight is two ranges of the same day each. */
export function parseHours(values: readonly string[]): Range[] {
  return values.flatMap((value) => {
    const m = /^(\d{1,2})(?::(\d\d))? *[-–] *(\d{1,2})(?::(\d\d))?$/.exec(value);
    const [, h = '', min = '0', h2 = '', min2 = '0'] = m ?? [];
    const from = secondOfDay(h, min);
    const until = secondOfDay(h2, min2);
    if (m === null || from === undefined || until === undefined || from === endOfDay) {
      throw badHours(value, 'not hours of the day');
    }
    if (from === until) throw badHours(value, 'begins where it ends');
    if (from < until) return [[from, until]];
    return until === 0
      ? [[from, endOfDay]]
      : [
          [from, endOfDay],
          [0, until],
        ];
  });
}

const endOfDay = 86_400;

function secondOfDay(hour: string, minute: string): number | undefined {
  const second = Number(hour) * 3600 + Number(minute) * 60;
  return Number(minute) < 60 && second <= endOfDay ? second : undefined;
}

function badHours(value: string, reason: string): Error {
  return badValue({ code: 'bad-hours', flag: 'hours', value, reason, examples: hoursExamples });
}

/** Numbers of weekdays, 0 is Sunday, each once. */
export function parseDays(values: readonly string[]): number[] {
  const days = values.flatMap((value) => {
    const ends = value.split(/ *[-–] */).map(dayNumber);
    const [from, until = from] = ends;
    if (from === undefined || until === undefined || ends.length > 2 || ends.includes(undefined)) throw badDays(value);
    return Array.from({ length: ((until - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
  });
  return [...new Set(days)].sort((a, b) => a - b);
}

const lowerNames = dayNames.map((name) => name.toLowerCase());

/** Three letters of its name, or all of it. */
function dayNumber(text: string): number | undefined {
  const typed = text.toLowerCase();
  const found = lowerNames.findIndex((name) => typed === name.slice(0, 3) || typed === name);
  return found < 0 ? undefined : found;
}

function badDays(value: string): Error {
  const near = nearest(value.toLowerCase(), lowerNames);
  return badValue({
    code: 'bad-days',
    flag: 'days',
    value,
    reason: 'not days of the week',
    examples: daysExamples,
    near,
  });
}
