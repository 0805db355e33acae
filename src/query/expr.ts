import type { AddressRange } from '../record/address.ts';
import type { ColumnName } from '../record/columns/index.ts';
import type { Instant } from '../record/time.ts';

/**
 * A question as plain data. Flags, `--where` and (later) rules all lower to this; one compiler
 * (`predicate.ts`) turns it into the truth, others may derive byte needles or SQL from it.
 * An empty `and` holds for every record, an empty `or` for none.
 */
export type Expr =
  | { readonly kind: 'all' }
  | { readonly kind: 'and'; readonly of: readonly Expr[] }
  | { readonly kind: 'or'; readonly of: readonly Expr[] }
  /** Plain negation: true wherever `of` is false, so also on records that lack the thing asked for. */
  | { readonly kind: 'not'; readonly of: Expr }
  | { readonly kind: 'match'; readonly on: Operand; readonly test: Test };

/** What a test looks at: a column of the normalised view, or a raw path of the record. */
export type Operand = ColumnOperand | PathOperand;

export interface ColumnOperand {
  readonly kind: 'column';
  readonly name: ColumnName;
}

/** A text step is a key, a number an index into an array. A key step on an array looks into every member. */
export interface PathOperand {
  readonly kind: 'path';
  readonly path: readonly (string | number)[];
}

/** A test on one operand. On a list it holds when any member passes; on an absent value it does not hold, except where said. */
export type Test = PlainTest | Comparison;

/** A test that needs nothing but the value. */
export type PlainTest =
  /** `except`: members equal to one of these, ignoring case, are not looked at. */
  | { readonly kind: 'text'; readonly pattern: TextPattern; readonly except?: readonly string[] }
  /** Equal to one of many, for lists and alias groups. `values` are already folded when `fold`. */
  | { readonly kind: 'among'; readonly values: ReadonlySet<string>; readonly fold: boolean }
  /** Holds the text anywhere, ignoring case. `text` is already folded. */
  | { readonly kind: 'contains'; readonly text: string }
  /** Half-open `[from, until)`; a record without a time is never inside. */
  | { readonly kind: 'window'; readonly from?: Instant; readonly until?: Instant }
  | HoursTest
  | { readonly kind: 'address'; readonly range: AddressRange }
  | { readonly kind: 'crn-prefix'; readonly prefix: string }
  /** Any whole segment of a CRN. `type` is compared without case, `_` and `-` (see `foldType`) and holds none of them. */
  | { readonly kind: 'segment'; readonly type: TextPattern; readonly name: TextPattern }
  | { readonly kind: 'exists' };

/**
 * The time by the clocks of a zone. The day is the one that the event itself happened on, so that 22:00 to 06:00 on a
 * Friday is the night before and the evening. `outside` turns it round; a record without a time is on neither side.
 */
export interface HoursTest {
  readonly kind: 'hours';
  /** By name: an expression is plain data. */
  readonly zone: string;
  /** Seconds since midnight, half-open; any of them. */
  readonly hours?: readonly (readonly [from: number, until: number])[];
  /** 0 is Sunday. */
  readonly days?: readonly number[];
  readonly outside?: boolean;
}

/** `--where` comparison. `!=` is the negation of `=`: it also holds on an absent value. */
export interface Comparison {
  readonly kind: 'compare';
  readonly op: CompareOp;
  readonly to: Comparand;
}

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Comparand =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'instant'; readonly at: Instant }
  | Operand;

export type Scalar = string | number | boolean;

/** How a piece of text is matched. `fold` ignores case by Unicode folding. */
export type TextPattern =
  | { readonly kind: 'exact'; readonly text: string; readonly fold: boolean }
  /** The whole text: `*` is any run of characters, possibly empty, `?` is one. */
  | { readonly kind: 'glob'; readonly glob: string; readonly fold: boolean }
  /** Found anywhere in the text. */
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string };
