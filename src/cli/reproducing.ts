import { escapeControls } from '../output/escape.ts';
import { numeral } from '../query/compare.ts';
import { scanPath } from '../query/path-syntax.ts';
import { type FilterArgument, readsNow } from '../query/question.ts';
import { requireTime, usesNow } from '../query/time-value.ts';
import type { Inquiry } from './asking.ts';
import { switched, textFlag } from './options.ts';

/** What a group has in common: an operand in its plainest spelling and its value, `undefined` where the records have none. */
export type KeyPart = readonly [operandText: string, value: string | undefined];

/**
 * A command line that finds exactly the records behind a row, now and later: the filters typed, with relative times
 * resolved, and a `--where` over the key. `conditions` are further ones in the language of `--where`; flags could not
 * narrow what was typed, for a flag that is repeated widens.
 */
export function reproducing(
  { invocation, asked, context }: Pick<Inquiry, 'invocation' | 'asked' | 'context'>,
  key: readonly KeyPart[],
  conditions: readonly string[] = [],
): string {
  const wheres = asked.filter(({ name, negated }) => name === 'where' && !negated).flatMap(({ values }) => values);
  const others = asked.filter(({ name, negated }) => name !== 'where' || negated);
  const resolved = others.map((arg) => withFixedTimes(arg, context));
  const where = [...alternatives(wheres), ...key.map(condition), ...conditions].join(' and ');
  const all = where === '' ? resolved : [...resolved, { name: 'where', negated: false, values: [where] }];
  const words = [
    'audit-cli',
    'filter',
    ...all.flatMap(flagWords),
    ...sharedFlags(invocation, context.zone.name),
    ...(readsNow(all, context) ? ['--now', context.now.text] : []),
    ...operandWords(invocation.operands),
  ];
  return words.join(' ');
}

/** Flags besides the filters that change which records are read or match. */
function sharedFlags(invocation: Inquiry['invocation'], zoneName: string): string[] {
  const values = ['format', 'record-path'].flatMap((long) => {
    const value = textFlag(invocation, long);
    return value === undefined ? [] : [flagWord(long, value)];
  });
  const zone = switched(invocation, 'tz') ? [flagWord('tz', zoneName)] : [];
  return [
    ...['exact', 'dedupe'].filter((long) => switched(invocation, long)).map((long) => `--${long}`),
    ...values,
    ...zone,
  ];
}

function withFixedTimes(arg: FilterArgument, context: Inquiry['context']): FilterArgument {
  if (arg.name !== 'since' && arg.name !== 'until') return arg;
  const values = arg.values.map((value) => (usesNow(value) ? requireTime(arg.name, value, context).text : value));
  return { ...arg, values };
}

function alternatives(wheres: readonly string[]): string[] {
  if (wheres.length === 0) return [];
  return [`(${wheres.length === 1 ? wheres[0] : wheres.map((one) => `(${one})`).join(' or ')})`];
}

function condition([operandText, value]: KeyPart): string {
  const name = plainName(operandText);
  if (value === undefined) return `not ${name} exists`;
  return isLoose(operandText, value)
    ? `${name} ~ ${literal(`^${value.replace(regexSyntax, '\\$&')}$`)}`
    : `${name} = ${literal(value)}`;
}

/**
 * Whether `=` would find others, or not all: it takes types without regard to case and numbers of a raw path by value, and
 * a number too large to be one is equal to no text.
 */
function isLoose(operandText: string, value: string): boolean {
  if (operandText === 'resourceType' || /^-?Infinity$/.test(value)) return true;
  return numeral.test(value) && String(Number(value)) !== value;
}

const regexSyntax = /[\\^$.*+?()[\]{}|/]/g;

/** JSON in which every character can be seen. */
function literal(value: string): string {
  return escapeControls(JSON.stringify(value));
}

function plainName(operandText: string): string {
  const scanned = scanPath(operandText, 0);
  if (escapeControls(operandText) === operandText || scanned.kind === 'trouble') return operandText;
  return scanned.steps.map((step) => (typeof step === 'number' ? `[${step}]` : `[${literal(step)}]`)).join('');
}

export function flagWords({ name, negated, values }: FilterArgument): string[] {
  const long = negated ? `not-${name}` : name;
  return values.length === 0 ? [`--${long}`] : values.map((value) => flagWord(long, value));
}

function flagWord(long: string, value: string): string {
  return value.startsWith('-') ? `--${long}=${shellWord(value)}` : `--${long} ${shellWord(value)}`;
}

export function operandWords(operands: readonly string[]): string[] {
  const words = operands.map(shellWord);
  return operands.some((operand) => /^-./.test(operand)) ? ['--', ...words] : words;
}

/** A word that any POSIX shell reads as this text. What could not be seen on a terminal is written as octal bytes. */
export function shellWord(text: string): string {
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text)) return text;
  if (escapeControls(text) === text) return `'${text.replaceAll("'", "'\\''")}'`;
  return `"$(printf %b '${octal(text)}')"`;
}

function octal(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => (plainByte.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : escapedByte(byte)))
    .join('');
}

const plainByte = /^[\w @+:,./=-]$/;

function escapedByte(byte: number): string {
  return `\\0${byte.toString(8).padStart(3, '0')}`;
}
