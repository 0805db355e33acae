/** How evenly some events are spread over the time they took. */
export interface Pulse {
  /** Seconds of a stretch: a power of two. */
  readonly width: number;
  /** From the first event to the last, at most 64. */
  readonly stretches: number;
  /** Stretches with an event in them. */
  readonly busy: number;
}

export interface PulseCounter {
  add(second: number): void;
  end(): Pulse;
}

const mostStretches = 64;

/** Stretches double in width when there get too many: whatever the order of the events, the result is the same. */
export function newPulse(): PulseCounter {
  let width = 1;
  let busy = new Set<number>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  return {
    add(second) {
      first = Math.min(first, second);
      last = Math.max(last, second);
      busy.add(Math.floor(second / width));
      while (stretchesIn(first, last, width) > mostStretches) {
        width *= 2;
        busy = new Set([...busy].map((stretch) => Math.floor(stretch / 2)));
      }
    },
    end: () => ({ width, stretches: busy.size === 0 ? 0 : stretchesIn(first, last, width), busy: busy.size }),
  };
}

function stretchesIn(first: number, last: number, width: number): number {
  return Math.floor(last / width) - Math.floor(first / width) + 1;
}
