import type { Operand } from '../query/expr.ts';
import { cellOfOperand } from '../query/operand.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import { withoutWord } from '../record/principal.ts';
import type { AuditRecord, Cell } from '../record/record.ts';
import {
  firstWitness,
  type Group,
  type GroupingFold,
  groupingFold,
  mostGroups,
  tooManyGroups,
  type Witness,
} from './grouping.ts';
import { joinSpans, type Span } from './span.ts';

/** Records that are alike in who they say acted. */
export interface Sighting {
  /** Canonical; undefined where the record names nobody. */
  readonly principal: string | undefined;
  readonly kind: string;
  readonly email: string | undefined;
  /** The principal as a bare number, where it is recorded as one. */
  readonly number: string | undefined;
  readonly identityCrn: string | undefined;
  /** Who really asked, when an identity was assumed. */
  readonly original: string | undefined;
  readonly credential: string | undefined;
  readonly ips: readonly string[];
  /** False when the record is of a sign-in that failed: then it says who was tried, not who acted. */
  readonly isAuthentic: boolean;
  readonly seen: Seen;
}

export interface Seen {
  readonly count: number;
  readonly span: Span | undefined;
  readonly witness: Witness | undefined;
}

export function addSeen(a: Seen | undefined, b: Seen): Seen {
  if (a === undefined) return b;
  return {
    count: a.count + b.count,
    span: b.span === undefined ? a.span : joinSpans(a.span, b.span),
    witness: firstWitness(a.witness, b.witness),
  };
}

const columns = [
  'principal',
  'principalKind',
  'email',
  'originalPrincipal',
  'credential',
  'ips',
  'kind',
  'ok',
] as const satisfies readonly ColumnName[];

/** As recorded, in both spellings of the key. */
const paths = {
  principal: [path('authenticationInfo', 'principal'), path('authentication_info', 'principal')],
  identity: [path('authenticationInfo', 'identity'), path('authentication_info', 'identity')],
  result: [path('authenticationInfo', 'result'), path('authentication_info', 'result')],
} as const;

function path(info: string, key: string): Operand {
  return { kind: 'path', path: ['data', info, key] };
}

const readers = {
  principal: paths.principal.map(cellOfOperand),
  identity: paths.identity.map(cellOfOperand),
  result: paths.result.map(cellOfOperand),
};

/** Collects who acted, whatever they are called. */
export function sightingsFold(most = mostGroups): GroupingFold<readonly Sighting[]> {
  const sightings = new Map<string, Sighting>();
  return groupingFold(
    {
      reads: [
        ...columns.map((name): Operand => ({ kind: 'column', name })),
        ...paths.principal,
        ...paths.identity,
        ...paths.result,
      ],
      slots: { kind: 'one' },
      witnessesFrom: 0,
      add(group) {
        const sighting = sightingOf(group);
        const { seen, ...who } = sighting;
        const key = JSON.stringify(Object.values(who).map((value) => value ?? null));
        const before = sightings.get(key);
        if (before === undefined && sightings.size >= most)
          throw tooManyGroups('combinations of names, keys and addresses');
        sightings.set(key, before === undefined ? sighting : { ...before, seen: addSeen(before.seen, seen) });
      },
    },
    () => [...sightings.values()],
  );
}

function sightingOf({ record, times, span, witness }: Group): Sighting {
  const recorded = textAt(readers.principal, record);
  const number = recorded === undefined ? undefined : withoutWord(recorded);
  const ips = cellOf(record, 'ips');
  return {
    principal: textOf(cellOf(record, 'principal')),
    kind: textOf(cellOf(record, 'principalKind')) ?? 'unknown',
    email: textOf(cellOf(record, 'email')),
    number: number !== undefined && /^\d+$/.test(number) ? number : undefined,
    identityCrn: textAt(readers.identity, record),
    original: textOf(cellOf(record, 'originalPrincipal')),
    credential: textOf(cellOf(record, 'credential')),
    ips: Array.isArray(ips) ? ips : [],
    isAuthentic: isAuthentic(record),
    seen: { count: times, span, witness },
  };
}

/** The verdict on the sign-in itself decides; a call of somebody known may be refused all the same. */
function isAuthentic(record: AuditRecord): boolean {
  const result = textAt(readers.result, record)?.toUpperCase();
  if (result !== undefined && result !== 'UNSET') return result === 'SUCCESS' || result === 'OK';
  return !(cellOf(record, 'kind') === 'authentication' && cellOf(record, 'ok') === false);
}

function textAt(reading: readonly ((record: AuditRecord) => Cell)[], record: AuditRecord): string | undefined {
  for (const read of reading) {
    const cell = read(record);
    // What stands there may be an object, which a path gives as JSON.
    if (typeof cell === 'string' && cell !== '' && !cell.startsWith('{')) return cell;
  }
  return undefined;
}

function textOf(cell: Cell): string | undefined {
  return cell === undefined ? undefined : String(cell);
}
