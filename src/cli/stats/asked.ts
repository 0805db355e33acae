import type { Aggregate } from '../../analyze/stats/aggregates.ts';
import { hourOfDay } from '../../analyze/stats/buckets.ts';
import { allKeys, isBucket, type Keys } from '../../analyze/stats/keys.ts';
import type { Stats } from '../../analyze/stats/stats.ts';
import type { Zone } from '../../record/zone.ts';
import { count } from '../render.ts';

/** What was asked, resolved. */
export interface StatsAsked {
  readonly keys: Keys;
  readonly aggregates: readonly Aggregate[];
  readonly zone: Zone;
  /** Rows shown to people, and to programs where a number was typed. */
  readonly top: number | undefined;
}

export function titleOf(keys: Keys, zone: Zone): string {
  const { rows, pivot } = keys;
  const names = [rows.map(({ name }) => name).join(', '), ...(pivot === undefined ? [] : [pivot.name])].join(' × ');
  return `by ${names}${isTimed(keys) ? `, ${zone.name}` : ''}`;
}

function isTimed(keys: Keys): boolean {
  return allKeys(keys).some(({ kind }) => kind === 'bucket');
}

export function timeNotes({ withoutTime, repeated }: Stats, keys: Keys, where: string): readonly string[] {
  const notes = [
    isTimed(keys) && withoutTime > 0 && `${count(withoutTime, 'record')} without a usable time: ${where}`,
    allKeys(keys).some((key) => isBucket(key, hourOfDay)) &&
      repeated > 0 &&
      `${count(repeated, 'record')} of an hour that the clock showed twice`,
  ];
  return notes.filter((note) => typeof note === 'string');
}

/** What stands for no value. */
export const missing = '-';
