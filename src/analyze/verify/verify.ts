import { digestOfBytes } from '../../record/ids/digest.ts';
import { cellOf } from '../../record/normalize.ts';
import type { AuditRecord } from '../../record/record.ts';
import { isInstant } from '../../record/time.ts';
import { driftFold } from '../drift.ts';
import { newClockCheck } from './clock.ts';
import { comparePairs, type Reread } from './compare.ts';
import { newDeliveryCounter } from './deliveries.ts';
import { newFieldCheck } from './fields.ts';
import type { Findings } from './findings.ts';
import { newMoments } from './moments.ts';
import { withoutPairs } from './pairs.ts';
import { newOffsetCounter } from './partitions.ts';
import { newRecordList } from './records.ts';
import { scanText } from './scan-text.ts';
import { silencesOf } from './silences.ts';
import { newSourceCounter, type SourceFacts } from './sources.ts';

/** Columns it asks of every record. */
export const verifiedColumns = ['time', 'method', 'type'] as const;

/** Looks at every record of every source, in order. */
export interface Verification {
  push(batch: readonly AuditRecord[]): void;
  /** Call after the last record of each source, whether it had any or not. */
  endOfSource(facts: SourceFacts): void;
  /** Reads again only when records were repeated with other bytes. */
  end(reread: Reread): Promise<Findings>;
}

export interface VerifyOptions {
  /** Seconds; undefined derives it from the records. */
  readonly minGap: number | undefined;
}

export function verification({ minGap }: VerifyOptions): Verification {
  const records = newRecordList();
  const sources = newSourceCounter();
  const deliveries = newDeliveryCounter(records);
  const offsets = newOffsetCounter(records);
  const moments = newMoments();
  const clock = newClockCheck();
  const methods = driftFold();
  const fields = newFieldCheck();
  let isFirstOfSource = true;

  const take = (record: AuditRecord): void => {
    const { raw, at } = record;
    if (isFirstOfSource) records.startSource(at.file);
    isFirstOfSource = false;
    records.add(at.line, digestOfBytes(raw));
    const { shape, idStart, idEnd } = scanText(raw);
    const id = idStart < 0 ? cellOf(record, 'id') : raw.subarray(idStart, idEnd);
    deliveries.add(id instanceof Uint8Array || typeof id === 'string' ? id : undefined);
    offsets.add(at.partition, at.offset);
    const cell = cellOf(record, 'time');
    const time = isInstant(cell) ? cell : undefined;
    if (time !== undefined) moments.add(time);
    clock.add(record, time);
    sources.add(at.form, time);
    fields.add(record, shape);
  };

  return {
    push(batch) {
      for (const record of batch) take(record);
      methods.push(batch);
    },
    endOfSource(facts) {
      sources.endOfSource(facts);
      offsets.endOfSource();
      isFirstOfSource = true;
    },
    async end(reread) {
      const { withoutId, sameBytes, examples, pairs } = deliveries.end();
      const repeats = await comparePairs(pairs, records, reread);
      const { pairs: offsetPairs, ...found } = offsets.end();
      const atOffsets = await comparePairs(withoutPairs(offsetPairs, pairs), records, reread);
      return {
        sources: sources.end(),
        records: records.length,
        duplicates: {
          identical: sameBytes,
          rewritten: repeats.same,
          conflicting: repeats.conflicting,
          notCompared: repeats.lost,
          withoutId,
          examples,
          conflicts: repeats.conflicts,
        },
        offsets: {
          ...found,
          conflicting: atOffsets.conflicting,
          notCompared: atOffsets.lost,
          conflicts: atOffsets.conflicts,
        },
        silences: silencesOf(moments, minGap),
        clock: clock.end(),
        methods: methods.end(),
        fields: fields.end(),
      };
    },
  };
}
