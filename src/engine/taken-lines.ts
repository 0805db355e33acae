import type { Source } from '../input/block.ts';
import type { JudgedBatch } from './batch.ts';

/** What was taken of each source, and so accounted for. */
export interface Taken {
  readonly lines: Map<Source, number>;
  isInterrupted: boolean;
}

export function newTaken(): Taken {
  return { lines: new Map(), isInterrupted: false };
}

/** The same batches; what they hold is accounted for by whoever pulls them. */
export async function* noted(
  batches: AsyncIterable<JudgedBatch>,
  { source, signal, taken }: { readonly source: Source; readonly signal: AbortSignal; readonly taken: Taken },
): AsyncGenerator<JudgedBatch> {
  for await (const batch of batches) {
    taken.lines.set(source, (taken.lines.get(source) ?? 0) + batch.lines);
    yield batch;
  }
  taken.isInterrupted ||= signal.aborted;
}
