import type { Cell } from '../record/record.ts';
import { type Instant, isInstant, isoSecond } from '../record/time.ts';
import { offsetMinutes, offsetText, type Zone } from '../record/zone.ts';

/** A cell as flat text, not yet escaped: lists joined by `,`, times as RFC 3339 in the zone. Undefined when absent or empty. */
export function cellText(cell: Cell, zone: Zone): string | undefined {
  if (cell === undefined || cell === '') return undefined;
  if (typeof cell !== 'object') return String(cell);
  if (isInstant(cell)) return instantText(cell, zone);
  return cell.length === 0 ? undefined : cell.join(',');
}

/** A cell as a JSON value: null when absent, a list as an array. */
export function cellJson(cell: Cell, zone: Zone): null | string | number | boolean | readonly string[] {
  if (cell === undefined) return null;
  if (isInstant(cell)) return instantText(cell, zone);
  // JSON has no word for a number that is too large, and null would say that there is none.
  return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
}

/** An instant in the zone with the digits it was recorded with: `Z` in UTC, else the offset in force then. */
export function instantText(instant: Instant, zone: Zone): string {
  if (zone.name === 'UTC') return instant.text;
  const minutes = offsetMinutes(instant.second, zone);
  const digits = /\.\d+/.exec(instant.text)?.[0] ?? '';
  return `${isoSecond(instant.second + minutes * 60)}${digits}${offsetText(minutes)}`;
}
