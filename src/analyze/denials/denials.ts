import type { AuditRecord } from '../../record/record.ts';
import type { Fold } from '../fold.ts';
import { mostGroups, tooManyGroups } from '../grouping.ts';
import { joinSpans, type Span } from '../span.ts';
import { addTick, type Bursts, burstsIn, type Ticks } from './bursts.ts';
import { type DenialKey, type Facts, factsOf, keysOf, keyText } from './facts.ts';
import { limits } from './guesses.ts';
import { type Plane, planeFinder, planes } from './planes.ts';
import { newPulse, type Pulse, type PulseCounter } from './pulse.ts';

/** Refusals that have whom or where they came from in common, and the plane. */
export interface Refusals {
  readonly by: 'principal' | 'address';
  /** Undefined for records that do not tell. */
  readonly name: string | undefined;
  readonly plane: Plane;
  readonly count: number;
  /** `Topic:Read` where a check says so, else the method. In the order of the input, as all of these. */
  readonly operations: readonly string[];
  readonly resources: readonly string[];
  readonly ips: readonly string[];
  readonly principals: readonly string[];
  readonly credentials: readonly string[];
  /** Refusals by an IP filter. */
  readonly filtered: number;
  /** The principal is nobody in particular. */
  readonly isNameless: boolean;
  /** Of those that have a usable time. */
  readonly span: Span | undefined;
  readonly pulse: Pulse;
  /** Of permission checks by a user. */
  readonly bursts: Bursts;
  /** Of the same checks. */
  readonly requestIds: readonly string[];
}

export interface Denials {
  /** Of all records that failed. */
  readonly failures: number;
  readonly refusals: Readonly<Record<Plane, number>>;
  readonly withoutTime: number;
  readonly withoutAddress: number;
  /** By principal, then by address; most refusals first. */
  readonly rows: readonly Refusals[];
}

/** Takes records that failed, in any order. */
export function denialsFold(most = mostGroups): Fold<Denials> {
  const planeOf = planeFinder();
  const rows = new Map<string, OpenRow>();
  const refusals: Record<Plane, number> = { authentication: 0, authorization: 0, request: 0 };
  let failures = 0;
  let withoutTime = 0;
  let withoutAddress = 0;
  let position = 0;
  let held = 0;

  const hold = (set: Set<string>, value: string): void => {
    if (set.has(value)) return;
    set.add(value);
    spend();
  };
  const spend = (): void => {
    held++;
    if (held > most) throw tooManyGroups('principals, addresses, operations and resources of refusals');
  };
  const rowOf = (key: DenialKey): OpenRow => {
    const text = keyText(key);
    const before = rows.get(text);
    if (before !== undefined) return before;
    spend();
    const row = newRow(key);
    rows.set(text, row);
    return row;
  };

  const add = (record: AuditRecord): void => {
    failures++;
    const plane = planeOf(record);
    if (plane === undefined) return;
    refusals[plane]++;
    const facts = factsOf(record);
    if (facts.span(position) === undefined) withoutTime++;
    if (facts.ips.length === 0) withoutAddress++;
    for (const key of keysOf(facts, plane)) addTo(rowOf(key), facts, position, { hold, spend });
    position++;
  };

  return {
    push(batch) {
      for (const record of batch) add(record);
    },
    end: () => ({
      failures,
      refusals,
      withoutTime,
      withoutAddress,
      rows: [...rows.values()].map(closed).sort(byCount),
    }),
  };
}

interface OpenRow extends DenialKey {
  count: number;
  filtered: number;
  isNameless: boolean;
  span: Span | undefined;
  readonly operations: Set<string>;
  readonly resources: Set<string>;
  readonly ips: Set<string>;
  readonly principals: Set<string>;
  readonly credentials: Set<string>;
  readonly requestIds: Set<string>;
  readonly ticks: Ticks;
  readonly pulse: PulseCounter;
}

function newRow(key: DenialKey): OpenRow {
  return {
    ...key,
    count: 0,
    filtered: 0,
    isNameless: key.name === undefined,
    span: undefined,
    operations: new Set(),
    resources: new Set(),
    ips: new Set(),
    principals: new Set(),
    credentials: new Set(),
    requestIds: new Set(),
    ticks: new Map(),
    pulse: newPulse(),
  };
}

interface Memory {
  readonly hold: (set: Set<string>, value: string) => void;
  readonly spend: () => void;
}

function addTo(row: OpenRow, facts: Facts, position: number, { hold, spend }: Memory): void {
  row.count++;
  if (facts.method === 'ip-filter.Authorize') row.filtered++;
  if (row.by === 'principal' && facts.principalKind === 'anonymous') row.isNameless = true;
  hold(row.operations, facts.operation);
  for (const ip of facts.ips) hold(row.ips, ip);
  if (facts.resource !== undefined) hold(row.resources, facts.resource);
  if (facts.principal !== undefined) hold(row.principals, facts.principal);
  if (facts.credential !== undefined) hold(row.credentials, facts.credential);
  const span = facts.span(position);
  if (span === undefined) return;
  row.span = joinSpans(row.span, span);
  const { second } = span.first.time;
  row.pulse.add(second);
  if (row.by !== 'principal' || facts.method !== 'mds.Authorize' || facts.principalKind !== 'user') return;
  if (addTick(row.ticks, second, facts.operation)) spend();
  for (const id of facts.requestIds) hold(row.requestIds, id);
}

function closed({ ticks, pulse, ...row }: OpenRow): Refusals {
  return {
    ...row,
    operations: [...row.operations],
    resources: [...row.resources],
    ips: [...row.ips],
    principals: [...row.principals],
    credentials: [...row.credentials],
    requestIds: [...row.requestIds],
    pulse: pulse.end(),
    bursts: burstsIn(ticks, limits.dryRun),
  };
}

function byCount(a: Refusals, b: Refusals): number {
  return (
    Number(a.by === 'address') - Number(b.by === 'address') ||
    b.count - a.count ||
    compareTexts(a.name ?? '', b.name ?? '') ||
    planes.indexOf(a.plane) - planes.indexOf(b.plane)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
