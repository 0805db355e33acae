import type { ExitCode } from '../diag/exit-codes.ts';
import type { Flag, FlagGroup } from './flags.ts';
import type { Terminal } from './terminal.ts';

/** One command as data: from this row follow parsing, help and the tests that walk the registry. */
export interface CommandInfo {
  readonly name: string;
  readonly alias?: string;
  /** One line, starting with a verb. */
  readonly summary: string;
  /** Operands as shown in usage, such as `[FILES...]`. */
  readonly operands: string;
  /** Groups of shared flags it takes. */
  readonly groups: readonly FlagGroup[];
  readonly ownFlags: readonly Flag[];
  readonly examples: readonly { readonly line: string; readonly says: string }[];
  /** Its arguments are those of another command: it gets them as they were typed, as operands. */
  readonly takesAnything?: true;
  /** Loaded only when the command runs: start-up counts. */
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}

export type RunCommand = (invocation: Invocation, terminal: Terminal) => Promise<ExitCode>;

/** What was typed: flags by long name without dashes, each with its values in order (none for a switch). */
export interface Invocation {
  readonly command: CommandInfo;
  readonly operands: readonly string[];
  readonly flags: ReadonlyMap<string, readonly string[]>;
}
