/**
 * Walks every registry: what a row promises (help, an example that works, a golden case, a line in the documents) must be
 * there, so that a new row cannot be forgotten halfway.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandInfo, Invocation } from '../src/cli/command.ts';
import { commands } from '../src/cli/commands/index.ts';
import { flags } from '../src/cli/flags.ts';
import { flagsOf } from '../src/cli/flags-of.ts';
import { commandHelp, helpFor, overview } from '../src/cli/help.ts';
import { parseArguments } from '../src/cli/program.ts';
import { topics } from '../src/cli/topics/index.ts';
import { envelopes } from '../src/input/envelopes/index.ts';
import { formats } from '../src/output/formats/index.ts';
import { displayWidth } from '../src/output/width.ts';
import { filters } from '../src/query/filters/index.ts';
import { columns } from '../src/record/columns/index.ts';
import { projectRoot } from './helpers/run-cli.ts';

const root = join(projectRoot, 'test', 'cases');
const commandLines = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /[\\/]cmd$/.test(path))
  .map((path) => readFileSync(join(root, path), 'utf8'));

const filterDocs = document('filters.md');
const fieldDocs = document('fields.md');
const formDocs = document('formats.md');

/** Every page of help by what one types for it. */
const pages: ReadonlyMap<string, string> = new Map([
  ['', overview()],
  ['help', overview(true)],
  ...commands.flatMap((command): [string, string][] => [
    [`${command.name} -h`, commandHelp(command, 'short')],
    [`${command.name} --help`, commandHelp(command, 'full')],
  ]),
  ...topics.map(({ name }): [string, string] => [`help ${name}`, helpFor(name)]),
]);

describe.each(commands.map((command) => [command.name, command] as const))('the command %s', (name, command) => {
  test('says what it does in a line that starts with a verb and ends without a stop', () => {
    expect(command.summary).toMatch(/^[A-Z][a-z]+ .{5,90}[^.]$/);
  });

  test('has examples that are understood and say what they are for', () => {
    expect(command.examples.length).toBeGreaterThanOrEqual(2);
    for (const { line, says } of command.examples) {
      expect(invocationOf(line).command.name).toBe(name);
      expect(displayWidth(says)).toBeLessThanOrEqual(60);
    }
  });

  test('has golden cases for itself and for its help, and a line in the overview', () => {
    expect(isUsed(new RegExp(`audit-cli ${name}(?= (?!-h|--help))`))).toBe(true);
    expect(isUsed(new RegExp(`audit-cli ${name} --help`))).toBe(true);
    expect(isUsed(new RegExp(`audit-cli ${name} -h`))).toBe(true);
    expect(overview()).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  test('takes no flag under two names and no name for two flags', () => {
    const names = flagsOf(command).flatMap(({ long, short, aliases = [] }) => [
      `--${long}`,
      ...(short === undefined ? [] : [`-${short}`]),
      ...aliases.map((alias) => `--${alias}`),
    ]);

    expect(names.filter((one, i) => names.indexOf(one) !== i)).toEqual([]);
    expect(names.filter((one) => !/^(?:-[A-Za-z]|--[a-z]+(?:-[a-z]+)*)$/.test(one))).toEqual([]);
    expect(names).not.toContain('-h');
    expect(names).not.toContain('-V');
  });
});

test('an alias of a command is no other command, and has a golden case', () => {
  const aliases = commands.flatMap(({ alias }) => alias ?? []);

  expect(commands.filter(({ name }) => aliases.includes(name))).toEqual([]);
  expect(aliases.filter((alias) => !isUsed(new RegExp(`audit-cli ${alias}\\b`)))).toEqual([]);
});

describe.each(flags.map((flag) => [flag.long, flag] as const))('the flag --%s', (long, flag) => {
  test('has a help line that fits', () => {
    expect(flag.help).toMatch(/^.{10,60}$/);
    expect(flag.help).not.toMatch(/\.$/);
  });

  test('belongs to a command and stands in its full help', () => {
    const takers = commands.filter((command) => flagsOf(command).includes(flag));

    expect(takers).not.toEqual([]);
    for (const command of takers) expect(commandHelp(command, 'full')).toMatch(new RegExp(`--${long}(?=[ \\n])`));
  });

  test('has a golden case', () => {
    expect(isUsed(flagPattern(long, flag.short))).toBe(true);
  });
});

describe.each(filters.map((filter) => [filter.name, filter] as const))('the filter --%s', (name, filter) => {
  test('has a golden case, and one of its negation if it has one', () => {
    const spelled = [name, ...(filter.aliases ?? [])].map((long) => flagPattern(long, filter.short));

    expect(spelled.some(isUsed)).toBe(true);
    if (filter.negatable) expect(isUsed(flagPattern(`not-${name}`))).toBe(true);
  });

  test('has golden cases for its aliases', () => {
    expect((filter.aliases ?? []).filter((alias) => !isUsed(flagPattern(alias)))).toEqual([]);
  });

  test('stands in the full help of what reads records, in help filters and in docs/filters.md', () => {
    for (const command of commands.filter(({ groups }) => groups.includes('filter'))) {
      expect(commandHelp(command, 'full')).toMatch(new RegExp(`--${name}(?=[ \\n])`));
    }
    expect(helpFor('filters')).toContain(`--${name}`);
    expect(filterDocs).toContain(`\`--${name}\``);
    for (const example of filter.examples) expect(filterDocs).toContain(example.replaceAll('|', '\\|'));
  });
});

describe.each(columns.map((column) => [column.name, column] as const))('the column %s', (name, column) => {
  test('has a meaning in one line, in help fields and docs/fields.md', () => {
    expect(column.doc).toMatch(/^.{10,110}$/);
    expect(column.doc).not.toMatch(/\.$/);
    expect(helpFor('fields')).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(fieldDocs).toContain(`| \`${name}\` | ${column.type} | ${column.doc} |`);
  });

  test('is shown by a golden case', () => {
    const isShown = column.role === 'listed' ? /--normalized/ : new RegExp(`\\b${name}\\b`);

    expect(isUsed(isShown) || fieldDocs.includes(`\`${name}\``)).toBe(true);
  });
});

describe.each(formats.map((format) => [format.name, format] as const))('the format %s', (name, format) => {
  test('has a line in help formats, with its aliases', () => {
    expect(format.doc).toMatch(/^.{10,80}$/);
    expect(helpFor('formats')).toContain(`  ${[name, ...format.aliases].join(', ')} `);
  });

  test('has an example that is understood and asks for it', () => {
    expect(invocationOf(format.example).flags.get('output')).toEqual([name]);
  });

  test('has golden cases, under its aliases too', () => {
    const missing = [name, ...format.aliases].filter((one) => !isUsed(new RegExp(`-o ${one}\\b`)));

    expect(missing).toEqual([]);
  });
});

describe.each(envelopes.map((envelope) => [envelope.name, envelope] as const))('the form %s', (name, envelope) => {
  test('has a line in help formats, and what there is to say in docs/formats.md', () => {
    expect(helpFor('formats')).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(formDocs).toContain(`\n## ${name}\n`);
    expect(formDocs).toContain(envelope.doc);
    expect(formDocs).toContain(envelope.example);
  });
});

describe.each(topics.map((topic) => [topic.name, topic] as const))('the topic %s', (name, topic) => {
  test('has a summary, a golden case and a place in the overview', () => {
    expect(topic.summary).toMatch(/^.{10,60}$/);
    expect(isUsed(new RegExp(`audit-cli help ${name}\\b`))).toBe(true);
    expect(overview()).toContain(name);
  });
});

describe.each([...pages])('the help page of audit-cli %s', (_, page) => {
  test('is at most 80 columns wide, without blanks at the ends of lines', () => {
    const lines = page.split('\n');

    expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    expect(page).toMatch(/[^\n]\n$/);
  });

  test('names no flag that does not exist', () => {
    const known = new Set(commands.flatMap(flagsOf).flatMap(({ long, aliases = [] }) => [long, ...aliases]));
    const named = [...page.matchAll(/--([a-z]+(?:-[a-z]+)*)(?![\w-])/g)].map(([, long]) => long ?? '');

    expect(named.filter((long) => !known.has(long) && long !== 'help')).toEqual([]);
  });
});

test('the bare call is a first look: it fits a screen', () => {
  expect(overview().split('\n').length).toBeLessThanOrEqual(24);
});

function document(name: string): string {
  return readFileSync(join(projectRoot, 'docs', name), 'utf8');
}

/** Whether a golden case types it. */
function isUsed(pattern: RegExp): boolean {
  return commandLines.some((line) => pattern.test(line));
}

function flagPattern(long: string, short?: string): RegExp {
  const inBundle = short === undefined ? '' : `|-[A-Za-z]*${short}`;
  return new RegExp(`\\s(?:--${long}(?=[\\s=;)]|$)${inBundle})`);
}

/** An example as the program would understand it: what stands between `audit-cli` and the next pipe or redirection. */
function invocationOf(line: string): Invocation {
  const words = [...(/audit-cli (.*?)(?: (?:\||>).*)?$/.exec(line)?.[1] ?? '').matchAll(/'([^']*)'|(\S+)/g)];
  const [name = '', ...args] = words.map(([, quoted, bare]) => quoted ?? bare ?? '');
  const command: CommandInfo | undefined = commands.find((one) => one.name === name || one.alias === name);
  if (command === undefined) throw new Error(`no command in: ${line}`);
  return parseArguments(command, flagsOf(command), args);
}
