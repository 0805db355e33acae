import type { ColumnName } from '../../record/columns/index.ts';
import type { Instant } from '../../record/time.ts';
import type { Zone } from '../../record/zone.ts';
import type { Expr } from '../expr.ts';

/** Headings under which help lists the filters, in this order. */
export const filterGroups = ['What', 'Who', 'Where', 'When', 'Result', 'Any'] as const;

export type FilterGroup = (typeof filterGroups)[number];

/**
 * One filter flag. The command line, `--not-…`, help, completion and docs follow from the registry
 * of these (`index.ts`); what it means follows from `parse`.
 */
export interface Filter {
  /** The long flag without dashes. */
  readonly name: string;
  /** One letter, without its dash. */
  readonly short?: string;
  /** Other long flags for the same thing. */
  readonly aliases?: readonly string[];
  /** What stands for the value in help, such as `NAME`; missing for a flag without one. */
  readonly placeholder?: string;
  /** One line of at most 60 characters. */
  readonly help: string;
  readonly group: FilterGroup;
  /** Whether `--not-name` exists. It keeps the records that have no such thing. */
  readonly negatable: boolean;
  /** Whether values split at commas and `@file` is read; else every value is taken as typed. */
  readonly takesList: boolean;
  /** Whether blanks round a value belong to it. */
  readonly keepsBlanks?: boolean;
  /** At least two values that work; shown in errors and docs. */
  readonly examples: readonly string[];
  /** The list column of names the flag looks at, when a plain value nobody has should bring up near ones. */
  readonly namesIn?: ColumnName;
  /** Flags that say what this one is about when they are typed with it; they then ask for nothing by themselves. */
  readonly takes?: readonly string[];
  /**
   * What the values ask for: any of them will do. Values are expanded and not empty, unless the flag takes
   * none. Throws an AuditError for a value that cannot be used. `taken` has the values of the flags named in `takes`.
   */
  readonly parse: (
    values: readonly string[],
    context: FilterContext,
    taken?: ReadonlyMap<string, readonly string[]>,
  ) => Expr;
}

/** What values are read against. */
export interface FilterContext {
  /** `--exact`: `*`, `?` and `/…/` are ordinary characters. */
  readonly exact: boolean;
  /** Reads an `@file` of values; throws when it cannot. */
  readonly readFile: (path: string) => string;
  /** Relative times count from here. */
  readonly now: Instant;
  /** Dates and times without a zone are in this one. */
  readonly zone: Zone;
}
