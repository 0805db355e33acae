import type { Cell, Provenance } from '../record.ts';

export type ColumnType = 'text' | 'time' | 'list' | 'number' | 'flag';

/**
 * What of a value counts:
 * - `crn-types`: of a text that is a CRN every name that is not empty counts the same; nothing, when a read before it is
 *   a CRN that names something;
 * - `crn`: all of it, with the same exception;
 * - `actor`: all of it, and whether it is a principal that has an id of its own counts for the reads behind it;
 * - `presence`: every text that is not empty counts the same;
 * - `unless-named`: nothing, when a `crn` or `crn-types` before it names something;
 * - `unless-named-ids`: the same, else every `resourceId` in it that is not empty counts the same;
 * - `unless-actor`: nothing, when an `actor` before it has an id.
 */
export type Reduction =
  | 'crn-types'
  | 'crn'
  | 'actor'
  | 'presence'
  | 'unless-named'
  | 'unless-named-ids'
  | 'unless-actor';

/** The values found for each read, in order of preference: one for each spelling present, none when absent. */
export type Found<Reads extends string> = Readonly<Record<Reads, readonly unknown[]>>;

/**
 * How the text of a cell (of each member of a list) stands in the JSON of its record, so that records can be
 * looked for by their bytes (`scan/needles.ts`) before they are parsed:
 * - `verbatim`: it is a piece of one string value.
 * - `verbatim-or-number`: or it is a number as JavaScript writes it, which the record may spell `1e3`.
 * - `decoded`: it is a piece of one string value, where any of its characters may be percent-encoded.
 * - `rendered`: a CRN, either verbatim or put together from the parts of `cloudResources`.
 */
export type Spelling = 'verbatim' | 'verbatim-or-number' | 'decoded' | 'rendered';

/**
 * One column of the normalised view: what it means, which raw values it reads and how it is
 * derived from them. `derive` is pure, so any reader that can deliver the values (JSON.parse, or a
 * byte projection) gives the same answer: there is no second "what is the principal".
 */
export interface Column<Reads extends string = string> {
  readonly name: string;
  readonly type: ColumnType;
  /** `listed` columns make up the normalised record; `search` columns exist for filters and `--where`. */
  readonly role: 'listed' | 'search';
  /** One line for help and docs/fields.md. */
  readonly doc: string;
  /** Missing when the cell may hold anything that stands nowhere in the record. */
  readonly spelled?: Spelling;
  /** True when the cell is what its one read found, if that is a text, and nothing otherwise. */
  readonly copied?: boolean;
  /** Raw paths in camelCase (see `paths.ts`). An array is a list of literal keys. */
  readonly reads: Readonly<Record<Reads, string | readonly string[]>>;
  /** What of a value counts, where that is not all of it: records that differ in the rest have the same cell. */
  readonly reductions?: Readonly<Partial<Record<Reads, Reduction>>>;
  /** True when the cell depends on where the record stands too. */
  readonly placed?: boolean;
  /** Never throws; a value of the wrong type is skipped. */
  readonly derive: (found: Found<Reads>, at: Provenance) => Cell;
  /** Of a list that takes long to derive: whether any member passes, without making those behind the first that does. */
  readonly some?: (found: Found<Reads>, passes: (member: string) => boolean) => boolean;
}

/** What a registry of columns holds: `derive` takes whatever its own `reads` found. */
export type AnyColumn = Column<string>;

/** Lets `derive` be typed by its own `reads`. */
export function column<const Name extends string, const Reads extends string>(
  definition: Column<Reads> & { readonly name: Name },
): AnyColumn & { readonly name: Name } {
  // A column is only ever fed the values of its own reads (normalize.ts), so forgetting their names is safe.
  return definition as unknown as AnyColumn & { readonly name: Name };
}
