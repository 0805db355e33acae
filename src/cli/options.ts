import { AuditError } from '../diag/diagnostic.ts';
import { nearest } from '../diag/nearest.ts';
import { type FormOptions, formatNames } from '../input/dump-forms.ts';
import { formats } from '../output/formats/index.ts';
import { listed } from '../query/bad-value.ts';
import { scanPath } from '../query/path-syntax.ts';
import { loadZone, utc, type Zone } from '../record/zone.ts';
import type { Invocation } from './command.ts';

/**
 * Flags as typed → options as resolved. Each accessor checks one flag and throws an
 * {@link AuditError} that echoes the value and shows two valid ones.
 */

export function switched(invocation: Invocation, long: string): boolean {
  return invocation.flags.has(long);
}

export function textFlag(invocation: Invocation, long: string): string | undefined {
  return invocation.flags.get(long)?.at(-1);
}

export function numberFlag(
  invocation: Invocation,
  long: string,
  { least = 0, examples = [10, 100] }: { readonly least?: number; readonly examples?: readonly number[] } = {},
): number | undefined {
  const text = textFlag(invocation, long);
  if (text === undefined) return undefined;
  // Sixteen digits may be more than a number can hold.
  const number = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (number !== undefined && number >= least) return number;
  const expected = least > 0 ? 'a whole number above zero' : 'a whole number';
  throw badValue(long, text, expected, listed(examples.map((one) => `--${long} ${one}`)));
}

function choiceFlag<const Choice extends string>(
  invocation: Invocation,
  long: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textFlag(invocation, long);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  const near = nearest(text, choices, 2);
  const examples = [...new Set([...near, ...choices])].slice(0, 2).map((one) => `--${long} ${one}`);
  throw badValue(long, text, listed(choices), listed(examples));
}

/** `--max-malformed 5` or `--max-malformed 1%`. */
export function maxMalformed(invocation: Invocation): ((malformed: number, lines: number) => boolean) | undefined {
  const text = textFlag(invocation, 'max-malformed');
  if (text === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (match === null)
    throw badValue('max-malformed', text, 'a number or a percentage', '--max-malformed 5 or --max-malformed 1%');
  const limit = Number(match[1]);
  return match[2] === '%' ? (malformed, lines) => malformed * 100 > limit * lines : (malformed) => malformed > limit;
}

export function colorChoice(invocation: Invocation): 'auto' | 'always' | 'never' | undefined {
  if (switched(invocation, 'no-color')) return 'never';
  return choiceFlag(invocation, 'color', ['auto', 'always', 'never']);
}

/** How the accounting is told: as a line, or with `--stats json` as an object. */
export function accountingFormat(invocation: Invocation): 'line' | 'json' {
  return choiceFlag(invocation, 'stats', ['json']) ?? 'line';
}

export async function zoneFlag(invocation: Invocation): Promise<Zone> {
  const text = textFlag(invocation, 'tz');
  if (text === undefined) return utc;
  const zone = await loadZone(text);
  if (zone === undefined) throw badValue('tz', text, 'a time zone', '--tz UTC, --tz local or --tz Europe/Vienna');
  return zone;
}

/** In which forms the dumps may be: `--format` or `--record-path`. */
export function formOptions(invocation: Invocation): FormOptions {
  const format = choiceFlag(invocation, 'format', formatNames);
  const recordPath = recordPathFlag(invocation);
  if (format !== undefined && recordPath !== undefined) {
    throw new AuditError({
      code: 'flags-conflict',
      message: '--format and --record-path do not go together: each says where the record stands',
      hint: 'leave one of them out',
    });
  }
  return { format: format === 'auto' ? undefined : format, recordPath };
}

function recordPathFlag(invocation: Invocation): readonly string[] | undefined {
  const text = textFlag(invocation, 'record-path');
  if (text === undefined) return undefined;
  const path = scanPath(text, 0);
  const keys = path.kind === 'path' && path.end === text.length ? path.steps : [];
  if (keys.length > 0 && keys.every((key) => typeof key === 'string')) return keys;
  const examples = '--record-path message or --record-path \'log["odd key"].event\'';
  throw badValue('record-path', text, 'keys with dots between them; lists are read whole', examples);
}

/** The format typed with `-o`, or the one the ending of `--out-file` stands for. */
export function formatFlag(invocation: Invocation, others: readonly string[] = []): string | undefined {
  const typed = textFlag(invocation, 'output');
  const known = [...formats.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]), ...others];
  if (typed === undefined) return formatOfFile(textFlag(invocation, 'out-file'));
  if (known.includes(typed)) return canonicalFormat(typed);
  if (/[./\\]/.test(typed)) {
    throw new AuditError({
      code: 'bad-format',
      message: `-o chooses a format, and ${typed} looks like a file`,
      hint: `did you mean --out-file ${typed}?`,
    });
  }
  const near = nearest(typed, known);
  throw new AuditError({
    code: 'bad-format',
    message: `-o ${typed}: no such format; there are ${known.join(', ')}`,
    hint: near.length > 0 ? `did you mean -o ${near[0]}?` : 'try -o table or -o csv',
  });
}

function badValue(long: string, value: string, expected: string, examples: string): AuditError {
  return new AuditError({
    code: 'bad-value',
    message: `--${long} ${JSON.stringify(value)}: expected ${expected}`,
    hint: `try ${examples}`,
  });
}

function canonicalFormat(typed: string): string {
  return formats.find(({ name, aliases }) => name === typed || aliases?.includes(typed))?.name ?? typed;
}

function formatOfFile(path: string | undefined): string | undefined {
  const ending = path === undefined ? undefined : /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  const found = formats.find(({ name, aliases }) => name === ending || aliases?.includes(ending));
  return found?.name ?? (ending === 'txt' ? 'text' : undefined);
}
