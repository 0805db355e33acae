import type { Instant } from './time.ts';

/** Where a record stands: the file as named on the command line (`-` for stdin) and, when the dump carries it, its Kafka place. */
export interface Provenance {
  readonly file: string;
  /** From 1, in the decompressed text. */
  readonly line: number;
  readonly partition?: number;
  readonly offset?: number;
  /** When Kafka took it, to the millisecond. */
  readonly kafkaTime?: Instant;
  /** What it came wrapped in (`input/envelopes`); missing for a record that stands as it is. */
  readonly form?: string;
}

/** One value of a column. `undefined` stands for null, empty and absent alike (record-shapes §13). */
export type Cell = undefined | string | number | boolean | Instant | readonly string[];

export type JsonObject = { readonly [key: string]: unknown };

/**
 * One audit record. `raw` is its original bytes from `{` to `}`; they belong to the block it came
 * from and are lent until the next block is pulled: call {@link keepRecord} to hold on to them.
 */
export interface AuditRecord {
  readonly raw: Uint8Array;
  readonly at: Provenance;
  readonly value: JsonObject;
  /** The cell of a column that was worked out without parsing the record, or {@link notKnown}. It is what `value` gives. */
  readonly known?: (column: string) => Cell | typeof notKnown;
  /** What was found at these paths without parsing the record, by the same names. */
  readonly found?: (reads: Reads) => Readonly<Record<string, readonly unknown[]>>;
}

/** Raw paths by name: what a column reads. */
export type Reads = Readonly<Record<string, string | readonly string[]>>;

export const notKnown: unique symbol = Symbol('not known');

/**
 * A copy whose bytes outlive the block. Only the bytes are held; the value is parsed again when it
 * is asked for, because parsed records weigh several times their text.
 */
export function keepRecord(record: AuditRecord): AuditRecord {
  return keptRecord(new Uint8Array(record.raw), record.at);
}

/** A record by its bytes, which stay as they are. */
export function keptRecord(raw: Uint8Array, at: Provenance): AuditRecord {
  return new KeptRecord(raw, at);
}

class KeptRecord implements AuditRecord {
  readonly raw: Uint8Array;
  readonly at: Provenance;
  #value: JsonObject | undefined;

  constructor(raw: Uint8Array, at: Provenance) {
    this.raw = raw;
    this.at = at;
  }

  get value(): JsonObject {
    // The bytes were a JSON object when the record was first read, and they are a private copy.
    this.#value ??= JSON.parse(new TextDecoder().decode(this.raw)) as JsonObject;
    return this.#value;
  }
}
