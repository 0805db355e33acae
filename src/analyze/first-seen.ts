import type { Operand } from '../query/expr.ts';
import { cellOf } from '../record/normalize.ts';
import { compareInstants, type Instant } from '../record/time.ts';
import {
  firstWitness,
  type GroupingFold,
  groupingFold,
  mostGroups,
  tooManyGroups,
  type Witness,
  withoutTime,
} from './grouping.ts';
import { compareTuples, distinctOperands, type KeyTuple, tupleKey, tupleReader } from './key-tuples.ts';
import { joinSpans, type Span } from './span.ts';

export interface FirstSeen {
  /** Never there before, in the order they were first seen. */
  readonly rows: readonly NewTuple[];
  /** Records before the baseline's end, and how many different tuples they have. */
  readonly baseline: Stretch & { readonly distinct: number };
  /** Records at the baseline's end or later. */
  readonly since: Stretch;
  readonly withoutTime: number;
}

export interface NewTuple {
  readonly tuple: KeyTuple;
  readonly first: Witness;
  /** Records with it, `failed` of them refused or failed. */
  readonly count: number;
  readonly failed: number;
}

export interface Stretch {
  readonly records: number;
  readonly span: Span | undefined;
}

interface Seen {
  readonly tuple: KeyTuple;
  isKnown: boolean;
  count: number;
  failed: number;
  first: Witness | undefined;
}

/** `what` is the key as typed. */
export function firstSeenFold(
  { key, until, what }: { readonly key: readonly Operand[]; readonly until: Instant; readonly what: string },
  most = mostGroups,
): GroupingFold<FirstSeen> {
  const eachTuple = tupleReader(key);
  const seen = new Map<string, Seen>();
  const stretches = [newStretch(), newStretch()] as const;
  const [baseline, since] = stretches;
  let timeless = 0;

  const stateOf = (tuple: KeyTuple): Seen => {
    const text = tupleKey(tuple);
    const before = seen.get(text);
    if (before !== undefined) return before;
    if (seen.size >= most) throw tooManyGroups(what);
    const state: Seen = { tuple, isKnown: false, count: 0, failed: 0, first: undefined };
    seen.set(text, state);
    return state;
  };

  return groupingFold(
    {
      reads: distinctOperands([...key, { kind: 'column', name: 'ok' }]),
      slots: { kind: 'windows', windows: [{ until }, { from: until }] },
      witnessesFrom: 2,
      add({ record, slot, times, span, witness }) {
        if (slot === withoutTime) {
          timeless += times;
          return;
        }
        const isBaseline = (slot & 1) !== 0;
        const stretch = isBaseline ? baseline : since;
        stretch.records += times;
        if (span !== undefined) stretch.span = joinSpans(stretch.span, span);
        const failed = cellOf(record, 'ok') === false ? times : 0;
        eachTuple(record, (tuple) => {
          const state = stateOf(tuple);
          if (isBaseline) state.isKnown = true;
          else {
            state.count += times;
            state.failed += failed;
            state.first = firstWitness(state.first, witness);
          }
        });
      },
    },
    () => {
      const all = [...seen.values()];
      const rows = all.flatMap(({ tuple, isKnown, first, count, failed }) =>
        isKnown || first === undefined ? [] : [{ tuple, first, count, failed }],
      );
      return {
        rows: rows.sort(byFirst),
        baseline: { ...baseline, distinct: all.filter(({ isKnown }) => isKnown).length },
        since,
        withoutTime: timeless,
      };
    },
  );
}

function newStretch(): { records: number; span: Span | undefined } {
  return { records: 0, span: undefined };
}

function byFirst(a: NewTuple, b: NewTuple): number {
  return (
    (a.first.time !== undefined && b.first.time !== undefined && compareInstants(a.first.time, b.first.time)) ||
    a.first.position - b.first.position ||
    compareTuples(a.tuple, b.tuple)
  );
}
