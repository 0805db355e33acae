import { compactJson } from '../query/compact-json.ts';

/** Where two records differ: `a` in the first, `b` in the other; undefined where one has nothing. */
export interface Difference {
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export interface Differences {
  /** The first few, in the order of the first record's keys. */
  readonly differences: readonly Difference[];
  readonly more: number;
}

const mostDifferences = 20;
const longestText = 200;

/** Walks both values side by side without recursion, because records may nest deeply. */
export function differencesOf(first: unknown, again: unknown): Differences {
  const differences: Difference[] = [];
  let more = 0;
  const pending: { path: string; a: unknown; b: unknown }[] = [{ path: '', a: first, b: again }];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const { path, a, b } = pair;
    const members = membersOf(a, b, path);
    if (members !== undefined) {
      for (const member of members.reverse()) pending.push(member);
    } else if (!isSameScalar(a, b)) {
      if (differences.length < mostDifferences) differences.push({ path: cut(path), a: textOf(a), b: textOf(b) });
      else more++;
    }
  }
  return { differences, more };
}

/** Undefined when the two are not of a kind that has members on both sides. */
function membersOf(a: unknown, b: unknown, path: string): { path: string; a: unknown; b: unknown }[] | undefined {
  if (Array.isArray(a) && Array.isArray(b))
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => ({
      path: `${path}[${i}]`,
      a: a[i],
      b: b[i],
    }));
  if (!isPlainObject(a) || !isPlainObject(b)) return undefined;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => ({
    path: joined(path, key),
    a: Object.hasOwn(a, key) ? a[key] : undefined,
    b: Object.hasOwn(b, key) ? b[key] : undefined,
  }));
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSameScalar(a: unknown, b: unknown): boolean {
  // As text, so that what JSON cannot tell apart is the same here too.
  return typeof a !== 'object' && typeof b !== 'object' ? JSON.stringify(a) === JSON.stringify(b) : a === b;
}

/** As paths are typed after `--fields`. */
function joined(path: string, key: string): string {
  if (/^[\w@-]+$/.test(key)) return path === '' ? key : `${path}.${key}`;
  return `${path}[${JSON.stringify(key)}]`;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'object' && value !== null) {
    const json = compactJson(value);
    if (json.length <= longestText) return json;
    return Array.isArray(value) ? `a list of ${value.length}` : `an object of ${Object.keys(value).length}`;
  }
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return cut(text);
}

/** A line may be nothing but one key, one text or one nest. */
function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text;
}
