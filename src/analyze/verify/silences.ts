import { type Instant, instantOf } from '../../record/time.ts';
import type { Moment, Moments } from './moments.ts';

/** Spans of time without an event between the first and the last one. */
export interface Silences {
  /** In seconds: what lasts longer counts. Undefined when there are too few events to derive it from. */
  readonly minGap: number | undefined;
  /** How it came about. */
  readonly rule: GapRule;
  /** Pauses shorter than so many seconds cannot be told apart. */
  readonly cell: number;
  readonly found: number;
  /** The first of them, in order of time. */
  readonly silences: readonly Silence[];
  readonly emptyHours: EmptyHours | undefined;
}

export type GapRule =
  | { readonly kind: 'asked' }
  | { readonly kind: 'too-few' }
  | { readonly kind: 'rhythm'; readonly pauses: number; readonly leftOut: number; readonly longest: number };

export interface Silence {
  /** The last event before it, and the first one after. */
  readonly from: Instant;
  readonly to: Instant;
}

/** Whole hours of the clock (UTC) without an event. */
export interface EmptyHours {
  readonly hours: number;
  /** Hours between the first and the last event, both counted. */
  readonly of: number;
  /** The first runs of them. */
  readonly runs: readonly HourRun[];
  readonly allRuns: number;
}

export interface HourRun {
  readonly from: Instant;
  readonly hours: number;
}

/** Enough for any report; the rest is counted. */
const mostListed = 1000;

export function silencesOf(moments: Moments, asked: number | undefined): Silences {
  const cells = moments.cells();
  const { minGap, rule } = asked === undefined ? ownRhythm(cells) : { minGap: asked, rule: { kind: 'asked' } as const };
  const silences: Silence[] = [];
  let found = 0;
  eachPause(cells, (from, to) => {
    if (minGap === undefined || secondsBetween(from, to) <= minGap) return;
    found++;
    if (silences.length < mostListed) silences.push({ from, to });
  });
  const emptyHours = moments.cell <= hour ? emptyHoursOf(cells) : undefined;
  return { minGap, rule, cell: moments.cell, found, silences, emptyHours };
}

export function secondsBetween(from: Instant, to: Instant): number {
  return to.second - from.second + (to.nano - from.nano) / 1e9;
}

function eachPause(cells: readonly Moment[], take: (from: Instant, to: Instant) => void): void {
  let before: Moment | undefined;
  for (const cell of cells) {
    if (before !== undefined) take(before.last, cell.first);
    before = cell;
  }
}

const fewestPauses = 10;
const leastLeftOut = 3;
const timesLonger = 5;
const leastGap = 60;

/**
 * What no longer is a pause like the others: five times the longest one, when the longest one in a hundred (three at
 * least) are left out. Events in the same second are no pause: what counts is when there was anything at all.
 */
function ownRhythm(cells: readonly Moment[]): Pick<Silences, 'minGap' | 'rule'> {
  const pauses: number[] = [];
  eachPause(cells, (from, to) => pauses.push(secondsBetween(from, to)));
  if (pauses.length < fewestPauses) return { minGap: undefined, rule: { kind: 'too-few' } };
  const sorted = Float64Array.from(pauses).sort();
  const leftOut = Math.max(leastLeftOut, Math.ceil(pauses.length / 100));
  const longest = sorted[sorted.length - 1 - leftOut] ?? 0;
  const minGap = roundedUp(Math.max(leastGap, longest * timesLonger));
  return { minGap, rule: { kind: 'rhythm', pauses: pauses.length, leftOut, longest } };
}

/** To a length that is said in one word: whole minutes, from two hours on whole quarters of an hour. */
function roundedUp(seconds: number): number {
  const step = seconds <= 7200 ? 60 : 900;
  return Math.ceil(seconds / step) * step;
}

const hour = 3600;

function emptyHoursOf(cells: readonly Moment[]): EmptyHours | undefined {
  const [first] = cells;
  const last = cells.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const runs: HourRun[] = [];
  let allRuns = 0;
  let hours = 0;
  eachPause(cells, (from, to) => {
    const empty = Math.floor(to.second / hour) - Math.floor(from.second / hour) - 1;
    if (empty <= 0) return;
    hours += empty;
    allRuns++;
    if (runs.length < mostListed)
      runs.push({ from: instantOf((Math.floor(from.second / hour) + 1) * hour), hours: empty });
  });
  return { hours, of: Math.floor(last.last.second / hour) - Math.floor(first.first.second / hour) + 1, runs, allRuns };
}
