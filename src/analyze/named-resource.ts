import { aliasGroup, entriesFor, withoutPrefix } from '../record/catalog.ts';
import { crnType, foldType, parseCrn, type Segment } from '../record/crn.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';

/** What a method created or deleted. */
export interface NamedResource {
  readonly resourceType: string;
  readonly resource: string;
  readonly crn: string;
  /** The same for records of the same thing, and maybe for others that have its name elsewhere. */
  readonly key: string;
  /** Where it stands, by every CRN that names it: the segments before it, by their type. */
  readonly scopes: readonly ReadonlyMap<string, string>[];
}

/**
 * The resources that the record's method is about: those whose type its name or the catalogue speaks of (`CreateAPIKey`
 * and `cloud-api-key`). None when there is no such: other resources may be where something was made, or for whom.
 */
export function namedResources(record: AuditRecord): readonly NamedResource[] {
  const crns = cellOf(record, 'crns');
  const names = namesOf(String(cellOf(record, 'method') ?? ''));
  const found = (Array.isArray(crns) ? crns : []).flatMap(candidateOf);
  return merged(found.filter(({ word }) => names.some((name) => name.includes(word))));
}

/** Whether two resources of the same key can be one: no two places of one type with other names. */
export function sharesScope(a: NamedResource, b: NamedResource): boolean {
  return a.scopes.some((one) => b.scopes.some((other) => agree(one, other)));
}

function agree(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return [...a].every(([type, name]) => (b.get(type) ?? name) === name);
}

interface Candidate extends NamedResource {
  readonly word: string;
}

function candidateOf(crn: string): readonly Candidate[] {
  const segments = parseCrn(crn)?.segments ?? [];
  const last = segments.at(-1);
  if (last === undefined || last.type === '' || last.name === '' || last.name === '*') return [];
  const resourceType = crnType(last.type);
  const word = lastWord(resourceType);
  const scope = new Map(segments.slice(0, -1).map(scopeEntry));
  return [{ resourceType, resource: last.name, crn, key: JSON.stringify([word, last.name]), scopes: [scope], word }];
}

function scopeEntry({ type, name }: Segment): readonly [string, string] {
  return [foldType(type), name];
}

/** `cloud-api-key` and `API_KEY` are both some key; `flink-workspace` and `CreateWorkspace` speak of one thing. */
function lastWord(type: string): string {
  return foldType(type.slice(type.lastIndexOf('-') + 1));
}

/** The method's names and the type that the catalogue gives it, folded. */
function namesOf(method: string): readonly string[] {
  const types = entriesFor(method).flatMap(({ resourceType }) => resourceType ?? []);
  return [withoutPrefix(method) ?? method, ...aliasGroup(method), ...types].map(foldType);
}

/** Two CRNs of one thing, as a key has one for each of its scopes, are one resource; the first one is shown. */
function merged(candidates: readonly Candidate[]): readonly NamedResource[] {
  const byKey = new Map<string, NamedResource>();
  for (const { word: _, ...one } of candidates) {
    const before = byKey.get(one.key);
    byKey.set(one.key, before === undefined ? one : { ...before, scopes: [...before.scopes, ...one.scopes] });
  }
  return [...byKey.values()];
}
