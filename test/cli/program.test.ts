import { describe, expect, test } from 'vitest';
import type { CommandInfo } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { flagsOf } from '../../src/cli/flags-of.ts';
import { parseArguments } from '../../src/cli/program.ts';
import { AuditError } from '../../src/diag/diagnostic.ts';

function commandNamed(name: string): CommandInfo {
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return command;
}

/** What was understood, as plain data. */
function parsed(args: readonly string[], name = 'filter'): { operands: readonly string[]; flags: object } {
  const command = commandNamed(name);
  const { operands, flags } = parseArguments(command, flagsOf(command), args);
  return { operands, flags: Object.fromEntries(flags) };
}

function refusal(args: readonly string[], name = 'filter'): AuditError['diagnostic'] & { exitCode: number } {
  try {
    parsed(args, name);
  } catch (error) {
    if (error instanceof AuditError) return { ...error.diagnostic, exitCode: error.exitCode };
    throw error;
  }
  throw new Error(`${args.join(' ')} was accepted`);
}

describe('arguments', () => {
  test.each([
    { says: 'none', args: [], operands: [], flags: {} },
    { says: 'operands alone', args: ['a', '-', 'b c'], operands: ['a', '-', 'b c'], flags: {} },
    {
      says: 'flags and operands in any order',
      args: ['a', '-m', 'X', 'b', '--failed', 'c'],
      operands: ['a', 'b', 'c'],
      flags: { method: ['X'], failed: [] },
    },
    {
      says: 'a value behind =',
      args: ['--method=X', '--limit=3'],
      operands: [],
      flags: { method: ['X'], limit: ['3'] },
    },
    {
      says: 'a value that holds = and blanks',
      args: ['--where=a = "b=c"', '--resource', 'topic=x'],
      operands: [],
      flags: { where: ['a = "b=c"'], resource: ['topic=x'] },
    },
    { says: 'an empty value', args: ['--method=', '-p', ''], operands: [], flags: { method: [''], principal: [''] } },
    {
      says: 'a value stuck to its short flag',
      args: ['-n5', '-mX'],
      operands: [],
      flags: { limit: ['5'], method: ['X'] },
    },
    { says: 'bundled short flags', args: ['-cr'], operands: [], flags: { count: [], reverse: [] } },
    {
      says: 'a bundle whose last takes a value',
      args: ['-rn', '5'],
      operands: [],
      flags: { reverse: [], limit: ['5'] },
    },
    {
      says: 'a bundle with the value stuck to it',
      args: ['-crn5'],
      operands: [],
      flags: { count: [], reverse: [], limit: ['5'] },
    },
    {
      says: 'values that start with a dash',
      args: ['--since', '-2h', '-n', '-5', '-F', '-ip,+crn', '--text', '--force'],
      operands: [],
      flags: { since: ['-2h'], limit: ['-5'], fields: ['-ip,+crn'], text: ['--force'] },
    },
    {
      says: 'nothing but operands after --',
      args: ['-c', '--', '-m', '--', 'a'],
      operands: ['-m', '--', 'a'],
      flags: { count: [] },
    },
    {
      says: 'filters repeated add up',
      args: ['-m', 'A', '--method', 'B,C', '-mD'],
      operands: [],
      flags: { method: ['A', 'B,C', 'D'] },
    },
    {
      says: 'of one-value flags the last counts',
      args: ['-n', '1', '--limit', '2'],
      operands: [],
      flags: { limit: ['2'] },
    },
    { says: 'a switch twice is a switch', args: ['-c', '--count'], operands: [], flags: { count: [] } },
    { says: 'fields repeated add up', args: ['-F', 'a', '-F', 'b'], operands: [], flags: { fields: ['a', 'b'] } },
    {
      says: 'aliases are noted under the one name',
      args: ['--after', 'A', '--from', 'B', '--start=C', '--to', 'D', '-S', 'E'],
      operands: [],
      flags: { since: ['A', 'B', 'C', 'E'], until: ['D'] },
    },
    {
      says: 'a negation is another flag than its filter',
      args: ['--not-method', 'X', '-m', 'Y', '--not-ok'],
      operands: [],
      flags: { 'not-method': ['X'], method: ['Y'], 'not-ok': [] },
    },
    {
      says: '--no-… is a name like any other',
      args: ['--no-header', '--no-color', '--no-progress', '--no-summary'],
      operands: [],
      flags: { 'no-header': [], 'no-color': [], 'no-progress': [], 'no-summary': [] },
    },
    {
      says: '--no-color and --color are two flags',
      args: ['--color', 'always', '--no-color'],
      operands: [],
      flags: { color: ['always'], 'no-color': [] },
    },
    {
      says: 'names of object members',
      args: ['-m', '__proto__', 'constructor'],
      operands: ['constructor'],
      flags: { method: ['__proto__'] },
    },
  ])('$says', ({ args, operands, flags }) => {
    expect(parsed(args)).toEqual({ operands, flags });
  });

  test('every command has its own flags only', () => {
    expect(parsed(['--top', '3'], 'summary')).toEqual({ operands: [], flags: { top: ['3'] } });
    expect(refusal(['--top', '3'], 'filter').code).toBe('unknown-flag');
    expect(refusal(['--fields', 'time'], 'summary').code).toBe('unknown-flag');
    expect(refusal(['--limit', '3'], 'explain').code).toBe('unknown-flag');
  });
});

describe('what cannot be understood', () => {
  const help = 'audit-cli filter --help lists the flags';

  test.each([
    {
      args: ['--methd', 'X'],
      code: 'unknown-flag',
      message: 'unknown flag --methd',
      hint: `did you mean --method? ${help}`,
    },
    {
      args: ['--meth', 'X'],
      code: 'unknown-flag',
      message: 'unknown flag --meth',
      hint: `did you mean --method? ${help}`,
    },
    { args: ['--zzzzzzzz'], code: 'unknown-flag', message: 'unknown flag --zzzzzzzz', hint: help },
    { args: ['-x'], code: 'unknown-flag', message: 'unknown flag -x', hint: help },
    { args: ['-cx'], code: 'unknown-flag', message: 'unknown flag -x', hint: help },
    {
      args: ['--no-failed'],
      code: 'unknown-flag',
      message: 'unknown flag --no-failed',
      hint: `did you mean --not-failed or --failed? ${help}`,
    },
    { args: ['--method'], code: 'missing-value', message: '--method needs a value: --method NAME', hint: help },
    { args: ['a', '-n'], code: 'missing-value', message: '--limit needs a value: --limit N', hint: help },
    { args: ['--not-ip'], code: 'missing-value', message: '--not-ip needs a value: --not-ip ADDRESS', hint: help },
    {
      args: ['--principal-kind'],
      code: 'missing-value',
      message: '--principal-kind needs a value: --principal-kind KIND',
      hint: help,
    },
    { args: ['--after'], code: 'missing-value', message: '--after needs a value: --after TIME', hint: help },
  ])('$args', ({ args, ...diagnostic }) => {
    expect(refusal(args)).toEqual({ ...diagnostic, severity: 'error', exitCode: 2 });
  });
});
