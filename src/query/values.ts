import { AuditError } from '../diag/diagnostic.ts';
import { badValue } from './bad-value.ts';
import { regexParts } from './text-pattern.ts';

export interface ValueOptions {
  /** For messages: the long flag without dashes. */
  readonly flag: string;
  /** `--exact`: a value in slashes is no regex, so its commas separate. */
  readonly exact: boolean;
  /** Whether blanks round a value belong to it. */
  readonly keepsBlanks: boolean;
  readonly examples: readonly string[];
  /** The whole text of a file of values; throws when it cannot be read. */
  readonly readFile: (path: string) => string;
}

/**
 * The members of a flag's values: split at commas (`\,` is a comma, a `/regex/` is never split),
 * `@file` replaced by the file's lines (blank lines and those starting with `#` skipped, one value a
 * line, taken as it stands), `\@` is an `@`. An empty value is an error: it is an unset shell variable more often than a wish.
 */
export function expandValues(given: readonly string[], options: ValueOptions): string[] {
  return given.flatMap((value) => {
    const members = split(value, options);
    if (members.length === 0) throw emptyValue(value, options);
    return members.flatMap((member) => resolve(member, options));
  });
}

function split(value: string, { exact, keepsBlanks }: ValueOptions): string[] {
  const members: string[] = [];
  let at = 0;
  while (at <= value.length) {
    const { text, end } = memberAt(value, at, exact);
    const member = keepsBlanks ? text : text.trim();
    if (member !== '') members.push(member);
    at = end + 1;
  }
  return members;
}

/** The member that starts at `from`, and where it ends: at a comma or at the end of the value. */
function memberAt(value: string, from: number, exact: boolean): { text: string; end: number } {
  if (!exact) {
    const start = firstNonBlank(value, from);
    const regexEnd = endOfRegex(value, start);
    if (regexEnd !== undefined) return { text: value.slice(start, regexEnd), end: regexEnd };
  }
  let text = '';
  let i = from;
  for (; i < value.length && value[i] !== ','; i++) {
    if (value[i] === '\\' && value[i + 1] === ',') i++;
    text += value[i];
  }
  return { text, end: i };
}

function firstNonBlank(value: string, from: number): number {
  let at = from;
  while (value[at] === ' ' || value[at] === '\t') at++;
  return at;
}

/** Where a `/regex/flags` starting at `start` ends, or undefined when none starts there. */
function endOfRegex(value: string, start: number): number | undefined {
  if (value[start] !== '/') return undefined;
  for (const close of closingSlashes(value, start)) {
    const flags = /^[A-Za-z]*[ \t]*(?=,|$)/.exec(value.slice(close + 1));
    if (flags !== null) return close + 1 + flags[0].length;
  }
  // Brackets that never close hide the slash: hand the rest on as one, so that the regex is refused and not cut up.
  return regexParts(value.slice(start).trimEnd()) === undefined ? undefined : value.length;
}

/** Slashes that can close a regex: not escaped, not inside `[…]`. */
function* closingSlashes(value: string, start: number): Generator<number> {
  let inClass = false;
  for (let i = start + 1; i < value.length; i++) {
    const c = value[i];
    if (c === '\\') i++;
    else if (c === '[') inClass = true;
    else if (c === ']') inClass = false;
    else if (c === '/' && !inClass) yield i;
  }
}

function resolve(member: string, options: ValueOptions): string[] {
  if (member.startsWith('\\@')) return [member.slice(1)];
  if (!member.startsWith('@')) return [member];
  return valuesInFile(member, options);
}

function valuesInFile(member: string, options: ValueOptions): string[] {
  const path = member.slice(1);
  if (path === '') {
    throw badValue({
      code: 'bad-value',
      flag: options.flag,
      value: member,
      reason: 'a file name was expected after @',
      examples: ['@names.txt', '\\@ for a value that starts with @'],
    });
  }
  const lines = textOf(path, member, options)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  const values = lines.filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return options.keepsBlanks ? values : values.map((line) => line.trim());
}

function textOf(path: string, member: string, { flag, readFile }: ValueOptions): string {
  try {
    return readFile(path);
  } catch (error) {
    if (error instanceof AuditError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw badValue({
      code: 'unreadable-value-file',
      flag,
      value: member,
      reason: `the file cannot be read (${reason})`,
      examples: ['@names.txt', '\\@ for a value that starts with @'],
      cause: error,
    });
  }
}

function emptyValue(value: string, { flag, examples }: ValueOptions): AuditError {
  return badValue({ code: 'empty-value', flag, value, reason: 'a value was expected, found none', examples });
}
