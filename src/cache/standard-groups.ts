import type { ColumnName } from '../record/columns/index.ts';
import { Groups } from '../scan/groups.ts';
import type { Field, Group, Projection } from '../scan/projection.ts';

/**
 * What a cache holds of each record: the raw values that filters and the summary look at, in groups whose values go
 * together, so that few tuples stand for many records. Raw values and not cells: what they mean is worked out when a
 * question is asked, by the same code as ever.
 */
const groupedColumns: readonly (readonly ColumnName[])[] = [
  ['method', 'methodNames', 'type', 'kind', 'service', 'accessType', 'result', 'resultWords', 'rawResult', 'ok'],
  // What a summary asks: ten times fewer tuples than when every credential counts.
  ['principal', 'principalKind'],
  ['principal', 'principalKind', 'principalNames', 'email', 'credential', 'originalPrincipal'],
  ['ips'],
  ['resourceType'],
  // Whole CRNs are many in most dumps, and then left out.
  ['crns', 'crnTexts'],
  ['org', 'env', 'cluster', 'region'],
];

export function standardProjection(): Projection {
  made ??= makeProjection();
  return made;
}

let made: Projection | undefined;

function makeProjection(): Projection {
  const groups = new Groups();
  for (const names of groupedColumns) groups.addColumns(names);
  return groups.projection();
}

/** Where the values of a question's group are found: a standard group, and for each value its place in there. */
export interface Source {
  readonly group: number;
  readonly fields: readonly number[];
}

/** Undefined when no one standard group of those at hand has all values. */
export function sourceFor(wanted: Group, standard: readonly (Group | undefined)[]): Source | undefined {
  for (const [group, held] of standard.entries()) {
    if (held === undefined) continue;
    // What a reduction leaves of a value may hang on the values before it.
    const isSame = held.length === wanted.length && held.every((field, i) => isSameField(field, wanted[i]));
    const fields = wanted.map((field) => held.findIndex((one) => (isSame || isWhole(one)) && isSamePath(one, field)));
    if (!fields.includes(-1)) return { group, fields };
  }
  return undefined;
}

function isSameField(a: Field, b: Field | undefined): boolean {
  return b !== undefined && isSamePath(a, b) && a.reduction === b.reduction && a.entered === b.entered;
}

function isSamePath(a: Field, b: Field): boolean {
  return a.path.length === b.path.length && a.path.every((key, i) => key === b.path[i]);
}

function isWhole({ reduction, entered = false }: Field): boolean {
  return reduction === undefined && !entered;
}
