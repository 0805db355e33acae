import type { JsonObject } from '../../record/record.ts';
import type { Instant } from '../../record/time.ts';
import type { MalformedReason } from '../malformed.ts';
import type { NoiseKind } from '../noise.ts';

/**
 * A form in which records come wrapped (dump-formats.md, forms 1 to 22). One file each; the registry is `index.ts`.
 * Whatever a form says of a line or a value is asked of this one place by all readers.
 */
export interface Envelope {
  /** As typed after `--format` and shown by `verify`: `kcat-json`. */
  readonly name: string;
  /** Who writes it: `kcat -J`. */
  readonly title: string;
  /** What it looks like, what it carries and what it cannot carry: a paragraph of docs/formats.md. */
  readonly doc: string;
  /** Lines of a dump in this form, whole. */
  readonly example: string;
  /** The name of a file in this form, where the name tells something. */
  readonly exampleFile?: string;
  /** Whether it tells partition and offset, so that holes can be proven. */
  readonly tellsOffsets: boolean;
  /** What a JSON object holds that is no audit record itself; undefined when it is of another form. Never throws. */
  readonly unwrap?: (object: JsonObject) => Unwrapped | undefined;
  /**
   * Where in its objects an array of records or of other wrappers stands that may be longer than memory: its elements
   * are unwrapped one by one then.
   */
  readonly array?: readonly string[];
  /** What a line is that is no JSON and no record; undefined when it is something else. The text is cut after {@link noiseCharacters}. */
  readonly noise?: (line: string) => NoiseKind | undefined;
  /** Why a line of this form cannot be read, when none of its lines can. The text is cut after 4096 characters. */
  readonly illegible?: (line: string) => Illegible | undefined;
  /** What the text between the start of a line and the JSON behind it tells; undefined when it is of another form. */
  readonly prefix?: (text: string) => KafkaPlace | undefined;
  /** What of a file name tells where its records stood; undefined for other names. */
  readonly fileName?: (path: string) => FilePlace | undefined;
  /** What is missing when a source has ended, going by the marks met in it. */
  readonly atEnd?: (marks: ReadonlySet<string>) => EndFlaw | undefined;
}

/** So much of a line that may be noise is looked at. */
export const noiseCharacters = 4096;

/** Whether nothing was cut off a line that may be noise. */
export function isWholeLine(line: string): boolean {
  return line.length < noiseCharacters;
}

/** Where a record stood in Kafka, as far as a form tells. */
export interface KafkaPlace {
  readonly partition?: number;
  readonly offset?: number;
  readonly kafkaTime?: Instant;
}

/** Line `n` of the file stood at offset `startOffset + n - 1`. */
export interface FilePlace {
  readonly partition: number;
  readonly startOffset: number;
}

export type Unwrapped =
  /** A record, another wrapper or an array of them, as JSON or as a text that holds JSON. */
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly place?: KafkaPlace; readonly mark?: string }
  /** Something the form carries beside records. */
  | { readonly kind: 'noise'; readonly noise: NoiseKind; readonly mark?: string }
  /** Of this form, but no record can be had of it. */
  | { readonly kind: 'unreadable'; readonly detail: string; readonly mark?: string };

export interface Illegible {
  readonly reason: MalformedReason;
  readonly detail: string;
  readonly mark?: string;
}

/** The answer is incomplete. */
export interface EndFlaw {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}
