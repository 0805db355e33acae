import type { Findings } from '../../analyze/verify/findings.ts';
import type { Sum } from '../../input/sources/hashed.ts';
import type { Gate } from './gate.ts';

/** Everything there is to report. */
export interface Result {
  readonly findings: Findings;
  /** By source, in the order of `findings.sources`; undefined for one that cannot be read. */
  readonly sums: readonly (Sum | undefined)[];
  readonly found: readonly Gate[];
  readonly verdict: string;
  /** Only these parts are wanted. */
  readonly narrowed: readonly ('gaps' | 'duplicates')[];
}
