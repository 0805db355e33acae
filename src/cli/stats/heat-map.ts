import { hourOfDay, hoursOfDay, isSkipped, weekdays } from '../../analyze/stats/buckets.ts';
import { allKeys, isBucket, type Key, type Keys } from '../../analyze/stats/keys.ts';
import type { Stats } from '../../analyze/stats/stats.ts';
import type { HeatMap } from '../../output/heat-map.ts';
import type { Cell } from '../../record/record.ts';
import type { Zone } from '../../record/zone.ts';
import { digits } from '../render.ts';
import { type StatsAsked, timeNotes, titleOf } from './asked.ts';

/** A longer map is no picture any more. */
const mostDays = 62;

/** Hours of the day by days or weekdays, where that and one number is all that was asked for. */
export function heatMapOf(stats: Stats, { keys, aggregates, zone }: StatsAsked): HeatMap | undefined {
  const both = allKeys(keys);
  const hourAt = both.findIndex((key) => isBucket(key, hourOfDay));
  const days = both[1 - hourAt];
  const isByDay = days?.kind === 'bucket' && (days.name === 'weekday' || days.name === 'day');
  const [aggregate] = aggregates;
  if (both.length !== 2 || hourAt < 0 || !isByDay || aggregates.length > 1 || aggregate?.type !== 'count')
    return undefined;
  const spots = spotsOf(stats, keys, hourAt === 0);
  const found = [...new Set(spots.map(({ day }) => day))].sort();
  const names = days.name === 'weekday' ? weekdays : found;
  if (spots.length === 0 || names.length > mostDays) return undefined;
  const amounts = new Map(spots.map(({ day, hour, amount }) => [`${day} ${hour}`, amount]));
  const most = spots.reduce((a, b) => (b.amount > a.amount ? b : a));
  return {
    title: `${aggregate.name} ${titleOf(keys, zone)}`,
    columns: hoursOfDay,
    rows: names.map((day) => ({
      name: day,
      amounts: hoursOfDay.map((hour) => amounts.get(`${day} ${hour}`) ?? emptySpot(days, day, hour, zone)),
    })),
    notes: [
      `most: ${digits(most.amount)} on ${most.day} in hour ${most.hour}`,
      ...(days.name === 'day' && hasGaps(names) ? ['days without records are left out'] : []),
      ...timeNotes(stats, keys, 'not in the map'),
    ],
  };
}

/** Whether days are missing between the first and the last of these, which are in order. */
function hasGaps(names: readonly string[]): boolean {
  const [first = 0, last = 0] = [names[0], names.at(-1)].map((name = '') => Date.parse(name.slice(0, 10)));
  return last - first > (names.length - 1) * 86_400_000;
}

function emptySpot(days: Key, day: string, hour: string, zone: Zone): number | undefined {
  return days.name === 'day' && isSkipped(Number(hour), day, zone) ? undefined : 0;
}

interface Spot {
  readonly day: string;
  readonly hour: string;
  readonly amount: number;
}

/** Those of records with a time, the rows in their order. */
function spotsOf({ rows, pivots }: Stats, { pivot }: Keys, isHourFirst: boolean): readonly Spot[] {
  const spot = (a: Cell, b: Cell, amount: Cell): readonly Spot[] => {
    const [day, hour] = isHourFirst ? [b, a] : [a, b];
    return typeof day === 'string' && typeof hour === 'string' && typeof amount === 'number'
      ? [{ day, hour, amount }]
      : [];
  };
  return rows.flatMap((row) =>
    pivot === undefined
      ? spot(row.keys[0], row.keys[1], row.cells[0])
      : pivots.flatMap((value) => spot(row.keys[0], value.cell, row.across([value]))),
  );
}
