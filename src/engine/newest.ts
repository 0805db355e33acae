import type { Batch } from '../input/batch.ts';
import { type Source, SourceError } from '../input/block.ts';
import { cellOf } from '../record/normalize.ts';
import { compareInstants, type Instant, isInstant } from '../record/time.ts';

/**
 * The newest event time of the sources, for `--now last`; undefined when no record has a time. A
 * source that cannot be read is passed over here and reported by the run that follows.
 */
export async function newestTime(
  sources: readonly Source[],
  read: (source: Source, signal: AbortSignal) => AsyncIterable<Batch>,
  signal: AbortSignal,
): Promise<Instant | undefined> {
  let newest: Instant | undefined;
  for (const source of sources) {
    try {
      for await (const { records } of read(source, signal)) {
        for (const record of records) {
          const time = cellOf(record, 'time');
          if (isInstant(time) && (newest === undefined || compareInstants(time, newest) > 0)) newest = time;
        }
      }
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return newest;
}
