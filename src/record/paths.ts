import type { Cell, JsonObject } from './record.ts';

/**
 * Reading raw values by path. The `data` tree exists in camelCase and in snake_case, decided key
 * by key (record-shapes §5), so below `data` every key is looked up in both. Keys inside
 * `request.data` and `result.data` belong to the service and are taken literally.
 */

/** For each step of a path the keys to try, in order. */
export type Steps = readonly (readonly string[])[];

/** `data.requestMetadata.requestId` → steps. An array is taken as literal keys; `''` is the whole record. */
export function stepsOf(path: string | readonly string[]): Steps {
  if (typeof path !== 'string') return path.map((key) => [key]);
  if (path === '') return [];
  const keys = path.split('.');
  let owned = keys[0] !== 'data';
  return keys.map((key, i) => {
    const step = owned ? [key] : spellings(key);
    if (i > 0 && key === 'data' && (keys[i - 1] === 'request' || keys[i - 1] === 'result')) owned = true;
    return step;
  });
}

/** Steps inside a subtree of `data`, such as a principal object. */
export function stepsWithin(path: string): Steps {
  return path.split('.').map(spellings);
}

/** Every present value at the end of the steps, preferred spelling first. Null, `""`, `{}` and `[]` count as absent. */
export function valuesAt(root: unknown, steps: Steps): unknown[] {
  const found: unknown[] = [];
  collect(root, steps, 0, found);
  return found;
}

function collect(value: unknown, steps: Steps, depth: number, found: unknown[]): void {
  const keys = steps[depth];
  if (keys === undefined) {
    if (!isAbsent(value)) found.push(value);
    return;
  }
  if (!isObject(value)) return;
  for (const key of keys) {
    if (Object.hasOwn(value, key)) collect(value[key], steps, depth + 1, found);
  }
}

/** Null, empty text, empty object, empty list and absence mean the same (record-shapes §13). */
export function isAbsent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object') return false;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first non-empty string; other types are skipped. */
export function firstText(values: readonly unknown[]): string | undefined {
  for (const value of values) if (typeof value === 'string' && value !== '') return value;
  return undefined;
}

/** Every non-empty string or number as text, lists flattened one level: ids that come as text, list or number. */
export function idTexts(values: readonly unknown[]): string[] {
  const ids: string[] = [];
  for (const value of values) {
    for (const member of Array.isArray(value) ? value : [value]) {
      if (typeof member === 'string' && member !== '') ids.push(member);
      else if (typeof member === 'number') ids.push(String(member));
    }
  }
  return ids;
}

/** The first whole number, written as a number or as text. */
export function wholeNumber(values: readonly unknown[]): number | undefined {
  for (const value of values) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  }
  return undefined;
}

/** The list without repeats, or undefined when empty: the cell of a list column. */
export function listCell(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : [...new Set(texts)];
}

/** The singular of a list column: its first member. */
export function firstOf(cell: Cell): string | undefined {
  return Array.isArray(cell) ? cell[0] : undefined;
}

/** `authenticationInfo` → itself and `authentication_info`. */
function spellings(key: string): readonly string[] {
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return snake === key ? [key] : [key, snake];
}
