import type { Cell, Provenance } from '../record.ts';

export type ColumnType = 'text' | 'time' | 'list' | 'number' | 'flag';

/** The values found for each read, in order of preference: one for each spelling present, none when absent. */
export type Found<Reads extends string> = Readonly<Record<Reads, readonly unknown[]>>;

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
  /** Raw paths in camelCase (see `paths.ts`). An array is a list of literal keys. */
  readonly reads: Readonly<Record<Reads, string | readonly string[]>>;
  /** Never throws; a value of the wrong type is skipped. */
  readonly derive: (found: Found<Reads>, at: Provenance) => Cell;
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
