import type { Refusals } from './denials.ts';
import type { Plane } from './planes.ts';

/**
 * What refusals look like. A guess, never a fact: each comes with the rule that led to it and the numbers it went by.
 * The limits are documented in docs/reports.md.
 */
export const limits = {
  /** Fewer refusals are too few to guess from. */
  fewest: 3,
  keySpray: { count: 5, credentials: 3 },
  staleClient: { count: 10, stretches: 8, busyShare: 0.75 },
  dryRun: { operations: 3, seconds: 2, share: 0.8 },
  missingGrant: { count: 5, operations: 2, sources: 1, stretches: 8, busyShare: 0.5 },
  probing: { operations: 3, triesEach: 3, principals: 1 },
} as const;

export type GuessName =
  | 'key spray'
  | 'stale client'
  | 'blocked address'
  | 'console dry-run'
  | 'missing grant'
  | 'probing'
  | 'unclear';

export interface Guess {
  readonly guess: GuessName;
  /** In words, with the numbers. */
  readonly rule: string;
}

/** A length of time for people. */
type LengthText = (second: number, nano: number) => string;

interface Rule {
  readonly guess: GuessName;
  readonly planes: readonly Plane[];
  readonly fits: (row: Refusals) => boolean;
  readonly says: (row: Refusals, length: LengthText) => string;
}

/** The first that fits is the guess. */
const rules: readonly Rule[] = [
  {
    guess: 'key spray',
    planes: ['authentication'],
    fits: ({ by, count, credentials }) =>
      by === 'address' && count >= limits.keySpray.count && credentials.length >= limits.keySpray.credentials,
    says: (row, length) =>
      `${refusalsOf(row)} with ${many(row.credentials, 'credential')}${fromSources(row)}${inTime(row, length)}`,
  },
  {
    guess: 'stale client',
    planes: ['authentication'],
    fits: (row) =>
      row.count >= limits.staleClient.count &&
      row.credentials.length === 1 &&
      sourcesOf(row).length <= 1 &&
      isSteady(row, limits.staleClient),
    says: (row, length) =>
      `${refusalsOf(row)} with 1 credential${fromSources(row)}${inTime(row, length)}, ${pulseOf(row, length)}`,
  },
  {
    guess: 'blocked address',
    planes: ['authorization'],
    fits: ({ count, filtered }) => filtered === count,
    says: (row, length) => `${refusalsOf(row)} by an IP filter${fromSources(row)}${inTime(row, length)}`,
  },
  {
    guess: 'console dry-run',
    planes: ['authorization'],
    fits: ({ count, bursts }) => bursts.records > 0 && bursts.records >= count * limits.dryRun.share,
    says: ({ count, bursts }) =>
      `${bursts.records} of ${count} came in ${plural(bursts.bursts, 'burst')} of permission checks, ` +
      `${bursts.operations} or more operations within about a second, and no request was made with them`,
  },
  {
    guess: 'missing grant',
    planes: ['authorization', 'request'],
    fits: (row) =>
      row.count >= limits.missingGrant.count &&
      row.operations.length <= limits.missingGrant.operations &&
      sourcesOf(row).length <= limits.missingGrant.sources &&
      (row.pulse.stretches < limits.missingGrant.stretches || isSteady(row, limits.missingGrant)),
    says: (row, length) => ofWhat(row, length),
  },
  {
    guess: 'probing',
    planes: ['authorization', 'request'],
    fits: ({ by, count, operations, principals }) =>
      operations.length >= limits.probing.operations &&
      count <= operations.length * limits.probing.triesEach &&
      // Behind one address there may be a whole office.
      (by === 'principal' || principals.length <= limits.probing.principals),
    says: (row, length) => `few tries each: ${ofWhat(row, length)}`,
  },
];

/** `requested`: ids of requests that were made. */
export function guessOf(row: Refusals, requested: ReadonlySet<string>, length: LengthText): Guess {
  const unclear = nobodyIn(row);
  if (unclear !== undefined) return { guess: 'unclear', rule: unclear };
  const wasRequested = row.requestIds.some((id) => requested.has(id));
  const rule = rules.find(
    ({ guess, planes, fits }) =>
      planes.includes(row.plane) && fits(row) && !(guess === 'console dry-run' && wasRequested),
  );
  if (rule !== undefined) return { guess: rule.guess, rule: rule.says(row, length) };
  const why = row.count < limits.fewest ? 'too few to tell' : 'no rule fits';
  return { guess: 'unclear', rule: `${why}: ${ofWhat(row, length)}` };
}

/** Whether its request ids decide what it looks like. */
export function mayBeDryRun({ bursts }: Refusals): boolean {
  return bursts.records > 0;
}

function nobodyIn({ by, name, isNameless }: Refusals): string | undefined {
  if (by === 'address' && name === undefined) return 'these refusals tell no address: see the principals';
  return isNameless ? 'these refusals name nobody: see the addresses' : undefined;
}

function sourcesOf({ by, ips, principals }: Refusals): readonly string[] {
  return by === 'principal' ? ips : principals;
}

function isSteady({ pulse }: Refusals, { stretches, busyShare }: { stretches: number; busyShare: number }): boolean {
  return pulse.stretches >= stretches && pulse.busy >= pulse.stretches * busyShare;
}

function pulseOf({ pulse }: Refusals, length: LengthText): string {
  return `in ${pulse.busy} of ${pulse.stretches} stretches of ${length(pulse.width, 0)}`;
}

/** `47 refusals of 1 operation on 3 resources from 1 address in 47 s` */
function ofWhat(row: Refusals, length: LengthText): string {
  const { operations, resources } = row;
  const on = resources.length === 0 ? '' : ` on ${many(resources, 'resource')}`;
  return `${refusalsOf(row)} of ${many(operations, 'operation')}${on}${fromSources(row)}${inTime(row, length)}`;
}

function refusalsOf({ count, plane }: Refusals): string {
  return plural(count, plane === 'authentication' ? 'refused sign-in' : 'refusal');
}

function fromSources(row: Refusals): string {
  // Refused sign-ins mostly name nobody, so that their principals say nothing.
  if (row.by === 'address' && row.plane === 'authentication') return ' from this address';
  const sources = sourcesOf(row);
  if (sources.length === 0) return '';
  return row.by === 'principal'
    ? ` from ${many(sources, 'address', 'addresses')}`
    : ` of ${many(sources, 'principal')}`;
}

function inTime({ count, span }: Refusals, length: LengthText): string {
  if (span === undefined || count === 1) return '';
  const { first, last } = span;
  return ` in ${length(last.time.second - first.time.second, last.time.nano - first.time.nano)}`;
}

function many(members: readonly string[], one: string, several?: string): string {
  return plural(members.length, one, several);
}

function plural(count: number, one: string, several = `${one}s`): string {
  return `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? one : several}`;
}
