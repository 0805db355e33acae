import { existsSync } from 'node:fs';
import { AuditError } from '../diag/diagnostic.ts';
import { type ExitCode, exitCodes } from '../diag/exit-codes.ts';
import { nearest } from '../diag/nearest.ts';
import type { CommandInfo } from './command.ts';
import { commands } from './commands/index.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line and gives the exit code. Everything expected to go wrong ends as a message, not as a stack. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    const { renderDiagnostic, renderFault, stderrStyles } = await import('./render.ts');
    if (!(error instanceof AuditError)) {
      terminal.stderr.write(`${renderFault(error)}\n`);
      return exitCodes.incomplete;
    }
    terminal.stderr.write(`${renderDiagnostic(error.diagnostic, stderrStyles(typedColor(argv), terminal))}\n`);
    return error.exitCode;
  }
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    const { overview } = await import('./help.ts');
    terminal.stderr.write(overview());
    return exitCodes.usage;
  }
  if (first === '--version' || first === '-V') {
    const { version } = await import('./version.ts');
    terminal.stdout.write(`${version()}\n`);
    return exitCodes.ok;
  }
  if (first === 'help' || first === '--help' || first === '-h') {
    const { overview, helpFor } = await import('./help.ts');
    terminal.stdout.write(first === 'help' && rest[0] !== undefined ? helpFor(rest[0]) : overview(first !== '-h'));
    return exitCodes.ok;
  }
  const command = commands.find(({ name, alias }) => name === first || alias === first);
  if (command === undefined) throw unknownCommand(first);
  const asked = helpAsked(rest);
  if (asked !== undefined) {
    const { commandHelp } = await import('./help.ts');
    terminal.stdout.write(commandHelp(command, asked));
    return exitCodes.ok;
  }
  if (command.takesAnything) {
    const { run } = await command.load();
    return run({ command, operands: rest, flags: new Map() }, terminal);
  }
  const [{ parseArguments }, { flagsOf }, { run }] = await Promise.all([
    import('./program.ts'),
    import('./flags-of.ts'),
    command.load(),
  ]);
  return run(parseArguments(command, flagsOf(command), rest), terminal);
}

/** `-h` asks for the short help, `--help` for all of it; after `--` both are operands. */
function helpAsked(args: readonly string[]): 'short' | 'full' | undefined {
  for (const arg of args) {
    if (arg === '--') return undefined;
    if (arg === '-h') return 'short';
    if (arg === '--help') return 'full';
  }
  return undefined;
}

/** `--color` among the raw arguments: an error may come before the flags are parsed. */
function typedColor(argv: readonly string[]): string | undefined {
  return argv
    .flatMap((arg, i) => (arg === '--color' ? [argv[i + 1] ?? 'auto'] : arg === '--no-color' ? ['never'] : []))
    .at(-1);
}

function unknownCommand(typed: string): AuditError {
  if (typed.startsWith('-') && typed !== '-') {
    return new AuditError({
      code: 'unknown-flag',
      message: `flags come after a command, and ${typed} stands before it`,
      hint: `audit-cli filter ${typed} … FILES`,
    });
  }
  if (typed === '-' || typed.includes('/') || typed.includes('.') || existsSync(typed)) {
    return new AuditError({
      code: 'missing-command',
      message: `${typed} is not a command`,
      hint: `did you mean \`audit-cli summary ${typed}\`?`,
    });
  }
  const near = nearest(
    typed,
    commands.flatMap((command: CommandInfo) => [command.name, ...(command.alias ? [command.alias] : [])]),
  );
  return new AuditError({
    code: 'unknown-command',
    message: `unknown command ${typed}`,
    hint:
      near.length > 0
        ? `did you mean ${near.map((name) => `\`audit-cli ${name}\``).join(' or ')}?`
        : 'audit-cli help lists the commands',
  });
}
