import type { Refusals } from '../analyze/denials/denials.ts';
import { mayBeDryRun } from '../analyze/denials/guesses.ts';
import { lookThrough } from '../engine/reading.ts';
import { allOf, anyOf, match } from '../query/combine.ts';
import type { Expr } from '../query/expr.ts';
import type { ColumnName } from '../record/columns/index.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Inquiry } from './asking.ts';
import { scanSetting } from './scan-setting.ts';

/** What only other records than the refusals can tell about them. */
export interface Later {
  /** The first success of the same principal, or from the same address, after the last refusal. */
  readonly successOf: (row: Refusals) => Instant | undefined;
  /** Request ids of refused checks that a request was made with. */
  readonly requested: ReadonlySet<string>;
}

const nothingLater: Later = { successOf: () => undefined, requested: new Set() };

const columns: readonly ColumnName[] = ['time', 'ok', 'kind', 'principal', 'ips', 'requestIds'];

/** Looks through the whole input once more, whatever the question was: who got in need not have done so by the same method. */
export async function laterSuccesses(
  rows: readonly Refusals[],
  { sources, forms, terminal }: Pick<Inquiry, 'sources' | 'forms' | 'terminal'>,
): Promise<Later> {
  const waiting = { principal: waitingIn(rows, 'principal'), address: waitingIn(rows, 'address') };
  const ids = new Set(rows.filter(mayBeDryRun).flatMap(({ requestIds }) => requestIds));
  const asked = [successOf(waiting), requestWith(ids)].filter((expr) => expr !== undefined);
  if (asked.length === 0) return nothingLater;
  const expr = anyOf(asked);
  const requested = new Set<string>();
  await lookThrough({
    setting: scanSetting(terminal.env),
    sources,
    forms,
    question: { expr, window: undefined, rest: expr },
    columns,
    wantsMore: () => true,
    see(record, matched) {
      if (!matched) return;
      if (cellOf(record, 'kind') === 'request')
        for (const id of textsIn(record, 'requestIds')) if (ids.has(id)) requested.add(id);
      noteSuccess(record, waiting);
    },
    signal: terminal.signal,
  });
  return {
    successOf: ({ by, name = '', plane }) => waiting[by].get(name)?.find((one) => one.plane === plane)?.success,
    requested,
  };
}

interface Wait {
  readonly plane: Refusals['plane'];
  readonly since: Instant;
  success: Instant | undefined;
}

type Waiting = Readonly<Record<Refusals['by'], ReadonlyMap<string, readonly Wait[]>>>;

/** Nobody in particular never gets in. */
function waitingIn(rows: readonly Refusals[], by: Refusals['by']): ReadonlyMap<string, readonly Wait[]> {
  const waiting = new Map<string, Wait[]>();
  for (const row of rows) {
    if (row.by !== by || row.name === undefined || row.isNameless || row.span === undefined) continue;
    const wait = { plane: row.plane, since: row.span.last.time, success: undefined };
    waiting.set(row.name, [...(waiting.get(row.name) ?? []), wait]);
  }
  return waiting;
}

function successOf({ principal, address }: Waiting): Expr | undefined {
  const names = [...principal.keys()];
  const ips = [...address.keys()];
  if (names.length + ips.length === 0) return undefined;
  return allOf([among('result', ['SUCCESS', 'ALLOW']), anyOf([among('principal', names), among('ips', ips)])]);
}

function requestWith(ids: ReadonlySet<string>): Expr | undefined {
  return ids.size === 0 ? undefined : allOf([among('kind', ['request']), among('requestIds', [...ids])]);
}

function among(name: ColumnName, values: readonly string[]): Expr {
  return match({ kind: 'column', name }, { kind: 'among', values: new Set(values), fold: false });
}

function noteSuccess(record: AuditRecord, { principal, address }: Waiting): void {
  const time = cellOf(record, 'time');
  if (cellOf(record, 'ok') !== true || !isInstant(time)) return;
  const name = cellOf(record, 'principal');
  const waits = [
    ...((typeof name === 'string' && principal.get(name)) || []),
    ...textsIn(record, 'ips').flatMap((ip) => address.get(ip) ?? []),
  ];
  for (const wait of waits) {
    if (compareInstants(time, wait.since) <= 0) continue;
    if (wait.success === undefined || compareInstants(time, wait.success) < 0) wait.success = time;
  }
}

function textsIn(record: AuditRecord, column: ColumnName): readonly string[] {
  const cell = cellOf(record, column);
  return Array.isArray(cell) ? cell : [];
}
