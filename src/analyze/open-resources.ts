import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';
import type { Expr } from '../query/expr.ts';
import { compilePredicate } from '../query/predicate.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord, Provenance } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Fold } from './fold.ts';
import { type NamedResource, namedResources, sharesScope } from './named-resource.ts';

export interface OpenResources {
  /** Created and not deleted since, oldest first. */
  readonly rows: readonly OpenResource[];
  /** Resources that were created and deleted again. */
  readonly closed: number;
  /** Deletions of what was not created in these records before. */
  readonly deletedOnly: number;
  /** Creations of what was open already; the first one counts. */
  readonly createdAgain: number;
  /** Deletions that may be of any of several open resources: all of those are closed. */
  readonly unclear: number;
  /** Creations and deletions that do not count, by reason. */
  readonly left: LeftOut;
  /** How many records created or deleted anything, whatever came of it. */
  readonly creations: number;
  readonly deletions: number;
  /** Names of methods that were seen, the first thousand. */
  readonly methods: ReadonlySet<string>;
}

export interface LeftOut {
  /** Failed or denied. */
  failed: number;
  /** Only allowed by a check, not done. */
  checks: number;
  /** The record does not say what came of it. */
  unknownResult: number;
  withoutTime: number;
  withoutResource: number;
  /** Another delivery of a record that was seen. */
  repeated: number;
}

export interface OpenResource extends NamedResource {
  readonly time: Instant;
  readonly id: string | undefined;
  readonly method: string | undefined;
  readonly principal: string | undefined;
  readonly at: Pick<Provenance, 'file' | 'line'>;
}

/** Columns that are asked of every record. */
export const openColumns: readonly ColumnName[] = [
  'methodNames',
  'method',
  'result',
  'time',
  'id',
  'principal',
  'crns',
];

interface Deed extends OpenResource {
  readonly position: number;
  readonly isCreation: boolean;
}

/** Creations and deletions that are held at most. */
const mostDeeds = 500_000;

/** Pairs each creation with the deletion that follows, in time. */
export function openFold(
  { create, remove }: { readonly create: Expr; readonly remove: Expr },
  most = mostDeeds,
): Fold<OpenResources> {
  const isCreation = compilePredicate(create);
  const isDeletion = compilePredicate(remove);
  const deeds: Deed[] = [];
  const seen = new Set<string>();
  const left: LeftOut = {
    failed: 0,
    checks: 0,
    unknownResult: 0,
    withoutTime: 0,
    withoutResource: 0,
    repeated: 0,
  };
  const methods = new Set<string>();
  let creations = 0;
  let deletions = 0;
  let position = 0;

  const take = (record: AuditRecord, creates: boolean): void => {
    const reason = reasonAgainst(record);
    if (reason !== undefined) {
      left[reason]++;
      return;
    }
    const time = cellOf(record, 'time');
    if (!isInstant(time)) {
      left.withoutTime++;
      return;
    }
    const resources = namedResources(record);
    if (resources.length === 0) left.withoutResource++;
    for (const resource of resources) {
      const id = textOf(record, 'id');
      const delivery =
        id === undefined ? undefined : JSON.stringify([id, creates, resource.key, time.second, time.nano]);
      if (delivery !== undefined && seen.has(delivery)) {
        left.repeated++;
        continue;
      }
      if (delivery !== undefined) seen.add(delivery);
      if (deeds.length >= most) throw tooManyDeeds(most);
      deeds.push({
        ...resource,
        time,
        id,
        method: textOf(record, 'method'),
        principal: textOf(record, 'principal'),
        at: { file: record.at.file, line: record.at.line },
        position,
        isCreation: creates,
      });
    }
  };

  return {
    push(batch) {
      for (const record of batch) {
        position++;
        const method = textOf(record, 'method');
        if (method !== undefined && methods.size < 1000) methods.add(method);
        const creates = isCreation(record);
        const deletes = isDeletion(record);
        if (creates) creations++;
        if (deletes) deletions++;
        if (creates || deletes) take(record, creates);
      }
    },
    end: () => ({ ...paired(deeds), left, creations, deletions, methods }),
  };
}

function reasonAgainst(record: AuditRecord): 'failed' | 'checks' | 'unknownResult' | undefined {
  switch (cellOf(record, 'result')) {
    case 'SUCCESS':
      return undefined;
    case 'ALLOW':
      return 'checks';
    case 'FAILURE':
    case 'DENY':
      return 'failed';
    default:
      return 'unknownResult';
  }
}

function textOf(record: AuditRecord, column: 'id' | 'method' | 'principal'): string | undefined {
  const cell = cellOf(record, column);
  return cell === undefined ? undefined : String(cell);
}

type Paired = Pick<OpenResources, 'rows' | 'closed' | 'deletedOnly' | 'createdAgain' | 'unclear'>;

function paired(deeds: readonly Deed[]): Paired {
  const inOrder = [...deeds].sort((a, b) => compareInstants(a.time, b.time) || a.position - b.position);
  const open = new Map<string, Deed[]>();
  let [closed, deletedOnly, createdAgain, unclear] = [0, 0, 0, 0];
  for (const deed of inOrder) {
    const alike = open.get(deed.key) ?? [];
    const same = alike.filter((one) => sharesScope(one, deed));
    if (deed.isCreation) {
      if (same.length > 0) createdAgain++;
      else open.set(deed.key, [...alike, deed]);
    } else if (same.length === 0) deletedOnly++;
    else {
      closed += same.length;
      if (same.length > 1) unclear++;
      open.set(
        deed.key,
        alike.filter((one) => !same.includes(one)),
      );
    }
  }
  const rows = [...open.values()].flat();
  rows.sort((a, b) => compareInstants(a.time, b.time) || a.position - b.position);
  return { rows, closed, deletedOnly, createdAgain, unclear };
}

function tooManyDeeds(most: number): AuditError {
  return new AuditError(
    {
      code: 'too-many-deeds',
      message: `more than ${most.toLocaleString('en-US')} creations and deletions: they do not fit in memory`,
      hint: 'narrow the question with a filter or a time window',
    },
    exitCodes.incomplete,
  );
}
