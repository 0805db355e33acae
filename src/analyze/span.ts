import { compareInstants, type Instant } from '../record/time.ts';

/**
 * A time and where its record stands. Equal instants can be written differently (`.5Z`, `.500Z`); the text shown is the
 * one that stands first in the input, so records that are not seen in input order have to bring their position along.
 */
export interface Sighting {
  readonly time: Instant;
  /** Grows with input order. Only compared, so any count of records, lines or bytes will do. */
  readonly position: number;
}

/** The earliest and the latest time of some records. */
export interface Span {
  readonly first: Sighting;
  readonly last: Sighting;
}

export function spanOf(time: Instant, position: number): Span {
  const sighting = { time, position };
  return { first: sighting, last: sighting };
}

/** The span of the records of both, the same whichever comes first. */
export function joinSpans(a: Span | undefined, b: Span): Span {
  if (a === undefined) return b;
  return {
    first: compareInstants(b.first.time, a.first.time) < 0 || isOriginal(b.first, a.first) ? b.first : a.first,
    last: compareInstants(b.last.time, a.last.time) > 0 || isOriginal(b.last, a.last) ? b.last : a.last,
  };
}

/** Of the same instant, but further up in the input. */
function isOriginal(a: Sighting, b: Sighting): boolean {
  return compareInstants(a.time, b.time) === 0 && a.position < b.position;
}
