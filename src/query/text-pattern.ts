import { badValue } from './bad-value.ts';
import type { TextPattern } from './expr.ts';
import { fold } from './fold.ts';
import { compileGlob } from './glob.ts';

export interface PatternOptions {
  /** For messages: the long flag without dashes. */
  readonly flag: string;
  /** `--exact`: `*`, `?` and `/…/` are ordinary characters. */
  readonly exact: boolean;
  /** Ignore case. A regex says so itself, with its `i`. */
  readonly fold: boolean;
}

/** A flag's value as a pattern: `/regex/flags`, else a glob when it holds `*` or `?`, else the text itself. */
export function parseTextPattern(value: string, options: PatternOptions): TextPattern {
  const regex = options.exact ? undefined : regexParts(value);
  if (regex !== undefined) return { kind: 'regex', ...checkedRegex(value, regex, options.flag) };
  if (!options.exact && /[*?]/.test(value)) return { kind: 'glob', glob: value, fold: options.fold };
  return { kind: 'exact', text: value, fold: options.fold };
}

/** True when the value is the text itself: no glob, no regex. */
export function isPlainText(value: string, exact: boolean): boolean {
  return exact || (!/[*?]/.test(value) && regexParts(value) === undefined);
}

/** Compiles once; the test then holds no state. A regex searches, the others look at the whole text. */
export function compileTextPattern(pattern: TextPattern): (text: string) => boolean {
  switch (pattern.kind) {
    case 'exact': {
      const { text: wanted } = pattern;
      if (!pattern.fold) return (text) => text === wanted;
      const folded = fold(wanted);
      return (text) => fold(text) === folded;
    }
    case 'glob':
      return compileGlob(pattern.glob, pattern.fold);
    case 'regex': {
      const regex = new RegExp(pattern.source, pattern.flags);
      return (text) => regex.test(text);
    }
  }
}

export interface RegexParts {
  readonly source: string;
  readonly flags: string;
}

/** `/source/flags` taken apart, flags unchecked; undefined for a text that is not in slashes. */
export function regexParts(value: string): RegexParts | undefined {
  const close = value.lastIndexOf('/');
  if (!value.startsWith('/') || close === 0) return undefined;
  const flags = value.slice(close + 1);
  return /^[A-Za-z]*$/.test(flags) ? { source: value.slice(1, close), flags } : undefined;
}

/** Why a regex cannot be used, or undefined when it can. */
export function regexTrouble({ source, flags }: RegexParts): string | undefined {
  if (source === '') return 'an empty regular expression';
  const unknown = [...flags].find((flag) => !'imsuv'.includes(flag));
  if (unknown !== undefined) return `not a regular expression: flag ${unknown} is none of i, m, s, u, v`;
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    return `not a regular expression: ${reasonOf(error)}`;
  }
}

function checkedRegex(value: string, regex: RegexParts, flag: string): RegexParts {
  const reason = regexTrouble(regex);
  if (reason === undefined) return regex;
  throw badValue({
    code: 'bad-regex',
    flag,
    value,
    reason,
    examples: ['/^Delete/', '/topics?$/i', '--exact to take the slashes as they are'],
  });
}

/** The engine's own words without the expression, which the message shows already. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.slice(text.lastIndexOf(': ') + (text.includes(': ') ? 2 : 0)).toLowerCase();
}
