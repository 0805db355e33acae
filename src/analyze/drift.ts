import { entriesFor } from '../record/catalog.ts';
import { cellOf } from '../record/normalize.ts';
import type { AuditRecord } from '../record/record.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { Fold } from './fold.ts';
import { maxKeys } from './tally.ts';

/** What records hold that the catalogue does not know: new methods and event types arrive without notice. */
export interface Drift {
  readonly records: number;
  readonly unknown: readonly UnknownMethod[];
  /** Records whose method and type were not told apart, because too many distinct ones were unknown; 0 in any ordinary dump. */
  readonly overflow: number;
}

export interface UnknownMethod {
  readonly method: string;
  readonly type: string;
  /** `method`: the name is unknown everywhere. `event type`: known, but not under this type. */
  readonly unknown: 'method' | 'event type';
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
}

interface Seen {
  readonly method: string;
  readonly type: string;
  readonly unknown: UnknownMethod['unknown'] | undefined;
  count: number;
  first: Instant | undefined;
  last: Instant | undefined;
}

export function driftFold(): Fold<Drift> {
  const seen = new Map<string, Seen>();
  let records = 0;
  let overflow = 0;

  const note = (record: AuditRecord): void => {
    records++;
    const method = String(cellOf(record, 'method') ?? '');
    const type = String(cellOf(record, 'type') ?? '');
    const key = JSON.stringify([method, type]);
    const known = seen.get(key);
    if (known === undefined && seen.size >= maxKeys) {
      overflow++;
      return;
    }
    const entry = known ?? {
      method,
      type,
      unknown: unknownPart(method, type),
      count: 0,
      first: undefined,
      last: undefined,
    };
    if (known === undefined) seen.set(key, entry);
    entry.count++;
    const time = cellOf(record, 'time');
    if (!isInstant(time)) return;
    if (entry.first === undefined || compareInstants(time, entry.first) < 0) entry.first = time;
    if (entry.last === undefined || compareInstants(time, entry.last) > 0) entry.last = time;
  };

  return {
    push(batch) {
      for (const record of batch) note(record);
    },
    end: () => ({
      records,
      overflow,
      unknown: [...seen.values()]
        .sort(
          (a, b) =>
            b.count - a.count || (a.method < b.method ? -1 : a.method > b.method ? 1 : a.type < b.type ? -1 : 1),
        )
        .flatMap(({ method, type, unknown, count, first, last }) =>
          unknown === undefined
            ? []
            : [{ method, type, unknown, count, ...(first && { first: first.text }), ...(last && { last: last.text }) }],
        ),
    }),
  };
}

function unknownPart(method: string, type: string): UnknownMethod['unknown'] | undefined {
  if (entriesFor(method).length === 0) return 'method';
  return entriesFor(method, type).length === 0 ? 'event type' : undefined;
}
