import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import type { Zone } from '../record/zone.ts';
import { cellText } from './cell-text.ts';
import { escapeControls } from './escape.ts';
import { type Labels, labelledCell } from './labels.ts';
import { resultStyle, type Styles } from './style.ts';
import { cutEnd, cutMiddle, displayWidth } from './width.ts';

/**
 * A record as one English sentence on one line. Every part may be missing from a record: what is
 * not known is left out or said to be unknown, never guessed.
 */

export interface SentenceOptions {
  readonly zone: Zone;
  /** Leave long names and reasons whole. */
  readonly wide: boolean;
  readonly styles: Styles;
  /** Leave out where the resource is, and which others there are. */
  readonly withoutPlace?: boolean;
  /** Leave out what came of a call, for lines that show it beside. */
  readonly withoutOutcome?: boolean;
  /** Name callers by their id alone: no e-mail beside it, nor what the id says already. */
  readonly plainCaller?: boolean;
  /** Where a sentence takes more cells, leave out what another word of it says, too. It may still take more. */
  readonly room?: number | undefined;
  readonly labels?: Labels | undefined;
}

/** `2023-12-01T18:14:20Z u-1 was denied Alter on topic orders in cluster lkc-1 from 192.0.2.7 (kafka.CreateAcls)` */
export function sentenceOf(record: AuditRecord, options: SentenceOptions): string {
  const time = textOf(cellOf(record, 'time'), options);
  return `${options.styles.dim(time ?? 'at an unknown time')} ${deedOf(record, options)}`;
}

/** The same without the time. */
export function deedOf(record: AuditRecord, options: SentenceOptions): string {
  const facts = factsOf(record, options);
  const { room } = options;
  const whole = told(facts);
  if (room === undefined || displayWidth(whole, room) <= room) return whole;
  // To what somebody signed in says the name of its method, too.
  const plain = facts.kind === 'authentication' && told({ ...facts, method: undefined });
  if (plain && displayWidth(plain, room) <= room) return plain;
  return told(shortened({ ...facts, who: shortCallerOf(record, options) ?? facts.who }));
}

/** What goes first where there is little room: a type that the method names, too, most of a long id, to what a key gave access. */
function shortened(facts: Facts): Facts {
  const { kind, method, operation, resourceType, resource, credential } = facts;
  if (kind === 'authentication') {
    return credential === undefined ? facts : { ...facts, target: undefined, by: ` with ${credential}` };
  }
  if (resource === undefined) return facts;
  // A filter of addresses: what matters is from where.
  if (kind === 'authorization' && operation === undefined && uuid.test(resource))
    return { ...facts, target: undefined };
  const name = uuid.test(resource) ? cutEnd(resource, 9) : resource;
  const isCall = kind !== 'authorization' && kind !== 'access-transparency';
  return { ...facts, target: targetOf(isCall && namesType(method, resourceType) ? undefined : resourceType, name) };
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `DeleteAPIKey` says that it is about a `cloud-api-key`. */
function namesType(method: string | undefined, type: string | undefined): boolean {
  const last = type?.toLowerCase().split(/[-_]/).at(-1) ?? '';
  return last !== '' && (method ?? '').toLowerCase().includes(last);
}

function told(facts: Facts): string {
  const { kind } = facts;
  return kind === 'authentication' ? signIn(facts) : kind === 'authorization' ? check(facts) : call(facts);
}

/** Who did it, as sentences name them. */
export function callerOf(record: AuditRecord, options: SentenceOptions): string {
  return options.styles.accent(whoOf(getterOf(record, options), options.plainCaller));
}

/** Who did it, as sentences without room name them: by what the id is called. */
export function shortCallerOf(
  record: AuditRecord,
  { labels, styles, ...options }: SentenceOptions,
): string | undefined {
  const id = cellOf(record, 'principal');
  const isOneself = cellOf(record, 'originalPrincipal') === undefined || cellOf(record, 'originalPrincipal') === id;
  const name = typeof id === 'string' && isOneself ? labels?.of('principal', id) : undefined;
  const text = textOf(name, options);
  return text && styles.accent(text);
}

/** What of a record brief sentences are made of, and what is in the others besides. */
export const brieflyToldColumns: readonly ColumnName[] = [
  ...(['kind', 'result', 'rawResult', 'message', 'method', 'operation'] as const),
  ...(['principal', 'principalKind', 'email', 'originalPrincipal', 'credential'] as const),
  ...(['resource', 'resourceType', 'ip', 'ips'] as const),
];
export const toldBesides: readonly ColumnName[] = ['resources', 'cluster', 'env', 'region'];

/** Texts ready to be shown; undefined when the record does not say. */
interface Facts {
  readonly kind: string | undefined;
  readonly result: string;
  readonly method: string | undefined;
  readonly operation: string | undefined;
  readonly who: string;
  /** The plain id of the caller. */
  readonly principal: string | undefined;
  readonly credential: string | undefined;
  /** ` with credential KEY` or empty. */
  readonly by: string;
  readonly resource: string | undefined;
  readonly resourceType: string | undefined;
  /** `topic orders` */
  readonly target: string | undefined;
  /** ` (and 2 more)` or empty. A check names one resource, in two ways where there seem to be more. */
  readonly others: string;
  /** ` in environment env-1 from 192.0.2.7`, with a blank before it, or empty. */
  readonly where: string;
  /** ` (UNAUTHENTICATED, wrong password)` or empty. */
  readonly why: string;
  readonly withoutOutcome: boolean;
  /** Paints words that tell the outcome. */
  readonly paint: (words: string) => string;
}

/** Cells before a name or a reason is cut: a line of the log may hold a megabyte in either. */
const longestName = 120;
const longestReason = 300;

/** A cell as sentences show it; undefined when there is nothing to show. */
export function textOf(cell: Cell, { zone, wide }: Pick<SentenceOptions, 'zone' | 'wide'>): string | undefined {
  const text = cellText(cell, zone);
  if (text === undefined) return undefined;
  return wide ? escapeControls(text) : cutMiddle(escapeControls(text), longestName);
}

/** The texts of a record's columns, with what they are called. */
function getterOf(record: AuditRecord, options: SentenceOptions): Get {
  // The principal carries the name already, where its e-mail stands beside it.
  const isNamed = (name: ColumnName): boolean =>
    name !== 'email' || cellOf(record, 'email') === cellOf(record, 'principal');
  return (name) => {
    const cell = cellOf(record, name);
    return textOf(isNamed(name) ? labelledCell(options.labels, name, cell) : cell, options);
  };
}

function factsOf(record: AuditRecord, options: SentenceOptions): Facts {
  const { zone, wide, styles, withoutPlace = false, withoutOutcome = false, plainCaller } = options;
  const get = getterOf(record, options);
  const result = String(cellOf(record, 'result') ?? 'UNKNOWN');
  const reason = escapeControls(cellText(cellOf(record, 'message'), zone) ?? '');
  const rawResult = get('rawResult');
  const reasons = [
    rawResult !== undefined && !plainVerdicts.has(rawResult.toUpperCase()) ? rawResult : '',
    wide ? reason : cutEnd(reason, longestReason),
  ].filter((text) => text !== '');
  const who = whoOf(get, plainCaller);
  const principal = get('principal');
  const recorded = get('credential');
  const credential = recorded === principal ? undefined : recorded;
  const [resourceType, resource] = [get('resourceType'), get('resource')];
  return {
    kind: get('kind'),
    result,
    method: get('method'),
    operation: get('operation'),
    who: styles.accent(who),
    principal,
    credential,
    by: credential === undefined ? '' : ` with credential ${credential}`,
    resource,
    resourceType,
    target: targetOf(resourceType, resource),
    others: withoutPlace ? '' : othersOf(cellOf(record, 'resources')),
    where: whereOf(get, cellOf(record, 'ips'), withoutPlace),
    withoutOutcome,
    why: reasons.length === 0 ? '' : ` (${reasons.join(', ')})`,
    paint: resultStyle(styles, result) ?? ((words) => words),
  };
}

/** Raw words that say no more than the outcome does. */
const plainVerdicts: ReadonlySet<string> = new Set(['SUCCESS', 'OK', 'FAILURE', 'ALLOW', 'DENY', 'TRUE', 'FALSE']);

type Get = (name: ColumnName) => string | undefined;

/** `alice@example.com (u-1)`; the kind where the id does not show it; `u-2 as sa-1` when an identity was assumed. */
function whoOf(get: Get, plainCaller = false): string {
  const id = get('principal');
  const kind = get('principalKind');
  if (id === undefined) return 'an unnamed caller';
  const email = plainCaller ? undefined : get('email');
  const isKnown = kind === undefined || kind === 'unknown' || (plainCaller && kind === 'anonymous');
  const isPlain = isKnown || /^(?:u|sa|pool|group)-/.test(id) || id.includes('@');
  const remarks = [email === undefined || email === id ? '' : id, isPlain ? '' : kind].filter((text) => text !== '');
  const named = `${email ?? id}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
  const original = get('originalPrincipal');
  return original === undefined || original === id ? named : `${original} as ${named}`;
}

function targetOf(type: string | undefined, name: string | undefined): string | undefined {
  return name && [type, name].filter((text) => text !== undefined).join(' ');
}

function othersOf(list: Cell): string {
  const others = Array.isArray(list) ? list.length - 1 : 0;
  return others > 0 ? ` (and ${others} more)` : '';
}

/** Where the resource is, unless it is the place itself; and where the call came from. */
function whereOf(get: Get, ips: Cell, withoutPlace: boolean): string {
  const place = withoutPlace ? '' : placeOf(get);
  const ip = get('ip');
  if (ip === undefined) return place;
  return `${place}${place && ','} from ${ip}${othersOf(ips)}`;
}

function placeOf(get: Get): string {
  const resource = get('resource');
  const places = (['cluster', 'env', 'region'] as const).flatMap((name) => {
    const id = get(name);
    return id === undefined || id === resource ? [] : [`${name === 'env' ? 'environment' : name} ${id}`];
  });
  return places.length === 0 ? '' : ` in ${places.join(', ')}`;
}

/** `… failed to sign in to cluster lkc-1 with credential KEY from 192.0.2.7 (UNAUTHENTICATED) (kafka.Authentication)` */
function signIn({ who, result, target, by, where, why, method, paint }: Facts): string {
  const deeds: Readonly<Record<string, string>> = {
    SUCCESS: 'signed in',
    ALLOW: 'was allowed to sign in',
    FAILURE: 'failed to sign in',
    DENY: 'was denied to sign in',
  };
  const deed = deeds[result] ?? 'tried to sign in, outcome unknown,';
  const to = target === undefined ? '' : ` to ${target}`;
  return `${who} ${paint(deed)}${to}${by}${where}${why}${asRecorded(method)}`;
}

/** `… was denied Alter on topic orders …`. Checks without an operation are named by their method. */
function check({ who, result, operation, method, target, where, why, paint }: Facts): string {
  const verdicts: Readonly<Record<string, string>> = { ALLOW: 'was allowed', DENY: 'was denied' };
  const verdict = verdicts[result];
  const on = target === undefined ? '' : ` on ${target}`;
  const what = operation === undefined ? `by ${method ?? 'an unnamed check'}` : operation;
  const named = operation === undefined ? '' : asRecorded(method);
  if (verdict !== undefined) return `${who} ${paint(verdict)} ${what}${on}${where}${why}${named}`;
  return `${who} was checked ${operation === undefined ? what : `for ${what}`}${on}${where}${named}: ${paint(outcome(result))}${why}`;
}

/** `… called DeleteStatement on statement x …: succeeded`; the same for kinds nobody has met yet. */
function call({
  who,
  principal,
  kind,
  result,
  method,
  target,
  others,
  where,
  why,
  withoutOutcome,
  paint,
}: Facts): string {
  const on = target === undefined ? '' : ` ${target}${others}`;
  const end = `${where}${withoutOutcome ? '' : `: ${paint(outcome(result))}`}${why}`;
  if (kind === 'access-transparency') {
    const staff = `Confluent staff${principal === undefined ? '' : ` (${principal})`}`;
    return `${staff} accessed${on || ' something unnamed'}${asRecorded(method)}${end}`;
  }
  return `${who} called ${method ?? 'an unnamed method'}${on && ` on${on}`}${end}`;
}

function outcome(result: string): string {
  switch (result) {
    case 'SUCCESS':
      return 'succeeded';
    case 'FAILURE':
      return 'failed';
    case 'ALLOW':
      return 'allowed';
    case 'DENY':
      return 'denied';
  }
  return 'outcome unknown';
}

function asRecorded(method: string | undefined): string {
  return method === undefined ? '' : ` (${method})`;
}
