import type { Diagnostic } from '../diag/diagnostic.ts';
import type { NoiseKind } from '../input/noise.ts';
import type { Instant } from '../record/time.ts';

/**
 * Every line of the input, accounted for. Two sums always hold:
 * `lines = blank + noise + malformed + lines of records` and
 * `records = duplicates + notMatched + outsideWindow + withoutTime + matched + afterLimit`.
 */
export interface Accounting {
  sources: number;
  /** Sources of which nothing could be read at all. */
  unreadable: number;
  /** Decompressed bytes. */
  bytes: number;
  lines: number;
  blank: number;
  /** What dumps hold beside records, by kind, in the order first met. */
  noise: number;
  noiseByKind: Map<NoiseKind, number>;
  malformed: number;
  /** Malformed lines by reason, in the order first met. */
  malformedByReason: Map<string, number>;
  records: number;
  /** Records dropped by `--dedupe`: same id, delivered before. `conflicting` of them differ from the first delivery. */
  duplicates: number;
  conflicting: number;
  notMatched: number;
  /** Would match, but the event time is outside the window, or there is none while a window is set. */
  outsideWindow: number;
  withoutTime: number;
  matched: number;
  /** Shown after the last match that was asked for, as its neighbours (`-A`), and not judged. */
  afterLimit: number;
  /** First and last event time among the matched. */
  first: Instant | undefined;
  last: Instant | undefined;
  /** False when a source could not be read to its end, or something asked for could not be read at all: the answer is incomplete. */
  complete: boolean;
  /** Reading ended before the input did, because the answer was complete or the user asked. */
  stopped: 'limit' | 'closed-pipe' | 'interrupted' | undefined;
  diagnostics: Diagnostic[];
}

export function newAccounting(): Accounting {
  return {
    sources: 0,
    unreadable: 0,
    bytes: 0,
    lines: 0,
    blank: 0,
    noise: 0,
    noiseByKind: new Map(),
    malformed: 0,
    malformedByReason: new Map(),
    records: 0,
    duplicates: 0,
    conflicting: 0,
    notMatched: 0,
    outsideWindow: 0,
    withoutTime: 0,
    matched: 0,
    afterLimit: 0,
    first: undefined,
    last: undefined,
    complete: true,
    stopped: undefined,
    diagnostics: [],
  };
}
