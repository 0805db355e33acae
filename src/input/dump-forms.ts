import type { Provenance } from '../record/record.ts';
import type { EndFlaw, Envelope } from './envelopes/envelope.ts';
import { envelopes } from './envelopes/index.ts';

/** What the user says of the dumps; without it every form is recognised by what it looks like. */
export interface FormOptions {
  /** The name of the only form to take. */
  readonly format?: string | undefined;
  /** Where the record stands in a wrapper that no form is known for. */
  readonly recordPath?: readonly string[] | undefined;
}

/** In which forms the records of one source may stand. */
export interface DumpForms {
  readonly envelopes: readonly Envelope[];
  /** Whether a line may be the record itself. */
  readonly takesPlainRecords: boolean;
  /** The place of a line, with what the name of the file tells of it. */
  placed(at: Provenance): Provenance;
  /** What is missing at the end of the source, going by the marks met in it. */
  atEnd(marks: ReadonlySet<string>): readonly EndFlaw[];
}

export function dumpForms(file: string, { format, recordPath }: FormOptions = {}): DumpForms {
  const taken =
    recordPath !== undefined
      ? [atPath(recordPath)]
      : envelopes.filter(({ name }) => format === undefined || name === format);
  const place = envelopes.map(({ fileName }) => fileName?.(file)).find((found) => found !== undefined);
  return {
    envelopes: taken,
    takesPlainRecords: recordPath === undefined && (format === undefined || format === plainFormat),
    placed: (at) =>
      place === undefined || at.offset !== undefined
        ? at
        : { ...at, partition: place.partition, offset: place.startOffset + at.line - 1 },
    atEnd: (marks) => taken.map(({ atEnd }) => atEnd?.(marks)).filter((flaw) => flaw !== undefined),
  };
}

/** The record as it is, one a line. */
export const plainFormat = 'raw';

function atPath(path: readonly string[]): Envelope {
  return {
    name: 'record-path',
    title: '--record-path',
    doc: '',
    example: '',
    tellsOffsets: false,
    unwrap: () => ({ kind: 'value', path }),
  };
}
