import type { Reduction } from '../record/columns/index.ts';

/**
 * What is wanted of each record, as raw JSON values by their keys from the top. Knows JSON, not audit records.
 */

/** Literal keys from the top of the record. */
export type KeyPath = readonly string[];

export interface Field {
  readonly path: KeyPath;
  /** Only whether there is an object counts: its members are fields of their own. Any other value counts whole. */
  readonly entered?: boolean;
  readonly reduction?: Reduction | undefined;
}

/** Values looked at together. Records with the same texts for all of them get the same number. */
export type Group = readonly Field[];

export interface Projection {
  readonly groups: readonly Group[];
  /** Keys that may stand for a wanted value in another spelling: records that have one are left to the truth. */
  readonly otherSpellings: readonly KeyPath[];
}

/** A field's text in a tuple; undefined when the record has no such value. `{` alone is an object whose members stand apart. */
export type Slice = string | undefined;

/** An object with the group's values in their places and nothing else. */
export function skeletonOf(group: Group, slices: readonly Slice[]): Readonly<Record<string, unknown>> {
  const skeleton: Record<string, unknown> = {};
  const byDepth = group.map((field, i) => ({ path: field.path, slice: slices[i] }));
  // Outer values first: what stands inside of them is then set in its place.
  byDepth.sort((a, b) => a.path.length - b.path.length);
  for (const { path, slice } of byDepth) {
    if (slice !== undefined) setAt(skeleton, path, slice === '{' ? {} : JSON.parse(slice));
  }
  return skeleton;
}

function setAt(root: Record<string, unknown>, path: KeyPath, value: unknown): void {
  let at = root;
  for (const key of path.slice(0, -1)) {
    const inner = Object.hasOwn(at, key) ? at[key] : undefined;
    if (isKeyed(inner)) at = inner;
    else {
      const made = {};
      setOwn(at, key, made);
      at = made;
    }
  }
  const last = path.at(-1);
  if (last !== undefined) setOwn(at, last, value);
}

function isKeyed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As JSON.parse does it: `__proto__` is a key like any other. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
  else object[key] = value;
}
