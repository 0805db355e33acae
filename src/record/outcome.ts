import { firstText } from './paths.ts';

/** What came of it, in one word. record-shapes §13.7. */
export const results = ['SUCCESS', 'FAILURE', 'ALLOW', 'DENY', 'UNKNOWN'] as const;

export type Result = (typeof results)[number];

export interface Outcome {
  readonly result: Result;
  /** The raw word that decided: `SUCCESS`, `UNAUTHENTICATED`, `DENY`, `false` (of `granted`) … */
  readonly raw?: string;
}

export interface OutcomeFound {
  readonly type: readonly unknown[];
  readonly verdict: readonly unknown[];
  readonly granted: readonly unknown[];
  readonly status: readonly unknown[];
  readonly signIn: readonly unknown[];
}

export const outcomeReads = {
  type: 'type',
  verdict: 'data.authorizationInfo.result',
  granted: 'data.authorizationInfo.granted',
  status: 'data.result.status',
  signIn: 'data.authenticationInfo.result',
} as const;

/**
 * A record can hold three verdicts: was it permitted, did it work, did the caller sign in. Which
 * one speaks first depends on the kind of event; "signed in" never outranks the other two, because
 * a refused request normally carries `authenticationInfo.result: SUCCESS`.
 */
export function outcomeOf(found: OutcomeFound): Outcome {
  const permitted = verdictOf(found);
  const worked = statusOf(found.status);
  const signedIn = statusOf(found.signIn);
  const order = verdictOrder(kindOf(firstText(found.type)), { permitted, worked, signedIn });
  return order.find((outcome) => outcome !== undefined) ?? { result: 'UNKNOWN' };
}

/** Success or failure for the two-way view; undefined for UNKNOWN. */
export function isOk(result: Result): boolean | undefined {
  switch (result) {
    case 'SUCCESS':
    case 'ALLOW':
      return true;
    case 'FAILURE':
    case 'DENY':
      return false;
    case 'UNKNOWN':
      return undefined;
  }
}

/** Every verdict word of the record as written, `granted` included. */
export function verdictWords(found: OutcomeFound): string[] {
  const words = [...found.verdict, ...found.granted, ...found.status, ...found.signIn];
  return words.filter((word) => typeof word === 'string' || typeof word === 'boolean').map(String);
}

/** The kind of event: the text after the last `/` of its type. */
export function kindOf(type: string | undefined): string | undefined {
  if (type === undefined || !type.includes('/')) return undefined;
  return type.slice(type.lastIndexOf('/') + 1) || undefined;
}

type Verdicts = Readonly<Record<'permitted' | 'worked' | 'signedIn', Outcome | undefined>>;

function verdictOrder(kind: string | undefined, { permitted, worked, signedIn }: Verdicts): (Outcome | undefined)[] {
  if (kind === 'authorization') return [permitted, worked, signedIn];
  if (kind === 'authentication') return [worked, signedIn, permitted];
  return [worked, permitted, signedIn];
}

function verdictOf({ verdict, granted }: OutcomeFound): Outcome | undefined {
  for (const raw of verdict) {
    if (typeof raw !== 'string') continue;
    const word = raw.toUpperCase();
    if (word === 'ALLOW' || word === 'DENY') return { result: word, raw };
  }
  for (const raw of granted) {
    if (typeof raw === 'boolean') return { result: raw ? 'ALLOW' : 'DENY', raw: String(raw) };
  }
  return undefined;
}

function statusOf(statuses: readonly unknown[]): Outcome | undefined {
  for (const raw of statuses) {
    if (typeof raw !== 'string') continue;
    const word = raw.toUpperCase();
    if (word === '' || word === 'UNSET') continue;
    return { result: word === 'SUCCESS' || word === 'OK' ? 'SUCCESS' : 'FAILURE', raw };
  }
  return undefined;
}
