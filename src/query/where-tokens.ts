import { endOfJsonString, parseJsonString, scanPath } from './path-syntax.ts';
import { fail } from './where-errors.ts';

/** The words of a `--where` expression. Every token knows where it stands, so that errors can point. */
export type Token =
  | WordToken
  | (Spot & { readonly kind: 'number' })
  | (Spot & { readonly kind: 'string'; readonly value: string })
  /** `/source/flags`, only after `~`. */
  | (Spot & { readonly kind: 'regex' })
  | (Spot & { readonly kind: 'symbol'; readonly text: SymbolText })
  | (Spot & { readonly kind: 'end' });

/** A name or keyword. */
export type WordToken = Spot & { readonly kind: 'word'; readonly steps: readonly (string | number)[] };

interface Spot {
  /** As typed. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

type SymbolText = (typeof symbols)[number];

/** Longer ones first. */
const symbols = ['<=', '>=', '!=', '=', '<', '>', '~', '(', ')', ','] as const;

/** The token at or after `from`; fails with a pointed error on anything that is none. */
export function tokenAt(text: string, from: number): Token {
  const at = skipBlanks(text, from);
  if (at === text.length) return { kind: 'end', text: '', at, end: at };
  refuseForeign(text, at);
  const symbol = symbols.find((s) => text.startsWith(s, at));
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, at, end: at + symbol.length };
  return text[at] === '"' ? stringAt(text, at) : wordAt(text, at);
}

/** What follows `~`: a string, or a regex in slashes. */
export function patternTokenAt(text: string, from: number): Token {
  const at = skipBlanks(text, from);
  if (text[at] !== '/') return tokenAt(text, from);
  const regex = /\/(?:[^\\/[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[A-Za-z]*/suy;
  regex.lastIndex = at;
  const found = regex.exec(text);
  if (found === null) throw fail(text, at, 'the regular expression that starts here has no closing /');
  return { kind: 'regex', text: found[0], at, end: regex.lastIndex };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}

const foreign: readonly (readonly [spelling: string, advice: string])[] = [
  ['===', 'equality is written ='],
  ['==', 'equality is written ='],
  ['=~', 'a regular expression is written x ~ "…"'],
  ['=>', 'at least is written >='],
  ['=<', 'at most is written <='],
  ['<>', 'inequality is written !='],
  ['!~', 'write not x ~ "…"'],
  ['&&', 'write and'],
  ['||', 'write or'],
  ['&', 'write and'],
  ['|', 'write or'],
  ["'", 'text stands in double quotes'],
  [']', 'no bracket is open'],
];

/** Spellings of other languages get the one used here. */
function refuseForeign(text: string, at: number): void {
  for (const [spelling, advice] of foreign) {
    if (text.startsWith(spelling, at)) throw fail(text, at, `${spelling} is not used here: ${advice}`);
  }
  if (text[at] === '!' && text[at + 1] !== '=') throw fail(text, at, '! is not used here: write not');
}

function stringAt(text: string, at: number): Token {
  const end = endOfJsonString(text, at);
  if (end === undefined) throw fail(text, at, 'the text that starts here has no closing "');
  const literal = text.slice(at, end);
  const value = parseJsonString(literal);
  if (value !== undefined) return { kind: 'string', value, text: literal, at, end };
  const wrong = /\\(?!["\\/bfnrt]|u[0-9A-Fa-f]{4})./su.exec(literal.replace(/\\\\/g, '__'));
  if (wrong === null) throw fail(text, at, 'a text holds no line breaks or other control characters: write \\n');
  throw fail(text, at + wrong.index, `${wrong[0]} is no JSON escape: write \\\\ for a backslash`);
}

const numeral = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function wordAt(text: string, at: number): Token {
  const scanned = scanPath(text, at);
  if (scanned.kind === 'trouble') throw fail(text, scanned.at, scanned.message);
  const { steps, end } = scanned;
  const word = text.slice(at, end);
  return numeral.test(word) ? { kind: 'number', text: word, at, end } : { kind: 'word', steps, text: word, at, end };
}

const keywords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'exists']);

export function isReserved(token: Token): boolean {
  return token.kind === 'word' && keywords.has(token.text.toLowerCase());
}

export function isKeyword(token: Token, keyword: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === keyword;
}

export function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === 'symbol' && token.text === symbol;
}

/** The token as errors name it. */
export function shown(token: Token): string {
  return token.kind === 'end' ? 'the end' : token.text;
}
