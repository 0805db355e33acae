/**
 * Checks that came all at once. The console asks what somebody may do, operation by operation, to know which buttons to
 * show; each `no` is recorded as a denial although nobody tried anything.
 */
export interface Bursts {
  readonly bursts: number;
  /** Records in them. */
  readonly records: number;
  /** The fewest operations of one. */
  readonly operations: number;
}

const noBursts: Bursts = { bursts: 0, records: 0, operations: 0 };

export interface BurstLimits {
  /** A burst has so many operations or more … */
  readonly operations: number;
  /** … within seconds of the clock that follow each other, at most so many. */
  readonly seconds: number;
}

/** What was refused in one second. */
interface Tick {
  records: number;
  readonly operations: Set<string>;
}

export type Ticks = Map<number, Tick>;

/** True when the second is a new one. */
export function addTick(ticks: Ticks, second: number, operation: string): boolean {
  const tick = ticks.get(second);
  if (tick === undefined) {
    ticks.set(second, { records: 1, operations: new Set([operation]) });
    return true;
  }
  tick.records++;
  tick.operations.add(operation);
  return false;
}

export function burstsIn(ticks: Ticks, { operations: least, seconds: most }: BurstLimits): Bursts {
  const found = runsOf([...ticks.keys()].sort((a, b) => a - b))
    .filter((run) => run.length <= most)
    .map((run) => {
      const all = run.flatMap((second) => ticks.get(second) ?? []);
      const operations = new Set(all.flatMap((tick) => [...tick.operations])).size;
      return { records: all.reduce((sum, { records }) => sum + records, 0), operations };
    })
    .filter(({ operations }) => operations >= least);
  if (found.length === 0) return noBursts;
  return {
    bursts: found.length,
    records: found.reduce((sum, { records }) => sum + records, 0),
    operations: found.reduce((fewest, { operations }) => Math.min(fewest, operations), Number.POSITIVE_INFINITY),
  };
}

/** Seconds that follow each other, together. */
function runsOf(seconds: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const second of seconds) {
    const run = runs.at(-1);
    if (run?.at(-1) === second - 1) run.push(second);
    else runs.push([second]);
  }
  return runs;
}
