import { compareInstants, type Instant } from '../../record/time.ts';

/** What one source held. */
export interface SourceFindings extends SourceFacts {
  /** Records by what they came wrapped in, most first; `raw` for those that stand as they are. */
  readonly forms: readonly FormCount[];
  readonly first: Instant | undefined;
  readonly last: Instant | undefined;
  /** Records without a usable time. */
  readonly withoutTime: number;
}

/** What whoever reads the lines knows of a source when it has ended. */
export interface SourceFacts {
  readonly file: string;
  /** Of its text: decompressed. */
  readonly bytes: number;
  readonly lines: number;
  readonly blank: number;
  readonly records: number;
  readonly noise: Readonly<Record<string, number>>;
  readonly malformed: Readonly<Record<string, number>>;
  /** The first few malformed lines. */
  readonly malformedLines: readonly BadLine[];
  /** The last line, when it has no newline and is malformed. */
  readonly tornTail: BadLine | undefined;
  /** False when it could not be read to its end, or the end is missing. */
  readonly complete: boolean;
}

export interface BadLine {
  readonly line: number;
  readonly reason: string;
  readonly detail: string;
}

export interface FormCount {
  readonly form: string;
  readonly records: number;
}

export interface SourceCounter {
  add(form: string | undefined, time: Instant | undefined): void;
  endOfSource(facts: SourceFacts): void;
  end(): readonly SourceFindings[];
}

export function newSourceCounter(): SourceCounter {
  const sources: SourceFindings[] = [];
  let plain = 0;
  let wrapped = new Map<string, number>();
  let first: Instant | undefined;
  let last: Instant | undefined;
  let withoutTime = 0;
  return {
    add(form, time) {
      if (form === undefined) plain++;
      else wrapped.set(form, (wrapped.get(form) ?? 0) + 1);
      if (time === undefined) {
        withoutTime++;
        return;
      }
      if (first === undefined || compareInstants(time, first) < 0) first = time;
      if (last === undefined || compareInstants(time, last) > 0) last = time;
    },
    endOfSource(facts) {
      const forms = [...(plain > 0 ? [['raw', plain] as const] : []), ...wrapped]
        .map(([form, records]) => ({ form, records }))
        .sort((a, b) => b.records - a.records);
      sources.push({ ...facts, forms, first, last, withoutTime });
      plain = 0;
      wrapped = new Map();
      first = undefined;
      last = undefined;
      withoutTime = 0;
    },
    end: () => sources,
  };
}
