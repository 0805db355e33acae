import methodsFile from './methods.json' with { type: 'json' };

/**
 * The method catalogue: what the vendor's methods mean, where they occur and how else they are
 * written. It is knowledge for explaining and finding, never a list of what may occur: new methods
 * arrive without notice (record-shapes §0, §3). `methods.json` holds one entry per line, sorted by
 * method, then event type; a method that occurs under two event types has two entries.
 */

export interface CatalogEntry {
  /** As documented; mostly also as recorded. */
  readonly method: string;
  readonly eventType: string;
  readonly category: string;
  readonly resourceType: string | null;
  /** One line without a full stop. */
  readonly description: string;
  /** As far as known; null where the records have none (authentication, authorization) or nothing is known. */
  readonly accessType: 'READ_ONLY' | 'MODIFICATION' | null;
  /** Other names of the same method: found in records, in the documentation or in public tools. */
  readonly aliases: readonly string[];
  /** How sure it is, from an example record (`seed`) down to a guess by naming pattern (`inferred`). */
  readonly evidence: 'seed' | 'docs' | 'public-report' | 'inferred';
}

export const catalog: { readonly date: string; readonly methods: readonly CatalogEntry[] } =
  // The compiler reads the words of a JSON file as any string; test/record/catalog.test.ts checks every entry.
  methodsFile as { date: string; methods: CatalogEntry[] };

/** Prefixes that records put before a method or leave out (record-shapes §12.2). */
export const methodPrefixes: readonly string[] = [
  'kafka.',
  'schema-registry.',
  'flink.',
  'ksql.',
  'mds.',
  'ip-filter.',
  'private-link-policy.',
  'Tableflow',
];

/** The method without its known prefix, whatever the prefix's case; undefined when it has none. */
export function withoutPrefix(method: string): string | undefined {
  for (const prefix of methodPrefixes) {
    if (method.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) continue;
    const rest = method.slice(prefix.length);
    // `Tableflow` is a word of the name: only a new word after it makes it a prefix.
    if (rest === '' || (!prefix.endsWith('.') && !/^[A-Z]/.test(rest))) return undefined;
    return rest;
  }
  return undefined;
}

/**
 * Every catalogue spelling (names and aliases) of the methods called `name`, in catalogue order.
 * Case is ignored. Empty for an unknown name, also for a known one less its prefix: that rule is
 * not the catalogue's.
 */
export function aliasGroup(name: string): readonly string[] {
  return spellingsIn(named().get(name.toLowerCase()) ?? []);
}

/**
 * The entries a method name may stand for, best first: exactly this method, then this method in
 * another case, then an alias, then a name that differs by its prefix only. With `eventType` only the
 * entries of that type; empty when the catalogue does not know the method there.
 */
export function entriesFor(method: string, eventType?: string): readonly CatalogEntry[] {
  const name = method.toLowerCase();
  const found = new Set([...(named().get(name) ?? []), ...(bare().get(name) ?? [])]);
  if (found.size === 0) for (const entry of tableflowSiblings(method)) found.add(entry);
  const ranked = [...found].sort((a, b) => rankOf(a, method) - rankOf(b, method));
  if (eventType === undefined) return ranked;
  return ranked.filter((entry) => entry.eventType.toLowerCase() === eventType.toLowerCase());
}

/**
 * What the method's name says about reading or changing, for records that do not say it themselves
 * (record-shapes §13.8). Sign-ins and permission checks are neither.
 */
export function derivedAccess(method: string, eventType: string | undefined): 'READ_ONLY' | 'MODIFICATION' | undefined {
  if (eventType !== undefined && /\/(authentication|authorization)$/i.test(eventType)) return undefined;
  if (startsWithVerb(method, readingVerbs)) return 'READ_ONLY';
  const known = entriesFor(method).find((entry) => entry.accessType !== null)?.accessType;
  return known ?? (startsWithVerb(method, changingVerbs) ? 'MODIFICATION' : undefined);
}

const readingVerbs: ReadonlySet<string> = new Set('get list load search lookup describe fetch'.split(' '));

const changingVerbs: ReadonlySet<string> = new Set(
  (
    'activate add alter apply approve assign attach bind cancel claim clear configure create deactivate delete ' +
    'deregister detach disable drop enable extend grant import invite migrate modify move patch pause promote purge ' +
    'put reassign refresh register reject remove rename reset restart restore resume revoke rotate set shrink start ' +
    'stop submit suspend truncate unassign unbind undelete unregister update upgrade upload upsert'
  ).split(' '),
);

/** Verbs may be two words in CamelCase: `LookUp`, `UnBind`. */
function startsWithVerb(method: string, verbs: ReadonlySet<string>): boolean {
  const words = /^([A-Za-z][a-z]*)([A-Z][a-z]*)?/.exec(withoutPrefix(method) ?? method);
  if (words === null) return false;
  const [, first = '', second = ''] = words;
  return verbs.has(first.toLowerCase()) || verbs.has((first + second).toLowerCase());
}

/** The Iceberg methods are documented without `Tableflow` but seen with it (record-shapes §12.2). */
function tableflowSiblings(method: string): readonly CatalogEntry[] {
  const rest = /^tableflow/i.test(method) ? withoutPrefix(method) : undefined;
  if (rest === undefined) return [];
  return (named().get(rest.toLowerCase()) ?? []).filter((entry) => entry.category.startsWith('Tableflow'));
}

/** How well a method name meets an entry, 0 is best. */
function rankOf(entry: CatalogEntry, method: string): number {
  if (entry.method === method) return 0;
  const name = method.toLowerCase();
  if (entry.method.toLowerCase() === name) return 1;
  return entry.aliases.some((alias) => alias.toLowerCase() === name) ? 2 : 3;
}

function spellingsIn(entries: readonly CatalogEntry[]): readonly string[] {
  return [...new Set(entries.flatMap((entry) => [entry.method, ...entry.aliases]))];
}

type EntriesByName = ReadonlyMap<string, readonly CatalogEntry[]>;

let namesBuilt: EntriesByName | undefined;
let bareNamesBuilt: EntriesByName | undefined;

/** The entries by name and alias, lower case. Built at the first question: most runs never ask. */
function named(): EntriesByName {
  namesBuilt ??= entriesBy((spelling) => spelling);
  return namesBuilt;
}

/** The entries by name and alias less the known prefix, lower case. */
function bare(): EntriesByName {
  bareNamesBuilt ??= entriesBy(withoutPrefix);
  return bareNamesBuilt;
}

function entriesBy(nameOf: (spelling: string) => string | undefined): EntriesByName {
  const found = new Map<string, CatalogEntry[]>();
  for (const entry of catalog.methods) {
    const names = new Set([entry.method, ...entry.aliases].map((spelling) => nameOf(spelling)?.toLowerCase()));
    for (const name of names) if (name !== undefined) append(found, name, entry);
  }
  return found;
}

function append(map: Map<string, CatalogEntry[]>, key: string, entry: CatalogEntry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
