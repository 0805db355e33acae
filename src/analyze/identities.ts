import { withoutWord } from '../record/principal.ts';
import { addSeen, type Seen, type Sighting } from './who.ts';

/** One spelling of something that belongs to an identity, with the first record that says so. */
export interface Known {
  readonly value: string;
  readonly seen: Seen;
  /** Other identities that it belongs to as well. */
  readonly alsoOf: readonly string[];
}

/**
 * Who somebody is, as far as the records tell. An identity is one canonical id; e-mails and numbers belong to it when a
 * record states both, keys when a record shows it signed in with them. Nothing is followed further: two ids that share
 * an e-mail, a key or an address stay two.
 */
export interface Identity {
  readonly id: string;
  readonly kind: string;
  /** Records in which it acted, under whatever name. */
  readonly acted: Seen | undefined;
  /** Its own names: the id, then numbers. */
  readonly names: readonly Known[];
  readonly emails: readonly Known[];
  readonly crns: readonly Known[];
  readonly keys: readonly Known[];
  /** Listed, never followed. */
  readonly addresses: readonly Known[];
  /** Identities it assumed, and those that assumed it. They are others. */
  readonly actedAs: readonly Known[];
  readonly actedFor: readonly Known[];
  /** Names and keys of it that failed to sign in, and from where. Who tried is not known. */
  readonly tried: readonly Known[];
  readonly triedFrom: readonly Known[];
}

export type Spelling = 'id' | 'email' | 'number' | 'key' | 'crn' | 'tried';

export interface Answer {
  readonly identities: readonly Identity[];
  /** What the name is to them. */
  readonly as: readonly Spelling[];
}

/** What the records say about a name in any spelling. No identities: nobody is called so. */
export function whoIs(typed: string, sightings: readonly Sighting[]): Answer {
  const name = withoutWord(typed);
  const names = new Set([typed, name]);
  const owners = ownersOf(sightings);
  const ids = new Set<string>();
  const as = new Set<Spelling>();
  const take = (spelling: Spelling, found: Iterable<string>): void => {
    for (const id of found) {
      ids.add(id);
      as.add(spelling);
    }
  };
  for (const one of names) {
    for (const sighting of sightings) {
      if (!namesSomebody(sighting)) continue;
      if (sighting.principal === one && !isOtherName(sighting, owners)) take('id', [one]);
      if (sighting.original === one && owners.ids.has(one) && !isOtherName({ principal: one }, owners))
        take('id', [one]);
    }
    take('email', owners.byEmail.get(one) ?? []);
    take('number', owners.byNumber.get(one) ?? []);
    take('key', owners.byKey.get(one) ?? []);
    take('crn', owners.byCrn.get(one) ?? []);
  }
  if (ids.size === 0) {
    const failed = sightings.some((sighting) => [...triedNames(sighting)].some((one) => names.has(one)));
    const original = sightings.some((sighting) => names.has(sighting.original ?? ''));
    if (failed || original) take(failed ? 'tried' : 'id', [name]);
  }
  const identities = [...ids].sort().map((id) => identityOf(id, sightings, owners));
  return { identities, as: [...as] };
}

/** Who was seen from an address, and what was tried from there. That an address is shared does not make them one. */
export interface AtAddress {
  readonly principals: readonly Known[];
  readonly tried: readonly Known[];
}

export function whoIsAt(isThere: (address: string) => boolean, sightings: readonly Sighting[]): AtAddress {
  const there = sightings.filter(({ ips }) => ips.some(isThere));
  const owners = ownersOf(sightings);
  const authentic = there.filter((one) => one.isAuthentic && namesSomebody(one));
  return {
    principals: collected(authentic, (one) => [idOf(one, owners)]),
    tried: collected(there, triedNames),
  };
}

/** Every spelling there is, for suggestions. */
export function* spellingsOf(sightings: readonly Sighting[]): Iterable<string> {
  for (const { principal, email, number, credential, original } of sightings) {
    for (const one of [principal, email, number, credential, original]) if (one !== undefined) yield one;
  }
}

/** Which ids each other spelling belongs to, by records that state both. */
interface Owners {
  readonly ids: ReadonlySet<string>;
  readonly byEmail: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byNumber: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byKey: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byCrn: ReadonlyMap<string, ReadonlySet<string>>;
}

function ownersOf(sightings: readonly Sighting[]): Owners {
  const ids = new Set<string>();
  const [byEmail, byNumber, byKey, byCrn] = [newIndex(), newIndex(), newIndex(), newIndex()];
  const joining = sightings.filter((one) => one.isAuthentic && namesSomebody(one));
  for (const { principal = '', email, number, identityCrn } of joining) {
    // An e-mail or a number is a name that ids have; it has none itself.
    const isId = !principal.includes('@') && !/^\d+$/.test(principal);
    if (isId && email !== undefined && email !== principal) put(byEmail, email, principal);
    if (isId && number !== undefined && number !== principal) put(byNumber, number, principal);
    if (identityCrn !== undefined) put(byCrn, identityCrn, principal);
  }
  const others = { byEmail, byNumber };
  for (const sighting of joining) {
    const id = idOf(sighting, others);
    ids.add(id);
    if (sighting.credential !== undefined && sighting.kind !== 'api-key') put(byKey, sighting.credential, id);
  }
  return { ids, byEmail, byNumber, byKey, byCrn };
}

type Index = Map<string, Set<string>>;

function newIndex(): Index {
  return new Map();
}

function put(index: Index, key: string, id: string): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, new Set([id]));
  else ids.add(id);
}

/** Refused sign-ins all say `UNKNOWN_USER`: that is nobody. */
function namesSomebody({ principal, kind }: Sighting): boolean {
  return principal !== undefined && kind !== 'anonymous';
}

type Others = Pick<Owners, 'byEmail' | 'byNumber'>;

/**
 * A principal recorded only as an e-mail or a number is the id that other records give it. Where they give it to several,
 * which of them acted is not known: then it stands for itself.
 */
function idOf({ principal = '' }: Pick<Sighting, 'principal'>, { byEmail, byNumber }: Others): string {
  const [only = principal, ...others] = byEmail.get(principal) ?? byNumber.get(principal) ?? [];
  return others.length === 0 ? only : principal;
}

function isOtherName(one: Pick<Sighting, 'principal'>, others: Others): boolean {
  return idOf(one, others) !== one.principal;
}

/** What a sign-in that failed was tried with. */
function triedNames({ principal, kind, email, credential, isAuthentic }: Sighting): readonly string[] {
  if (isAuthentic) return [];
  const names = [kind === 'anonymous' ? undefined : principal, email, credential];
  return [...new Set(names.filter((name) => name !== undefined))];
}

function identityOf(id: string, sightings: readonly Sighting[], owners: Owners): Identity {
  const own = sightings.filter((one) => one.isAuthentic && namesSomebody(one) && idOf(one, owners) === id);
  const collect = (
    valuesIn: (sighting: Sighting) => readonly (string | undefined)[],
    { from = own, index }: { readonly from?: readonly Sighting[]; readonly index?: Owners['byKey'] } = {},
  ): readonly Known[] =>
    collected(from, valuesIn).map((known) => ({
      ...known,
      alsoOf: [...(index?.get(known.value) ?? [])].filter((one) => one !== id).sort(),
    }));
  const assumed = sightings.filter((one) => one.isAuthentic && namesSomebody(one) && one.original === id);
  const names = collect(({ principal, number }) => (principal?.includes('@') ? [] : [principal, number]), {
    index: owners.byNumber,
  });
  const emails = collect(({ email }) => [email], { index: owners.byEmail });
  const keys = collect(({ credential, kind }) => (kind === 'api-key' ? [] : [credential]), {
    index: owners.byKey,
  });
  const hers = new Set([id, ...[...names, ...emails, ...keys].map(({ value }) => value)]);
  const failed = sightings.filter((one) => triedNames(one).some((name) => hers.has(name)));
  return {
    id,
    kind: own.find(({ principal }) => principal === id)?.kind ?? own[0]?.kind ?? 'unknown',
    acted: own.reduce<Seen | undefined>((sum, { seen }) => addSeen(sum, seen), undefined),
    names: [...names].sort((a, b) => Number(b.value === id) - Number(a.value === id)),
    emails,
    crns: collect(({ identityCrn }) => [identityCrn]),
    keys,
    addresses: collect(({ ips }) => ips),
    actedAs: collect(({ principal }) => [principal === id ? undefined : principal], { from: assumed }),
    actedFor: collect(({ original, principal }) => [original === principal ? undefined : original]),
    tried: collect((one) => triedNames(one).filter((name) => hers.has(name)), { from: failed }),
    triedFrom: collect(({ ips }) => ips, { from: failed }),
  };
}

/** Most frequent first, ties by text. */
function collected(
  sightings: readonly Sighting[],
  valuesIn: (sighting: Sighting) => readonly (string | undefined)[],
): readonly Known[] {
  const byValue = new Map<string, Seen>();
  for (const sighting of sightings) {
    for (const value of new Set(valuesIn(sighting))) {
      if (value !== undefined) byValue.set(value, addSeen(byValue.get(value), sighting.seen));
    }
  }
  const known = [...byValue].map(([value, seen]) => ({ value, seen, alsoOf: [] }));
  return known.sort((a, b) => b.seen.count - a.seen.count || (a.value < b.value ? -1 : 1));
}
