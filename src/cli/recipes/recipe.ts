import type { TimeContext } from '../../query/time-value.ts';

/** A question of daily life, and the command line that answers it. */
export interface Recipe {
  readonly name: string;
  /** One line that starts with a capital letter and ends without a stop. */
  readonly summary: string;
  /** What it is asked of, as shown in usage; missing for a recipe that takes nothing but files. */
  readonly operand?: string;
  /** An operand that could be meant. */
  readonly example?: string;
  /** The command it stands for. */
  readonly command: string;
  /** Flags of the recipe that the command does not have. */
  readonly ownFlags?: readonly RecipeFlag[];
  expand(asked: Asked): Expansion;
}

export interface RecipeFlag {
  readonly long: string;
  readonly value: string;
  readonly help: string;
}

export interface Asked {
  /** Empty for a recipe that takes none. */
  readonly operand: string;
  /** The value typed for a flag, of the recipe's own or of the command. */
  readonly typed: (long: string) => string | undefined;
  readonly context: TimeContext;
}

export interface Expansion {
  /** Before the files. */
  readonly operands?: readonly string[];
  /** What the question is: typing these flags as well would change it. */
  readonly fixed?: Flags;
  /** What is usual: typed flags of the same names take their place. */
  readonly usual?: Flags;
}

/** Values by long name without dashes; none for a switch. */
export type Flags = Readonly<Record<string, readonly string[]>>;

/** One value of a list, commas included. */
export function oneValue(text: string): string {
  return text.replaceAll(',', '\\,');
}
