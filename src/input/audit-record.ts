import type { JsonObject } from '../record/record.ts';

/** CLI.md, "What is a record": an object with a string `type` or `specversion` and an object `data`. Undefined when it is one. */
export function notAnAuditRecord(value: unknown): string | undefined {
  if (!isJsonObject(value)) return `${kindOf(value)}, not an object`;
  if (typeof value.type !== 'string' && typeof value.specversion !== 'string') {
    return 'an object without a string "type" or "specversion"';
  }
  if (!Object.hasOwn(value, 'data')) return 'an object without "data"';
  return isJsonObject(value.data) ? undefined : `"data" is ${kindOf(value.data)}, not an object`;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
