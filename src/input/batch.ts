import type { AuditRecord } from '../record/record.ts';
import { classOf, type LineContent } from './content.ts';
import type { MalformedLine } from './malformed.ts';
import type { NoiseKind } from './noise.ts';

/**
 * Some lines of a source, each accounted for: a line is blank, noise, malformed, or one of records. How many records
 * there are is another matter: several may share a line, and one may be spread over many.
 */
export interface Batch {
  readonly lines: number;
  readonly blank: number;
  readonly noise: NoiseCounts;
  /** Of the text: decompressed, as UTF-8, newlines and over-long lines included. */
  readonly bytes: number;
  /** Bytes of the source as stored that were read since the last batch: for progress. */
  readonly storedBytes: number;
  /** In order. Their bytes are lent until the next batch is pulled. */
  readonly records: readonly AuditRecord[];
  /** In order. At most one a line. */
  readonly malformed: readonly MalformedLine[];
  /** What forms have to know at the end of the source (`Envelope.atEnd`). */
  readonly marks: ReadonlySet<string>;
  /** How each line counts, in order; missing where the reader itself stops at the last match wanted. */
  readonly kinds?: readonly LineKind[];
}

export type LineKind = 'blank' | 'malformed' | 'records' | NoiseKind;

export type NoiseCounts = ReadonlyMap<NoiseKind, number>;

export const noNoise: NoiseCounts = new Map();
export const noMarks: ReadonlySet<string> = new Set();

/** Puts a batch together line by line. */
export class BatchBuilder {
  readonly #records: AuditRecord[] = [];
  readonly #malformed: MalformedLine[] = [];
  readonly #kinds: LineKind[] = [];
  readonly #marks = new Set<string>();

  /** The next line. */
  add(content: LineContent): void {
    this.addLines(content, 1);
  }

  /** What the next lines hold together: all of them count alike. */
  addLines(content: LineContent, count: number, kind = kindOf(content)): void {
    const { records, malformed, marks } = content;
    for (const record of records) this.#records.push(record);
    if (malformed !== undefined) this.#malformed.push(malformed);
    for (let i = 0; i < count; i++) this.#kinds.push(kind);
    for (const mark of marks ?? noMarks) this.#marks.add(mark);
  }

  get lines(): number {
    return this.#kinds.length;
  }

  end({ bytes, storedBytes }: Pick<Batch, 'bytes' | 'storedBytes'>): Batch {
    const { blank, noise } = countKinds(this.#kinds);
    return {
      lines: this.#kinds.length,
      blank,
      noise,
      bytes,
      storedBytes,
      records: this.#records,
      malformed: this.#malformed,
      marks: this.#marks,
      kinds: this.#kinds,
    };
  }
}

export function kindOf(content: LineContent): LineKind {
  const kind = classOf(content);
  return kind === 'noise' ? (content.noise ?? 'blank') : kind;
}

export function countKinds(kinds: readonly LineKind[]): { readonly blank: number; readonly noise: NoiseCounts } {
  let blank = 0;
  let noise: Map<NoiseKind, number> | undefined;
  for (const kind of kinds) {
    if (kind === 'records' || kind === 'malformed') continue;
    if (kind === 'blank') blank++;
    else {
      noise ??= new Map();
      noise.set(kind, (noise.get(kind) ?? 0) + 1);
    }
  }
  return { blank, noise: noise ?? noNoise };
}
