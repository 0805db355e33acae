import { cellOf } from '../record/normalize.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';
import type { TimeWindow } from './time-window.ts';
import type { Watcher } from './watcher.ts';

/**
 * Watches whether a window counted from now begins after the newest record: `--since 2h` on an old dump finds
 * nothing, and seldom because nothing happened. Undefined for a window without a beginning.
 */
export function watchWindow(window: TimeWindow | undefined): Watcher | undefined {
  const from = window?.from;
  if (from === undefined) return undefined;
  let newest: Instant | undefined;
  return {
    see: (record) => {
      const time = cellOf(record, 'time');
      if (isInstant(time) && (newest === undefined || compareInstants(time, newest) > 0)) newest = time;
    },
    reads: ['time'],
    settled: () => newest !== undefined && compareInstants(newest, from) >= 0,
    end: () => {
      if (newest === undefined || compareInstants(newest, from) >= 0) return [];
      return [
        {
          code: 'window-after-newest',
          severity: 'warning',
          message: `the window begins at ${from.text}, after the newest record (${newest.text})`,
          hint: 'try --now last, which counts from the newest record',
        },
      ];
    },
  };
}
