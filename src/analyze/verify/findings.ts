import type { Drift } from '../drift.ts';
import type { Clock } from './clock.ts';
import type { Conflict } from './compare.ts';
import type { Repeat } from './deliveries.ts';
import type { FieldDrift } from './fields.ts';
import type { Hole, Partition } from './partitions.ts';
import type { Silences } from './silences.ts';
import type { SourceFindings } from './sources.ts';

/** Everything `verify` found out. */
export interface Findings {
  readonly sources: readonly SourceFindings[];
  readonly records: number;
  readonly duplicates: Duplicates;
  readonly offsets: OffsetFindings;
  readonly silences: Silences;
  readonly clock: Clock;
  readonly methods: Drift;
  readonly fields: FieldDrift;
}

/** Repeats of an id. */
export interface Duplicates {
  /** With the very bytes of the first delivery. */
  readonly identical: number;
  /** With the same content in other bytes. */
  readonly rewritten: number;
  /** With other content. */
  readonly conflicting: number;
  /** Could not be compared, because the input changed while it was read. */
  readonly notCompared: number;
  readonly withoutId: number;
  /** The first few identical ones. */
  readonly examples: readonly Repeat[];
  readonly conflicts: readonly Conflict[];
}

export interface OffsetFindings {
  readonly partitions: readonly Partition[];
  readonly holes: readonly Hole[];
  /** Records that tell no offset. */
  readonly without: number;
  /** Records of partitions that were not looked at, because there were too many. */
  readonly overflow: number;
  /** Records at one offset with other content and another id than the first: Kafka keeps only one there. */
  readonly conflicting: number;
  readonly notCompared: number;
  readonly conflicts: readonly Conflict[];
}
