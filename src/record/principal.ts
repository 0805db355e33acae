import { lastSegmentNamed, parseCrn } from './crn.ts';
import { firstText, isObject, stepsWithin, valuesAt } from './paths.ts';

/** Who acted. record-shapes §6 lists the spellings, §13.5 and §13.6 the rules. */
export interface Identity {
  readonly id?: string;
  readonly email?: string;
  readonly kind: PrincipalKind;
}

export const principalKinds = [
  'user',
  'service-account',
  'identity-pool',
  'group',
  'api-key',
  'anonymous',
  'confluent-internal',
  'external',
  'unknown',
] as const;

export type PrincipalKind = (typeof principalKinds)[number];

/** The raw values an identity is read from; each list holds the spellings present. */
export interface IdentityFound {
  readonly principal: readonly unknown[];
  readonly resourceId: readonly unknown[];
  readonly identity: readonly unknown[];
  readonly credentialId: readonly unknown[];
  readonly identifier: readonly unknown[];
}

export const identityReads = {
  principal: 'data.authenticationInfo.principal',
  resourceId: 'data.authenticationInfo.principalResourceId',
  identity: 'data.authenticationInfo.identity',
  credentialId: 'data.authenticationInfo.credentials.idSecretCredentials.credentialId',
  identifier: 'data.authenticationInfo.metadata.identifier',
} as const;

/** For the id and the kind: where the principal has an id, nothing else is asked. */
export const identityReductions = {
  principal: 'actor',
  identity: 'unless-actor',
  credentialId: 'unless-actor',
  identifier: 'unless-actor',
} as const;

export function identify(found: IdentityFound): Identity {
  const identityName = identityNameOf(found.identity);
  const named = namedPrincipal(found);
  const email = named.email ?? (identityName?.includes('@') ? identityName : undefined);
  const resolved = named.id === undefined ? fallback(found, identityName) : { id: named.id, origin: named.origin };
  return {
    ...(resolved.id !== undefined && { id: resolved.id }),
    ...(email !== undefined && { email }),
    kind: kindOf(resolved.id, resolved.origin),
  };
}

/** A principal standing alone (original, acting or assigned), normalised the same way. */
export function identifyAlone(principal: readonly unknown[]): Identity {
  return identify({ principal, resourceId: [], identity: [], credentialId: [], identifier: [] });
}

/** `User:u-1` → `u-1`; the word before the colon only says how the principal was written. */
export function withoutWord(text: string): string {
  return text.replace(/^[A-Za-z]+:/, '');
}

/** Where an id came from decides the kind when the id itself does not. */
type Origin =
  | (typeof wrappers)[number]['key']
  | 'externalAccount'
  | 'resourceId'
  | 'text'
  | 'email'
  | 'identity'
  | 'credential'
  | 'none';

interface Named {
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly origin: Origin;
}

const wrappers = [
  { key: 'confluentUser', kind: 'user' },
  { key: 'confluentServiceAccount', kind: 'service-account' },
  { key: 'identityPool', kind: 'identity-pool' },
  { key: 'group', kind: 'group' },
] as const;

const wrapperSteps = wrappers.map(({ key }) => ({
  key,
  resourceId: stepsWithin(`${key}.resourceId`),
  email: stepsWithin(`${key}.email`),
}));
const externalSubject = stepsWithin('externalAccount.subject');
const ownResourceId = stepsWithin('resourceId');
const ownEmail = stepsWithin('email');

function namedPrincipal(found: IdentityFound): Named {
  for (const principal of found.principal) {
    if (typeof principal === 'string') {
      const id = withoutWord(principal);
      if (id !== '') return { id: resolveNumber(id, found.resourceId), origin: 'text' };
    } else if (isObject(principal)) {
      const named = wrappedPrincipal(principal);
      if (named.id !== undefined) return named;
    }
  }
  return { origin: 'none' };
}

/** A bare number is resolved by `principalResourceId` when that names a user or service account. */
function resolveNumber(id: string, resourceIds: readonly unknown[]): string {
  if (!/^\d+$/.test(id)) return id;
  const resourceId = withoutWord(firstText(resourceIds) ?? '');
  return /^(u|sa)-/.test(resourceId) ? resourceId : id;
}

function wrappedPrincipal(principal: Readonly<Record<string, unknown>>): Named {
  const wrapperEmail = wrapperSteps.flatMap(({ email }) => valuesAt(principal, email));
  const email = firstText([...valuesAt(principal, ownEmail), ...wrapperEmail]);
  for (const { key, resourceId } of wrapperSteps) {
    const id = withoutWord(firstText(valuesAt(principal, resourceId)) ?? '');
    if (id !== '') return { id, email, origin: key };
  }
  const subject = firstText(valuesAt(principal, externalSubject));
  if (subject !== undefined) return { id: subject, email, origin: 'externalAccount' };
  const own = withoutWord(firstText(valuesAt(principal, ownResourceId)) ?? '');
  if (own !== '') return { id: own, email, origin: 'resourceId' };
  return email === undefined ? { origin: 'none' } : { id: email, email, origin: 'email' };
}

function fallback(found: IdentityFound, identityName: string | undefined): Named {
  if (identityName !== undefined)
    return { id: identityName, origin: identityName.includes('@') ? 'email' : 'identity' };
  const credential = firstText([...found.credentialId, ...found.identifier]);
  return credential === undefined ? { origin: 'none' } : { id: credential, origin: 'credential' };
}

/** The last `identity=` of an identity CRN, decoded. */
function identityNameOf(identity: readonly unknown[]): string | undefined {
  const text = firstText(identity);
  const crn = text === undefined ? undefined : parseCrn(text);
  const name = crn && lastSegmentNamed(crn, 'identity');
  return name === '' ? undefined : name;
}

/** The id outranks the wrapper, because wrappers have been seen holding foreign ids (§13.6). */
function kindOf(id: string | undefined, origin: Origin): PrincipalKind {
  if (id === undefined) return 'unknown';
  if (id.startsWith('sa-')) return 'service-account';
  if (id.startsWith('u-')) return 'user';
  if (id.startsWith('pool-')) return 'identity-pool';
  if (id.startsWith('group-')) return 'group';
  if (id === 'UNKNOWN_USER') return 'anonymous';
  if (id === 'confluent.privileged') return 'confluent-internal';
  switch (origin) {
    case 'confluentUser':
    case 'confluentServiceAccount':
    case 'identityPool':
    case 'group':
      return wrappers.find(({ key }) => key === origin)?.kind ?? 'unknown';
    case 'externalAccount':
      return id === 'Confluent' ? 'confluent-internal' : 'external';
    case 'email':
      return 'user';
    case 'credential':
      return 'api-key';
    case 'text':
      return /^[a-z]+admin$/.test(id) ? 'confluent-internal' : 'unknown';
    case 'resourceId':
    case 'identity':
    case 'none':
      return 'unknown';
  }
}
