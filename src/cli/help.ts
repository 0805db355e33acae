import { AuditError } from '../diag/diagnostic.ts';
import { nearest } from '../diag/nearest.ts';
import type { CommandInfo } from './command.ts';
import { commands } from './commands/index.ts';
import { type Flag, type FlagGroup, groupTitles } from './flags.ts';
import { flagsOf } from './flags-of.ts';
import { topics } from './topics/index.ts';
import { wrap } from './topics/wrap.ts';

/** All help text, made from the registries. At most 80 columns wide. */

/** What a bare call prints, all of it on one screen; `full` adds what does not fit a first look. */
export function overview(full = false): string {
  const list = commands.map(
    ({ name, alias, summary }) =>
      `  ${[name, alias].filter(Boolean).join(', ').padEnd(16)} ${firstClause(summary, 61)}`,
  );
  const lines = full
    ? [
        introduction,
        '',
        firstExample,
        '  audit-cli summary dumps/',
        '',
        'Commands',
        ...list,
        '',
        'Help',
        `  ${'help COMMAND'.padEnd(16)} also audit-cli COMMAND --help; -h is the short form`,
        `  ${'help TOPIC'.padEnd(16)} ${wrap(topics.map(({ name }) => name).join(', '), 61, ' '.repeat(19))}`,
        '',
        'FILES are paths, globs, directories or - for stdin; without any, stdin is read.',
        'gzip and zstd are recognised. Records go to stdout, everything else to stderr.',
        'Nothing is sent anywhere, nothing is written beside your input.',
        '',
        'Exit codes: 0 matched, 1 nothing matched, 2 wrong usage, 3 incomplete answer.',
      ]
    : [
        introduction,
        firstExample,
        '',
        ...list,
        '',
        wrap(`audit-cli help COMMAND or TOPIC tells more: ${topics.map(({ name }) => name).join(', ')}`, lineWidth, ''),
      ];
  return `${lines.join('\n')}\n`;
}

const introduction = 'Explores Confluent Cloud audit logs: who did what, to what, from where.';
const firstExample = '  audit-cli filter --method DeleteStatement dump.ndjson';

/** `help NAME` for a command or a topic. */
export function helpFor(name: string): string {
  const command = commands.find((one) => one.name === name || one.alias === name);
  if (command !== undefined) return commandHelp(command, 'full');
  const topic = topics.find((one) => one.name === name);
  if (topic !== undefined) return `${topic.text()}\n`;
  const known = [...commands, ...topics].map((one) => one.name);
  const near = nearest(name, known);
  throw new AuditError({
    code: 'unknown-topic',
    message: `no help on ${name}; there is ${known.join(', ')}`,
    ...(near.length > 0 && { hint: `did you mean \`audit-cli help ${near[0]}\`?` }),
  });
}

/** Examples first, then the flags by group. The short form leaves out negations and rarely used groups. */
export function commandHelp(command: CommandInfo, form: 'short' | 'full'): string {
  const flags = flagsOf(command).filter(({ long }) => !long.startsWith('not-'));
  const shown = form === 'full' ? flags : flags.filter(({ group }) => group !== 'evidence' && group !== 'time');
  const groups = [...new Set(shown.map(({ group }) => group))].sort(
    (a, b) => groupOrder.indexOf(a) - groupOrder.indexOf(b),
  );
  const lines = [
    wrap(`${command.summary}.`, lineWidth, ''),
    '',
    `  audit-cli ${command.name} ${command.operands} [FLAGS...]`,
    '',
    'Examples',
    ...command.examples.flatMap(({ line, says }) => [`  ${line}`, `      ${says}`]),
    ...groups.flatMap((group) => [
      '',
      groupTitles[group],
      ...shown.filter((flag) => flag.group === group).map((flag) => flagLines(flag, form)),
    ]),
    '',
    ...(command.groups.includes('filter') ? ['Every filter but --since and --until has a --not- form.'] : []),
    form === 'short'
      ? `All flags: audit-cli ${command.name} --help`
      : wrap(`Topics (audit-cli help TOPIC): ${topics.map(({ name }) => name).join(', ')}`, lineWidth, '  '),
  ];
  return `${lines.join('\n')}\n`;
}

const groupOrder: readonly FlagGroup[] = ['own', 'filter', 'time', 'order', 'rows', 'report', 'output', 'evidence'];

/** Names on the left, what they do on the right; long names get a line of their own. */
function flagLines({ short, long, value, aliases, help }: Flag, form: 'short' | 'full'): string {
  const names = `  ${short === undefined ? '   ' : `-${short},`} --${long}${value === undefined ? '' : ` ${value}`}`;
  const also =
    form === 'full' && aliases !== undefined ? ` (also ${aliases.map((alias) => `--${alias}`).join(' ')})` : '';
  const text = wrap(`${help}${also}`, lineWidth - helpColumn, ' '.repeat(helpColumn));
  return names.length + 2 > helpColumn
    ? `${names}\n${' '.repeat(helpColumn)}${text}`
    : `${names.padEnd(helpColumn)}${text}`;
}

const lineWidth = 80;
const helpColumn = 28;

/** The text up to the last `:` or `;` that fits, or all of it where it fits. */
function firstClause(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.max(text.lastIndexOf(':', width), text.lastIndexOf(';', width));
  return text.slice(0, end < 0 ? width : end);
}
