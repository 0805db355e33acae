import { AuditError } from '../../diag/diagnostic.ts';
import { nearest } from '../../diag/nearest.ts';
import { badValue } from '../../query/bad-value.ts';
import { type Field, fieldFor, splitFields } from '../../query/fields.ts';
import { cellOfOperand } from '../../query/operand.ts';
import { columns } from '../../record/columns/index.ts';
import type { AuditRecord, Cell } from '../../record/record.ts';
import { isInstant } from '../../record/time.ts';
import type { Zone } from '../../record/zone.ts';
import { type Group, mostGroups, tooManyGroups } from '../grouping.ts';
import { type Bucket, buckets, hourOfDay } from './buckets.ts';

/** What records are told apart by: a column, a raw path, or a bucket of their time. */
export type Key =
  | { readonly kind: 'field'; readonly name: string; readonly field: Field }
  | { readonly kind: 'bucket'; readonly name: string; readonly bucket: Bucket };

export interface Keys {
  readonly rows: readonly Key[];
  /** Its values become columns. */
  readonly pivot: Key | undefined;
}

export function allKeys({ rows, pivot }: Keys): readonly Key[] {
  return pivot === undefined ? rows : [...rows, pivot];
}

export function isBucket(key: Key | undefined, bucket: Bucket): boolean {
  return key?.kind === 'bucket' && key.bucket === bucket;
}

/** `--by` and `--pivot` as typed. A key given twice is kept once. */
export function parseKeys(by: readonly string[], pivot: string | undefined): Keys {
  const typed = by.flatMap((value) => splitFields(value)).map((name) => keyNamed('by', name));
  const rows = [...new Map(typed.map((key) => [key.name, key])).values()];
  if (rows.length === 0) throw noKeys(by);
  const across = pivot === undefined ? undefined : keyNamed('pivot', pivot.trim());
  if (rows.some(({ name }) => name === across?.name)) throw pivotIsKey(across?.name ?? '');
  return hoursInPlace({ rows, pivot: across });
}

/** Beside `weekday`, and across from `day`, an hour of the calendar would say the day once more. */
function hoursInPlace(keys: Keys): Keys {
  const { rows, pivot } = keys;
  const isInRows = (name: string): boolean => rows.some((key) => key.name === name);
  const isAcross = (a: string, b: string): boolean => isInRows(a) && pivot?.name === b;
  const isWithWeekday = allKeys(keys).some(({ name }) => name === 'weekday');
  if (!isWithWeekday && !isAcross('day', 'hour') && !isAcross('hour', 'day')) return keys;
  const ofDay = (key: Key): Key => (key.name === 'hour' ? { ...key, kind: 'bucket', bucket: hourOfDay } : key);
  return { rows: rows.map(ofDay), pivot: pivot && ofDay(pivot) };
}

function keyNamed(flag: 'by' | 'pivot', name: string): Key {
  const bucket = buckets.find((one) => one.name === name);
  if (bucket !== undefined) return { kind: 'bucket', name, bucket };
  if (name === 'time') throw exactTime(flag);
  const near = columns.some((column) => column.name === name) ? [] : nearBuckets(name);
  if (near.length > 0) throw noSuchBucket(flag, name, near);
  const field = fieldFor(flag, name);
  return { kind: 'field', name: field.name, field };
}

/** `hours` is meant to be `hour`; names that are close to a column as well are left to the columns. */
function nearBuckets(name: string): readonly string[] {
  if (/[.[]/.test(name)) return [];
  const names: readonly string[] = buckets.map((bucket) => bucket.name);
  const [best] = nearest(name, [...names, ...columns.map((column) => column.name)], 1);
  return best !== undefined && names.includes(best) ? [best] : [];
}

/** Records that are alike in what keys read of them. Without a span they have no usable time. */
export type Alike = Pick<Group, 'record' | 'slot' | 'span'>;

/** The values of a key: each member of a list by itself, once; one `undefined` where there are none. */
export function compileKey(key: Key, zone: Zone): (alike: Alike) => readonly Cell[] {
  if (key.kind === 'field') {
    const read = compileField(key.field);
    return ({ record }) => read(record);
  }
  const labels = oncePerSlot((slot) => [key.bucket.labelOf(slot, zone)]);
  return ({ slot, span }) => (span === undefined ? noValue : labels(slot));
}

const noValue: readonly Cell[] = [undefined];

function compileField({ operand }: Field): (record: AuditRecord) => readonly Cell[] {
  const cellOf = cellOfOperand(operand);
  // What stands at a raw path may be anything: as text 404 and "404" are the same there, as in --where.
  const plain = operand.kind === 'path' ? keyText : (cell: Cell) => cell;
  return (record) => {
    const cell = cellOf(record);
    if (typeof cell !== 'object' || isInstant(cell)) return [plain(cell)];
    return cell.length < 2 ? [cell[0]] : [...new Set(cell)];
  };
}

/** Every combination of the keys' values. */
export function compileTuples(keys: readonly Key[], zone: Zone): (alike: Alike) => readonly (readonly Cell[])[] {
  const readers = keys.map((key) => compileKey(key, zone));
  return (alike) => {
    const choices = readers.map((read) => read(alike));
    if (choices.every(({ length }) => length === 1)) return [choices.map(([only]) => only)];
    // One hostile record with long lists would be more rows than there may be.
    const total = choices.reduce((product, { length }) => product * length, 1);
    if (total > mostGroups) throw tooManyGroups(keys.map(({ name }) => name).join(','));
    let tuples: readonly (readonly Cell[])[] = [[]];
    for (const cells of choices) tuples = tuples.flatMap((tuple) => cells.map((cell) => [...tuple, cell]));
    return tuples;
  };
}

/** Works a thing out once for a slot: the rules of zones are slow to ask. */
export function oncePerSlot<T>(make: (slot: number) => T): (slot: number) => T {
  const known = new Map<number, T>();
  return (slot) => {
    const found = known.get(slot);
    if (found !== undefined) return found;
    if (known.size >= mostSlotsKnown) known.clear();
    const made = make(slot);
    known.set(slot, made);
    return made;
  };
}

const mostSlotsKnown = 100_000;

/** A value of a key as text, a time in UTC. */
export function keyText(cell: Cell): string | undefined {
  if (cell === undefined) return undefined;
  return isInstant(cell) ? cell.text : String(cell);
}

/** One text for a tuple of values, another for each. */
export function tupleText(cells: readonly Cell[]): string {
  let text = '';
  for (const cell of cells) {
    const part = keyText(cell);
    text += part === undefined ? '-' : `${part.length}:${part}`;
  }
  return text;
}

function noKeys(by: readonly string[]): AuditError {
  return badValue({
    code: 'bad-value',
    flag: 'by',
    value: by.join(','),
    reason: 'a column was expected, found none',
    examples: ['--by principal', '--by principal,method'],
  });
}

function pivotIsKey(name: string): AuditError {
  return new AuditError({
    code: 'flags-conflict',
    message: `--pivot ${name}: it is in --by already`,
    hint: `leave it out of --by, or choose another column: --pivot result`,
  });
}

function exactTime(flag: 'by' | 'pivot'): AuditError {
  return badValue({
    code: 'bad-value',
    flag,
    value: 'time',
    reason: 'nearly every record has a time of its own; group by a stretch of time',
    examples: [`--${flag} hour`, `--${flag} day`, `--${flag} weekday`],
  });
}

function noSuchBucket(flag: 'by' | 'pivot', value: string, near: readonly string[]): AuditError {
  return badValue({
    code: 'unknown-column',
    flag,
    value,
    reason: 'no such column or stretch of time',
    near: near.map((name) => `--${flag} ${name}`),
    examples: [`--${flag} hour`, `--${flag} day`],
  });
}
