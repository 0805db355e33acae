import type { Provenance } from '../record/record.ts';
import { notAnAuditRecord } from './audit-record.ts';
import type { EndFlaw, Envelope } from './envelopes/envelope.ts';
import { envelopes } from './envelopes/index.ts';
import { valueAt } from './envelopes/likely-member.ts';
import { raw } from './envelopes/raw.ts';
import type { ArrayPath } from './json-scanner.ts';

/** What the user says of the dumps; without it every form is recognised by what it looks like. */
export interface FormOptions {
  /** The name of the only form to take. */
  readonly format?: string | undefined;
  /** Where the record stands in a wrapper that no form is known for. */
  readonly recordPath?: readonly string[] | undefined;
}

/** In which forms the records of one source may stand. */
export interface DumpForms {
  /** Whose wrappers and prefixes are looked for at the outside. */
  readonly envelopes: readonly Envelope[];
  /** All forms: whose noise is known, and whose wrappers may stand within others. */
  readonly known: readonly Envelope[];
  /** False when the user named a form: what it finds in a value comes before what the value looks like. */
  readonly takesPlainRecords: boolean;
  /** Where objects have arrays that may be longer than memory. */
  readonly arrays: readonly ArrayPath[];
  /** The place of a line, with what the name of the file tells of it. */
  placed(at: Provenance): Provenance;
  /** What is missing at the end of the source, going by the marks met in it. */
  atEnd(marks: ReadonlySet<string>): readonly EndFlaw[];
}

export function dumpForms(file: string, { format, recordPath }: FormOptions = {}): DumpForms {
  const named = envelopes.filter(({ name }) => format === undefined || name === format);
  const place = envelopes.map(({ fileName }) => fileName?.(file)).find((found) => found !== undefined);
  return {
    envelopes: recordPath === undefined ? named : [atPath(recordPath)],
    known: envelopes,
    takesPlainRecords: recordPath === undefined && (format === undefined || format === raw.name),
    arrays: envelopes.map(({ array }) => array).filter((path) => path !== undefined),
    placed: (at) =>
      place === undefined || at.offset !== undefined
        ? at
        : { ...at, partition: place.partition, offset: place.startOffset + at.line - 1 },
    atEnd: (marks) => envelopes.map(({ atEnd }) => atEnd?.(marks)).filter((flaw) => flaw !== undefined),
  };
}

/** An offset that was counted by lines is wrong where records and lines are not the same. */
export function withoutOffset({ offset: _, ...known }: Provenance): Provenance {
  return known;
}

/** What may be typed after `--format`. */
export const formatNames: readonly string[] = ['auto', ...envelopes.map(({ name }) => name)];

function atPath(path: readonly string[]): Envelope {
  return {
    name: 'record-path',
    title: '--record-path',
    doc: '',
    example: '',
    tellsOffsets: false,
    unwrap(object) {
      if (valueAt(object, path) !== undefined) return { kind: 'value', path };
      // A record that stands by itself among wrapped ones.
      if (notAnAuditRecord(object) === undefined) return undefined;
      return { kind: 'unreadable', detail: `nothing at ${JSON.stringify(path.join('.'))}` };
    },
  };
}
