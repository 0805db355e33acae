import type { JsonObject } from '../../record/record.ts';
import { isJsonObject, notAnAuditRecord } from '../audit-record.ts';
import type { Unwrapped } from './envelope.ts';

/**
 * Of the members in which shippers put records, the one that holds the record, by what stands there: a record, a text
 * that may be JSON, another object or list, any text. Of equals the first. Undefined when none is there.
 */
export function likelyMember(object: JsonObject, paths: readonly (readonly string[])[]): Unwrapped | undefined {
  let best: { readonly path: readonly string[]; readonly rank: number } | undefined;
  for (const path of paths) {
    const rank = rankOf(valueAt(object, path));
    if (rank > (best?.rank ?? 0)) best = { path, rank };
  }
  return best && { kind: 'value', path: best.path };
}

/** What stands at the end of a path of keys. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) {
    if (!isJsonObject(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return at;
}

function rankOf(value: unknown): number {
  if (typeof value === 'string') return /^[\s\0]*[[{]/.test(value) ? 3 : 1;
  if (typeof value !== 'object' || value === null) return 0;
  return notAnAuditRecord(value) === undefined ? 4 : 2;
}
