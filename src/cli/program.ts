import { Command, CommanderError, Option } from 'commander';
import { AuditError } from '../diag/diagnostic.ts';
import { exitCodes } from '../diag/exit-codes.ts';
import { nearest } from '../diag/nearest.ts';
import type { CommandInfo, Invocation } from './command.ts';
import type { Flag } from './flags.ts';

/**
 * What was typed after the command's name, as an {@link Invocation}. Flags and operands may come in
 * any order, `--` ends the flags; unknown flags and missing values throw with the nearest spelling.
 */
export function parseArguments(command: CommandInfo, flags: readonly Flag[], args: readonly string[]): Invocation {
  const typed = new Map<string, string[]>();
  const program = new Command(command.name)
    .argument('[operands...]')
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, outputError: () => undefined });
  for (const flag of flags.filter((one) => mayBeTyped(one, args))) {
    for (const option of optionsOf(flag, typed)) {
      program.addOption(option);
      // By event, because commander's own result reads `--no-x` as the negation of `--x`.
      if (flag.value === undefined) program.on(`option:${option.name()}`, () => typed.set(flag.long, []));
    }
  }
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? usageError(command, flags, error) : error;
  }
  return { command, operands: program.args, flags: typed };
}

/** Whether commander may need to know the flag. It compares each flag it is told with all the others, which takes time. */
function mayBeTyped({ long, aliases, short }: Flag, args: readonly string[]): boolean {
  const spellings = [long, ...(aliases ?? [])].map((spelling) => `--${spelling}`);
  return args.some(
    (arg) =>
      spellings.some((spelling) => arg === spelling || arg.startsWith(`${spelling}=`)) ||
      // Short flags may stand behind one dash together.
      (short !== undefined && /^-[^-]/.test(arg) && arg.includes(short)),
  );
}

function optionsOf(flag: Flag, typed: Map<string, string[]>): Option[] {
  const value = flag.value === undefined ? '' : ' <value>';
  const spellings = [
    `${flag.short === undefined ? '' : `-${flag.short}, `}--${flag.long}`,
    ...(flag.aliases ?? []).map((alias) => `--${alias}`),
  ];
  return spellings.map((spelling) => {
    const option = new Option(`${spelling}${value}`);
    if (flag.value !== undefined) option.argParser((text: string) => note(typed, flag, text));
    return option;
  });
}

/** Repeated flags add up; of those that take one value the last one typed counts, as everywhere. */
function note(typed: Map<string, string[]>, flag: Flag, text: string): void {
  const before = flag.repeatable ? (typed.get(flag.long) ?? []) : [];
  typed.set(flag.long, [...before, text]);
}

function usageError(command: CommandInfo, flags: readonly Flag[], error: CommanderError): AuditError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const help = `audit-cli ${command.name} --help lists the flags`;
  if (error.code === 'commander.unknownOption') {
    const known = flags.flatMap((flag) => [flag.long, ...(flag.aliases ?? [])]).map((long) => `--${long}`);
    const near = nearest(quoted, known);
    return new AuditError({
      code: 'unknown-flag',
      message: `unknown flag ${quoted}`,
      hint: near.length > 0 ? `did you mean ${near.join(' or ')}? ${help}` : help,
    });
  }
  if (error.code === 'commander.optionMissingArgument') {
    const typed = /--([\w-]+)/.exec(quoted)?.[1] ?? quoted;
    const flag = flags.find(({ long, aliases }) => long === typed || aliases?.includes(typed));
    return new AuditError({
      code: 'missing-value',
      message: `--${typed} needs a value: --${typed} ${flag?.value ?? 'VALUE'}`,
      hint: help,
    });
  }
  return new AuditError(
    { code: 'usage', message: error.message.replace(/^error: /, ''), hint: help },
    exitCodes.usage,
    error,
  );
}
