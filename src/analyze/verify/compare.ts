import { digestOf } from '../../record/canonical.ts';
import { digestOfBytes, wordsOf } from '../../record/ids/digest.ts';
import { words } from '../../record/ids/number-list.ts';
import { cellOf } from '../../record/normalize.ts';
import { type AuditRecord, keepRecord } from '../../record/record.ts';
import { type Differences, differencesOf } from '../differences.ts';
import type { Pairs } from './pairs.ts';
import { placeOf, type RecordList, type RecordPlace } from './records.ts';

/** Two records that ought to be the same and are not. */
export interface Conflict extends Differences {
  readonly id: string | undefined;
  readonly first: RecordPlace;
  readonly again: RecordPlace;
}

export interface Comparison {
  /** Pairs that say the same in other bytes: written anew on the way. */
  readonly same: number;
  readonly conflicting: number;
  /** The first few, in the order of the input. */
  readonly conflicts: readonly Conflict[];
  /** Pairs that could not be compared, because the input is no longer what was read. */
  readonly lost: number;
}

/** Reads the input once more, record by record in the same order, until `see` says that it has seen enough. */
export type Reread = (see: (record: AuditRecord) => 'more' | 'done') => Promise<void>;

const mostConflicts = 10;

/**
 * Whether the two records of each pair say the same whatever their spelling: the rule of `--dedupe`. Only the records
 * of pairs are parsed, and of those a digest is kept.
 */
export async function comparePairs(pairs: Pairs, records: RecordList, reread: Reread): Promise<Comparison> {
  if (pairs.length === 0) return { same: 0, conflicting: 0, conflicts: [], lost: 0 };
  const wanted = recordsOf(pairs);
  const contents = [words(), words(), words(), words()] as const;
  let next = 0;
  await visit(wanted, reread, records, (record) => {
    const digest = record === undefined ? unknownContent : wordsOf(digestOf(record.value));
    for (const [i, list] of contents.entries()) list.push(digest[i] ?? 0);
    next++;
  });
  const isKnown = (at: number): boolean => at < next && contents.some((list) => list.at(at) !== 0);
  let [same, lost, conflicting] = [0, 0, 0];
  const shown: { readonly first: number; readonly again: number }[] = [];
  for (let pair = 0; pair < pairs.length; pair++) {
    const first = placeIn(wanted, pairs.first(pair));
    const again = placeIn(wanted, pairs.again(pair));
    if (!isKnown(first) || !isKnown(again)) lost++;
    else if (contents.every((list) => list.at(first) === list.at(again))) same++;
    else {
      conflicting++;
      if (shown.length < mostConflicts) shown.push({ first: pairs.first(pair), again: pairs.again(pair) });
    }
  }
  return { same, conflicting, lost, conflicts: await conflictsOf(shown, records, reread) };
}

const unknownContent = [0, 0, 0, 0] as const;

async function conflictsOf(
  shown: readonly { readonly first: number; readonly again: number }[],
  records: RecordList,
  reread: Reread,
): Promise<readonly Conflict[]> {
  if (shown.length === 0) return [];
  const wanted = Uint32Array.from(new Set(shown.flatMap(({ first, again }) => [first, again]))).sort();
  const kept = new Map<number, AuditRecord>();
  let next = 0;
  await visit(wanted, reread, records, (record) => {
    if (record !== undefined) kept.set(wanted[next] ?? 0, keepRecord(record));
    next++;
  });
  return shown.flatMap(({ first, again }) => {
    const a = kept.get(first);
    const b = kept.get(again);
    if (a === undefined || b === undefined) return [];
    const id = cellOf(b, 'id');
    return [
      {
        id: typeof id === 'string' ? id : undefined,
        first: placeOf(a.at),
        again: placeOf(b.at),
        ...differencesOf(a.value, b.value),
      },
    ];
  });
}

/** Calls `take` for each wanted record in order, with undefined for one that is not what it was. */
async function visit(
  wanted: Uint32Array,
  reread: Reread,
  records: RecordList,
  take: (record: AuditRecord | undefined) => void,
): Promise<void> {
  let number = 0;
  let next = 0;
  await reread((record) => {
    if (number === wanted[next]) {
      take(records.hasText(number, digestOfBytes(record.raw)) ? record : undefined);
      next++;
    }
    number++;
    return next < wanted.length ? 'more' : 'done';
  });
}

/** The records of all pairs, each once, in order. */
function recordsOf(pairs: Pairs): Uint32Array {
  const all = new Uint32Array(pairs.length * 2);
  for (let pair = 0; pair < pairs.length; pair++) {
    all[pair * 2] = pairs.first(pair);
    all[pair * 2 + 1] = pairs.again(pair);
  }
  all.sort();
  let count = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[count - 1]) all[count++] = all[i] ?? 0;
  return all.subarray(0, count);
}

function placeIn(sorted: Uint32Array, record: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < record) low = middle + 1;
    else high = middle;
  }
  return low;
}
