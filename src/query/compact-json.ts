/**
 * A value from JSON.parse as compact JSON text, keys in their order. Same text as JSON.stringify,
 * but with a list of what is still to write instead of recursion: records may nest deeper than the
 * stack, and nothing may throw on a record.
 */
export function compactJson(root: unknown): string {
  let text = '';
  const open: Container[] = [];
  for (let value = root; ; ) {
    const container = containerOf(value);
    if (container === undefined) {
      text += scalarJson(value);
    } else {
      text += container.keys === undefined ? '[' : '{';
      open.push(container);
    }
    for (;;) {
      const top = open.at(-1);
      if (top === undefined) return text;
      if (top.next < top.values.length) {
        if (top.next > 0) text += ',';
        if (top.keys !== undefined) text += `${JSON.stringify(top.keys[top.next])}:`;
        value = top.values[top.next++];
        break;
      }
      text += top.keys === undefined ? ']' : '}';
      open.pop();
    }
  }
}

/** An array or object being written. `keys` is missing for an array. */
interface Container {
  readonly keys?: readonly string[];
  readonly values: readonly unknown[];
  next: number;
}

function containerOf(value: unknown): Container | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return { values: value, next: 0 };
  return { keys: Object.keys(value), values: Object.values(value), next: 0 };
}

/** JSON.parse reads `1e999` as Infinity, for which JSON.stringify would say null. */
function scalarJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return value > 0 ? '1e999' : '-1e999';
  return JSON.stringify(value) ?? 'null';
}
