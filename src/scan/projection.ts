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
  /** The line of output that rows are to become. */
  readonly line?: LineTemplate | undefined;
}

/** Cells parted by a delimiter. How they are written is said from outside, once for each tuple. */
export interface LineTemplate {
  readonly parts: readonly LinePart[];
  /** One ASCII character. */
  readonly delimiter: string;
  /** What stands for a copied value that is missing or empty. */
  readonly missing: string;
  /** Whether a text is its own cell. That hangs on each character alone, and on which is the first; letters are plain. */
  readonly isPlain: (text: string) => boolean;
}

/**
 * - `copied`: the text at the path, as it is;
 * - `time`: the record's time, as it is when it is spelled plainly;
 * - `told`: what is said of the tuple of a group.
 */
export type LinePart =
  | { readonly kind: 'copied'; readonly path: KeyPath }
  | { readonly kind: 'time' }
  | { readonly kind: 'told'; readonly group: number };

/** A field's text in a tuple; undefined when the record has no such value. `{` alone is an object whose members stand apart. */
export type Slice = string | undefined;

/** Objects with a group's values in their places and nothing else, from tuples of the group. */
export function compileSkeleton(group: Group): (slices: readonly Slice[]) => Readonly<Record<string, unknown>> {
  // Outer values first: what stands inside of them is then set in its place.
  const places = group.map(({ path }, i) => ({ path, i })).sort((a, b) => a.path.length - b.path.length);
  return (slices) => {
    const skeleton: Record<string, unknown> = {};
    for (const { path, i } of places) {
      const slice = slices[i];
      if (slice !== undefined) setAt(skeleton, path, parsedSlice(slice));
    }
    return skeleton;
  };
}

/** The value of a slice that is there. Nearly every one is a text without escapes. */
export function parsedSlice(slice: string): unknown {
  if (slice === '{') return {};
  return slice.startsWith('"') && !slice.includes('\\') ? slice.slice(1, -1) : JSON.parse(slice);
}

function setAt(root: Record<string, unknown>, path: KeyPath, value: unknown): void {
  let at = root;
  const last = path.length - 1;
  for (let depth = 0; depth < last; depth++) {
    const key = path[depth] ?? '';
    const inner = Object.hasOwn(at, key) ? at[key] : undefined;
    if (isKeyed(inner)) at = inner;
    else {
      const made = {};
      setOwn(at, key, made);
      at = made;
    }
  }
  setOwn(at, path[last] ?? '', value);
}

function isKeyed(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As JSON.parse does it: `__proto__` is a key like any other. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true });
  else object[key] = value;
}
