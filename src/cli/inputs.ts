import { AuditError, type Diagnostic } from '../diag/diagnostic.ts';
import type { Source } from '../input/block.ts';
import { resolveInputs } from '../input/sources/index.ts';
import type { Invocation } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface Inputs {
  readonly sources: readonly Source[];
  /** Operands that could not be turned into something to read; the answer is then incomplete. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The sources of a reading command: its operands, or stdin when it is not a terminal. Throws when nothing at all can be read. */
export async function openInputs({ command, operands }: Invocation, terminal: Terminal): Promise<Inputs> {
  if (operands.length === 0 && terminal.stdinIsTerminal) throw noInput(command.name, command.examples[0]?.line);
  const inputs = await resolveInputs(operands.length === 0 ? ['-'] : operands, terminal.standardInput);
  const [first, ...others] = inputs.diagnostics.filter(({ severity }) => severity !== 'note');
  if (inputs.sources.length > 0 || first === undefined) return inputs;
  throw new AuditError({
    ...first,
    message: others.length === 0 ? first.message : `${first.message}; and ${others.length} more`,
    hint: first.hint ?? 'no readable input: check the path, or pipe a dump in',
  });
}

function noInput(command: string, example: string | undefined): AuditError {
  return new AuditError({
    code: 'no-input',
    message: 'no input: give files or directories, or pipe a dump into me',
    hint: [example ?? `audit-cli ${command} dump.ndjson`, `audit-cli ${command} -h lists the flags`].join('\n'),
  });
}
