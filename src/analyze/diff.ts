import type { Operand } from '../query/expr.ts';
import type { TimeWindow } from '../query/time-window.ts';
import type { Moment } from '../record/time.ts';
import { type GroupingFold, groupingFold, mostGroups, tooManyGroups, withoutTime } from './grouping.ts';
import { compareTuples, distinctOperands, type KeyTuple, tupleKey, tupleReader } from './key-tuples.ts';
import { joinSpans, type Span } from './span.ts';

/** One thing to compare by: a column, or several whose values count together. */
export interface DiffKey {
  /** As it is called in the report. */
  readonly name: string;
  readonly operands: readonly Operand[];
}

export interface DiffOptions {
  readonly a: TimeWindow;
  readonly b: TimeWindow;
  readonly keys: readonly DiffKey[];
  /** What is in both periods has changed when its rate differs by that factor … */
  readonly factor: number;
  /** … and its count, both brought to the length of the shorter period, by so many records. */
  readonly least: number;
}

export interface Diff {
  readonly a: Period;
  readonly b: Period;
  /** One for each key, in the order asked. */
  readonly keys: readonly KeyDiff[];
  /** Records in both periods, where they overlap. */
  readonly inBoth: number;
  /** Records in neither. */
  readonly outside: number;
  readonly withoutTime: number;
  /** Of all records that have a time. */
  readonly span: Span | undefined;
}

export interface Period {
  readonly records: number;
  readonly span: Span | undefined;
  /** Seconds that rates are counted over; an end that was left open is where the records end. */
  readonly seconds: number;
}

export interface KeyDiff {
  readonly key: DiffKey;
  /** Appeared, vanished, changed; in each the greatest difference first. */
  readonly rows: readonly Difference[];
  /** Values in both periods that did not change. */
  readonly unchanged: number;
}

export type Change = 'appeared' | 'vanished' | 'changed';

export interface Difference {
  readonly tuple: KeyTuple;
  readonly change: Change;
  readonly a: number;
  readonly b: number;
  /** How many times as frequent in b as in a; undefined where one has none. */
  readonly ratio: number | undefined;
}

interface Counts {
  readonly tuple: KeyTuple;
  a: number;
  b: number;
}

/** Bits of a slot: the first window and the second. */
const inA = 1;
const inB = 2;

export function diffFold(options: DiffOptions, most = mostGroups): GroupingFold<Diff> {
  const { a, b, keys } = options;
  const counted = keys.map((key) => ({
    key,
    eachTuple: tupleReader(key.operands),
    counts: new Map<string, Counts>(),
  }));
  const spans = new Map<number, Span>();
  const records = new Map<number, number>();
  let held = 0;

  return groupingFold(
    {
      reads: distinctOperands(keys.flatMap(({ operands }) => operands)),
      slots: { kind: 'windows', windows: [a, b] },
      add({ record, slot, times, span }) {
        records.set(slot, (records.get(slot) ?? 0) + times);
        if (span !== undefined) spans.set(slot, joinSpans(spans.get(slot), span));
        if (slot === withoutTime || slot === 0) return;
        const timesA = (slot & inA) === 0 ? 0 : times;
        const timesB = (slot & inB) === 0 ? 0 : times;
        for (const { key, eachTuple, counts } of counted) {
          eachTuple(record, (tuple) => {
            const text = tupleKey(tuple);
            const before = counts.get(text);
            if (before === undefined) {
              if (held++ >= most) throw tooManyGroups(key.name);
              counts.set(text, { tuple, a: timesA, b: timesB });
            } else {
              before.a += timesA;
              before.b += timesB;
            }
          });
        }
      },
    },
    () => {
      const of = (slots: readonly number[]): number => slots.reduce((sum, slot) => sum + (records.get(slot) ?? 0), 0);
      const spanOf = (slots: readonly number[]): Span | undefined =>
        slots.reduce<Span | undefined>((sum, slot) => joined(sum, spans.get(slot)), undefined);
      const span = spanOf([0, inA, inB, inA | inB]);
      const periodOf = (window: TimeWindow, bit: number): Period => {
        const slots = [bit, inA | inB];
        return { records: of(slots), span: spanOf(slots), seconds: secondsOf(window, span) };
      };
      const periods = { a: periodOf(a, inA), b: periodOf(b, inB) };
      const judge = judgeOf(periods, options);
      return {
        ...periods,
        keys: counted.map(({ key, counts }) => keyDiff(key, [...counts.values()], judge)),
        inBoth: of([inA | inB]),
        outside: of([0]),
        withoutTime: of([withoutTime]),
        span,
      };
    },
  );
}

function joined(a: Span | undefined, b: Span | undefined): Span | undefined {
  return b === undefined ? a : joinSpans(a, b);
}

function secondsOf(window: TimeWindow, span: Span | undefined): number {
  const from = window.from ?? span?.first.time;
  const until = window.until ?? span?.last.time;
  return from === undefined || until === undefined ? 0 : Math.max(0, secondsBetween(from, until));
}

export function secondsBetween(from: Moment, until: Moment): number {
  return until.second - from.second + (until.nano - from.nano) / 1e9;
}

type Judge = (counts: Counts) => Difference | undefined;

/** What became of a value with so many records in each period; undefined when it is much the same. */
function judgeOf({ a, b }: Pick<Diff, 'a' | 'b'>, { factor, least }: DiffOptions): Judge {
  const shorter = Math.min(a.seconds, b.seconds);
  // Of a period without length there is no rate: counts are compared as they are.
  const [scaleA, scaleB] = shorter > 0 ? [shorter / a.seconds, shorter / b.seconds] : [1, 1];
  return (counts) => {
    if (counts.a === 0) return { ...counts, change: 'appeared', ratio: undefined };
    if (counts.b === 0) return { ...counts, change: 'vanished', ratio: undefined };
    const [before, after] = [counts.a * scaleA, counts.b * scaleB];
    const [low, high] = before < after ? [before, after] : [after, before];
    const differs = high !== low && high >= low * factor && high - low >= least;
    return differs ? { ...counts, change: 'changed', ratio: after / before } : undefined;
  };
}

const order: readonly Change[] = ['appeared', 'vanished', 'changed'];

function keyDiff(key: DiffKey, all: readonly Counts[], judge: Judge): KeyDiff {
  const rows = all.flatMap((counts) => judge(counts) ?? []);
  rows.sort(
    (x, y) =>
      order.indexOf(x.change) - order.indexOf(y.change) ||
      Math.abs(y.b - y.a) - Math.abs(x.b - x.a) ||
      compareTuples(x.tuple, y.tuple),
  );
  return { key, rows, unchanged: all.length - rows.length };
}
