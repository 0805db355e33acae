import type { Expr, Operand, PathOperand } from '../query/expr.ts';
import { type AnyColumn, type ColumnName, columnNamed } from '../record/columns/index.ts';
import { type Steps, stepsOf } from '../record/paths.ts';
import type { Field, Group, KeyPath, LineTemplate, Projection } from './projection.ts';

/**
 * Which raw values columns and paths read. Undefined stands for what no choice of values can answer: a column that
 * reads the whole record, or where it stands.
 */

export function groupOfColumn(name: ColumnName): Group | undefined {
  const column = columnNamed(name);
  if (column.placed === true) return undefined;
  const fields: Field[] = [];
  for (const [key, path] of Object.entries(column.reads)) {
    const steps = stepsOf(path);
    if (steps.length === 0) return undefined;
    fields.push({ path: steps.map(([first = '']) => first), reduction: column.reductions?.[key] });
  }
  return fields.length === 0 ? undefined : fields;
}

/** Where the text stands that is the column's cell; undefined when the cell is more than such a copy. */
export function copiedPath(name: ColumnName): KeyPath | undefined {
  const { copied = false, reads } = columnNamed(name);
  const [path] = Object.values(reads);
  return copied && path !== undefined ? stepsOf(path).map(([first = '']) => first) : undefined;
}

/** What several columns read together. */
function groupOfColumns(names: readonly ColumnName[]): Group | undefined {
  return together(names.map(groupOfColumn));
}

/** Each value once; one that is needed whole by any of the groups counts whole. */
function together(groups: readonly (Group | undefined)[]): Group | undefined {
  const byPath = new Map<string, Field>();
  for (const group of groups) {
    if (group === undefined) return undefined;
    for (const field of group) {
      const key = JSON.stringify(field.path);
      const known = byPath.get(key);
      byPath.set(key, known === undefined || isSameUse(known, field) ? field : { path: field.path });
    }
  }
  return [...byPath.values()];
}

function isSameUse(a: Field, b: Field): boolean {
  return a.reduction === b.reduction && (a.entered ?? false) === (b.entered ?? false);
}

export function groupOfOperand(operand: Operand): Group | undefined {
  return operand.kind === 'column' ? groupOfColumn(operand.name) : groupOfPath(operand);
}

/** What decides whether the expression holds; undefined when that takes more than some values of the record. */
export function groupOfMatch({ on, test }: Extract<Expr, { kind: 'match' }>): Group | undefined {
  const own = groupOfOperand(on);
  if (test.kind !== 'compare' || test.to.kind === 'scalar' || test.to.kind === 'instant') return own;
  return together([own, groupOfOperand(test.to)]);
}

/**
 * A path is looked for key by key, and at each step as all keys that are left joined by dots (`operand.ts`). Whatever
 * stands where the path goes on counts too, for it hides the joined key or is an array.
 */
function groupOfPath({ path }: PathOperand): Group | undefined {
  const keys: string[] = [];
  for (const step of path) {
    if (typeof step !== 'string') break;
    keys.push(step);
  }
  if (keys.length === 0 || keys.length > longestPath || keys.some(isNoText)) return undefined;
  const isWhole = keys.length < path.length;
  const fields: Field[] = keys.map((_, i) => ({ path: keys.slice(0, i + 1), entered: i < keys.length - 1 }));
  if (isWhole) return fields;
  const joined = keys.slice(0, -1).map((_, i) => ({ path: [...keys.slice(0, i), keys.slice(i).join('.')] }));
  return [...fields, ...joined];
}

/** The kernel leaves records that nest deeper to the truth anyway. */
const longestPath = 64;

/** Keys are compared as bytes, and bytes that are no UTF-8 are read as U+FFFD. */
function isNoText(key: string): boolean {
  return /[\ufffd\p{Surrogate}]/u.test(key);
}

/** The groups of one run, each once, and what else the kernel must know. */
export class Groups {
  readonly #groups: Group[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #columns = new Set<AnyColumn>();
  /** The line of output that rows are to become. */
  line: LineTemplate | undefined;

  /** True when what else is asked has to be asked of the whole record: each group takes some megabytes. */
  get isFull(): boolean {
    return this.#groups.length >= mostGroups;
  }

  /** The group's number among those of the run. */
  add(group: Group): number {
    const key = JSON.stringify(group);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#groups.push(group) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  at(number: number): Group {
    const group = this.#groups[number];
    if (group === undefined) throw new Error(`no group ${number}`);
    return group;
  }

  /** The group of what these columns read; undefined when that is more than some values. */
  addColumns(names: readonly ColumnName[]): number | undefined {
    const group = groupOfColumns(names);
    if (group === undefined) return undefined;
    for (const name of names) this.watchFor(name);
    return this.add(group);
  }

  /** The same of columns and paths. */
  addOperands(operands: readonly Operand[]): number | undefined {
    const group = together(operands.map(groupOfOperand));
    if (group === undefined) return undefined;
    for (const operand of operands) if (operand.kind === 'column') this.watchFor(operand.name);
    return this.add(group);
  }

  /** The column's values are read: their other spellings have to be looked out for. */
  watchFor(name: ColumnName): void {
    this.#columns.add(columnNamed(name));
  }

  projection(): Projection {
    const otherSpellings = [...this.#columns].flatMap(({ reads }) =>
      Object.values(reads).flatMap((path) => otherSpellingsOf(stepsOf(path))),
    );
    return { groups: this.#groups, otherSpellings, line: this.line };
  }
}

const mostGroups = 64;

/** `data.requestMetadata.requestId` → `data.request_metadata` and `data.requestMetadata.request_id`. */
function otherSpellingsOf(steps: Steps): KeyPath[] {
  const first = steps.map(([only = '']) => only);
  return steps.flatMap((keys, i) => keys.slice(1).map((key) => [...first.slice(0, i), key]));
}
